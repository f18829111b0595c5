# Maps reads to a genome without gaps: exact seeds, then the mismatches are counted.
# awk -v sample=NAME -v seed=LENGTH -v most=MISMATCHES -f map.awk genome.fa reads.fastq > reads.sam

function reversed(text, i, out) {
    for (i = length(text); i > 0; i--) out = out substr(text, i, 1)
    return out
}

function complement(text, i, out) {
    for (i = length(text); i > 0; i--) out = out pair[substr(text, i, 1)]
    return out
}

# The leftmost place with the fewest mismatches: sets place and missed.
function seek(read, i, n, k, part, starts, start) {
    place = 0
    missed = most + 1
    for (i = 1; i + seed - 1 <= length(read); i += seed) {
        part = substr(read, i, seed)
        n = split(at[part], starts, " ")
        for (k = 1; k <= n; k++) {
            start = starts[k] - i + 1
            if (start >= 1 && start + length(read) - 1 <= size) compare(read, start)
        }
    }
}

function compare(read, start, i, wrong) {
    for (i = 1; i <= length(read) && wrong < missed; i++)
        if (substr(read, i, 1) != substr(genome, start + i - 1, 1)) wrong++
    if (wrong < missed || wrong == missed && start < place) {
        missed = wrong + 0
        place = start
    }
}

BEGIN {
    pair["A"] = "T"; pair["C"] = "G"; pair["G"] = "C"; pair["T"] = "A"; pair["N"] = "N"
    OFS = "\t"
}

NR == FNR && /^>/ { chromosome = substr($1, 2); next }
NR == FNR { genome = genome $0; next }

FNR == 1 {
    size = length(genome)
    for (i = 1; i + seed - 1 <= size; i++) {
        part = substr(genome, i, seed)
        at[part] = at[part] " " i
    }
    print "@SQ", "SN:" chromosome, "LN:" size
    print "@RG", "ID:" sample, "SM:" sample
}

FNR % 4 == 1 { name = substr($1, 2) }
FNR % 4 == 2 { read = $1 }
FNR % 4 == 0 {
    quality = $0
    total++
    seek(read)
    flag = 0
    best = place
    errors = missed
    seek(complement(read))
    if (place && (!best || missed < errors)) {
        flag = 16
        read = complement(read)
        quality = reversed(quality)
    } else {
        place = best
        missed = errors
    }
    if (place) {
        mapped++
        print name, flag, chromosome, place, 60 - 10 * missed, length(read) "M", "*", 0, 0, read, quality, "NM:i:" missed
    } else {
        print name, 4, "*", 0, 0, "*", "*", 0, 0, read, quality
    }
}

END { printf "%s: %d of %d reads mapped\n", sample, mapped, total > "/dev/stderr" }
