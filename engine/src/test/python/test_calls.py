import unittest

from fake_sluice import HelperTestCase

PROGRAM = """\
import pathlib
CALLS = []
def many(wildcards):
    return [wildcards.x + ".1", pathlib.Path(wildcards.x) / "2"]
def named(wildcards):
    return {"a": "one", "b": ["two", "three"]}
def generated(wildcards):
    yield "in/{x}/"
def again(wildcards):
    return lambda w: (lambda w2: w2.x)
def forever(wildcards):
    return forever
def missing(wildcards, input):
    return open(input[0]).read()
def waits(wildcards):
    return checkpoints.c.get(x=wildcards.x).output[0]
def wrong(wildcards):
    return 3
def fails(wildcards):
    raise ValueError("no " + wildcards.x)
with _sluice_.checkpoint("c", 24) as _sluice_r:
    _sluice_r.output("c/{x}")
with _sluice_.rule("a", 26) as _sluice_r:
    _sluice_r.input(many, n=many, m=lambda w: w.x)
with _sluice_.rule("b", 28) as _sluice_r:
    _sluice_r.input(unpack(named), ancient(generated), again, forever, waits, wrong, fails)
with _sluice_.rule("p", 30) as _sluice_r:
    _sluice_r.params(missing, lambda w, output, threads, resources: [output[0], threads, resources.mem], lambda w: ("t", {1}))
    _sluice_r.resources(mem=lambda w, input, attempt: input.size_mb * attempt)
"""


class CallsTest(HelperTestCase):
    def setUp(self):
        super().setUp()
        self.loaded = {r["name"]: r for r in self.load(PROGRAM)["rules"]}

    def files(self, rule, index, **more):
        item = self.loaded[rule]["input"]["items"][index]
        return self.call(fn=item["fn"], wildcards={"x": "w"}, **{"as": "files"}, **more)

    def params(self, index, **more):
        item = self.loaded["p"]["params"]["items"][index]["$fn"]
        return self.call(fn=item["fn"], wildcards={"x": "w"}, **{"as": "params"}, **more)

    def test_listsAndPathsBecomeFiles(self):
        self.assertEqual({"ok": {"items": ["w.1", "w/2"]}}, self.files("a", 0))

    def test_theNameOfAFunctionNamesWhatItReturns(self):
        self.assertEqual(
            {"ok": {"items": ["w.1", "w/2"], "names": [["n", 0, 2]]}}, self.files("a", 1)
        )
        self.assertEqual({"ok": {"items": ["w"], "names": [["m", 0, None]]}}, self.files("a", 2))

    def test_unpackGivesNames(self):
        self.assertEqual(
            {
                "ok": {
                    "items": ["one", "two", "three"],
                    "names": [["a", 0, None], ["b", 1, 3]],
                }
            },
            self.files("b", 0),
        )

    def test_flagsOfTheFunctionGoToItsFilesAndWildcardsAreFilledIn(self):
        self.assertEqual(
            {"ok": {"items": [{"s": "in/w", "flags": {"ancient": True}}]}}, self.files("b", 1)
        )

    def test_functionsThatReturnFunctionsAreFollowedTenTimesAtMost(self):
        self.assertEqual({"ok": {"items": ["w"]}}, self.files("b", 2))
        self.assertEqual("nested-functions", self.files("b", 3)["error"]["code"])

    def test_aCheckpointIsAnswerOnceItIsDone(self):
        error = self.files("b", 4)["error"]
        self.assertEqual("checkpoint", error["kind"])
        self.assertEqual(
            ("c", {"x": "w"}, "c/w"), (error["rule"], error["wildcards"], error["target"])
        )
        self.sluice.ask(
            "checkpoints", done=[{"rule": "c", "wildcards": {"x": "w"}, "output": ["c/w"]}]
        )
        self.assertEqual({"ok": {"items": ["c/w"]}}, self.files("b", 4))

    def test_aFunctionThatReturnsNoPathIsAnErrorOfItsRule(self):
        error = self.files("b", 5)["error"]
        self.assertEqual(("InputFunctionException", "b"), (error["type"], error["rule"]))

    def test_anErrorHasTheUsersFrames(self):
        error = self.files("b", 6)["error"]
        self.assertEqual(("ValueError", "no w"), (error["type"], error["message"]))
        self.assertEqual([["fails", error["line"]]], [[f[2], f[1]] for f in error["frames"]])

    def test_aMissingFileIsNamed(self):
        error = self.params(0, input={"items": ["gone.txt"]})["error"]
        self.assertEqual(("missing-file", "gone.txt"), (error["kind"], error["missing"]))

    def test_argumentsAreWhatSnakemakeGives(self):
        got = self.params(
            1, output={"items": ["o"]}, threads=3, resources={"mem": 5}, input={"items": []}
        )
        self.assertEqual({"ok": ["o", 3, 5]}, got)
        self.assertEqual({"ok": {"$t": ["t", {"$s": [1]}]}}, self.params(2))

    def test_inputsKnowTheirSizes(self):
        self.write("big", "x" * 1024 * 1024)
        fn = self.loaded["p"]["resources"]["mem"]["$fn"]["fn"]
        call = dict(fn=fn, input={"items": ["big"]}, attempt=3)
        self.assertEqual({"ok": 3.0}, self.call(**{"as": "resource"}, **call))

    def test_oneFailureDoesNotSpoilTheBatch(self):
        a, b = self.loaded["a"]["input"]["items"][2], self.loaded["b"]["input"]["items"][6]
        calls = [
            {"fn": fn, "as": "files", "wildcards": {"x": x}}
            for fn, x in ((a["fn"], "1"), (b["fn"], "2"), (a["fn"], "3"))
        ]
        answers = self.sluice.ask("call", calls=calls)
        self.assertEqual(["ok", "error", "ok"], [next(iter(r)) for r in answers])
        self.assertEqual(["3"], answers[2]["ok"]["items"])


