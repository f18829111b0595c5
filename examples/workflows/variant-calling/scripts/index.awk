# For each window of the genome the first line of a sorted SAM file that begins in it.
# awk -v window=BASES -f index.awk sorted.sam > sorted.sam.idx

BEGIN { OFS = "\t" }

!/^@/ && $4 > 0 {
    slot = int(($4 - 1) / window)
    if (!(($3, slot) in seen)) {
        seen[$3, slot] = 1
        print $3, slot * window + 1, NR
    }
}
