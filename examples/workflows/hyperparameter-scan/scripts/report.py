"""Writes what the scan found."""

import json

with open(snakemake.input.scan) as table:
    rows = [line.split() for line in table]
with open(snakemake.input.final) as text:
    final = json.load(text)

with open(snakemake.output[0], "w") as out:
    out.write("| " + " | ".join(rows[0]) + " |\n|" + "---|" * len(rows[0]) + "\n")
    for row in rows[1:]:
        out.write("| " + " | ".join(row) + " |\n")
    out.write(
        f"\nThe best setting is rate {final['rate']} with {final['units']} hidden units."
        f" After {final['epochs']} epochs its accuracy is {final['accuracy']}, its loss {final['loss']}.\n"
    )
