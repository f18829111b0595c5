"""Our functions against values that Snakemake 9.25.2 gave (see recorded/evaluate.py)."""

import json
import os
import sys
import unittest

from fake_sluice import HERE, PYTHON_DIR

sys.path.insert(0, PYTHON_DIR)
sys.path.insert(0, os.path.join(HERE, "recorded"))

import evaluate  # noqa: E402


class RecordedValuesTest(unittest.TestCase):
    maxDiff = None

    def test_givesWhatSnakemakeGives(self):
        with open(os.path.join(HERE, "recorded", "values.json")) as f:
            recorded = json.load(f)
        ours = evaluate.evaluate_all(evaluate.lines())
        self.assertEqual([line for line, _ in recorded], [line for line, _ in ours])
        for (line, want), (_, got) in zip(recorded, ours):
            with self.subTest(line):
                self.assertEqual(want, got)


if __name__ == "__main__":
    unittest.main()
