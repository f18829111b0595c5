"""The supervisor spoken to as the engine does: frames over its socket, lines back."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

import sluice_supervisor

PROGRAM = os.path.join(os.path.dirname(sluice_supervisor.__file__), "supervisor.py")
PATIENCE = 30


def frame(*fields):
    body = b"\0".join(os.fsencode(field) for field in fields)
    return len(body).to_bytes(4, "big") + body


def is_alive(pid):
    """Whether the process runs; one that nobody has reaped yet does not."""
    try:
        with open("/proc/%d/stat" % pid) as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def state_of(pid):
    """As the kernel says it in one letter: R, S, T where it is stopped."""
    with open("/proc/%d/stat" % pid) as stat:
        return stat.read().rpartition(")")[2].split()[0]


class Engine:
    """One connection to the supervisor."""

    def __init__(self, path, connected=None):
        self.socket = connected or socket.socket(socket.AF_UNIX)
        self.socket.settimeout(PATIENCE)
        if connected is None:
            self.socket.connect(path)
        self.lines = self.socket.makefile("r")
        self.heard = []

    def ask(self, *fields):
        self.socket.sendall(frame(*fields))

    def spawn(self, name, command, options="", env="", folder=""):
        self.ask("spawn", name, env, folder, "run/logs/" + name, options, "sh", "-c", command)

    def wait_for(self, start):
        """The first line, heard already or still to come, that begins so."""
        for line in self.heard:
            if line.startswith(start):
                return line
        for line in self.lines:
            self.heard.append(line.rstrip("\n"))
            if line.startswith(start):
                return line.rstrip("\n")
        raise AssertionError("the supervisor closed before %r; heard %r" % (start, self.heard))

    def pid_of(self, name):
        return int(self.wait_for("started %s " % name).split("pid=")[1].split()[0])

    def close(self):
        self.lines.close()
        self.socket.close()


class SupervisorTestCase(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        os.makedirs(os.path.join(self.folder, "run", "logs"))
        self.path = os.path.join(self.folder, "s")
        self.errors = open(os.path.join(self.folder, "errors"), "w+")
        self.addCleanup(self.errors.close)
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", PROGRAM, "run", self.path, "host boot ns"],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self.errors,
        )
        self.addCleanup(self.end)
        self.assertEqual(b"ready\n", self.process.stdout.readline())
        self.engine = Engine(self.path)

    def end(self):
        self.engine.close()
        self.process.stdout.close()
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE)

    def read(self, name):
        with open(os.path.join(self.folder, name)) as file:
            return file.read()

    def exists(self, name):
        return os.path.exists(os.path.join(self.folder, name))

    def wait_until(self, condition):
        limit = time.monotonic() + PATIENCE
        while not condition():
            self.assertLess(time.monotonic(), limit)
            time.sleep(0.01)

    def let_go(self, name):
        open(os.path.join(self.folder, name), "w").close()

    def await_carried_out(self):
        """What this engine has sent so far; another one's coming would cut it off."""
        self.engine.ask("list")
        self.engine.wait_for("listed")

    def take_over(self):
        """Another engine comes; the earlier one has not gone."""
        earlier, self.engine = self.engine, Engine(self.path)
        self.addCleanup(earlier.close)
        return earlier


