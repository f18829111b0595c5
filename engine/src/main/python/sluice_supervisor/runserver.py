"""The supervisor's end of a run server: a parsed Snakefile that forks once per `run:` job."""

import os
import select

from .job import ended_line, log_size
from .system import signal_group

CHUNK = 1 << 16


class RunServer:
    """Starts the server, hands it requests, and turns its lines into records."""

    def __init__(self, owner, argv):
        self.owner = owner
        self.jobs = {}
        self.outgoing = b""
        self.incoming = b""
        self.retired = False
        self.stderr = os.path.join(owner.run_dir, b"run-server.log")
        requests, self.to_server = os.pipe()
        self.from_server, answers = os.pipe()
        try:
            self.pid = self._spawn(argv, requests, answers)
        except BaseException:
            os.close(self.to_server)
            os.close(self.from_server)
            raise
        finally:
            os.close(requests)
            os.close(answers)
        os.set_blocking(self.to_server, False)
        os.set_blocking(self.from_server, False)
        owner.poll.register(self.from_server, select.POLLIN)
        owner.poll.register(self.to_server, 0)

    def _spawn(self, argv, requests, answers):
        environment = self.owner.environment
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        return os.posix_spawn(
            self.owner.program(argv[0], environment),
            argv,
            environment,
            file_actions=(
                (os.POSIX_SPAWN_DUP2, requests, 0),
                (os.POSIX_SPAWN_DUP2, answers, 1),
                (os.POSIX_SPAWN_OPEN, 2, self.stderr, flags, 0o666),
            ),
            setpgroup=0,
            setsigmask=(),
        )

    def ask(self, job):
        self.jobs[job.name] = job
        self.outgoing += len(job.work).to_bytes(4, "big") + job.work
        self.flush()

    def retire(self):
        """Nothing more is asked of it: EOF on its stdin tells it to end with its last job."""
        self.retired = True
        self.flush()

    def on_ready(self, fd):
        """Whether the descriptor is one of its own."""
        if fd == self.to_server:
            self.flush()
        elif fd == self.from_server:
            self.hear()
        else:
            return False
        return True

    def flush(self):
        if self.to_server is None:
            return
        try:
            while self.outgoing:
                self.outgoing = self.outgoing[os.write(self.to_server, self.outgoing) :]
        except BlockingIOError:
            pass
        except OSError:
            self.outgoing = b""  # Its end is learnt from wait4.
        if self.retired and not self.outgoing:
            self.to_server = self.let_go(self.to_server)
        else:
            self.owner.poll.modify(self.to_server, select.POLLOUT if self.outgoing else 0)

    def hear(self):
        """Takes what it said; whether there may be more."""
        try:
            data = os.read(self.from_server, CHUNK)
        except BlockingIOError:
            return False
        if not data:
            self.from_server = self.let_go(self.from_server)
            return False
        *lines, self.incoming = (self.incoming + data).split(b"\n")
        for line in lines:
            self.on_line(line)
        return True

    def on_line(self, line):
        words = line.split(b" ")
        job = self.jobs.get(words[1]) if len(words) > 1 else None
        if job is None:
            return
        values = dict(word.split(b"=", 1) for word in words[2:] if b"=" in word)
        if words[0] == b"started":
            job.started = float(values[b"at"])
            self.owner.running(job, int(values[b"pid"]))
        elif words[0] == b"ended":
            self.job_ended(job, values)

    def job_ended(self, job, values):
        del self.jobs[job.name]
        if b"signal" in values and self.owner.terminated:
            self.owner.lose(job)
            return
        outcome = b"signal=" + values[b"signal"] if b"signal" in values else b"code=" + values[b"code"]
        usage = (float(values[b"utime"]), float(values[b"stime"]), int(values[b"rss"]))
        job.started = job.started or float(values[b"start"])
        size = log_size(os.path.join(self.owner.base, job.log))
        line = ended_line(job, outcome, float(values[b"end"]), usage, size)
        self.owner.finish(job, line, outcome == b"code=0")

    def ended(self, end):
        """The server itself ended: what it had been given has failed."""
        while self.from_server is not None and self.hear():
            pass
        self.close()
        for job in list(self.jobs.values()):
            if job.pid:
                signal_group(job.pid, 9)
            self.append_error(job)
            size = log_size(os.path.join(self.owner.base, job.log))
            line = ended_line(job, b"code=1", end, (0.0, 0.0, 0), size, b"the run server ended: " + self.last_line())
            self.owner.finish(job, line, False)

    def append_error(self, job):
        """Why the server ended belongs into the log of each job that it took along."""
        try:
            fd = os.open(os.path.join(self.owner.base, job.log), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
        except OSError:
            return  # The record of its end has the last line.
        try:
            os.write(fd, self.errors())
        except OSError:
            pass
        finally:
            os.close(fd)

    def errors(self):
        try:
            with open(self.stderr, "rb") as file:
                return file.read()
        except OSError:
            return b""

    def last_line(self):
        lines = self.errors().strip().splitlines()
        return lines[-1] if lines else b"it said nothing"

    def let_go(self, fd):
        if fd is not None:
            try:
                self.owner.poll.unregister(fd)
            except KeyError:
                pass
            os.close(fd)

    def close(self):
        """EOF on its stdin tells the server to end."""
        self.to_server = self.let_go(self.to_server)
        self.from_server = self.let_go(self.from_server)
