import collections
import math
import sys
import unittest
from pathlib import Path

from fake_sluice import PYTHON_DIR

sys.path.insert(0, PYTHON_DIR)

from sluice_helper import protocol  # noqa: E402
from sluice_helper.protocol import decode, encode, named  # noqa: E402
from snakemake.iocontainers import InputFiles  # noqa: E402


class ValuesTest(unittest.TestCase):
    def test_valuesComeBackAsTheyWere(self):
        for value in (
            None,
            True,
            0,
            -(2**80),
            1.5,
            1e300,
            "text",
            "caf\xe9 \U0001f600",
            "not utf-8: \udcff",
            [],
            [1, [2, "x"]],
            {},
            {"a": {"b": [1]}},
            {"$t": 1},
            {1: "x", None: 2},
            (),
            (1, ("a",)),
            {1, 2},
            frozenset(("a",)),
            b"\x00\xff",
            Path("a/b"),
            range(1, 9, 2),
            1 + 2j,
            float("inf"),
            float("-inf"),
            collections.OrderedDict([("b", 1), ("a", 2)]),
        ):
            with self.subTest(repr(value)):
                wire = protocol._loads(protocol._dumps(encode(value)))
                back = decode(wire)
                self.assertEqual(value, back)
                self.assertIs(type(value), type(back))

    def test_notANumberComesBackAsOne(self):
        self.assertTrue(math.isnan(decode(encode(float("nan")))))

    def test_whatJsonHasNoWordForIsAnObjectWithOneKey(self):
        self.assertEqual({"$t": [1, 2]}, encode((1, 2)))
        self.assertEqual({"$s": ["a", "b"]}, encode({"b", "a"}))
        self.assertEqual({"$p": "a/b"}, encode(Path("a/b")))
        self.assertEqual({"$d": [[1, 2]]}, encode({1: 2}))
        self.assertEqual({"$f": "inf"}, encode(float("inf")))

    def test_otherObjectsKeepTheirIdentityUnderAHandle(self):
        class Thing:
            def __repr__(self):
                return "<thing>"

        thing = Thing()
        wire = encode(thing)
        self.assertEqual("Thing", wire["$o"]["type"])
        self.assertEqual("<thing>", wire["$o"]["repr"])
        self.assertIs(thing, decode(wire))
        self.assertEqual(wire["$o"]["handle"], encode(thing)["$o"]["handle"])

    def test_anObjectWhoseReprFailsDoesNotFailTheAnswer(self):
        class Bad:
            def __repr__(self):
                raise ValueError("no")

        self.assertEqual("<Bad: no>", encode(Bad())["$o"]["repr"])

    def test_anExportedObjectIsACopyElsewhere(self):
        value = collections.Counter("aab")
        handle = protocol.handles.handle(value)
        pickled = protocol.export([handle])[str(handle)]
        self.assertEqual(value, decode({"$o": {"repr": "x", "pickle": pickled}}))

    def test_anObjectOfAnotherProcessSaysWhyItCannotBeUsed(self):
        stranger = decode({"$o": {"repr": "<thing>", "handle": 10**9}})
        self.assertEqual("<thing>", repr(stranger))
        with self.assertRaisesRegex(AttributeError, "run block"):
            stranger.columns

    def test_aNamedListHasItsNamesAndRuns(self):
        files = named(
            InputFiles, {"items": ["a", "b", "c"], "names": [["x", 0, None], ["y", 1, 3]]}
        )
        self.assertEqual("a", files.x)
        self.assertEqual(["b", "c"], files.y)
        self.assertEqual("a b c", str(files))
        self.assertEqual(["q"], named(InputFiles, ["q"]))


if __name__ == "__main__":
    unittest.main()
