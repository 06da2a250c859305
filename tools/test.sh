#!/bin/sh
# Everything a change must pass: checks, then all tests. Installs what the tests need from Debian when it can.
set -eu
cd "$(dirname "$0")/.."
PATH=$PWD/node_modules/.bin:$PATH
export PATH

say() { printf 'weiwan test: %s\n' "$*" >&2; }

missing=''
[ -x /usr/lib/postgresql/15/bin/postgres ] || missing="$missing postgresql-15"
{ [ -x /usr/bin/chromium ] || command -v chromium >/dev/null 2>&1; } || missing="$missing chromium"
{ [ -d /usr/share/fonts/opentype/noto ] && ls /usr/share/fonts/opentype/noto | grep -q CJK; } || missing="$missing fonts-noto-cjk"

if [ -n "$missing" ]; then
  root=''
  [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null && root='sudo -n'; } || root=none
  if [ "$root" = none ] || ! command -v apt-get >/dev/null 2>&1; then
    say "the tests need from Debian:$missing"
    say "install them as root:  apt-get update && apt-get install -y --no-install-recommends$missing"
    exit 1
  fi
  say "installing from Debian:$missing"
  # A server that Debian would start by itself is not wanted: the tests start their own in folders of their own.
  if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    $root mkdir -p /etc/postgresql-common
    echo 'create_main_cluster = false' | $root tee /etc/postgresql-common/createcluster.conf >/dev/null
  fi
  $root apt-get update -qq && $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null || {
    say "apt-get could not install:$missing"
    exit 1
  }
fi

npm run --silent check
node tools/check-dependencies.ts
vitest run "$@"
