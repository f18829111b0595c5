import os
import subprocess
import sys
import tempfile
import unittest

from fake_sluice import PYTHON_DIR

sys.path.insert(0, PYTHON_DIR)

import snakemake  # noqa: E402
from snakemake.shell import shell  # noqa: E402


class ShellTest(unittest.TestCase):
    def test_variablesOfTheCallerAreFilledIn(self):
        name = ["a b", "c"]
        self.assertEqual("a b c\n", shell("echo {name}", read=True))
        self.assertEqual("a b:c\n", shell("printf '%s:%s\\n' {name:q}", read=True))
        self.assertEqual("7\n", shell("echo {x}", read=True, x=7))

    def test_linesComeOneByOne(self):
        self.assertEqual(["1", "2"], list(shell("echo 1; echo 2", iterable=True)))

    def test_strictModeFailsOnTheFirstErrorAndOnUnsetVariables(self):
        for command in ("false; true", "false | true", "exec 2> /dev/null; echo $NO_SUCH_VARIABLE"):
            with self.subTest(command), self.assertRaises(subprocess.CalledProcessError):
                shell(command, read=True)

    def test_thePackageAttributeRunsCommandsToo(self):
        here = "x"
        self.assertEqual("x\n", snakemake.shell("echo {here}", read=True))

    def test_threadsReachLibrariesOfAScript(self):
        class Job:
            threads = 5

        snakemake = Job()  # noqa: F841
        self.assertEqual("5\n", shell("echo $OMP_NUM_THREADS", read=True))

    def test_additionalVariablesAreSet(self):
        out = shell("echo $MORE", read=True, additional_envvars={"MORE": "m"})
        self.assertEqual("m\n", out)

    def test_commandsLongerThanTheKernelTakesRunFromAFile(self):
        before = os.getcwd()
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            try:
                text = "x" * 200000
                self.assertEqual("200001\n", shell("echo {text} | wc -c", read=True))
                self.assertEqual([], os.listdir(".snakemake"))
            finally:
                os.chdir(before)

    def test_prefixAndSuffixSurroundCommands(self):
        before = shell._process_prefix, shell._process_suffix
        value = "v"
        try:
            shell.prefix("P={value}; ")
            shell.suffix("; echo end")
            self.assertEqual("v\nend\n", shell("echo $P", read=True))
        finally:
            shell._process_prefix, shell._process_suffix = before

    def test_aModuleRunsTheNamedLauncher(self):
        env = dict(os.environ, SLUICE_SNAKEMAKE="/bin/echo", PYTHONPATH=PYTHON_DIR)
        out = subprocess.check_output([sys.executable, "-m", "snakemake", "target", "-n"], env=env)
        self.assertEqual(b"target -n\n", out)


if __name__ == "__main__":
    unittest.main()
