#!/bin/sh
# Lint what Python's linters do not read: shell scripts, the Dockerfile, compose.yaml, the Teams app's manifest.
#   sh deploy/bin/lint.sh .venv/bin
set -eu
bin=$1

[ ! -x "$bin/shellcheck" ] || "$bin/shellcheck" deploy/bin/*.sh .ci/run
"$bin/hadolint" Dockerfile
if command -v npm >/dev/null 2>&1; then
    sh deploy/bin/npm.sh lint
    # keys stand in the order in which they explain the service, not the alphabet's
    node var/lint/node_modules/dclint/bin/dclint.cjs compose.yaml --max-warnings=0 \
        --disable-rule service-keys-order --disable-rule services-alphabetical-order \
        --disable-rule top-level-properties-order
    "$bin/python" -m deploy.teams.lint var/lint/node_modules/@microsoft/app-manifest/build/json-schemas/teams
    echo "compose.yaml and the Teams manifest: clean"
else
    echo "compose.yaml and the Teams manifest were not linted: that needs Node.js."
fi
echo "shell scripts and Dockerfile: clean"
