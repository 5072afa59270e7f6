#!/usr/bin/env bash
# Counts the instructions of one answer with callgrind: a figure that does not depend on the machine's load.
# Usage: instructions.sh MEASURE [FAMILY ...]; MEASURE is the built program of `cargo bench --bench measure --no-run`.
set -euo pipefail
measure=$1
shift
[ $# -gt 0 ] || set -- utd-40 nested two-of-60 bipartite correlated knapsack-3 stacked
for family in "$@"; do
    for seed in 0 1 2; do
        log=$(valgrind --tool=callgrind --callgrind-out-file=/dev/null --collect-atstart=no \
            --toggle-collect='*measure::ours::Bench*ask*' "$measure" once "$family" "$seed" 2>&1 >/dev/null)
        printf '%-16s %s %15s\n' "$family" "$seed" "$(sed -n 's/.*Collected : //p' <<<"$log")"
    done
done
