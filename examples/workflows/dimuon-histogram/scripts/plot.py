"""Draws the histogram with its fit as SVG."""

import csv
import json
import math

with open(snakemake.input.histogram) as table:
    rows = [(float(row["mass"]), int(row["events"])) for row in csv.DictReader(table)]
with open(snakemake.input.fit) as text:
    fit = json.load(text)

left, right, top, bottom = 50, 620, 40, 300
bin_width = rows[1][0] - rows[0][0]
low, high = rows[0][0] - bin_width / 2, rows[-1][0] + bin_width / 2
most = max(events for _, events in rows) * 1.15


def x(mass):
    return left + (right - left) * (mass - low) / (high - low)


def y(events):
    return bottom - (bottom - top) * events / most


def curve(mass):
    shape = fit["curve"]
    peak = shape["peak"] * math.exp(-0.5 * ((mass - fit["mass"]) / fit["width"]) ** 2)
    return peak + shape["level"] * math.exp(-(mass - shape["middle"]) * shape["slope"])


drawn = ['<svg xmlns="http://www.w3.org/2000/svg" width="640" height="350" font-family="sans-serif" font-size="12">']
drawn.append('<rect width="640" height="350" fill="white"/>')
drawn.append(f'<text x="335" y="24" text-anchor="middle" font-size="15">{snakemake.params.title}</text>')
for mass, events in rows:
    drawn.append(
        f'<rect x="{x(mass - bin_width / 2):.1f}" y="{y(events):.1f}" width="{x(bin_width) - x(0) - 1:.1f}"'
        f' height="{bottom - y(events):.1f}" fill="lightsteelblue"/>'
    )
masses = [low + (high - low) * k / 200 for k in range(201)]
points = " ".join(f"{x(mass):.1f},{y(curve(mass)):.1f}" for mass in masses)
drawn.append(f'<polyline points="{points}" fill="none" stroke="firebrick" stroke-width="1.5"/>')
drawn.append(f'<line x1="{left}" y1="{bottom}" x2="{right}" y2="{bottom}" stroke="black"/>')
for mass in range(math.ceil(low / 10) * 10, int(high) + 1, 10):
    drawn.append(f'<text x="{x(mass):.1f}" y="{bottom + 18}" text-anchor="middle">{mass}</text>')
drawn.append(f'<text x="335" y="{bottom + 38}" text-anchor="middle">mass of the muon pair [GeV]</text>')
drawn.append(f'<text x="600" y="60" text-anchor="end">m = {fit["mass"]} GeV, σ = {fit["width"]} GeV</text>')
drawn.append("</svg>")

with open(snakemake.output[0], "w", encoding="utf-8") as out:
    out.write("\n".join(drawn) + "\n")
