"""Fits a Gaussian peak over an exponential background, by least squares (Gauss-Newton with damping)."""

import csv
import json
import math

with open(snakemake.input[0]) as table:
    rows = [(float(row["mass"]), int(row["events"])) for row in csv.DictReader(table)]

middle = rows[len(rows) // 2][0]


def model(values, mass):
    peak, mean, width, level, slope = values
    return peak * math.exp(-0.5 * ((mass - mean) / width) ** 2) + level * math.exp(-(mass - middle) * slope)


def residuals(values):
    return [(events - model(values, mass)) / math.sqrt(max(events, 1)) for mass, events in rows]


def solve(matrix, right):
    """Gauss's elimination with pivots, for a small system."""
    lines = [line + [value] for line, value in zip(matrix, right)]
    n = len(lines)
    for column in range(n):
        pivot = max(range(column, n), key=lambda line: abs(lines[line][column]))
        lines[column], lines[pivot] = lines[pivot], lines[column]
        for other in range(column + 1, n):
            factor = lines[other][column] / lines[column][column]
            lines[other] = [a - factor * b for a, b in zip(lines[other], lines[column])]
    answer = [0.0] * n
    for column in reversed(range(n)):
        known = sum(lines[column][k] * answer[k] for k in range(column + 1, n))
        answer[column] = (lines[column][n] - known) / lines[column][column]
    return answer


def improved(values, damping):
    base = residuals(values)
    slopes = []
    for k, value in enumerate(values):
        step = 1e-6 * max(abs(value), 1.0)
        moved = residuals([v + step * (i == k) for i, v in enumerate(values)])
        slopes.append([(b - m) / step for b, m in zip(base, moved)])
    matrix = [[sum(a * b for a, b in zip(s, t)) * (1 + damping * (s is t)) for t in slopes] for s in slopes]
    right = [sum(s * r for s, r in zip(slope, base)) for slope in slopes]
    return [value + change for value, change in zip(values, solve(matrix, right))]


def chi_square(values):
    return sum(r * r for r in residuals(values))


highest = max(rows, key=lambda row: row[1])
values, damping = [highest[1], highest[0], 3.0, rows[0][1] / 2, 0.03], 1e-3
for step in range(200):
    tried = improved(values, damping)
    if chi_square(tried) <= chi_square(values):
        gain = chi_square(values) - chi_square(tried)
        values, damping = tried, damping / 10
        if gain < 1e-12:
            break
    else:
        damping *= 10

peak, mean, width, level, slope = values
result = {
    "mass": round(mean, 2),
    "width": round(abs(width), 2),
    "signal": round(peak * abs(width) * math.sqrt(2 * math.pi) / (rows[1][0] - rows[0][0])),
    "chi2": round(chi_square(values), 1),
    "degrees": len(rows) - len(values),
    "curve": {"peak": round(peak, 1), "level": round(level, 1), "slope": round(slope, 4), "middle": middle},
}
with open(snakemake.output[0], "w") as out:
    json.dump(result, out, indent=2)
    out.write("\n")
with open(snakemake.log[0], "w") as log:
    log.write(f"done after {step + 1} steps\n")