class FormatTest(HelperTestCase):
    def format(self, template, **more):
        (answer,) = self.sluice.ask("format", items=[dict(more, template=template, rule="a")])
        return answer

    def test_namesOfTheJobComeBeforeThoseOfTheSnakefile(self):
        self.load(
            "import math\nthreads = 'global'\n"
            "with _sluice_.rule('a', 3) as _sluice_r:\n    _sluice_r.output('x')\n"
        )
        self.assertEqual({"ok": "4 3.14"}, self.format("{threads} {math.pi:.2f}", threads=4))
        self.assertEqual({"ok": "'a b' c"}, self.format("{input:q}", input=["a b", "c"]))
        self.assertEqual({"ok": "posix"}, self.format("{os.name}"))
        error = self.format("{s}", wildcards={"s": "1"})["error"]
        self.assertEqual("NameError", error["type"])
        self.assertEqual("did you mean `{wildcards.s}`?", error["hint"])
        error = self.format("{outputs}", output=["o"])["error"]
        self.assertEqual("did you mean `{output}`?", error["hint"])
        self.assertIn("{{", self.format("awk '{print}'")["error"]["hint"])

    def test_allThatIsMadeOfAnUndeterminedValueIsUndetermined(self):
        self.load(
            "with _sluice_.rule('a', 1) as _sluice_r:\n"
            "    _sluice_r.params(x=lambda w, resources: resources.mem_mb * 2)\n"
        )
        self.assertEqual({"ok": "<TBD>"}, self.format("{params.x[foo]}", params={
            "items": ["<TBD>"], "names": [["x", 0, None]]}))
        got = self.call(fn=0, **{"as": "params", "resources": {"mem_mb": "<TBD>"}})
        self.assertEqual({"ok": "<TBD>"}, got)

    def test_unpackIsForInputsNotForParams(self):
        self.load(
            "with _sluice_.rule('a', 1) as _sluice_r:\n"
            "    _sluice_r.params(unpack(lambda w: {'x': 1}))\n"
        )
        error = self.call(fn=0, **{"as": "params"})["error"]
        self.assertIn("unpack() is not allowed with params", error["message"])
        self.assertEqual("unpack-in-params", error["code"])


class QueueTest(HelperTestCase):
    PROGRAM = (
        "import queue\nq = queue.Queue()\nend = object()\n"
        "def later():\n    for i in ('a', 'b', end):\n        q.put(i)\n"
        "with _sluice_.rule('r', 7) as _sluice_r:\n"
        "    _sluice_r.input(from_queue(q, finish_sentinel=end))\n"
        "with _sluice_.rule('go', 9) as _sluice_r:\n"
        "    _sluice_r.input(lambda w: threading.Thread(target=later).start() or [])\n"
    )

    def load_and_put(self, dryrun):
        rules = self.rules(self.PROGRAM, settings={"dryrun": dryrun})
        fill = rules["go"]["input"]["items"][0]["fn"]
        take = rules["r"]["input"]["items"][0]["fn"]
        return fill, take

    def test_aDryRunTakesWhatThereIs(self):
        _, take = self.load_and_put(dryrun=True)
        got = self.call(fn=take, **{"as": "files"})
        self.assertEqual({"items": [], "finished": False}, got["ok"])

    def test_aRunWaitsUntilTheQueueIsComplete(self):
        fill, take = self.load_and_put(dryrun=False)
        self.call(fn=fill, **{"as": "files"})
        got = self.call(fn=take, **{"as": "files"})
        self.assertEqual(["a", "b"], [i["s"] for i in got["ok"]["items"]])
        self.assertTrue(got["ok"]["finished"])
        self.assertIn("queue", self.sluice.logs[0][1])


if __name__ == "__main__":
    unittest.main()
