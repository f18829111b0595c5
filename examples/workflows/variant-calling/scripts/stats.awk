# One line a sample: reads, mapped reads, mean mismatches, variants.
# awk -f stats.awk A.sam B.sam … all.vcf > stats.tsv

BEGIN { OFS = "\t" }

/^@RG/ { sub("SM:", "", $3); name[++samples] = $3; next }
/^@/ || /^##/ { next }
/^#CHROM/ { calls = 1; next }
calls { for (s = 1; s <= samples; s++) variants[s] += $(9 + s) == "1"; next }
{
    reads[samples]++
    if ($4 > 0) {
        mapped[samples]++
        sub("NM:i:", "", $12)
        wrong[samples] += $12
    }
}

END {
    print "sample", "reads", "mapped", "mismatches_per_read", "variants"
    for (s = 1; s <= samples; s++)
        print name[s], reads[s], mapped[s], sprintf("%.3f", wrong[s] / mapped[s]), variants[s] + 0
}
