"""The supervisor when engines go and come, when its disk is full, and what it says of where it is."""

import os
import resource
import signal
import subprocess
import sys
import unittest

from test_supervisor import PATIENCE, PROGRAM, Engine, SupervisorTestCase, frame, is_alive, state_of

UNTIL_GO = "while ! test -e go; do sleep 0.02; done; "


class TakeoverTest(SupervisorTestCase):
    def test_answers_for_each_name(self):
        self.engine.spawn("a", "exit 2")
        self.engine.wait_for("ended a ")
        self.engine.spawn("b", UNTIL_GO)
        self.engine.wait_for("started b ")
        self.engine.spawn("c", "true", options="after=b")
        self.await_carried_out()
        self.take_over()
        self.engine.ask("adopt", "a", "b", "c", "d")
        self.engine.wait_for("listed")
        answers = [line.split(" pid=")[0].split(" start=")[0] for line in self.engine.heard[1:]]
        self.assertEqual(["ended a code=2", "running b", "waiting c for=b", "unknown d", "listed"], answers)
        self.let_go("go")
        self.engine.wait_for("ended c code=0")

    def test_tells_the_earlier_engine_that_it_is_replaced(self):
        self.engine.wait_for("hello")
        earlier = self.take_over()
        earlier.wait_for("replaced")
        self.assertEqual("", earlier.lines.readline())

    def test_never_carries_out_what_an_earlier_engine_had_sent_when_another_came(self):
        self.engine.wait_for("hello")
        self.process.send_signal(signal.SIGSTOP)
        # The signal takes a moment, in which it could read on.
        self.wait_until(lambda: state_of(self.process.pid) == "T")
        self.engine.spawn("a", "touch wrong")
        earlier = self.engine
        connecting = socket_to(self.path)
        self.process.send_signal(signal.SIGCONT)
        self.engine = Engine(self.path, connecting)
        self.addCleanup(earlier.close)
        self.engine.ask("adopt", "a")
        self.engine.wait_for("unknown a")
        self.engine.spawn("b", "true")
        self.engine.wait_for("ended b ")
        self.assertFalse(self.exists("wrong"))

    def test_carries_out_what_an_engine_had_sent_whole_when_it_died(self):
        self.engine.socket.sendall(frame("spawn", "a", "", "", "run/logs/a", "", "touch", "done") + b"\0\0\0\x20spawn")
        self.engine.close()
        self.wait_until(lambda: self.exists("done"))
        self.assertEqual(0, self.process.wait(PATIENCE))

    def test_does_not_wait_for_jobs_that_a_dead_engine_never_asked_for(self):
        self.engine.spawn("a", "true", options="with=b")
        self.engine.spawn("c", "true", options="after=b")
        self.engine.spawn("d", "true", options="after=c")
        self.engine.close()
        self.assertEqual(0, self.process.wait(PATIENCE))
        self.assertEqual(["skipped a", "skipped c", "skipped d"], sorted(self.read("run/supervisor").splitlines()))

    def test_gives_up_what_waits_for_unasked_jobs_when_another_engine_comes(self):
        self.engine.spawn("a", "true", options="with=b")
        self.engine.ask("list")
        self.engine.wait_for("waiting a for=b")
        self.take_over()
        self.engine.ask("adopt", "a", "b")
        self.engine.wait_for("unknown b")
        self.engine.wait_for("skipped a")

    def test_says_where_it_is_and_takes_the_word_back_at_its_end(self):
        host, machine, pid, started, path = self.read("run/supervisor.at").splitlines()
        self.assertEqual(("host", "host boot ns", str(self.process.pid), self.path), (host, machine, pid, path))
        with open("/proc/%s/stat" % pid) as stat:
            self.assertEqual(started, stat.read().rpartition(")")[2].split()[19])
        self.engine.close()
        self.assertEqual(0, self.process.wait(PATIENCE))
        self.assertEqual(["logs", "supervisor"], sorted(os.listdir(os.path.join(self.folder, "run"))))

    def try_to_start(self, run, socket):
        done = subprocess.run(
            [sys.executable, "-I", "-S", PROGRAM, run, os.path.join(self.folder, socket)],
            cwd=self.folder,
            stdout=subprocess.PIPE,
            timeout=PATIENCE,
        )
        self.assertEqual(1, done.returncode)
        return done.stdout.decode()

    def test_says_why_it_cannot_start(self):
        self.assertIn("No such file", self.try_to_start("no-run", "t"))
        os.mkdir(os.path.join(self.folder, "another-run"))
        self.assertIn("No such file", self.try_to_start("another-run", "no/such/folder"))

    def test_there_is_one_a_run(self):
        before = self.read("run/supervisor.at")
        self.assertEqual("busy\n", self.try_to_start("run", "t"))
        self.assertEqual(before, self.read("run/supervisor.at"))
        self.engine.spawn("a", "exit 3")
        self.engine.wait_for("ended a code=3")

    def test_ends_a_line_that_a_killed_one_left_open(self):
        self.process.kill()
        self.process.wait()
        with open(os.path.join(self.folder, "run/supervisor"), "a") as records:
            records.write("skipped a-1.1")
        self.restart()
        self.engine.spawn("b", "true")
        self.engine.wait_for("ended b ")
        self.assertTrue(self.read("run/supervisor").startswith("skipped a-1.1\0\nstarted b "))

    def restart(self):
        os.unlink(self.path)
        self.process.stdout.close()
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", PROGRAM, "run", self.path, "host boot ns"],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
        )
        self.assertEqual(b"ready\n", self.process.stdout.readline())
        self.engine.close()
        self.engine = Engine(self.path)


