import os
import unittest

from fake_sluice import HelperTestCase

RUN = (
    "    def _sluice_run(input, output, params, wildcards, threads, resources, log, rule,"
    " jobid, bench_iteration):\n"
)


def rule(name, *directives, kind="rule"):
    lines = ["with _sluice_.%s(%r, 1) as _sluice_r:" % (kind, name)]
    return "\n".join(lines + ["    _sluice_r.%s" % d for d in directives] or ["    pass"]) + "\n"


class StorageTest(HelperTestCase):
    def test_snakemakeStorageHasTheTypesThatAnnotationsName(self):
        rules = self.rules(
            "def f() -> snakemake.storage.StorageProviderProxy:\n    return storage.s3\n"
            "assert isinstance(f(), snakemake.storage.StorageProviderProxy)\n"
            + rule("a", "input(f()('s3://b/k'))")
        )
        self.assertEqual("storage", rules["a"]["input"]["items"][0]["kind"])


class SourcePathTest(HelperTestCase):
    def test_isNotShortened(self):
        rules = self.rules(
            "_sluice_.include('rules/x.smk')\n",
            programs={"rules/x.smk": rule("a", "input(workflow.source_path('../res/t.json'))")},
        )
        (item,) = rules["a"]["input"]["items"]
        self.assertEqual(os.path.join(self.folder, "rules/../res/t.json"), item["s"])


class FilesTest(HelperTestCase):
    def items(self, text, side="input", prelude="", **kwargs):
        return self.rules(prelude + rule("a", "%s(%s)" % (side, text)), **kwargs)["a"][side]

    def test_nestedListsGeneratorsAndPathsBecomeOneList(self):
        got = self.items(
            "'a', ['b', ('c', [Path('d') / 'e'])], (x for x in 'fg'), n=['h'], m=[], o='i'"
        )
        self.assertEqual(["a", "b", "c", "d/e", "f", "g", "h", "i"], got["items"])
        self.assertEqual([["n", 6, 7], ["m", 7, 7], ["o", 7, None]], got["names"])

    def test_flagsStayWithTheirFiles(self):
        got = self.items("temp('a'), directory('b/'), touch(protected('c')), 'd'", "output")
        self.assertEqual(
            [
                {"s": "a", "flags": {"temp": True}},
                {"s": "b", "flags": {"directory": True}},
                {"s": "c", "flags": {"protected": True, "touch": True}},
                "d",
            ],
            got["items"],
        )

    def test_namedExtensionsNameTheirFiles(self):
        got = self.items("multiext('p', a='.x', b='.y')", "output")
        self.assertEqual(["p.x", "p.y"], [i["s"] for i in got["items"]])
        self.assertEqual([["a", 0, None], ["b", 1, None]], got["names"])

    def test_functionsAreReportedWithTheArgumentsTheyTake(self):
        got = self.items(
            "lambda w: w.x, f, ancient(f), unpack(f), n=lambda wildcards, **kw: 1",
            prelude="def f(wildcards, groupid, attempt=2):\n    return ''\n",
        )
        args = [i["args"] for i in got["items"]]
        self.assertEqual(["wildcards"], args[0])
        self.assertEqual(["wildcards", "groupid", "attempt"], args[1])
        self.assertIn("resources", args[4])
        self.assertEqual({"ancient": True}, got["items"][2]["flags"])
        self.assertTrue(got["items"][3]["unpack"])
        self.assertEqual(5, len({i["fn"] for i in got["items"]}))
        self.assertEqual([["n", 4, None]], got["names"])

    def test_theOutputOfARuleRemembersItsRule(self):
        rules = self.rules(
            rule("a", "output('{x}.a', b='{x,[0-9]+}.b')")
            + rule("b", "input(rules.a.output[0], rules.a.output.b, q=rules.a.output)")
        )
        self.assertEqual(
            [
                {"s": "{x}.a", "rule": "a"},
                "{x}.b",  # Constrained there, so not pinned, as in Snakemake.
                {"s": "{x}.a", "rule": "a"},
                "{x}.b",
            ],
            # A constraint at one output does not make the other's wildcard constrained.
            rules["b"]["input"]["items"],
        )
        self.assertEqual([["q", 2, 4]], rules["b"]["input"]["names"])

    def test_pathvarsAreReplacedByTheNearestValue(self):
        rules = self.rules(
            "_sluice_.pathvars(results='res', deep='<results>/x')\n"
            + rule("a", "pathvars(own='o')", "output('<results>/<own>', '<deep>', '<logs>/l')")
        )
        self.assertEqual(["res/o", "res/x", "logs/l"], rules["a"]["output"]["items"])

    def test_flagsForAllFollowingFiles(self):
        rules = self.rules(
            "_sluice_.inputflags(access.sequential)\n_sluice_.outputflags(temp)\n"
            + rule("a", "input('x')", "output('y', protected('z'))")
        )
        self.assertEqual(
            [{"s": "x", "flags": {"access_pattern": "sequential"}}], rules["a"]["input"]["items"]
        )
        self.assertEqual(
            [{"s": "y", "flags": {"temp": True}}, {"s": "z", "flags": {"protected": True}}],
            rules["a"]["output"]["items"],
        )

    def test_scatterAndGather(self):
        program = "_sluice_.scattergather(split=2)\n" + rule(
            "a", "output(scatter.split('{scatteritem}.txt'))"
        )
        loaded = self.load(program, settings={"set_scatter": {"split": 3}})
        self.assertEqual(
            ["1-of-3.txt", "2-of-3.txt", "3-of-3.txt"], loaded["rules"][0]["output"]["items"]
        )
        self.assertEqual({"split": 3}, loaded["scattergather"])
        self.assertEqual({"scatteritem": r"\d+-of-\d+"}, loaded["wildcard_constraints"])

    def test_storageObjectsAreTold(self):
        (item,) = self.items("storage.s3('s3://b/k')")["items"]
        self.assertEqual("storage", item["kind"])
        self.assertEqual("s3://b/k", item["flags"]["storage_object"]["query"])


