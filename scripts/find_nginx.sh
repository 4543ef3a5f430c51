#!/bin/sh
# Print the path of an nginx for the test of the proxy; where there is none, unpack Debian's or Ubuntu's below build/.
# It is unpacked and not installed, so that no service starts. $NGINX, if set, is taken as it is.
set -eu
cd "$(dirname "$0")/.."
unpacked=$PWD/build/nginx

installed() {
    for name in "${NGINX:-}" nginx /usr/sbin/nginx "$unpacked/usr/sbin/nginx"; do
        if [ -n "$name" ] && command -v "$name"; then
            return 0
        fi
    done
    return 1
}

unpack() {
    command -v apt-get && command -v dpkg || return 1
    [ "$(id -u)" != 0 ] || timeout 180 apt-get update || return 1
    mkdir -p "$unpacked"
    for package in nginx nginx-core nginx-light; do
        (cd "$unpacked" && timeout 180 apt-get download "$package" && dpkg -x "$package"_*.deb .) || continue
        [ ! -x "$unpacked/usr/sbin/nginx" ] || return 0
    done
    return 1
}

installed && exit
echo "No nginx found: unpacking one for the test of the proxy." >&2
if unpack >&2; then
    installed && exit
fi
echo "No nginx: tests/end_to_end/test_proxy_journey.py will be left out. Install nginx or set NGINX to its path." >&2
exit 1
