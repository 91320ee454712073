#!/bin/sh
# Make a virtual environment with pip in it, on a machine that may have Python and little else.
#   sh deploy/bin/venv.sh .venv
set -eu
venv=$1

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for name in "${PYTHON:-}" python3.13 python3.12 python3.11 python3.14 python3 python; do
        if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 && is_new_enough "$name"; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

works() {
    is_new_enough "$venv/bin/python" && "$venv/bin/python" -m pip --version >/dev/null 2>&1
}

# Each way in turn; what an earlier one left half made is cleared first.
make_venv() {
    "$python" -m venv --clear "$venv" >/dev/null 2>&1 && works && return 0
    # Debian without python3-venv: another pip can fill an empty environment
    "$python" -m venv --clear --without-pip "$venv" >/dev/null 2>&1 &&
        "$python" -m pip --python "$venv/bin/python" install --quiet pip >/dev/null 2>&1 && works && return 0
    "$python" -m virtualenv --clear "$venv" >/dev/null 2>&1 && works && return 0
    return 1
}

works && exit 0

python=$(find_python) || {
    echo "Python 3.11 or newer is needed and none was found." >&2
    echo "Debian or Ubuntu: sudo apt-get install python3 python3-venv     macOS: brew install python@3.13" >&2
    echo "Or name one: make install PYTHON=/path/to/python3" >&2
    exit 1
}
echo "Making $venv with $("$python" --version) ..."

if ! make_venv && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "This Python cannot make virtual environments yet: installing Debian's python3-venv ..."
    apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >/dev/null </dev/null
    make_venv || true
fi

works || {
    echo "$python cannot make a virtual environment: its venv module has no pip to put in." >&2
    echo "Debian or Ubuntu: sudo apt-get install python3-venv     then run the same command again." >&2
    exit 1
}
