"""A network with one hidden layer that tells two classes of points apart."""

import csv
import math
import random


def read_points(path):
    with open(path) as table:
        return [(float(row["x"]), float(row["y"]), int(row["moon"])) for row in csv.DictReader(table)]


def new(units, seed=1):
    source = random.Random(seed)
    return {
        "hidden": [[source.random() - 0.5 for _ in range(3)] for _ in range(units)],
        "out": [source.random() - 0.5 for _ in range(units + 1)],
    }


def activate(model, x, y):
    """The hidden layer's values, and the probability of the second class."""
    hidden = [math.tanh(a * x + b * y + c) for a, b, c in model["hidden"]]
    total = model["out"][-1] + sum(w * h for w, h in zip(model["out"], hidden))
    return hidden, 1 / (1 + math.exp(-max(-30, min(30, total))))


def train_step(model, x, y, moon, rate):
    """One step of gradient descent on one point."""
    hidden, probability = activate(model, x, y)
    error = probability - moon
    for weights, out, h in zip(model["hidden"], model["out"], hidden):
        slope = rate * error * out * (1 - h * h)
        weights[0] -= slope * x
        weights[1] -= slope * y
        weights[2] -= slope
    for k, h in enumerate(hidden):
        model["out"][k] -= rate * error * h
    model["out"][-1] -= rate * error


def score(model, points):
    """Mean loss, and the share of points told right."""
    loss = right = 0
    for x, y, moon in points:
        _, probability = activate(model, x, y)
        loss -= math.log(max(probability if moon else 1 - probability, 1e-12))
        right += (probability > 0.5) == (moon == 1)
    return loss / len(points), right / len(points)
