"""Scores a trained network on points that it has not seen."""

import json

import network  # lies beside this script

with open(snakemake.input.model) as text:
    model = json.load(text)
loss, accuracy = network.score(model, network.read_points(snakemake.input.test))
score = {name: model[name] for name in ("rate", "units", "epochs")}
score.update(loss=round(loss, 3), accuracy=round(accuracy, 3))
with open(snakemake.output[0], "w") as out:
    json.dump(score, out)
    out.write("\n")
