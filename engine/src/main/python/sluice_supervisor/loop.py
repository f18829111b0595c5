"""The supervisor's one loop: requests of the engine, ends of jobs, clocks.

One thread. Records are written to the run's own file before the engine is told, so that an engine that comes later
learns of all that happened. Modules with a costly import (json, signal, socket, subprocess) are avoided: a run of
three jobs pays for the start as well.
"""

import _signal
import _socket
import os
import select
import sys
import time

from .connection import Connection
from .job import ENDED, RUNNING
from .jobs import STOP_SECONDS, Jobs
from .place import Place
from .records import Busy, Records
from .system import changed, tell_not_ready, tell_ready

LOOK_SECONDS = 0.02
# How long the engine may wait for the news that a job has started, which it has no use for at once.
NEWS_SECONDS = 0.02
# An engine that never comes must not leave a process behind.
GREETING_SECONDS = 60.0
# How often others can see that it lives, while it has something to live for.
BEAT_SECONDS = 10.0
# How long it lives on for records that the disk does not take.
UNWRITTEN_SECONDS = 3600.0
tick = time.monotonic


class Supervisor:
    def __init__(self, run_dir, socket_path, machine):
        run_dir = os.path.abspath(os.fsencode(run_dir))
        self.socket_path = socket_path
        self.place = Place(run_dir, machine, socket_path)
        self.records = Records(os.path.join(run_dir, b"supervisor"))
        self.poll = select.poll()
        self.said = []
        self.jobs = Jobs(run_dir, self.poll, self.said.append)
        self.news = []
        self.news_due = None
        self.connection = None
        self.listener = None
        self.began = tick()
        self.last_active = self.began
        self.next_beat = self.began + BEAT_SECONDS
        self.greeted = False
        self.terminated = False

    # The loop ---------------------------------------------------------------------------------------------------

    def listen(self):
        self.listener = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        os.set_inheritable(self.listener.fileno(), False)
        self.listener.bind(self.socket_path)
        os.chmod(self.socket_path, 0o600)
        self.listener.listen(4)
        self.listener.setblocking(False)
        self.place.write()

    def serve(self):
        wake = self.listen_to_children()
        self.poll.register(self.listener.fileno(), select.POLLIN)
        self.poll.register(wake, select.POLLIN)
        tell_ready()
        while not self.done():
            try:
                self.turn(wake)
            except Exception:
                stumble()
        self.jobs.close()
        self.place.remove()

    def turn(self, wake):
        jobs = self.jobs
        for fd, mask in self.poll.poll(self.patience()):
            if fd == wake:
                os.read(wake, 4096)
                jobs.reap()
            else:
                self.on_ready(fd, mask)
        if self.terminated and not jobs.stopping:
            jobs.stop(STOP_SECONDS)
        self.on_time(tick())
        if jobs.awaiting:
            jobs.look_for_files()
        if self.connection is not None and self.connection.gone:
            self.part_from_engine()
        self.say()
        if self.news_due is not None and tick() >= self.news_due:
            self.tell_news()

    def on_ready(self, fd, mask):
        if self.connection is not None and fd == self.connection.fd:
            self.on_connection(mask)
        elif fd == self.listener.fileno():
            self.accept()
        else:
            self.jobs.on_server_ready(fd)

    def on_time(self, time_now):
        if self.jobs.clocks or self.jobs.next_sample is not None:
            self.jobs.on_time(time_now)
        if self.records.due is not None and self.records.due <= time_now:
            self.spread(self.records.retry())
        if self.jobs.active:
            self.last_active = time_now
        if time_now >= self.next_beat:
            self.next_beat = time_now + BEAT_SECONDS
            if self.lives_for_something():
                self.place.beat()

    def lives_for_something(self):
        return self.jobs.active or self.records.left

    def done(self):
        """Ends with the last job and its record once no engine listens, or when it was told to stop."""
        if self.jobs.active or self.said:
            return False
        if self.records.left and tick() < self.last_active + UNWRITTEN_SECONDS:
            return False
        if self.connection is None:
            return self.greeted or self.jobs.stopping or tick() > self.began + GREETING_SECONDS
        return self.jobs.stopping and not self.connection.outgoing

    def patience(self):
        """Milliseconds until the next clock strikes; None: none is set."""
        if self.jobs.awaiting:
            return LOOK_SECONDS * 1000
        times = [*self.jobs.clocks.values(), self.jobs.next_sample, self.news_due, self.records.due]
        times = [when for when in times if when is not None]
        if self.lives_for_something():
            times.append(self.next_beat)
        if not times:
            return None if self.greeted else GREETING_SECONDS * 1000
        return max(0.0, (min(times) - tick()) * 1000) + 1

    def listen_to_children(self):
        reader, writer = os.pipe()
        os.set_blocking(reader, False)
        os.set_blocking(writer, False)
        _signal.signal(_signal.SIGCHLD, lambda number, frame: None)
        _signal.signal(_signal.SIGTERM, self.on_terminate)
        _signal.signal(_signal.SIGINT, _signal.SIG_IGN)
        _signal.set_wakeup_fd(writer)
        return reader

    def on_terminate(self, number, frame):
        self.terminated = self.jobs.terminated = True

    # The engine -------------------------------------------------------------------------------------------------

    def accept(self):
        try:
            fd, _ = self.listener._accept()
        except OSError:
            return  # Whoever came has gone again.
        earlier = self.connection
        self.connection = Connection(_socket.socket(fileno=fd), self.poll)
        self.greeted = True
        self.connection.tell(b"hello protocol=1 pid=%d\n" % os.getpid())
        if earlier is not None:
            # The newer engine is the one that lives; two cannot hold one run. What the earlier one has sent and is
            # not read yet must never be carried out: the newer one is about to hear that it never came.
            earlier.tell(b"replaced\n")
            earlier.close()
            self.jobs.give_up_incomplete()

    def part_from_engine(self):
        self.connection.close()
        self.connection = None
        self.jobs.give_up_incomplete()

    def on_connection(self, mask):
        if mask & select.POLLOUT:
            self.connection.flush()
        if mask & (select.POLLIN | select.POLLHUP | select.POLLERR):
            for frame in self.connection.receive():
                try:
                    self.carry_out(frame)
                except Exception as error:
                    self.refuse(frame, error)

    def carry_out(self, frame):
        if frame.startswith(b"spawn\0"):
            _, name, env, folder, log, options, *argv = frame.split(b"\0")
            known = self.jobs.ask(name, env, folder, log, options, argv)
        elif frame.startswith(b"run\0"):
            _, name, env, folder, log, options, request = frame.split(b"\0", 6)
            known = self.jobs.ask(name, env, folder, log, options, request)
        else:
            self.carry_out_rare(frame.split(b"\0"))
            return
        if known is not None and known.state == ENDED and known.line not in self.records.held:
            self.tell(known.line)

    def carry_out_rare(self, fields):
        word, jobs = fields[0], self.jobs
        if word == b"base":
            jobs.environment = dict(entry.split(b"=", 1) for entry in fields[1:] if b"=" in entry[1:])
            jobs.environments = {b"": jobs.environment}
        elif word == b"env":
            jobs.environments[fields[1]] = changed(jobs.environment, fields[2:])
        elif word == b"kill":
            job = jobs.jobs.get(fields[1])
            if job is not None:
                jobs.kill(job, float(fields[2]))
        elif word == b"stop":
            jobs.stop(float(fields[1]))
        elif word == b"server":
            jobs.name_server(fields[1:])
        elif word == b"list":
            self.answer(jobs.jobs)
        elif word == b"adopt":
            self.answer(fields[1:])
        else:
            self.tell(b"error unknown request\n")

    def refuse(self, frame, error):
        """One request that makes no sense must not take the others along."""
        stumble()
        why = os.fsencode("bad request: %s" % error).replace(b"\n", b" ")
        fields = frame.split(b"\0", 2)
        if fields[0] in (b"spawn", b"run") and len(fields) == 3:
            self.jobs.refuse(fields[1], why)
        self.tell(b"error %b\n" % why)

    def answer(self, names):
        """What became of these, also where the record of it is not on file yet."""
        self.tell(b"".join([self.standing(name) for name in names]) + b"listed\n")

    def standing(self, name):
        job = self.jobs.jobs.get(name)
        if job is None:
            return b"unknown %b\n" % name
        if job.state == ENDED:
            return job.line
        if job.state == RUNNING:
            return b"running %b pid=%d at=%.3f\n" % (name, job.pid, job.started)
        return b"waiting %b for=%b\n" % (name, b",".join(self.jobs.wanting(job)))

    # What is told -----------------------------------------------------------------------------------------------

    def tell(self, line):
        """For the engine alone, in order with the records."""
        self.say()
        self.tell_news()
        if self.connection is not None:
            self.connection.tell(line)

    def say(self):
        """Writes the records, and tells them."""
        if not self.said:
            return
        text = b"".join(self.said)
        self.said.clear()
        self.spread(self.records.write(text))

    def spread(self, text):
        """Tells what is on file; a start alone can wait, since telling wakes the engine up."""
        if not text:
            return
        self.news.append(text)
        if b"ended " in text or b"skipped " in text or b"lost " in text:
            self.tell_news()
        elif self.news_due is None:
            self.news_due = tick() + NEWS_SECONDS

    def tell_news(self):
        self.news_due = None
        if self.news:
            text = b"".join(self.news)
            self.news.clear()
            if self.connection is not None:
                self.connection.tell(text)


def stumble():
    """Says what went wrong, and goes on: nobody else knows the jobs. The pause keeps a fault that stays from racing."""
    try:
        import traceback

        traceback.print_exc()
    except Exception:
        pass  # The disk is full, perhaps.
    time.sleep(0.05)


def main(run_dir, socket_path, machine="-"):
    try:
        os.setsid()
    except OSError:
        pass  # Already the leader of a group: started by hand.
    sys.setswitchinterval(1.0)
    try:
        supervisor = Supervisor(run_dir, socket_path, machine)
        supervisor.listen()
    except Busy:
        tell_not_ready("busy")
        sys.exit(1)
    except OSError as error:
        tell_not_ready("%s: %s" % (error.strerror, error.filename or socket_path))
        sys.exit(1)
    supervisor.serve()
