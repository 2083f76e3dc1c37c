#!/bin/sh
# Sets one block of 512 tokens × 768 features with 12 heads beside a NumPy program that computes the same, with as many
# threads, and tells the time and the memory of twelve such blocks. Needs Python with NumPy.
#
# The two programs take turns, so that other work on the machine slows both alike. Where there is other work, the least
# times are the ones to compare; the processor time is how long all threads together were at work. Fails where twelve
# blocks take more memory than they may.
set -eu
cd "$(dirname "$0")/../.."
turns=${1:-6} rounds=5 most_memory=600
threads=$(getconf _NPROCESSORS_ONLN)
export OMP_NUM_THREADS="$threads" OPENBLAS_NUM_THREADS="$threads" MKL_NUM_THREADS="$threads"
cargo bench --quiet --bench block --no-run
ours=$(mktemp) theirs=$(mktemp)
trap 'rm -f "$ours" "$theirs"' EXIT
for _ in $(seq "$turns"); do
    cargo bench --quiet --bench block -- block "$rounds" >> "$ours"
    python3 tests/bench/block.py "$rounds" >> "$theirs"
done

# The least and the median of the numbers after a word.
least_and_median() { awk -v word="$1" '$1 == word { print $2 }' < "$2" | sort -g | awk '
    { all[NR] = $1 } END { print all[1], (all[int((NR + 1) / 2)] + all[int(NR / 2) + 1]) / 2 }'; }
compare() {
    echo "$(least_and_median "$1" "$ours") $(least_and_median "$1" "$theirs")" | awk -v what="$2" '{
        printf "%s: qkv %.3f s (median %.3f), NumPy %.3f s (median %.3f), ratio %.2f (of medians %.2f)\n",
            what, $1, $2, $3, $4, $1 / $3, $2 / $4 }'
}
echo "one block, $turns × $rounds runs of each program in turns, $threads threads"
compare block "least time"
compare work "processor time"
cargo bench --quiet --bench block -- lesson | awk -v most="$most_memory" '
    $1 == "lesson" { printf "opening a lesson of twelve blocks, weights from seeds: %s s\n", $2 }
    $1 == "window" { printf "a window of 400 cells at its top: %s s\n", $2 }
    $1 == "stored" { printf "numbers kept: %s\n", $2 }
    $1 == "peak" { printf "peak memory of opening it: %s MB of at most %d\n", $2, most; too_much = $2 > most }
    END { exit too_much }'
