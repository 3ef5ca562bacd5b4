#!/bin/sh
# Sets a checkout up for running (or, with "test", for its tests too): Debian packages from the one list, then a venv
# from the hash-pinned lock. Does nothing when nothing has changed.
set -eu
cd "$(dirname "$0")/.."
kind=${1:-run}
python=/usr/bin/python3
list=provisioning/debian-packages.txt

sum() { cat "$@" | sha256sum | cut -c1-16; }
debian_stamp=.venv/.debian-$kind-$(sum $list)
python_stamp=.venv/.python-$(sum requirements.lock pyproject.toml)

if [ ! -e "$debian_stamp" ]; then
    if [ "$kind" = test ]; then tag='( test)?'; else tag=''; fi
    wanted=$(sed -nE "s/^([a-z0-9][a-z0-9.+-]*)$tag\$/\1/p" $list)
    missing=
    for package in $wanted; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || missing="$missing $package"
    done
    if [ -n "$missing" ]; then
        as_root=
        [ "$(id -u)" -eq 0 ] || as_root=sudo
        echo "Installing Debian packages:$missing"
        $as_root apt-get update -q
        # shellcheck disable=SC2086
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
    fi
fi
[ -x .venv/bin/python ] || $python -m venv --system-site-packages .venv
touch "$debian_stamp"

if [ ! -e "$python_stamp" ]; then
    # pycups comes from Debian (it has no wheel), hence the system's site packages and the system's Python
    echo "Installing Python packages from requirements.lock"
    .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: --no-binary sqlite-fts4 -r requirements.lock
    .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
    rm -f .venv/.python-*
    touch "$python_stamp"
fi