class ClockTest(SupervisorTestCase):
    """With clocks that go faster than an hour, or ten seconds."""

    QUICK = "import sys; sys.path.insert(0, %r); import sluice_supervisor.loop as loop; %s; loop.main('run', 's')"

    def start(self, setting):
        """One more supervisor, in the place of the first."""
        self.engine.close()
        self.process.wait(PATIENCE)
        self.process.stdout.close()
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", self.QUICK % (os.path.dirname(os.path.dirname(PROGRAM)), setting)],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
        )
        self.assertEqual(b"ready\n", self.process.stdout.readline())
        self.engine = Engine(self.path)

    def beat(self):
        return os.stat(os.path.join(self.folder, "run/supervisor.at")).st_mtime_ns

    def test_beats_while_jobs_run(self):
        self.start("loop.BEAT_SECONDS = 0.05")
        self.engine.spawn("a", UNTIL_GO)
        self.engine.wait_for("started a ")
        for _ in range(3):
            before = self.beat()
            self.wait_until(lambda: self.beat() > before)
        self.let_go("go")
        self.engine.wait_for("ended a ")

    def test_does_not_wait_for_room_for_ever(self):
        self.start("loop.UNWRITTEN_SECONDS = 0.1")
        self.engine.spawn("a", UNTIL_GO)
        self.engine.wait_for("started a ")
        size = os.path.getsize(os.path.join(self.folder, "run/supervisor"))
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (size + 10, resource.RLIM_INFINITY))
        self.engine.close()
        self.let_go("go")
        self.assertEqual(0, self.process.wait(PATIENCE))
        self.assertNotIn("ended a code=0", self.read("run/supervisor"))


class FullDiskTest(SupervisorTestCase):
    """A limit on the size of files stands for the full disk: it too takes a part of a record, then nothing."""

    def fill(self, room):
        size = os.path.getsize(os.path.join(self.folder, "run/supervisor"))
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (size + room, resource.RLIM_INFINITY))

    def make_room(self):
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    def setUp(self):
        super().setUp()
        self.engine.spawn("a", UNTIL_GO + "exit 3")
        self.engine.wait_for("started a ")
        self.wait_until(lambda: "started a " in self.read("run/supervisor"))

    def torn(self):
        """Whether a part of the record of the end is on file."""
        return not self.read("run/supervisor").endswith("\n")

    def test_tells_an_end_only_once_it_is_written_and_writes_it_whole(self):
        self.fill(room=10)
        self.let_go("go")
        self.wait_until(self.torn)
        # In answer to a question it is told all the same.
        self.engine.ask("list")
        self.engine.wait_for("listed")
        self.assertEqual(1, sum(line.startswith("ended a code=3") for line in self.engine.heard))
        self.engine.heard.clear()
        self.make_room()
        end = self.engine.wait_for("ended a code=3")
        self.assertEqual(end, self.read("run/supervisor").splitlines()[1])

    def test_starts_and_ends_other_jobs_meanwhile_and_tells_them_in_order(self):
        self.fill(room=10)
        self.let_go("go")
        self.wait_until(self.torn)
        self.engine.spawn("b", "touch b; exit 4")
        self.wait_until(lambda: self.exists("b"))
        self.make_room()
        self.engine.wait_for("ended b code=4")
        said = [line.split(" ")[:2] for line in self.engine.heard if not line.startswith("hello")]
        self.assertEqual([["started", "a"], ["ended", "a"], ["started", "b"], ["ended", "b"]], said)
        records = self.read("run/supervisor").splitlines()
        self.assertEqual(said, [line.split(" ")[:2] for line in records])

    def test_does_not_end_before_the_last_record_is_written(self):
        self.fill(room=10)
        self.engine.close()
        self.let_go("go")
        self.wait_until(self.torn)
        self.wait_until(self.is_asleep)
        self.assertIsNone(self.process.poll())
        self.make_room()
        self.assertEqual(0, self.process.wait(PATIENCE))
        self.assertIn("ended a code=3", self.read("run/supervisor").splitlines()[1])

    def is_asleep(self):
        with open("/proc/%d/stat" % self.process.pid) as stat:
            return stat.read().rpartition(")")[2].split()[0] == "S"


