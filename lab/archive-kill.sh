#!/usr/bin/env bash
# Kills 'griot code' at chance moments until it comes through, and checks that what it wrote is what an undisturbed run writes.
# usage: lab/archive-kill.sh GRIOT INPUT [LONGEST-MILLISECONDS]
set -euo pipefail
griot=$1 input=$2 longest=${3:-3000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
sums() { (cd "$1" && find claims reports errors -type f -exec sha256sum {} + | sort -k2); }
"$griot" code "$input" --out "$folder/whole" --shard 200000 2>/dev/null || true
kills=0
while [[ ! -e $folder/out/manifest.json ]]; do
  "$griot" code "$input" --out "$folder/out" --shard 200000 --threads $((RANDOM % 3 + 1)) 2>/dev/null &
  pid=$!
  milliseconds=$((RANDOM % longest))
  sleep "$((milliseconds / 1000)).$(printf '%03d' $((milliseconds % 1000)))"
  kill -9 "$pid" 2>/dev/null && kills=$((kills + 1))
  wait "$pid" 2>/dev/null || true
done
if diff <(sums "$folder/whole") <(sums "$folder/out") > /dev/null; then
  echo "$kills kills, $(find "$folder/out/claims" -type f | wc -l) shards, the same bytes"
else
  echo "$kills kills: the bytes differ" >&2
  exit 1
fi
