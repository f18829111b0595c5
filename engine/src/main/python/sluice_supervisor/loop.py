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
from .job import ENDED, RUNNING, WAITING, Job, ended_line, log_size
from .system import (
    changed, find, signal_group, start_environment, tell_ready, write_all,
)

LOG_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_APPEND
STDERR_TO_STDOUT = (os.POSIX_SPAWN_DUP2, 1, 2)
RESET_SIGNALS = (
    _signal.SIGPIPE, _signal.SIGXFSZ, _signal.SIGCHLD, _signal.SIGINT, _signal.SIGTERM, _signal.SIGQUIT,
)
SAMPLE_SECONDS = 0.5
FIRST_SAMPLE_SECONDS = 0.02
STOP_SECONDS = 5.0
SERVICE_SECONDS = 60.0
LOOK_SECONDS = 0.02
# How long the engine may wait for the news that a job has started, which it has no use for at once.
NEWS_SECONDS = 0.02
# An engine that never comes must not leave a process behind.
GREETING_SECONDS = 60.0
now = time.time
posix_spawn = os.posix_spawn


class Supervisor:
    def __init__(self, run_dir, socket_path):
        self.base = os.getcwdb()
        self.run_dir = os.path.abspath(os.fsencode(run_dir))
        self.socket_path = socket_path
        self.records = os.open(
            os.path.join(self.run_dir, b"supervisor"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666
        )
        self.environment = start_environment()
        self.environments = {b"": self.environment}
        self.programs = {}
        self.jobs = {}
        self.by_pid = {}
        self.active = 0
        self.waiting = {}
        self.sampled = []
        self.awaiting = set()
        self.clocks = {}
        self.next_sample = None
        self.stopping = False
        self.said = []
        self.news = []
        self.news_due = None
        self.connection = None
        self.server = None
        self.server_argv = []
        self.listener = None
        self.poll = select.poll()
        self.began = now()
        self.greeted = False
        self.terminated = False

    # The loop ---------------------------------------------------------------------------------------------------

    def serve(self):
        self.listen()
        wake = self.listen_to_children()
        self.poll.register(self.listener.fileno(), select.POLLIN)
        self.poll.register(wake, select.POLLIN)
        tell_ready()
        while not self.done():
            for fd, mask in self.poll.poll(self.patience()):
                if fd == wake:
                    os.read(wake, 4096)
                    self.reap()
                else:
                    self.on_ready(fd, mask)
            if self.terminated and not self.stopping:
                self.stop(STOP_SECONDS)
            if self.clocks or self.next_sample is not None:
                self.on_time(now())
            if self.awaiting:
                self.awaiting &= self.waiting.keys()
                self.release()
            self.say()
            if self.news_due is not None and now() >= self.news_due:
                self.tell_news()
            if self.connection is not None and self.connection.gone:
                self.part_from_engine()
        self.close()

    def on_ready(self, fd, mask):
        if self.connection is not None and fd == self.connection.fd:
            self.on_connection(mask)
        elif fd == self.listener.fileno():
            self.accept()
        elif self.server is not None:
            self.server.on_ready(fd, mask)

    def done(self):
        """Ends with the last job once no engine listens, or when it was told to stop."""
        if self.active:
            return False
        if self.connection is None:
            return self.greeted or self.stopping or now() > self.began + GREETING_SECONDS
        return self.stopping and not self.connection.outgoing

    def listen(self):
        self.listener = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        os.set_inheritable(self.listener.fileno(), False)
        self.listener.bind(self.socket_path)
        os.chmod(self.socket_path, 0o600)
        self.listener.listen(4)
        self.write_file(b"supervisor.socket", os.fsencode(self.socket_path))
        self.write_file(b"supervisor.pid", b"%d" % os.getpid())

    def write_file(self, name, text):
        fd = os.open(os.path.join(self.run_dir, name), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        os.write(fd, text + b"\n")
        os.close(fd)

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
        self.terminated = True

    def patience(self):
        """Milliseconds until the next clock strikes; None: none is set."""
        if self.awaiting:
            return LOOK_SECONDS * 1000
        times = [*self.clocks.values(), self.next_sample, self.news_due]
        times = [when for when in times if when is not None]
        if not times:
            return None if self.greeted else GREETING_SECONDS * 1000
        return max(0.0, (min(times) - now()) * 1000) + 1

    def close(self):
        if self.server is not None:
            self.server.close()
        for path in (self.socket_path, os.path.join(self.run_dir, b"supervisor.socket")):
            try:
                os.unlink(path)
            except OSError:
                pass

    # The engine -------------------------------------------------------------------------------------------------

    def accept(self):
        fd, _ = self.listener._accept()
        if self.connection is not None:
            # The newer engine is the one that lives; two cannot hold one run.
            self.connection.close()
        self.connection = Connection(_socket.socket(fileno=fd), self.poll)
        self.greeted = True
        self.tell(b"hello protocol=1 pid=%d\n" % os.getpid())

    def on_connection(self, mask):
        if mask & select.POLLOUT:
            self.connection.flush()
        if mask & (select.POLLIN | select.POLLHUP | select.POLLERR):
            for frame in self.connection.receive():
                self.carry_out(frame)

    def part_from_engine(self):
        self.connection.close()
        self.connection = None

    def carry_out(self, frame):
        if frame.startswith(b"spawn\0"):
            _, name, env, folder, log, options, *argv = frame.split(b"\0")
            self.ask(name, env, folder, log, options, argv)
        elif frame.startswith(b"run\0"):
            _, name, env, folder, log, options, request = frame.split(b"\0", 6)
            self.ask(name, env, folder, log, options, request)
        else:
            self.carry_out_rare(frame.split(b"\0"))

    def carry_out_rare(self, fields):
        word = fields[0]
        if word == b"base":
            self.environment = dict(entry.split(b"=", 1) for entry in fields[1:] if b"=" in entry[1:])
            self.environments = {b"": self.environment}
        elif word == b"env":
            self.environments[fields[1]] = changed(self.environment, fields[2:])
        elif word == b"kill":
            job = self.jobs.get(fields[1])
            if job is not None:
                self.kill(job, float(fields[2]))
        elif word == b"stop":
            self.stop(float(fields[1]))
        elif word == b"server":
            self.server_argv = fields[1:]
        elif word == b"list":
            self.list()
        else:
            self.tell(b"error unknown request\n")

    def list(self):
        for job in self.jobs.values():
            if job.state == RUNNING:
                self.tell(b"running %b pid=%d at=%.3f\n" % (job.name, job.pid, job.started))
        for job in self.jobs.values():
            if job.state == ENDED:
                self.tell(job.line)
        self.tell(b"listed\n")

    # What is told -----------------------------------------------------------------------------------------------

    def record(self, line):
        """For the file and for the engine."""
        self.said.append(line)

    def tell(self, line):
        """For the engine alone, in order with the records."""
        self.say()
        self.tell_news()
        if self.connection is not None:
            self.connection.tell(line)

    def say(self):
        """Writes the records, and tells them; a start alone can wait, since telling wakes the engine up."""
        if not self.said:
            return
        text = b"".join(self.said)
        self.said.clear()
        write_all(self.records, text)
        self.news.append(text)
        if b"ended " in text or b"skipped " in text:
            self.tell_news()
        elif self.news_due is None:
            self.news_due = now() + NEWS_SECONDS

    def tell_news(self):
        self.news_due = None
        if self.news:
            text = b"".join(self.news)
            self.news.clear()
            if self.connection is not None:
                self.connection.tell(text)

    # Jobs -------------------------------------------------------------------------------------------------------

    def ask(self, name, env, folder, log, options, work):
        known = self.jobs.get(name)
        if known is not None:
            if known.state == ENDED:
                self.tell(known.line)
            return
        job = Job(name, folder, log, options, work, self.environments[env])
        self.jobs[name] = job
        self.active += 1
        if self.stopping:
            self.skip(job)
        elif job.after or job.partners:
            self.waiting[name] = job
            self.release()
        else:
            self.start(job)

    def release(self):
        """Starts what may start, gives up what cannot any more."""
        again = True
        while again:
            again = False
            for job in list(self.waiting.values()):
                needs = [self.jobs.get(name) for name in job.after]
                partners = [self.jobs.get(name) for name in job.partners]
                if any(failed(other) for other in needs + partners):
                    self.waiting.pop(job.name, None)
                    self.skip(job)
                    again = True
                elif None not in partners and all(n is not None and n.succeeded for n in needs):
                    if job.awaited and not self.may_begin(job):
                        continue
                    self.waiting.pop(job.name, None)
                    self.start(job)
                    again = True

    def may_begin(self, job):
        """Whether its services have made what it reads, or have had time enough to."""
        if all(os.path.exists(os.path.join(self.base, path)) for path in job.awaited):
            self.awaiting.discard(job.name)
            return True
        if job.patience is None:
            job.patience = now() + SERVICE_SECONDS
        self.awaiting.add(job.name)
        if now() < job.patience:
            return False
        self.awaiting.discard(job.name)
        return True

    def start(self, job):
        if isinstance(job.work, bytes):
            self.start_in_server(job)
            return
        job.started = now()
        log = os.path.join(self.base, job.log)
        try:
            if job.folder:
                os.chdir(os.path.join(self.base, job.folder))
            env = job.env
            env[b"SLUICE_ATTEMPT"] = job.name
            pid = posix_spawn(
                self.program(job.work[0], env),
                job.work,
                env,
                file_actions=((os.POSIX_SPAWN_OPEN, 1, log, LOG_FLAGS, 0o666), STDERR_TO_STDOUT),
                setpgroup=0,
                setsigmask=(),
                setsigdef=RESET_SIGNALS,
            )
        except (OSError, ValueError) as error:
            self.could_not_start(job, error)
            return
        finally:
            if job.folder:
                os.chdir(self.base)
        self.by_pid[pid] = job
        self.running(job, pid)

    def running(self, job, pid):
        job.pid = pid
        job.state = RUNNING
        self.record(b"started %b pid=%d at=%.3f\n" % (job.name, pid, job.started))
        if job.sampled:
            from .sampling import Sampler

            job.sampler = Sampler(pid)
            job.sampler.look()
            self.sampled.append(job)
            self.next_sample = now() + FIRST_SAMPLE_SECONDS
        if job.stopping:
            self.kill(job, STOP_SECONDS)

    def program(self, name, env):
        if b"/" in name:
            return name
        path = env.get(b"PATH", os.defpath.encode())
        known = self.programs.get((name, path))
        if known is None:
            known = find(name, path)
            self.programs[name, path] = known
        return known

    def could_not_start(self, job, error):
        log = os.path.join(self.base, job.log)
        text = "cannot start %s: %s" % (os.fsdecode(job.work[0]), getattr(error, "strerror", None) or error)
        line = ended_line(job, b"error=-", now(), (0.0, 0.0, 0), log_size(log), os.fsencode(text))
        self.finish(job, line, False)

    def start_in_server(self, job):
        if self.server is None:
            from .runserver import RunServer

            self.server = RunServer(self, self.server_argv)
        job.started = now()
        self.server.ask(job)

    def reap(self):
        while True:
            try:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            job = self.by_pid.pop(pid, None)
            if job is not None:
                self.ended(job, status, usage, now())
            elif self.server is not None:
                self.server.on_end(pid, now())

    def ended(self, job, status, usage, end):
        signal = status & 0x7F
        stopped = job.service and job.stopping
        if stopped:
            outcome = b"stopped=1"
        elif signal:
            outcome = b"signal=%d" % signal
        else:
            outcome = b"code=%d" % (status >> 8 & 0xFF)
        size = log_size(os.path.join(self.base, job.log))
        figures = (usage.ru_utime, usage.ru_stime, usage.ru_maxrss)
        self.finish(job, ended_line(job, outcome, end, figures, size), stopped or status == 0)

    def finish(self, job, line, succeeded):
        job.state = ENDED
        job.succeeded = succeeded
        job.line = line
        job.work = job.env = None
        self.active -= 1
        self.clocks.pop(job.name, None)
        if job.stopping and job.pid:
            # Its leader is gone; a child that did not listen would go on writing.
            signal_group(job.pid, _signal.SIGKILL)
        self.record(line)
        if job.sampler is not None:
            self.sampled.remove(job)
            job.sampler = None
        if job.partners:
            self.tell_partners(job)
        if self.waiting:
            self.release()

    def tell_partners(self, job):
        partners = [self.jobs[name] for name in job.partners if name in self.jobs]
        if not job.succeeded:
            for partner in partners:
                self.kill(partner, STOP_SECONDS)
            return
        together = [job, *partners]
        if all(p.state == ENDED for p in together if not p.service):
            for partner in partners:
                if partner.service:
                    self.kill(partner, STOP_SECONDS)

    def skip(self, job):
        self.finish(job, b"skipped %b\n" % job.name, False)

    # Ends by force ----------------------------------------------------------------------------------------------

    def kill(self, job, grace):
        if job.state == ENDED:
            return
        job.stopping = True
        if job.state == WAITING and self.waiting.pop(job.name, None) is not None:
            self.skip(job)
        elif job.pid and job.name not in self.clocks:
            signal_group(job.pid, _signal.SIGTERM)
            self.clocks[job.name] = now() + grace

    def stop(self, grace):
        self.stopping = True
        for job in list(self.jobs.values()):
            self.kill(job, grace)

    def on_time(self, time_now):
        for name, when in list(self.clocks.items()):
            if when <= time_now:
                signal_group(self.jobs[name].pid, _signal.SIGKILL)
                self.clocks[name] = time_now + 1.0
        if self.next_sample is not None and self.next_sample <= time_now:
            for job in self.sampled:
                job.sampler.look()
            self.next_sample = time_now + SAMPLE_SECONDS if self.sampled else None


def failed(job):
    return job is not None and job.state == ENDED and not job.succeeded


def main(run_dir, socket_path):
    try:
        os.setsid()
    except OSError:
        pass  # Already the leader of a group: started by hand.
    supervisor = Supervisor(run_dir, socket_path)
    sys.setswitchinterval(1.0)
    supervisor.serve()
