#!/bin/sh
# Packs the schools of a list with GNU parallel, some at a time; a school that fails keeps no other from its packs.
#
#   parallel.sh LIST OUT [options of `handover pack`]
#
# SCHOOLS_AT_ONCE says how many at a time: the number of processors, unless it says another.
set -eu
list=$1 out=$2
shift 2
mkdir -p "$out"
# The reports share a key, so that a child who stands with two schools is found.
[ -e "$out/report.key" ] || (umask 077 && od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >"$out/report.key")
schools=$(grep -cv -e '^[[:space:]]*#' -e '^[[:space:]]*$' "$list")
seq "$schools" | parallel --will-cite --jobs "${SCHOOLS_AT_ONCE:-100%}" --joblog "$out/parallel.log" \
  handover pack --schools "$list" --only {} --out "$out" --jobs 1 "$@" ||
  echo "not all schools were packed; the report says which" >&2
exec handover report "$out" --schools "$list"
