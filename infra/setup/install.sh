#!/bin/sh
# Makes .venv hold exactly what the lock file names. Does nothing when it does already.
set -eu
cd "$(dirname "$0")/../.."

python=""
for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
wanted=python3
if [ -z "$python" ] && command -v python3 >/dev/null; then
    wanted=python3.11 # the system's own is older than that
fi
if [ -z "$python" ] || ! "$python" -c 'import venv, ensurepip' 2>/dev/null || ! command -v git >/dev/null; then
    [ -z "$python" ] || [ "$python" = python3 ] || wanted=$python
    sudo="sudo "
    [ "$(id -u)" != 0 ] || sudo=""
    echo "Samoe needs git, make, Python 3.11 or newer and its venv module. On Debian or Ubuntu:" >&2
    echo "    ${sudo}apt-get update && ${sudo}apt-get install -y git make $wanted $wanted-venv" >&2
    exit 1
fi

stamp=.venv/.installed
if [ -x .venv/bin/python ] && [ -e "$stamp" ] && [ "$stamp" -nt uv.lock ] && [ "$stamp" -nt pyproject.toml ]; then
    exit 0
fi

# An activated environment, or settings of another project, must not decide where packages go.
unset VIRTUAL_ENV PYTHONPATH UV_PROJECT_ENVIRONMENT PYTHONHOME 2>/dev/null || true
export UV_PYTHON_DOWNLOADS=never PIP_DISABLE_PIP_VERSION_CHECK=1

with_uv() {
    [ -x .tools/bin/uv ] || { "$python" -m venv .tools && .tools/bin/pip install -q uv==0.13.9; } || return 1
    .tools/bin/uv sync --frozen --quiet --python "$python"
}

with_pip() {
    echo "uv could not install; trying pip with the same versions and hashes ..." >&2
    [ -x .venv/bin/python ] || "$python" -m venv .venv
    [ -x .venv/bin/pip ] || .venv/bin/python -m ensurepip --upgrade >/dev/null
    .venv/bin/python -m pip install -q --require-hashes -r requirements.lock
    .venv/bin/python -m pip install -q --no-deps --no-build-isolation -e .
}

echo "Installing what Samoe needs into .venv ..."
with_uv || with_pip
touch "$stamp"
