"""The helper as a process: what a Snakefile prints, starts or breaks does not reach the protocol."""

import os
import signal
import unittest

from fake_sluice import HelperTestCase


class ProcessTest(HelperTestCase):
    def test_printsOfASnakefileGoToStderrAndNotIntoTheConversation(self):
        self.load(
            "import os, sys, subprocess\n"
            "print('printed')\n"
            "os.write(1, b'written\\n')\n"
            "sys.stdout.write('half a line')\n"
            "subprocess.run(['echo', 'from a program'])\n"
        )
        text = self.sluice.close()
        for said in ("printed", "written", "half a line", "from a program"):
            self.assertIn(said, text)
        self.assertEqual(0, self.sluice.code)

    def test_programsOfASnakefileInheritNoDescriptorOfOurs(self):
        loaded = self.load(
            "import subprocess\n"
            "SEEN = subprocess.check_output('ls /proc/self/fd', shell=True, close_fds=False)"
            ".decode().split()\n"
        )
        # 3 is the listing itself.
        self.assertLessEqual(set(loaded["globals"]["SEEN"]), {"0", "1", "2", "3"})

    def test_stdinOfASnakefileIsEmpty(self):
        self.assertEqual("", self.load("import sys\nREAD = sys.stdin.read()\n")["globals"]["READ"])

    def test_anInterruptIsSluicesToHandle(self):
        self.load("")
        self.sluice.process.send_signal(signal.SIGINT)
        self.assertEqual([], self.sluice.ask("call", calls=[]))

    def test_programsOfASnakefileCanBeInterrupted(self):
        loaded = self.load(
            "import subprocess\n"
            "HOW = subprocess.run(['sh', '-c', 'kill -INT $$; echo alive'],"
            " stdout=subprocess.PIPE).stdout.decode()\n"
        )
        self.assertEqual("", loaded["globals"]["HOW"])

    def test_endsWithTheConversationThoughThreadsRun(self):
        self.load("import threading, time\nthreading.Thread(target=time.sleep, args=(600,)).start()\n")
        self.sluice.close()
        self.assertEqual(0, self.sluice.code)

    def test_saysWhetherForkingIsSafe(self):
        self.assertTrue(self.load("")["fork_safe"])
        thread = "threading.Thread(target=time.sleep, args=(600,), daemon=True).start()"
        self.assertFalse(self.load("import threading, time\n%s\n" % thread)["fork_safe"])

    def test_aThreadMayLogWhileNobodyAsks(self):
        self.load(
            "import threading\n"
            "thread = threading.Thread(target=logger.info, args=('from a thread',))\n"
            "thread.start(); thread.join()\n"
            "logger.info('from the main one')\n"
        )
        self.assertEqual(
            [("info", "from a thread"), ("info", "from the main one")], self.sluice.logs
        )

    def test_anUnknownQuestionIsAnErrorAndNotTheEnd(self):
        from fake_sluice import HelperError

        self.load("")
        with self.assertRaises(HelperError):
            self.sluice.ask("nonsense")
        self.assertEqual([], self.sluice.ask("call", calls=[]))

    def test_whatASnakefilePutsIntoTheEnvironmentIsReported(self):
        os.environ["SLUICE_TEST_GONE"] = "1"
        self.addCleanup(os.environ.pop, "SLUICE_TEST_GONE")
        loaded = self.load(
            "os.environ['SLUICE_TEST_NEW'] = 'x'\nos.environ.pop('SLUICE_TEST_GONE')\n"
        )
        self.assertEqual({"SLUICE_TEST_NEW": "x", "SLUICE_TEST_GONE": None}, loaded["environ"])

    def test_setsKeepTheOrderThatTheHashSeedGivesThem(self):
        import subprocess
        import sys

        code = "print(list({'a', 'b', 'c', 'd', 'e', 'f'}))"
        env = dict(os.environ, PYTHONHASHSEED="0")
        want = subprocess.check_output([sys.executable, "-c", code], env=env).decode()
        loaded = self.load("ORDER = list({'a', 'b', 'c', 'd', 'e', 'f'})\n", env=env)
        self.assertEqual(want.strip(), repr(loaded["globals"]["ORDER"]))

    def test_hooksAreCalledWithTheLog(self):
        loaded = self.load("def _sluice_onstart(log):\n    print('started with', log)\n")
        self.assertEqual(["onstart"], loaded["hooks"])
        self.sluice.ask("hook", name="onstart", log="the.log")
        self.assertIn("started with the.log", self.sluice.close())


if __name__ == "__main__":
    unittest.main()