class SupervisorTest(SupervisorTestCase):
    def test_greets_with_its_protocol(self):
        self.assertIn("protocol=1", self.engine.wait_for("hello"))

    def test_writes_records_of_start_and_end(self):
        self.engine.spawn("a", "exit 5")
        end = self.engine.wait_for("ended a ")
        self.assertIn(" code=5 ", end)
        records = self.read("run/supervisor").splitlines()
        self.assertTrue(records[0].startswith("started a pid="))
        self.assertEqual(end, records[1])

    def test_stands_in_a_session_of_its_own(self):
        self.engine.wait_for("hello")
        self.assertEqual(self.process.pid, os.getsid(self.process.pid))

    def test_gives_each_job_a_process_group_and_default_signals(self):
        self.engine.spawn("a", "ps -o pgid= -p $$ > group; grep SigIgn /proc/$$/status > ignored")
        pid = self.engine.wait_for("started a ").split("pid=")[1].split()[0]
        self.engine.wait_for("ended a ")
        self.assertEqual(pid, self.read("group").strip())
        # Beyond 31 are signals of the C library's own; SIGHUP stays ignored where nohup wants it so.
        self.assertEqual(0, int(self.read("ignored").split()[1], 16) & 0x7FFFFFFE)

    def test_leaks_no_descriptor_into_jobs(self):
        self.engine.spawn("a", "ls /proc/$$/fd > fds")
        self.engine.wait_for("ended a ")
        self.assertLessEqual(set(self.read("fds").split()), {"0", "1", "2", "10", "255"})

    def test_keeps_an_environment_under_its_number(self):
        self.engine.ask("env", "1", "ONE=1", "TWO=a=b", "-HOME")
        self.engine.spawn("a", "echo $ONE $TWO ${HOME-gone} $SLUICE_ATTEMPT > a", env="1")
        self.engine.spawn("b", "echo ${ONE-unset} > b")
        self.engine.wait_for("ended a ")
        self.engine.wait_for("ended b ")
        self.assertEqual("1 a=b gone a\n", self.read("a"))
        self.assertEqual("unset\n", self.read("b"))

    def test_takes_the_base_environment_from_the_engine(self):
        self.engine.ask("base", "PATH=" + os.environ["PATH"], "ODD=\udcff", "EMPTY=")
        self.engine.ask("env", "1", "MORE=1")
        self.engine.spawn("a", "env > a", env="1")
        self.engine.wait_for("ended a ")
        with open(os.path.join(self.folder, "a"), "rb") as file:
            lines = file.read().splitlines()
        self.assertLess({b"ODD=\xff", b"EMPTY=", b"MORE=1"}, set(lines))
        self.assertFalse([line for line in lines if line.startswith(b"HOME=")])

    def test_works_in_the_folder_of_the_job_and_logs_below_the_working_folder(self):
        os.mkdir(os.path.join(self.folder, "shadow"))
        self.engine.spawn("a", "echo out; touch here", folder="shadow")
        self.engine.spawn("b", "touch there")
        self.engine.wait_for("ended a ")
        self.engine.wait_for("ended b ")
        self.assertTrue(self.exists("shadow/here") and self.exists("there"))
        self.assertEqual("out\n", self.read("run/logs/a"))

    def test_says_an_end_again_instead_of_starting_twice(self):
        self.engine.spawn("a", "echo x >> a")
        first = self.engine.wait_for("ended a ")
        self.engine.heard.clear()
        self.engine.spawn("a", "echo x >> a")
        self.assertEqual(first, self.engine.wait_for("ended a "))
        self.assertEqual("x\n", self.read("a"))

    def test_lists_what_runs_and_what_ended(self):
        self.engine.spawn("a", "true")
        self.engine.wait_for("ended a ")
        self.engine.spawn("b", "while ! test -e go; do sleep 0.05; done")
        self.engine.wait_for("started b ")
        self.engine.close()
        self.engine = Engine(self.path)
        self.engine.ask("list")
        self.engine.wait_for("listed")
        self.assertTrue(any(line.startswith("running b pid=") for line in self.engine.heard))
        self.assertTrue(any(line.startswith("ended a code=0") for line in self.engine.heard))
        open(os.path.join(self.folder, "go"), "w").close()
        self.engine.wait_for("ended b code=0")

    def test_kills_a_group_that_does_not_listen(self):
        self.engine.spawn("a", "trap '' TERM; touch ready; while :; do sleep 0.05; done")
        self.engine.wait_for("started a ")
        self.wait_until(lambda: self.exists("ready"))
        self.engine.ask("kill", "a", "0.1")
        self.assertIn("signal=9", self.engine.wait_for("ended a "))

    def test_takes_along_children_that_do_not_listen(self):
        deaf = "bash -c 'trap \"\" TERM; echo $$ > child.new; mv child.new child; while :; do sleep 0.05; done'"
        self.engine.spawn("a", deaf + " & while :; do sleep 0.05; done")
        self.engine.wait_for("started a ")
        self.wait_until(lambda: self.exists("child"))
        child = int(self.read("child"))
        self.engine.ask("kill", "a", "60")
        self.assertIn("signal=15", self.engine.wait_for("ended a "))
        self.wait_until(lambda: not is_alive(child))

    def test_ends_after_stop_and_takes_all_along(self):
        self.engine.spawn("a", "sleep 100")
        self.engine.wait_for("started a ")
        self.engine.ask("stop", "5")
        self.assertIn("signal=15", self.engine.wait_for("ended a "))
        self.assertEqual(0, self.process.wait(PATIENCE))

    def test_loses_its_jobs_when_the_system_wants_it_to_end(self):
        self.engine.spawn("a", "sleep 100")
        pid = self.engine.pid_of("a")
        self.engine.spawn("b", "true", options="after=a")
        self.process.send_signal(signal.SIGTERM)
        self.assertIn("SIGTERM", self.engine.wait_for("lost a why="))
        self.engine.wait_for("lost b why=")
        self.assertEqual(0, self.process.wait(PATIENCE))
        self.assertFalse(is_alive(pid))

    def test_outlives_the_engine_as_long_as_its_jobs(self):
        self.engine.spawn("a", "while ! test -e go; do sleep 0.05; done")
        self.engine.wait_for("started a ")
        self.engine.close()
        time.sleep(0.2)  # Long enough for a supervisor that gives up too early.
        self.assertIsNone(self.process.poll())
        open(os.path.join(self.folder, "go"), "w").close()
        self.assertEqual(0, self.process.wait(PATIENCE))
        self.assertIn("ended a code=0", self.read("run/supervisor"))
        self.assertFalse(self.exists("s"))

    def test_measures_a_process_tree(self):
        self.engine.spawn("a", "sh -c 'sleep 0.3'; true", options="sample")
        end = self.engine.wait_for("ended a ")
        figures = end.split("sample=")[1].split()[0].split(",")
        self.assertEqual(6, len(figures))
        self.assertGreater(float(figures[0]), 0)

    def test_hands_run_requests_to_a_server_started_when_needed(self):
        server = os.path.join(self.folder, "server.py")
        with open(server, "w") as file:
            file.write(SERVER)
        self.engine.ask("server", sys.executable, server)
        self.engine.ask("run", "r", "", "", "run/logs/r", "", "hello")
        self.assertIn("pid=1 ", self.engine.wait_for("started r "))
        end = self.engine.wait_for("ended r ")
        self.assertIn("code=0", end)
        self.assertIn("rss=77", end)
        self.assertEqual("hello", self.read("request"))

    def test_fails_run_jobs_when_their_server_dies(self):
        self.engine.ask("server", "sh", "-c", "echo broken >&2; exit 1")
        self.engine.ask("run", "r", "", "", "run/logs/r", "", "hello")
        end = self.engine.wait_for("ended r ")
        self.assertIn("code=1", end)
        self.assertIn("broken", end)
        self.assertIn("broken", self.read("run/logs/r"))

    def test_a_bad_request_is_answered_and_takes_nobody_along(self):
        self.engine.ask("spawn", "bad", "no-such-environment", "", "run/logs/bad", "", "true")
        self.assertIn("bad request", self.engine.wait_for("ended bad error="))
        self.engine.wait_for("error ")
        for fields in (("kill",), ("env",), ("stop", "x"), ("spawn",), ("",), ("nonsense", "x")):
            self.engine.heard.clear()
            self.engine.ask(*fields)
            self.engine.wait_for("error ")
        self.engine.spawn("a", "exit 3")
        self.assertIn("code=3", self.engine.wait_for("ended a "))

    def test_ends_a_job_whose_log_cannot_be_opened(self):
        self.engine.ask("spawn", "a", "", "", "no/such/folder/a", "", "true")
        self.assertIn("cannot open the log no/such/folder/a", self.engine.wait_for("ended a error="))
        self.engine.ask("spawn", "b", "", "no/such/folder", "run/logs/b", "", "true")
        self.engine.wait_for("ended b error=")
        self.engine.ask("spawn", "c", "", "", "run/logs/c", "")
        self.engine.wait_for("ended c error=")
        self.engine.spawn("d", "exit 3")
        self.assertIn("code=3", self.engine.wait_for("ended d "))

    def test_gives_up_a_long_chain_once_and_wholly(self):
        for i in range(1, 2000):
            self.engine.spawn("c%d" % i, "true", options="after=c%d" % (i - 1))
        self.engine.spawn("c0", "exit 1")
        self.engine.wait_for("skipped c1999")
        self.engine.spawn("b", "exit 3")
        self.engine.wait_for("ended b ")
        self.assertEqual(1999, self.read("run/supervisor").count("skipped c"))


SERVER = """
import os, sys
size = int.from_bytes(sys.stdin.buffer.read(4), "big")
open("request", "wb").write(sys.stdin.buffer.read(size))
print("started r pid=1 at=5.0", flush=True)
print("ended r code=0 start=5.0 end=6.0 utime=0.1 stime=0.2 rss=77", flush=True)
sys.stdin.buffer.read()
"""


if __name__ == "__main__":
    unittest.main()
