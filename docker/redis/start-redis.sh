#!/bin/sh
# One Redis of several machines. Its settings are written once: after that Sentinel changes them when the master changes, and a
# machine that comes back must remember that it is no longer the master.
set -eu
data="${DATA:-/data}"
port="${REDIS_PORT:-6379}"
conf="$data/redis.conf"
password=$(cat "${PASSWORD_FILE:-/run/secrets/redis_password}")
[ -n "$password" ] || { echo "redis_password is empty" >&2; exit 1; }

if [ ! -e "$conf" ]; then
  umask 077
  cat >"$conf.new" <<SETTINGS
bind $NODE_ADDRESS 127.0.0.1
port $port
dir $data
requirepass $password
masterauth $password
replica-announce-ip $NODE_ADDRESS
# What was acknowledged is on this disk, and on that of another machine no more than ten seconds later: with no such machine
# nothing is taken in at all.
appendonly yes
appendfsync always
save ""
min-replicas-to-write 1
min-replicas-max-lag 10
maxmemory 1gb
maxmemory-policy noeviction
SETTINGS
  [ "$NODE_ADDRESS" = "$FIRST_MASTER" ] && [ "$port" = "${FIRST_MASTER_PORT:-6379}" ] ||
    echo "replicaof $FIRST_MASTER ${FIRST_MASTER_PORT:-6379}" >>"$conf.new"
  mv "$conf.new" "$conf"
fi
exec redis-server "$conf"
