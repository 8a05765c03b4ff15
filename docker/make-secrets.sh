#!/bin/sh
# Makes docker/secrets: a new key for the store and a password for Redis, and an empty file for every channel that is off.
# Never changes a file that is there: a lost store_key cannot be made again, and everything stored would be lost with it.
set -eu
folder="${1:-$(dirname "$0")/secrets}"
umask 077
mkdir -p "$folder"

# Readable inside a container, whose user has another number than yours; the folder lets in nobody else on this machine.
write() {
  if [ -e "$folder/$1" ]; then
    echo "kept  $1"
    cat >/dev/null
  else
    cat >"$folder/$1"
    chmod 444 "$folder/$1"
    echo "made  $1"
  fi
}

head -c 32 /dev/urandom | base64 | write store_key
head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n' | write redis_password
for name in redis_url telegram_token telegram_webhook_secret zalo_app_secret zalo_oa_secret zalo_access_token zalo_refresh_token; do
  write "$name" </dev/null
done
echo "Keep a copy of $folder/store_key somewhere safe, apart from the backups."
