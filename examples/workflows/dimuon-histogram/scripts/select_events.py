"""Keeps the events whose two muons are hard and central and have opposite charges."""

import csv
import math

cuts = snakemake.params
kept = seen = 0

with open(snakemake.input[0]) as events, open(snakemake.output[0], "w") as out:
    out.write("mass,pt1,pt2\n")
    for event in csv.DictReader(events):
        seen += 1
        pt1, eta1, phi1, pt2, eta2, phi2 = (
            float(event[name]) for name in ("pt1", "eta1", "phi1", "pt2", "eta2", "phi2")
        )
        if event["charge1"] == event["charge2"]:
            continue
        if min(pt1, pt2) < cuts.min_pt or max(abs(eta1), abs(eta2)) > cuts.max_eta:
            continue
        kept += 1
        mass = math.sqrt(2 * pt1 * pt2 * (math.cosh(eta1 - eta2) - math.cos(phi1 - phi2)))
        out.write(f"{mass:.3f},{pt1:.3f},{pt2:.3f}\n")

with open(snakemake.log[0], "w") as log:
    log.write(f"{kept} of {seen} events selected\n")
