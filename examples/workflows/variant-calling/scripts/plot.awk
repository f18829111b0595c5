# Draws the quality of each variant along the genome as a bar chart in SVG.
# awk -f plot.awk all.vcf > quals.svg

/^##contig/ {
    size = $0
    sub(/.*length=/, "", size)
    sub(/>.*/, "", size)
}
/^#/ { next }
{
    n++
    place[n] = $2
    quality[n] = $6
    change[n] = $4 "→" $5
    if ($6 > top) top = $6
}

END {
    print "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"640\" height=\"240\" font-family=\"sans-serif\" font-size=\"11\">"
    print "<rect width=\"640\" height=\"240\" fill=\"white\"/>"
    print "<line x1=\"40\" y1=\"200\" x2=\"620\" y2=\"200\" stroke=\"black\"/>"
    for (i = 1; i <= n; i++) {
        x = 40 + 580 * place[i] / size
        height = 160 * quality[i] / top
        printf "<rect x=\"%.1f\" y=\"%.1f\" width=\"6\" height=\"%.1f\" fill=\"steelblue\"/>\n", x - 3, 200 - height, height
        printf "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>\n", x, 194 - height, change[i]
        printf "<text x=\"%.1f\" y=\"216\" text-anchor=\"middle\">%d</text>\n", x, place[i]
    }
    print "</svg>"
}