class RulesTest(HelperTestCase):
    def test_anonymousRulesAreNumbered(self):
        program = "with _sluice_.rule(None, 1) as _sluice_r: pass\n" + rule("b", "name('c')")
        self.assertEqual(["1", "c"], list(self.rules(program)))

    def test_whatARuleDoes(self):
        rules = self.rules(
            rule("s", "shell('echo {x}')")
            + rule("p", "script('s.py')")
            + "with _sluice_.rule('r', 5) as _sluice_r:\n"
            + RUN
            + "        pass\n"
            + rule("n", "input('x')")
        )
        self.assertEqual(
            ["shell", "script", "run", "norun"], [r["kind"] for r in rules.values()]
        )
        self.assertEqual(6, rules["r"]["run_line"])

    def test_aRunBlockInAFunctionIsNotTakenTwice(self):
        rules = self.rules(
            "def declare():\n"
            "    with _sluice_.rule('a', 2) as _sluice_r:\n    " + RUN + "            pass\n"
            "    with _sluice_.rule('b', 5) as _sluice_r:\n        _sluice_r.input('x')\n"
            "declare()\n"
        )
        self.assertEqual(["run", "norun"], [r["kind"] for r in rules.values()])

    def test_theFirstOfTwoEqualDirectivesCounts(self):
        rules = self.rules(rule("a", "threads(2)", "threads(3)"))
        self.assertEqual(2, rules["a"]["threads"])

    def test_theDefaultTargetIsTheFirstRuleOfTheMainSnakefile(self):
        loaded = self.load(
            "_sluice_.include('inc.smk')\n" + rule("main", "input()"),
            programs={"inc.smk": rule("included", "input()")},
        )
        self.assertEqual("main", loaded["default_target"])
        loaded = self.load(rule("a", "input()") + rule("b", "default_target(True)"))
        self.assertEqual("b", loaded["default_target"])

    def test_constraintsOfARuleWinOverThoseOfAll(self):
        rules = self.rules(
            rule("a", "wildcard_constraints(x='1')")
            + "_sluice_.wildcard_constraints(x='2', y='3')\n"
        )
        self.assertEqual({"x": "1", "y": "3"}, rules["a"]["wildcard_constraints"])

    def test_aRuleMayChangeAnother(self):
        rules = self.rules(
            rule("a", "input('i')", "params(1, k=2, m=3)", "threads(4)", "shell('s')")
            + "with _sluice_.use_rule(('a',), 7, name_modifier='b') as _sluice_r:\n"
            "    _sluice_r.params(k=5)\n    _sluice_r.input('j')\n"
            "with _sluice_.use_rule(('a',), 9, name_modifier='c') as _sluice_r: pass\n"
        )
        self.assertEqual(["j"], rules["b"]["input"]["items"])
        self.assertEqual([1, 5, 3], rules["b"]["params"]["items"])
        self.assertEqual(4, rules["b"]["threads"])
        self.assertEqual("s", rules["b"]["shell"])
        self.assertEqual([1, 2, 3], rules["c"]["params"]["items"])

    def test_sourcesOnTheNetworkAreNamedAndNotFetched(self):
        rules = self.rules(
            rule("a", "script(github('o/r', path='s.py', tag='v1'))", "conda(Path('e.yaml'))")
        )
        self.assertEqual("https://github.com/o/r/blob/v1/s.py", rules["a"]["script"])
        self.assertEqual("e.yaml", rules["a"]["conda"])

    def test_plainGlobalsAreReported(self):
        loaded = self.load("A = 1\nB = ['x']\nC = {'k': 1}\n_D = 1\nE = object()\n")
        self.assertEqual({"A": 1, "B": ["x"]}, loaded["globals"])

    def test_itemsOfTheJobMayBeNamedOutsideOfIt(self):
        rules = self.rules(
            rule("a", "input(x='i')", "output('o')", "params(p=input.x, q=output[0], t=threads)")
        )
        (p, q, t) = [i["$fn"] for i in rules["a"]["params"]["items"]]
        self.assertEqual(["wildcards", "input"], p["args"])
        self.assertEqual(["wildcards", "output"], q["args"])
        self.assertEqual(["wildcards", "threads"], t["args"])
        named = {"items": ["i"], "names": [["x", 0, None]]}
        self.assertEqual({"ok": "i"}, self.call(fn=p["fn"], input=named, **{"as": "params"}))
        self.assertEqual({"ok": 8}, self.call(fn=t["fn"], threads=8, **{"as": "params"}))

    def test_namesThatSnakefilesNeverImportAreThere(self):
        loaded = self.load(
            "OK = [os.path.basename('a/b'), str(Path('x')), sys.version_info[0] > 2,"
            " re.sub('a', 'b', 'a'), json.dumps(1), shell.__name__, workflow.basedir == BASE]\n"
            .replace("BASE", repr(self.folder))
        )
        self.assertEqual(["b", "x", True, "b", "1", "shell", True], loaded["globals"]["OK"])

    def test_theCommandLinesResourcesAreFunctionsOfTheJobOnlyWhereTheyMustBe(self):
        loaded = self.load(
            "",
            settings={
                "default_resources": ["mem_mb=2*input.size_mb", "name=plain"],
                "set_threads": {"a": "4"},
                "set_resources": {"a": {"x": "attempt * 3", "y": "'q'"}},
            },
        )
        defaults = loaded["default_resources"]
        self.assertNotIn("mem", defaults)
        self.assertEqual("plain", defaults["name"])
        self.assertIsInstance(defaults["tmpdir"], str)
        self.assertEqual({"a": 4}, loaded["set_threads"])
        self.assertEqual("q", loaded["set_resources"]["a"]["y"])
        fn = loaded["set_resources"]["a"]["x"]["$fn"]["fn"]
        self.assertEqual({"ok": 6}, self.call(fn=fn, attempt=2, **{"as": "resource"}))


