#!/bin/sh
# Pin what the ranges ask for, with the hashes of every published file, so that one
# list serves Python 3.11 to 3.13 on Linux and macOS. No index address is written: yours is used.
#   sh deploy/bin/pins.sh .venv/bin [--upgrade]
set -eu
bin=$1
shift
compile() {
    "$bin/pip-compile" --quiet --generate-hashes --strip-extras --allow-unsafe --no-header \
        --no-emit-index-url --no-emit-trusted-host --no-emit-find-links "$@"
}
compile "$@" --output-file requirements.txt pyproject.toml
compile "$@" --output-file requirements-dev.txt requirements-dev.in
