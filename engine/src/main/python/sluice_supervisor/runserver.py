"""The supervisor's end of the run server: a parsed Snakefile that forks once per `run:` job."""

import os
import select

from .job import ended_line, log_size
from .system import signal_group

CHUNK = 1 << 16


class RunServer:
    """Starts the server, hands it requests, and turns its lines into records."""

    def __init__(self, supervisor, argv):
        self.supervisor = supervisor
        self.jobs = {}
        self.outgoing = b""
        self.incoming = b""
        self.silent = False
        self.stderr = os.path.join(supervisor.run_dir, b"run-server.log")
        requests, self.to_server = os.pipe()
        self.from_server, answers = os.pipe()
        os.set_blocking(self.to_server, False)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        environment = supervisor.environment
        self.pid = os.posix_spawn(
            supervisor.program(argv[0], environment),
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
        os.close(requests)
        os.close(answers)
        supervisor.poll.register(self.from_server, select.POLLIN)
        supervisor.poll.register(self.to_server, 0)

    def ask(self, job):
        self.jobs[job.name] = job
        self.outgoing += len(job.work).to_bytes(4, "big") + job.work
        self.flush()

    def on_ready(self, fd, mask):
        if fd == self.to_server:
            self.flush()
        elif fd == self.from_server:
            self.hear()

    def flush(self):
        try:
            while self.outgoing:
                self.outgoing = self.outgoing[os.write(self.to_server, self.outgoing) :]
        except BlockingIOError:
            pass
        except OSError:
            self.outgoing = b""  # Its end is learnt from wait4.
        if self.to_server is not None:
            self.supervisor.poll.modify(self.to_server, select.POLLOUT if self.outgoing else 0)

    def hear(self):
        data = os.read(self.from_server, CHUNK)
        if not data:
            self.silent = True
            self.supervisor.poll.unregister(self.from_server)
            return
        *lines, self.incoming = (self.incoming + data).split(b"\n")
        for line in lines:
            self.on_line(line)

    def on_line(self, line):
        words = line.split(b" ")
        job = self.jobs.get(words[1]) if len(words) > 1 else None
        if job is None:
            return
        values = dict(word.split(b"=", 1) for word in words[2:] if b"=" in word)
        if words[0] == b"started":
            job.started = float(values[b"at"])
            self.supervisor.running(job, int(values[b"pid"]))
        elif words[0] == b"ended":
            self.ended(job, values)

    def ended(self, job, values):
        del self.jobs[job.name]
        outcome = b"signal=" + values[b"signal"] if b"signal" in values else b"code=" + values[b"code"]
        usage = (float(values[b"utime"]), float(values[b"stime"]), int(values[b"rss"]))
        job.started = job.started or float(values[b"start"])
        size = log_size(os.path.join(self.supervisor.base, job.log))
        line = ended_line(job, outcome, float(values[b"end"]), usage, size)
        self.supervisor.finish(job, line, outcome == b"code=0")

    def on_end(self, pid, end):
        """The server itself ended: what it had been given has failed."""
        if pid != self.pid:
            return
        while not self.silent and select.select([self.from_server], [], [], 0)[0]:
            self.hear()
        self.supervisor.server = None
        self.close()
        for job in list(self.jobs.values()):
            if job.pid:
                signal_group(job.pid, 9)
            self.append_error(job)
            size = log_size(os.path.join(self.supervisor.base, job.log))
            line = ended_line(job, b"code=1", end, (0.0, 0.0, 0), size, b"the run server ended: " + self.last_line())
            self.supervisor.finish(job, line, False)

    def append_error(self, job):
        """Why the server ended belongs into the log of each job that it took along."""
        fd = os.open(os.path.join(self.supervisor.base, job.log), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
        os.write(fd, self.errors())
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

    def close(self):
        """EOF on its stdin tells the server to end."""
        for fd in (self.to_server, self.from_server):
            try:
                self.supervisor.poll.unregister(fd)
            except KeyError:
                pass
            os.close(fd)
