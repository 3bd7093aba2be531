# Steps, waits and the table of results. Sourced by run.
# shellcheck shell=bash

began="$(date +%s)"
table=()

elapsed() { printf '%4ds' "$(($(date +%s) - began))"; }
step() { printf '\n%s  %s\n' "$(elapsed)" "$*"; }
note() { printf '       %s\n' "$*"; }

# Adds a row to the table at the end. Call it only directly after the check.
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
    [ "$(date +%s)" -lt "$limit" ] || fail "timed out: $what"
    sleep 0.5
  done
}

# Fails when the command fails at any time during that many seconds.
throughout() { # seconds what command…
  local limit=$(($(date +%s) + $1)) what="$2"
  shift 2
  while [ "$(date +%s)" -lt "$limit" ]; do
    "$@" >/dev/null 2>&1 || fail "no longer true: $what"
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
