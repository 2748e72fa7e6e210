#!/usr/bin/env bash
# Kills 'griot add' at chance moments, a hundred times, and checks after each that all reports that were confirmed are in the record and that it is whole.
# usage: lab/record-kill.sh GRIOT REPORTS.jsonl [TIMES]
set -euo pipefail
griot=$1 reports=$2 times=${3:-100}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
record=$folder/r.griot
lost=0 broken=0 confirmed=0
: > "$folder/confirmed"
for n in $(seq "$times"); do
  # Each run finds the record that the last one left; now and then a new one is begun.
  if (( n % 10 == 1 )); then rm -f "$record"*; : > "$folder/confirmed"; fi
  "$griot" add "$record" "$reports" > "$folder/out" 2>/dev/null &
  pid=$!
  sleep "$(printf '0.%03d' $((RANDOM % 900 + 30)))"
  kill -9 "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
  # A last line without its end was not said.
  sed -n '/sha256:[0-9a-f]\{64\} .*claims$/s/.*\(sha256:[0-9a-f]*\).*/\1/p' "$folder/out" >> "$folder/confirmed"
  [[ -e $record ]] || continue
  [[ -s $folder/confirmed ]] || continue
  "$griot" reports "$record" --format csv > "$folder/there"
  while read -r id; do
    grep -q "$id" "$folder/there" || { lost=$((lost + 1)); echo "lost: $id" >&2; }
  done < <(sort -u "$folder/confirmed")
  "$griot" verify "$record" > /dev/null || broken=$((broken + 1))
  confirmed=$(sort -u "$folder/confirmed" | wc -l)
done
echo "$times kills: $lost confirmed reports lost, $broken records not whole ($confirmed confirmed in the last one)"
[[ $lost == 0 && $broken == 0 ]]
