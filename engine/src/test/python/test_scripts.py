import json
import os
import shutil
import subprocess
import unittest

from fake_sluice import HelperTestCase

PROGRAM = """\
config["k"] = "v"
class Thing:
    pass
with _sluice_.rule("a", 4) as _sluice_r:
    _sluice_r.output("{x}.txt")
    _sluice_r.script("scripts/s.py")
"""

JOB = {
    "rule": "a",
    "kind": "script",
    "wildcards": {"x": "w"},
    "input": {"items": ["i1", "i2"], "names": [["first", 0, None]]},
    "output": ["out.txt"],
    "params": {"items": [3, {"$t": [1, 2]}, "it's"], "names": [["n", 0, None], ["q", 2, None]]},
    "threads": 2,
    "resources": {"mem_mb": 5},
    "log": {"items": ["l.log"]},
}


class ScriptsTest(HelperTestCase):
    def setUp(self):
        super().setUp()
        self.load(PROGRAM)

    def prepare(self, path, **more):
        (answer,) = self.sluice.ask("script", jobs=[dict(JOB, path=path, **more)])
        return answer

    def run_it(self, path, source, **more):
        self.write(path, source)
        how = self.prepare(path, **more)["ok"]
        self.assertTrue(all(os.path.isabs(f) for f in how["files"]))
        done = subprocess.run(
            how["argv"], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self.assertEqual(0, done.returncode, done.stderr.decode())
        return done.stdout.decode()

    def test_aPythonScriptHasItsJob(self):
        self.write("scripts/beside.py", "VALUE = 'beside'")
        out = self.run_it(
            "scripts/s.py",
            "from __future__ import annotations\n"
            "import json, os\n"
            "from snakemake.script import snakemake as same\n"
            "from snakemake.shell import shell\n"
            "import beside\n"
            "s = snakemake\n"
            "shell('echo {s.threads} > shell.txt')\n"
            "print(json.dumps([s.input.first, list(s.input), s.output[0], s.params.n, s.params[1],"
            " s.params.q, s.wildcards.x, s.threads, s.resources.mem_mb, s.log_fmt_shell(),"
            " s.config, s.rule, os.path.basename(s.scriptdir), os.path.basename(__file__),"
            " same is s, beside.VALUE]))\n",
        )
        self.assertEqual(
            ["i1", ["i1", "i2"], "out.txt", 3, [1, 2], "it's", "w", 2, 5, " > l.log 2>&1"]
            + [{"k": "v"}, "a", "scripts", "s.py", True, "beside"],
            json.loads(out),
        )
        with open(os.path.join(self.folder, "shell.txt")) as f:
            self.assertEqual("2\n", f.read())

    def test_aBashScriptHasItsArrays(self):
        out = self.run_it(
            "s.sh",
            "#!/usr/bin/env bash\n"
            'echo "${snakemake_input[0]} ${snakemake_input[first]} ${snakemake_params[q]}'
            ' ${snakemake_wildcards[x]} ${snakemake[threads]} ${snakemake_config[k]}"\n',
        )
        self.assertEqual("i1 i1 it's w 2 v\n", out)

    def test_anRScriptHasItsObject(self):
        self.write("s.R", "print(1)\n")
        how = self.prepare("s.R")["ok"]
        self.assertEqual(["Rscript", "--vanilla"], how["argv"][:2])
        with open(how["argv"][2]) as f:
            text = f.read()
        self.assertIn("input = list('i1', 'i2', \"first\" = 'i1')", text)
        self.assertIn("params = list(3, c(1, 2), \"it's\", \"n\" = 3", text)
        self.assertIn("bench_iteration = as.numeric(NA)", text)
        if shutil.which("Rscript"):
            self.run_it("t.R", "stopifnot(snakemake@threads == 2)\n")

    def test_aJuliaScriptHasItsObject(self):
        self.write("s.jl", "println(1)\n")
        how = self.prepare("s.jl")["ok"]
        with open(how["argv"][1]) as f:
            self.assertIn('Dict(1 => "i1", 2 => "i2", "first" => "i1")', f.read())

    def test_aLocalWrapperIsAScript(self):
        out = self.run_it(
            "w/wrapper.py", "print(snakemake.params.n)\n", kind="script"
        )
        self.assertEqual("3\n", out)
        how = self.prepare("file:w", kind="wrapper")["ok"]
        out = subprocess.check_output(how["argv"], cwd=self.folder)
        self.assertEqual(b"3\n", out)

    def test_whatCannotRunSaysSo(self):
        def code(path, **more):
            return self.prepare(path, **more)["error"]["code"]

        self.assertEqual("remote-wrapper", code("v1.2.3/bio/bwa/mem", kind="wrapper"))
        self.assertEqual("unknown-script-language", code("s.pl"))
        self.assertEqual("remote-source", code("https://example.org/s.py"))
        self.assertIn("gone.py", self.prepare("gone.py")["error"]["message"])

    def test_aTemplateIsRenderedByTheUsersPython(self):
        try:
            import jinja2  # noqa: F401
        except ImportError:
            self.skipTest("this Python has no jinja2")
        self.write("i1", "{{ params.n }} {{ wildcards.x }} {{ config.k }}")
        how = self.prepare("jinja2", kind="template_engine", input=["i1"])["ok"]
        subprocess.check_call(how["argv"], cwd=self.folder)
        with open(os.path.join(self.folder, "out.txt")) as f:
            self.assertEqual("3 w v", f.read())


if __name__ == "__main__":
    unittest.main()
