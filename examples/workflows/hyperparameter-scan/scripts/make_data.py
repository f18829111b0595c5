"""Two interleaved half moons, the usual first exercise of a classifier."""

import math
import random

source = random.Random(snakemake.params.seed)


def noise():
    # The sum of twelve uniform numbers is close to normal, and the same everywhere.
    return snakemake.params.noise * (sum(source.random() for _ in range(12)) - 6)


for path in (snakemake.output.train, snakemake.output.test):
    with open(path, "w") as out:
        out.write("x,y,moon\n")
        for point in range(snakemake.params.points):
            moon, angle = point % 2, math.pi * source.random()
            x, y = math.cos(angle), math.sin(angle)
            if moon:
                x, y = 1 - x, 0.5 - y
            out.write(f"{x + noise():.4f},{y + noise():.4f},{moon}\n")
