#!/bin/sh
# Print the path of a Chromium for the browser tests; install one when there is none.
# $CHROMIUM, if set, is taken as it is.
set -eu
cd "$(dirname "$0")/.."

installed() {
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
        if [ -n "$name" ] && command -v "$name"; then
            return 0
        fi
    done
    bundled=$(.venv/bin/python -c 'from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)') && [ -x "$bundled" ] && printf '%s\n' "$bundled"
}

install_package() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes chromium fonts-noto-cjk
}

installed && exit
echo "No Chromium found: installing one for the browser tests." >&2
if install_package >&2 || .venv/bin/playwright install chromium >&2; then
    installed && exit
fi
echo "No Chromium. Install one (Debian: apt-get install chromium fonts-noto-cjk) or set CHROMIUM to its path." >&2
exit 1
