import json
import os
import struct
import subprocess
import sys
import unittest

from fake_sluice import HELPER, HelperTestCase

RUN = (
    "    def _sluice_run(input, output, params, wildcards, threads, resources, log, rule,"
    " jobid, bench_iteration):\n"
)

PROGRAM = (
    """\
import os
NAMES = ["p", "q"]
print("loading")
_sluice_.configfile("config.yaml")
with _sluice_.rule("a", 5) as _sluice_r:
    _sluice_r.input("in.txt")
    _sluice_r.output("{x}.txt")
"""
    + RUN
    + """\
        import sys
        print("hello", wildcards.x, params.n, threads, resources.mem_mb, NAMES, config["k"])
        print("attempt", os.environ["SLUICE_ATTEMPT"], os.environ["MORE"], os.getpgid(0) == os.getpid())
        print("stdin", repr(sys.stdin.read()))
        shell("echo {output} {NAMES} {wildcards.x:q} > {output}")
with _sluice_.rule("bad", 13) as _sluice_r:
"""
    + RUN
    + """\
        raise ValueError("no good")
with _sluice_.rule("leaves", 16) as _sluice_r:
"""
    + RUN
    + """\
        exit(7)
with _sluice_.rule("killed", 19) as _sluice_r:
"""
    + RUN
    + """\
        os.kill(os.getpid(), 9)
"""
)


class RunServerTest(HelperTestCase):
    def serve(self, program=PROGRAM):
        self.write("config.yaml", "k: v")
        self.load(program, configs={"config.yaml": {"k": "v"}})
        self.sluice.ask("bundle", path=os.path.join(self.folder, "bundle"))
        self.server = subprocess.Popen(
            [sys.executable, HELPER, "--run-server", "bundle"],
            cwd=self.folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.addCleanup(self.server.wait)
        self.addCleanup(self.server.stderr.close)
        self.addCleanup(self.server.stdout.close)
        self.addCleanup(self.server.stdin.close)

    def request(self, attempt, rule, **more):
        body = json.dumps(
            dict(
                {
                    "attempt": attempt,
                    "rule": rule,
                    "log_file": os.path.join(self.folder, attempt + ".log"),
                    "folder": "",
                    "environment": {"MORE": "yes"},
                },
                **more,
            )
        ).encode()
        self.server.stdin.write(struct.pack(">I", len(body)) + body)
        self.server.stdin.flush()

    def line(self):
        word, name, *pairs = self.server.stdout.readline().decode().split()
        return word, name, dict(p.split("=") for p in pairs)

    def ended(self, attempt):
        """The `ended` line of one attempt, with those before it skipped."""
        while True:
            word, name, pairs = self.line()
            if (word, name) == ("ended", attempt):
                return pairs

    def log(self, attempt):
        with open(os.path.join(self.folder, attempt + ".log")) as f:
            return f.read()

    JOB = {
        "wildcards": {"x": "it's"},
        "input": {"items": ["in.txt"]},
        "output": {"items": ["out.txt"]},
        "params": {"items": [3], "names": [["n", 0, None]]},
        "threads": 2,
        "resources": {"mem_mb": 100},
    }

    def check_block(self):
        self.request("one", "a", **self.JOB)
        word, name, started = self.line()
        self.assertEqual(("started", "one"), (word, name))
        pairs = self.ended("one")
        self.assertEqual("0", pairs["code"], self.log("one"))
        self.assertLessEqual(float(pairs["start"]), float(pairs["end"]))
        self.assertGreater(int(pairs["rss"]), 1000)
        self.assertEqual(
            "hello it's 3 2 100 ['p', 'q'] v\nattempt one yes True\nstdin ''\n", self.log("one")
        )
        with open(os.path.join(self.folder, "out.txt")) as f:
            self.assertEqual("out.txt p q it's\n", f.read())

    def test_runsABlockInAForkWithItsOwnGroupAndLog(self):
        self.serve()
        self.check_block()

    def test_runsABlockInAFreshProcessWhenTheLoadLeftThreads(self):
        thread = (
            "import threading, time; threading.Thread(target=time.sleep, args=(600,),"
            " daemon=True).start()\n"
        )
        self.serve(thread + PROGRAM)
        self.check_block()

    def test_tellsHowEachBlockEnded(self):
        self.serve()
        self.request("1", "bad")
        self.assertEqual("1", self.ended("1")["code"])
        self.request("2", "leaves")
        self.assertEqual("7", self.ended("2")["code"])
        self.request("3", "killed")
        self.assertEqual("9", self.ended("3")["signal"])

    def test_namesFileAndLineOfAnErrorInABlockAndNoneOfOurFrames(self):
        self.serve()
        self.request("1", "bad")
        self.ended("1")
        text = self.log("1")
        line = PROGRAM[: PROGRAM.index("no good")].count("\n") + 1
        path = os.path.join(self.folder, "Snakefile")
        self.assertIn("in rule bad", text)
        self.assertIn("ValueError in file %s, line %d:\nno good" % (path, line), text)
        self.assertIn('File "%s", line %d, in run block' % (path, line), text)
        self.assertNotIn("sluice_helper", text)

    def test_endsAfterItsChildrenWhenNoMoreRequestsCome(self):
        self.serve()
        self.request("one", "a", **self.JOB)
        self.server.stdin.close()
        self.assertEqual("0", self.ended("one")["code"])
        self.assertEqual(0, self.server.wait(timeout=20))

    def test_failsWhenTheWorkflowCannotBeLoadedAgain(self):
        self.serve("import os\nif os.path.exists('bundle'): raise KeyError('later')\n")
        self.assertEqual(1, self.server.wait(timeout=20))
        self.assertIn("KeyError", self.server.stderr.read().decode())


if __name__ == "__main__":
    unittest.main()
