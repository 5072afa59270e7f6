#!/usr/bin/env bash
# The fault tests at the length that docs/reference/reliability.md reports; some twenty minutes on
# two cores. Every line that begins with "figures:" is one of its figures.
set -euo pipefail
cd "$(dirname "$0")/../../.."
export CAIRN_NO_SKIP=1 CAIRN_KILLS=1000 CAIRN_WRITES=10000 CAIRN_FLIPS=1500 CAIRN_CUTS=1000
export CAIRN_FAILING_CALLS=5 CAIRN_SERVER_KILLS=40 CAIRN_SERVER_WRITES=1250 CAIRN_SERVER_CASES=200
cargo test --release -p cairn-storage --features postgres --test storage -- --nocapture --test-threads=1 \
    crash disk full damage hostile server 2>&1 |
    grep -a -E '^(\.*)?figures:|^test result|panicked|skipped' | sed 's/^\.*//'
exit "${PIPESTATUS[0]}"