class LongProgramsTest(HelperTestCase):
    """Programs that are compiled in pieces."""

    RULES = "".join(rule("r%d" % i, "input('%s')" % ("x" * 100)) for i in range(600))

    def test_allRulesAreThereAndTheFutureIsKept(self):
        loaded = self.load(
            "from __future__ import annotations\n" + self.RULES
            + "def f(x: nonsense): pass\nDONE = True\n"
        )
        self.assertEqual(600, len(loaded["rules"]))
        self.assertTrue(loaded["globals"]["DONE"])

    def test_nothingRunsWhenTheLastLineIsWrong(self):
        error = self.error("open('touched', 'w').close()\n" + self.RULES + "return 1\n")
        self.assertEqual(("syntax", 1202), (error["kind"], error["line"]))
        self.assertFalse(os.path.exists(os.path.join(self.folder, "touched")))

    def test_linesAreThoseOfTheWhole(self):
        error = self.error(self.RULES + "\n1 / 0\n")
        self.assertEqual(1202, error["line"])

    def test_functionsKnowTheirLines(self):
        got = self.rules(self.RULES + rule("f", "input(lambda w: 1 // 0)"))
        result = self.call(fn=got["f"]["input"]["items"][0]["fn"], **{"as": "files"})
        self.assertEqual(1202, result["error"]["frames"][-1][1])

    def test_whatLooksLikeARuleWithinAStringIsText(self):
        text = "text = '''\nwith _sluice_.rule('no', 1) as _sluice_r: pass\n'''\n"
        loaded = self.load(self.RULES + text * 60)
        self.assertEqual(600, len(loaded["rules"]))
        self.assertIn("rule('no'", loaded["globals"]["text"])


