# Calls single-base variants from sorted alignments, all samples together.
# awk -v depth=READS -v rate=SHARE -f call.awk genome.fa A.sam B.sam … > all.vcf

BEGIN { OFS = "\t" }

FNR == 1 { file++ }
file == 1 && /^>/ { chromosome = substr($1, 2); next }
file == 1 { genome = genome $0; next }
/^@RG/ { sub("SM:", "", $3); name[++samples] = $3; next }
/^@/ || $4 == 0 { next }

{
    reads++
    for (i = 1; i <= length($10); i++) {
        # A base of low quality says nothing.
        if (substr($11, i, 1) < "5") continue
        place = $4 + i - 1
        all[samples, place]++
        count[samples, place, substr($10, i, 1)]++
    }
}

END {
    print "##fileformat=VCFv4.2"
    print "##contig=<ID=" chromosome ",length=" length(genome) ">"
    print "##INFO=<ID=DP,Number=1,Type=Integer,Description=\"Reads at this place\">"
    print "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">"
    line = "#CHROM" OFS "POS" OFS "ID" OFS "REF" OFS "ALT" OFS "QUAL" OFS "FILTER" OFS "INFO" OFS "FORMAT"
    for (s = 1; s <= samples; s++) line = line OFS name[s]
    print line
    for (place = 1; place <= length(genome); place++) call(place)
    printf "%d variants from %d reads\n", called, reads > "/dev/stderr"
}

function call(place, base, other, s, k, total, support, types) {
    base = substr(genome, place, 1)
    for (k = 1; k <= 4; k++) {
        other = substr("ACGT", k, 1)
        if (other == base) continue
        total = support = 0
        types = ""
        for (s = 1; s <= samples; s++) {
            total += all[s, place]
            if (all[s, place] >= depth && count[s, place, other] >= rate * all[s, place]) {
                support += count[s, place, other]
                types = types OFS "1"
            } else {
                types = types OFS (all[s, place] >= depth ? "0" : ".")
            }
        }
        if (support) {
            called++
            print chromosome, place, ".", base, other, 10 * support, "PASS", "DP=" total, "GT" types
        }
    }
}
