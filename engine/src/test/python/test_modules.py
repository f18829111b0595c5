import unittest

from fake_sluice import HelperTestCase

MODULE = """\
_sluice_.configfile("ignored.yaml")
def helper():
    return config["k"]
with _sluice_.rule("a", 4) as _sluice_r:
    _sluice_r.output(temp("results/{x}.a"))
    _sluice_r.shell("echo {config[k]}")
with _sluice_.rule("b", 7) as _sluice_r:
    _sluice_r.input(rules.a.output, "../up", "/abs", local("here"), lambda w: "results/fn")
    _sluice_r.output("results/{x}.b")
    _sluice_r.log("logs/{x}")
    _sluice_r.benchmark("bench/{x}")
with _sluice_.use_rule(("b",), 12, name_modifier="c") as _sluice_r:
    _sluice_r.output("results/{x}.c")
def _sluice_onsuccess(log):
    pass
"""


def use(rules, with_block=" pass", **kwargs):
    args = ", ".join("%s=%r" % i for i in kwargs.items())
    return "with _sluice_.use_rule(%r, 9, %s) as _sluice_r:%s\n" % (rules, args, with_block)


def module(**fields):
    lines = ["with _sluice_.module('m', 1) as _sluice_m:", "    _sluice_m.snakefile('m/Snakefile')"]
    return "\n".join(lines + ["    _sluice_m.%s(%s)" % i for i in fields.items()]) + "\n"


class ModulesTest(HelperTestCase):
    def load_with(self, program):
        return self.load(program, programs={"m/Snakefile": MODULE})

    def rules_with(self, program):
        return {r["name"]: r for r in self.load_with(program)["rules"]}

    def test_rulesAreRenamedPrefixedAndFindTheirConfig(self):
        loaded = self.load_with(
            module(config="{'k': 1}", prefix="'p'")
            + use(("*",), from_module="m", name_modifier="m_*")
            + "GOT = [m.helper(), callable(m.onsuccess)]\n"
        )
        rules = {r["name"]: r for r in loaded["rules"]}
        self.assertEqual(["m_a", "m_b", "m_c"], list(rules))
        self.assertEqual([1, True], loaded["globals"]["GOT"])
        self.assertEqual([], loaded["hooks"])
        self.assertEqual("m_a", loaded["default_target"])
        b = rules["m_b"]
        self.assertEqual(
            [{"s": "p/results/{x}.a", "rule": "m_a"}, "../up", "/abs"], b["input"]["items"][:3]
        )
        self.assertEqual({"s": "here", "flags": {"local": True}}, b["input"]["items"][3])
        self.assertEqual(["p/results/{x}.b"], b["output"]["items"])
        self.assertEqual(["p/logs/{x}"], b["log"]["items"])
        self.assertEqual("p/bench/{x}", b["benchmark"])
        self.assertEqual("m", b["module"])
        self.assertEqual(["p/results/{x}.c"], rules["m_c"]["output"]["items"])
        fn = b["input"]["items"][4]["fn"]
        self.assertEqual({"ok": {"items": ["p/results/fn"]}}, self.call(fn=fn, **{"as": "files"}))

    def test_prefixesAreReplaced(self):
        rules = self.rules_with(
            module(config="{}", replace_prefix="{'results/': 'r/'}")
            + use(("a",), from_module="m")
        )
        self.assertEqual(["a"], list(rules))
        self.assertEqual("r/{x}.a", rules["a"]["output"]["items"][0]["s"])

    def test_rulesThatNobodyUsesCanStillBeReferredTo(self):
        rules = self.rules_with(
            module(config="{}")
            + use(("*",), from_module="m", exclude=("a",), name_modifier="m_*")
        )
        self.assertEqual(["m_b", "m_c"], list(rules))

    def test_aRuleOfAModuleMayBeChangedAfterAGeneralImport(self):
        rules = self.rules_with(
            module(config="{}", prefix="'p'")
            + use(("*",), from_module="m", name_modifier="m_*")
            + use(
                ("a",),
                "\n    _sluice_r.output('mine/{x}')\n    _sluice_r.threads(7)\n",
                from_module="m",
                name_modifier="m_*",
            )
        )
        self.assertEqual(["mine/{x}"], rules["m_a"]["output"]["items"])
        self.assertEqual(7, rules["m_a"]["threads"])
        self.assertEqual("echo {config[k]}", rules["m_a"]["shell"])

    def test_withoutConfigTheModuleReadsItsOwn(self):
        self.write("ignored.yaml")
        self.start(
            module() + use(("*",), from_module="m") + "GOT = m.config\nK = GOT['k']\n",
            programs={"m/Snakefile": MODULE},
            configs={"ignored.yaml": {"k": 5}},
        )
        loaded = self.sluice.ask("load", snakefile=self.folder + "/Snakefile")
        self.assertEqual(5, loaded["globals"]["K"])
        self.assertEqual({}, loaded["config"])

    def test_aModulesNameMayComeFromAVariable(self):
        loaded = self.load_with(
            "for NAME, ALIAS in (('one', 'x_'), ('two', 'y_')):\n"
            "    with _sluice_.module(None, 2) as _sluice_m:\n"
            "        _sluice_m.name(NAME)\n"
            "        _sluice_m.snakefile('m/Snakefile')\n"
            "        _sluice_m.config({'k': NAME})\n"
            "        _sluice_m.replace_prefix({'results/': NAME + '/'})\n"
            "    with _sluice_.use_rule(('a',), 6, from_module='NAME', name_modifier='ALIAS*')"
            " as _sluice_r: pass\n"
            "GOT = [one.helper(), two.helper()]\n"
        )
        self.assertEqual(["x_a", "y_a"], [r["name"] for r in loaded["rules"]])
        self.assertEqual(["one", "two"], loaded["globals"]["GOT"])

    def test_modulesOfModules(self):
        middle = (
            "with _sluice_.module('inner', 1) as _sluice_m:\n"
            "    _sluice_m.snakefile('../m/Snakefile')\n    _sluice_m.config({})\n"
            "    _sluice_m.prefix('in')\n"
            + use(("*",), from_module="inner", name_modifier="in_*")
        )
        rules = {
            r["name"]: r
            for r in self.load(
                "with _sluice_.module('outer', 1) as _sluice_m:\n"
                "    _sluice_m.snakefile('o/Snakefile')\n    _sluice_m.prefix('out')\n"
                + use(("*",), from_module="outer", name_modifier="out_*"),
                programs={"o/Snakefile": middle, "m/Snakefile": MODULE},
            )["rules"]
        }
        self.assertEqual(["out_in_a", "out_in_b", "out_in_c"], list(rules))
        self.assertEqual("out/in/results/{x}.a", rules["out_in_a"]["output"]["items"][0]["s"])
        self.assertEqual("out_in_a", rules["out_in_b"]["input"]["items"][0]["rule"])

    def test_errorsOfModules(self):
        error = self.error(use(("*",), from_module="none"))
        self.assertEqual("unknown-module", error["code"])
        both = "with _sluice_.module('m', 1) as _sluice_m:\n    _sluice_m.name('n')\n"
        self.assertEqual("module-name", self.error(both)["code"])
        network = module().replace("m/Snakefile", "https://example.org/Snakefile")
        self.assertEqual("remote-source", self.error(network + use(("*",), from_module="m"))["code"])


if __name__ == "__main__":
    unittest.main()