class ConfigTest(HelperTestCase):
    def config(self, program, **settings):
        for name in ("a.yaml", "b.yaml", "cli.yaml"):
            self.write(name)
        configs = {
            "a.yaml": {"x": 1, "l": [1, 2], "d": {"p": 1, "q": 1}},
            "b.yaml": {"x": 2, "d": {"q": 2}},
            "cli.yaml": {"x": 3, "c": 3},
        }
        return self.load(program, configs=configs, settings=settings)["config"]

    TWO = "_sluice_.configfile('a.yaml')\n_sluice_.configfile('b.yaml')\n"

    def test_laterFilesWinAndMappingsAreMerged(self):
        self.assertEqual(
            {"x": 2, "l": [1, 2], "d": {"p": 1, "q": 2}}, self.config(self.TWO)
        )

    def test_theCommandLineWinsOverAllFiles(self):
        got = self.config(self.TWO, configfiles=["cli.yaml"], config_overrides={"l": [9]})
        self.assertEqual({"x": 3, "c": 3, "l": [9], "d": {"p": 1, "q": 2}}, got)

    def test_theCommandLineMayReplaceAll(self):
        got = self.config(self.TWO, config_overrides={"k": 1}, replace_config=True)
        self.assertEqual({"k": 1}, got)

    def test_aMissingFileIsAnErrorUnlessTheCommandLineGaveOne(self):
        error = self.error("\n_sluice_.configfile('none.yaml')\n")
        self.assertEqual(("missing-configfile", 2), (error["code"], error["line"]))
        got = self.config("_sluice_.configfile('none.yaml')\n", configfiles=["cli.yaml"])
        self.assertEqual({"x": 3, "c": 3}, got)

    def test_validationFillsInDefaultsAndNamesWhatIsWrong(self):
        program = (
            "from snakemake.utils import validate\n"
            "config['a'] = {'k': 1}\nvalidate(config, 'schema.yaml')\n"
        )
        loaded = self.load(program, validations=[{"data": {"a": {"k": 1, "n": 2}, "b": 3}}])
        self.assertEqual({"a": {"k": 1, "n": 2}, "b": 3}, loaded["config"])
        wrong = [{"errors": [{"path": "a.k", "message": "is not a string"}]}]
        error = self.error(program, validations=wrong)
        self.assertEqual(("schema-violation", 3), (error["code"], error["line"]))
        self.assertIn("a.k: is not a string", error["message"])

    def test_theWorkdirStatementYieldsToTheCommandLine(self):
        os.mkdir(os.path.join(self.folder, "sub"))
        inside = os.path.join(self.folder, "sub")
        self.assertEqual(inside, self.load("_sluice_.workdir('sub')\n")["workdir"])
        loaded = self.load("_sluice_.workdir('sub')\n", settings={"workdir_given": True})
        self.assertIsNone(loaded["workdir"])