class RunServerTest(SupervisorTestCase):
    def serve(self, label):
        server = os.path.join(self.folder, label + ".py")
        with open(server, "w") as file:
            file.write(SERVER % label)
        self.engine.ask("server", sys.executable, server)

    def run_block(self, name):
        self.engine.ask("run", name, "", "", "run/logs/" + name, "", name)

    def test_a_job_goes_on_when_another_engine_names_another_server(self):
        self.serve("old")
        self.run_block("a")
        pid = self.engine.pid_of("a")
        self.take_over()
        self.engine.ask("adopt", "a")
        self.engine.wait_for("running a pid=%d" % pid)
        self.serve("new")
        self.run_block("b")
        self.engine.wait_for("started b ")
        self.let_go("go-a")
        self.engine.wait_for("ended a code=0")
        self.let_go("go-b")
        self.engine.wait_for("ended b code=0")
        self.assertEqual(("old", "new"), (self.read("made-a"), self.read("made-b")))
        self.wait_until(lambda: self.exists("old-ended"))

    def test_blocks_asked_of_a_server_before_it_is_replaced_are_run(self):
        self.serve("old")
        self.run_block("a")
        self.await_carried_out()
        self.take_over()
        self.serve("new")
        self.engine.ask("adopt", "a")
        self.let_go("go-a")
        self.engine.wait_for("ended a code=0")
        self.assertEqual("old", self.read("made-a"))

    def test_a_killed_server_takes_along_its_own_jobs_only(self):
        self.serve("old")
        self.run_block("a")
        job = self.engine.pid_of("a")
        self.take_over()
        self.serve("new")
        self.run_block("b")
        self.engine.wait_for("started b ")
        os.kill(int(self.read("old-pid")), signal.SIGKILL)
        self.assertIn("the run server ended", self.engine.wait_for("ended a code=1"))
        self.wait_until(lambda: not is_alive(job))
        self.let_go("go-b")
        self.engine.wait_for("ended b code=0")

    def test_a_server_that_is_stuck_goes_when_nobody_wants_its_jobs_any_more(self):
        self.engine.ask("server", "sleep", "1000")
        self.run_block("a")
        self.run_block("b")
        self.engine.ask("kill", "a", "0")
        self.engine.spawn("c", "sleep 0.1")
        self.engine.wait_for("ended c ")
        self.engine.ask("list")
        self.engine.wait_for("waiting a ")
        self.engine.ask("kill", "b", "0")
        self.engine.wait_for("ended a code=1")
        self.engine.wait_for("ended b code=1")

    def test_a_server_that_cannot_start_fails_its_jobs_and_nothing_else(self):
        for argv in ((), ("/no/such/python", "x"), ("no-such-python",)):
            self.engine.heard.clear()
            name = "r%d" % len(argv)
            self.engine.ask("server", *argv)
            self.run_block(name)
            self.assertIn("cannot start the server for run blocks", self.engine.wait_for("ended %s error=" % name))
        self.engine.spawn("a", "exit 3")
        self.assertIn("code=3", self.engine.wait_for("ended a "))
        self.serve("new")
        self.run_block("b")
        self.let_go("go-b")
        self.engine.wait_for("ended b code=0")


SERVER = """
import os, select, sys, time
label = "%s"
with open(label + "-pid.new", "w") as file:
    file.write(str(os.getpid()))
os.rename(label + "-pid.new", label + "-pid")
running, listening = {}, True
while listening or running:
    if listening and select.select([0], [], [], 0.02)[0]:
        head = os.read(0, 4)
        listening = bool(head)
        if head:
            name = os.read(0, int.from_bytes(head, "big")).decode()
            pid = os.fork()
            if pid == 0:
                os.setpgid(0, 0)
                while not os.path.exists("go-" + name):
                    time.sleep(0.02)
                with open("made-" + name, "w") as file:
                    file.write(label)
                os._exit(0)
            running[pid] = name
            print("started %%s pid=%%d at=5.0" %% (name, pid), flush=True)
    elif not listening:
        time.sleep(0.02)
    for pid in list(running):
        if os.waitpid(pid, os.WNOHANG)[0]:
            name = running.pop(pid)
            print("ended %%s code=0 start=5.0 end=6.0 utime=0.1 stime=0.2 rss=7" %% name, flush=True)
open(label + "-ended", "w").close()
"""


def socket_to(path):
    import socket

    found = socket.socket(socket.AF_UNIX)
    found.connect(path)
    return found


if __name__ == "__main__":
    unittest.main()
