# Steps, waits and the table of what was seen. Sourced by run.
# shellcheck shell=bash

began="$(date +%s)"
table=()

elapsed() { printf '%4ds' "$(($(date +%s) - began))"; }
step() { printf '\n%s  %s\n' "$(elapsed)" "$*"; }
note() { printf '       %s\n' "$*"; }

# A row of the table at the end. Only what a check has just shown may become one.
seen() { # what [value]
  table+=("$(elapsed)|$1|${2:-yes}")
  note "seen: $1${2:+: $2}"
}

fail() {
  echo "e2e: $*" >&2
  exit 1
}

# Runs the command again until it succeeds.
await() { # seconds what command…
  local limit=$(($(date +%s) + $1)) what="$2"
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$(date +%s)" -lt "$limit" ] || fail "not seen in time: $what"
    sleep 0.5
  done
}

# Fails when the command fails at any time during that many seconds.
throughout() { # seconds what command…
  local limit=$(($(date +%s) + $1)) what="$2"
  shift 2
  while [ "$(date +%s)" -lt "$limit" ]; do
    "$@" >/dev/null 2>&1 || fail "did not stay so: $what"
    sleep 0.5
  done
}

print_table() {
  printf '\n%-6s %-72s %s\n' at seen value
  local row at what value
  for row in "${table[@]}"; do
    IFS='|' read -r at what value <<<"$row"
    printf '%-6s %-72s %s\n' "$at" "$what" "$value"
  done
}
