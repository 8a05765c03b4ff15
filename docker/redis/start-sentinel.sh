#!/bin/sh
# One Sentinel of several. It keeps what it learns in its own settings, so they are written once. More than half of all must agree
# before another machine becomes the master: with three, two.
set -eu
data="${DATA:-/data}"
conf="$data/sentinel.conf"
password=$(cat "${PASSWORD_FILE:-/run/secrets/redis_password}")
[ -n "$password" ] || { echo "redis_password is empty" >&2; exit 1; }
# shellcheck disable=SC2086 # words are counted on purpose
set -- $SENTINELS
quorum=$(($# / 2 + 1))

if [ ! -e "$conf" ]; then
  umask 077
  cat >"$conf.new" <<SETTINGS
bind $NODE_ADDRESS 127.0.0.1
port ${SENTINEL_PORT:-26379}
dir $data
protected-mode no
sentinel announce-ip $NODE_ADDRESS
sentinel monitor ke-ben $FIRST_MASTER ${FIRST_MASTER_PORT:-6379} $quorum
sentinel auth-pass ke-ben $password
sentinel down-after-milliseconds ke-ben 5000
sentinel failover-timeout ke-ben 30000
sentinel parallel-syncs ke-ben 1
SETTINGS
  mv "$conf.new" "$conf"
fi
exec redis-server "$conf" --sentinel
