#!/usr/bin/env bash
# Counts the instructions of one prepared answer with callgrind, which do not depend on the machine's load, and the
# most memory that the whole process had at once.
# Usage: instructions.sh MEASURE [FAMILY ...]; MEASURE is the built program of `cargo bench --bench measure --no-run`.
set -euo pipefail
measure=$1
shift
[ $# -gt 0 ] || mapfile -t families < <("$measure" list)
[ $# -eq 0 ] || families=("$@")
echo '| family | instructions of three cases | most memory |'
echo '|---|---|---|'
for family in "${families[@]}"; do
    counts=()
    most=0
    for seed in 0 1 2; do
        log=$(valgrind --tool=callgrind --callgrind-out-file=/dev/null --collect-atstart=no \
            --toggle-collect='*measure::ours::Bench*ask*' "$measure" once "$family" "$seed" 2>&1 >/dev/null)
        counts+=("$(sed -n 's/.*Collected : //p' <<<"$log" | numfmt --grouping)")
        kilobytes=$(python3 -c '
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' "$measure" once "$family" "$seed")
        most=$((kilobytes > most ? kilobytes : most))
    done
    printf '| %s | %s, %s, %s | %s MB |\n' "$family" "${counts[@]}" $(((most + 1023) / 1024))
done