class ErrorsTest(HelperTestCase):
    def test_aPythonErrorNamesTheSnakefileAndTheUsersFramesOnly(self):
        error = self.error("\ndef f():\n    return nonsense\nf()\n")
        self.assertEqual("NameError", error["type"])
        self.assertEqual((os.path.join(self.folder, "Snakefile"), 3), (error["file"], error["line"]))
        self.assertEqual(["<module>", "f"], [f[2] for f in error["frames"]])
        self.assertEqual("python", error["kind"])

    def test_aSyntaxErrorOfPythonHasItsColumn(self):
        error = self.error("x = 1\ny = (2 +* 3)\n")
        self.assertEqual(("syntax", 2), (error["kind"], error["line"]))
        self.assertGreaterEqual(error["column"], 4)

    def test_columnsOfASyntaxErrorAreThoseOfTheProgramNotOfTheFile(self):
        program = "with _sluice_.rule('long_name', 1) as _sluice_r: _sluice_r.input('a' 1)\n"
        self.write("Snakefile", "rule a:\n")
        error = self.error(program)
        self.assertGreaterEqual(error["column"], program.index("'a' 1") - 4)
        self.assertEqual(os.path.join(self.folder, "Snakefile"), error["file"])

    def test_aNameThatIsNearlyRightIsPointedOut(self):
        error = self.error(rule("sort_all", "output('x')") + "rules.sortall.output\n")
        self.assertEqual("did you mean `rules.sort_all`?", error["hint"])

    def test_anErrorInAnIncludedFileIsThere(self):
        error = self.error(
            "_sluice_.include('sub/inc.smk')\n", programs={"sub/inc.smk": "\n1 / 0\n"}
        )
        self.assertEqual((os.path.join(self.folder, "sub/inc.smk"), 2), (error["file"], error["line"]))
        self.assertEqual(2, len(error["frames"]))

    def test_diagnosticsOfSluiceComeBackAsTheyWere(self):
        self.assertEqual("diagnosed", self.error("_sluice_.include('gone.smk')\n")["kind"])

    def test_whatSluiceFindsWrongIsPlacedAtTheStatement(self):
        self.write("c.yaml")
        error = self.error("\n_sluice_.configfile('c.yaml')\n", configs={"c.yaml": "no"})
        self.assertEqual(2, error["line"])
        self.assertIn("mapping", error["message"])
        error = self.error("\n_sluice_.configfile('c.yaml')\n")
        self.assertEqual((2, "unreadable"), (error["line"], error["message"]))

    def test_aMissingPackageSaysHowToInstallIt(self):
        error = self.error("import yamlish_package_of_nobody\n")
        self.assertIn("pip install yamlish_package_of_nobody", error["hint"])

    def test_anOldImportSaysWhatToWriteInstead(self):
        error = self.error("from snakemake.remote.S3 import RemoteProvider\n")
        self.assertIn("storage", error["hint"])

    def check(self, program, code, line):
        error = self.error(program)
        self.assertEqual("workflow", error["kind"], error)
        self.assertEqual((code, line), (error["code"], error["line"]), error)

    def test_wrongDeclarationsNameTheirLine(self):
        twice = "with _sluice_.rule('a', 1) as _sluice_r: pass\nwith _sluice_.rule('a', 2) as _sluice_r: pass\n"
        self.check(twice, "duplicate-rule", 2)
        self.check("\ntemp(protected('x'))\n", "contradictory-flags", 2)
        self.check("\nrules.none.output\n", "unknown-rule", 2)
        self.check("\nworkflow.persistence.x\n", None, 2)
        self.check("\n_sluice_.envvars('SLUICE_NO_SUCH')\n", "missing-envvar", 2)
        same = "\nwith _sluice_.rule('a', 2) as _sluice_r:\n    _sluice_r.output('x', 'x')\n"
        self.check(same, "duplicate-output", 2)
        two = "\nwith _sluice_.rule('a', 2) as _sluice_r:\n    _sluice_r.shell('x')\n    _sluice_r.script('y')\n"
        self.check(two, "two-executions", 4)
        list_ = "\nwith _sluice_.rule('a', 2) as _sluice_r:\n    _sluice_r.shell(['x'])\n"
        self.check(list_, None, 3)
        function = "\nwith _sluice_.rule('a', 2) as _sluice_r:\n    _sluice_r.output(lambda w: 1)\n"
        self.check(function, None, 2)
        self.check("\n_sluice_.pathvars(a='<b>', b='<a>')\n", "pathvar-cycle", 2)

    def test_leavingFromASnakefileIsAnErrorOfTheLoad(self):
        error = self.error("\nexit(3)\n")
        self.assertEqual(("exit", 2), (error["code"], error["line"]))


if __name__ == "__main__":
    unittest.main()
