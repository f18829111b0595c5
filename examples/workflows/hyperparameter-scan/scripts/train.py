"""Trains a network with one setting, and keeps its weights."""

import json

import network  # lies beside this script

params = snakemake.params
points = network.read_points(snakemake.input[0])
model = network.new(params.units)
with open(snakemake.log[0], "w") as log:
    for epoch in range(1, params.epochs + 1):
        for x, y, moon in points:
            network.train_step(model, x, y, moon, params.rate)
        if epoch % 20 == 0:
            loss, accuracy = network.score(model, points)
            print(f"epoch {epoch}: loss {loss:.3f}, accuracy {accuracy:.3f}", file=log)

model.update(rate=snakemake.wildcards.rate, units=params.units, epochs=params.epochs)
with open(snakemake.output[0], "w") as out:
    json.dump(model, out)
