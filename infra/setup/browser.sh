#!/bin/sh
# What the browser tests need from the system: Chromium, Thai fonts, pdftotext. Installs only what is missing.
set -eu

missing=""
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
    missing="$missing chromium"
command -v pdftotext >/dev/null || missing="$missing poppler-utils"
if ! command -v fc-list >/dev/null || [ -z "$(fc-list :lang=th family 2>/dev/null)" ]; then
    missing="$missing fontconfig fonts-thai-tlwg fonts-noto-core"
fi
[ -n "$missing" ] || exit 0

sudo=""
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || {
        echo "The browser tests need$missing. As root: apt-get update && apt-get install -y$missing" >&2
        exit 1
    }
    sudo=sudo
fi
echo "Installing$missing for the browser tests ..."
# Older Ubuntu calls the package chromium-browser; the word is split into packages on purpose.
$sudo apt-get update -qq
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null
