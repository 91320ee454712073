# Two stages: the first has pip and writes a virtual environment, the second only carries it.
# Built by: docker build -t partnership-bot .

FROM python:3.13-slim-bookworm AS libraries
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements.txt /tmp/requirements.txt
# Without pip of its own: what runs in production cannot install anything. Only ready wheels, each with its hash,
# so that nothing is compiled and nothing unexpected comes in.
RUN python -m venv --without-pip /opt/venv \
 && python -m pip --python /opt/venv/bin/python install \
      --require-hashes --only-binary :all: --requirement /tmp/requirements.txt \
 && /opt/venv/bin/python -m compileall -q /opt/venv/lib

FROM python:3.13-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PARTNERSHIP_BOT_HOST=0.0.0.0 \
    PARTNERSHIP_BOT_PORT=3978 \
    PARTNERSHIP_BOT_PACK=/app/config/harrow
# Only /app/var may be written to, and only an SQLite database needs it.
RUN python -m pip uninstall --yes --quiet pip \
 && groupadd --system --gid 10001 bot \
 && useradd --system --uid 10001 --gid bot --home-dir /app --no-create-home --shell /usr/sbin/nologin bot \
 && install -d -o bot -g bot /app/var
WORKDIR /app
COPY --from=libraries /opt/venv /opt/venv
COPY pyproject.toml ./
COPY config config
COPY services services
COPY dialogs dialogs
COPY scheduler scheduler
COPY bot bot
USER 10001:10001
EXPOSE 3978
# The image has no curl. 127.0.0.1, not localhost: the name may resolve to ::1 first, where nobody listens.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['PARTNERSHIP_BOT_PORT'] + '/healthz', timeout=4)"]
# exec form, so that the bot itself gets SIGTERM and can finish what it is sending
CMD ["python", "-m", "bot", "serve"]
