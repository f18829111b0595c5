"""Events with two muons: a peak over a falling background."""

import math
import random

source = random.Random(int(snakemake.wildcards.seed))
signal, background = snakemake.params.signal, snakemake.params.background


def normal():
    return math.sqrt(-2 * math.log(1 - source.random())) * math.cos(2 * math.pi * source.random())


def pair_mass():
    if source.random() < signal["share"]:
        return signal["mass"] + signal["width"] * normal()
    return background["from"] - background["slope"] * math.log(1 - source.random())


def decay(mass):
    """Both muons as (pt, eta, phi), after a boost along the beam and a kick across it."""
    cos_theta, phi = 2 * source.random() - 1, 2 * math.pi * source.random()
    sin_theta = math.sqrt(1 - cos_theta * cos_theta)
    x, y, z = (mass / 2 * part for part in (sin_theta * math.cos(phi), sin_theta * math.sin(phi), cos_theta))
    along, kick = math.tanh(0.8 * normal()), 0.3 * mass * source.random()
    for sign in (1, -1):
        px, py, pz, energy = sign * x, sign * y, sign * z, mass / 2
        px, energy = boosted(px, energy, kick / math.hypot(kick, mass))
        pz, energy = boosted(pz, energy, along)
        pt = math.hypot(px, py)
        yield pt, math.asinh(pz / pt), math.atan2(py, px)


def boosted(momentum, energy, beta):
    gamma = 1 / math.sqrt(1 - beta * beta)
    return gamma * (momentum + beta * energy), gamma * (energy + beta * momentum)


with open(snakemake.output[0], "w") as out:
    out.write("pt1,eta1,phi1,charge1,pt2,eta2,phi2,charge2\n")
    for _ in range(snakemake.params.events):
        muons = list(decay(pair_mass()))
        first = 1 if source.random() < 0.5 else -1
        # One muon in twenty has the wrong charge.
        second = first if source.random() < 0.05 else -first
        fields = [f"{value:.4f}" for value in muons[0]] + [str(first)]
        fields += [f"{value:.4f}" for value in muons[1]] + [str(second)]
        out.write(",".join(fields) + "\n")

with open(snakemake.log[0], "w") as log:
    log.write(f"seed {snakemake.wildcards.seed}: {snakemake.params.events} events\n")
