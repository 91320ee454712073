#!/bin/sh
# Install deploy/NAME's npm package from its lock file into var/NAME, once per version, where Node is present.
#   sh deploy/bin/npm.sh playground
set -eu
name=$1
lock=deploy/$name/package-lock.json
folder=var/$name

if ! command -v npm >/dev/null 2>&1 || ! command -v node >/dev/null 2>&1; then
    echo "Node.js 18 or newer, with npm, was not found: $name cannot be installed." >&2
    exit 1
fi
cmp -s "$lock" "$folder/.installed" && exit 0

echo "Installing $name (once; under a minute) ..."
mkdir -p "$folder"
cp "deploy/$name/package.json" "$lock" "$folder/"
if ! (cd "$folder" && npm ci --no-audit --no-fund --loglevel=error </dev/null); then
    echo "$name could not be installed: npm's message stands above." >&2
    exit 1
fi
cp "$lock" "$folder/.installed"
