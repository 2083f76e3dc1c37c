#!/bin/sh
# Sets one block of 512 tokens × 768 features with 12 heads beside a NumPy program that computes the same, with as many
# threads, and tells the time and the memory of twelve such blocks. Needs Python with NumPy.
set -eu
cd "$(dirname "$0")/../.."
threads=$(getconf _NPROCESSORS_ONLN)
export OMP_NUM_THREADS="$threads" OPENBLAS_NUM_THREADS="$threads" MKL_NUM_THREADS="$threads"
cargo bench --quiet --bench block --no-run
best() { sort -g | head -n 1; }
# In turns, so that other work on the machine slows both alike.
ours=$(mktemp) theirs=$(mktemp)
trap 'rm -f "$ours" "$theirs"' EXIT
for round in 1 2 3; do
    cargo bench --quiet --bench block -- block |
        awk '$1 == "block" { time = $2 } $1 == "work" { work = $2 } END { print time, work }' >> "$ours"
    python3 tests/bench/block.py | awk '{ print $2, $3 }' >> "$theirs"
done
work=$(awk '{ print $2 }' < "$ours" | best) their_work=$(awk '{ print $2 }' < "$theirs" | best)
ours=$(awk '{ print $1 }' < "$ours" | best) theirs=$(awk '{ print $1 }' < "$theirs" | best)
awk -v ours="$ours" -v theirs="$theirs" -v work="$work" -v their_work="$their_work" -v threads="$threads" 'BEGIN {
    printf "one block, %d threads: qkv %.3f s, NumPy %.3f s, ratio %.2f\n", threads, ours, theirs, ours / theirs
    # Where other work shares the machine, this is the steadier measure.
    printf "processor time: qkv %.3f s, NumPy %.3f s, ratio %.2f\n", work, their_work, work / their_work }'
cargo bench --quiet --bench block -- lesson | awk '
    $1 == "lesson" { printf "twelve blocks with weights from seeds: %s s\n", $2 }
    $1 == "window" { printf "a window of 400 cells at the top: %s s\n", $2 }
    $1 == "stored" { printf "numbers kept: %s\n", $2 }
    $1 == "peak" { printf "peak memory: %s MB\n", $2 }'
