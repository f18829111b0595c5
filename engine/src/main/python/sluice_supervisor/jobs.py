"""The jobs of a run: which may start, which run, how they end. Records go out through `record`."""

import _signal
import os
import time

from .job import ENDED, RUNNING, WAITING, Job, ended_line, log_size
from .system import find, signal_group, start_environment

LOG_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_APPEND
STDERR_TO_STDOUT = (os.POSIX_SPAWN_DUP2, 1, 2)
RESET_SIGNALS = (
    _signal.SIGPIPE, _signal.SIGXFSZ, _signal.SIGCHLD, _signal.SIGINT, _signal.SIGTERM, _signal.SIGQUIT,
)
SAMPLE_SECONDS = 0.5
FIRST_SAMPLE_SECONDS = 0.02
STOP_SECONDS = 5.0
SERVICE_SECONDS = 60.0
NO_USAGE = (0.0, 0.0, 0)
now = time.time
# What is waited for is not counted by a clock that somebody may set.
tick = time.monotonic
posix_spawn = os.posix_spawn


class Jobs:
    def __init__(self, run_dir, poll, record):
        self.run_dir = run_dir
        self.poll = poll
        self.record = record
        self.base = os.getcwdb()
        # Leads back to the working folder even when that was moved or removed.
        self.base_fd = os.open(self.base, os.O_RDONLY | os.O_DIRECTORY)
        self.environment = start_environment()
        self.environments = {b"": self.environment}
        self.programs = {}
        self.jobs = {}
        self.by_pid = {}
        self.active = 0
        self.waiting = {}
        # Who waits for the job of a name, known or not.
        self.dependents = {}
        self.to_consider = []
        self.considering = False
        self.sampled = []
        self.awaiting = set()
        self.clocks = {}
        self.next_sample = None
        self.stopping = False
        # Whether the system, not the engine, wants all this to end: how jobs end then says nothing of them.
        self.terminated = False
        self.server = None
        self.servers = []
        self.server_argv = []

    # Starting ---------------------------------------------------------------------------------------------------

    def ask(self, name, env, folder, log, options, work):
        """Starts a job, now or later; the job itself when it was asked for before."""
        known = self.jobs.get(name)
        if known is not None:
            return known
        job = Job(name, folder, log, options, work, self.environments[env])
        self.jobs[name] = job
        self.active += 1
        if self.stopping:
            self.give_up(job)
        elif job.after or job.partners:
            self.waiting[name] = job
            for other in (*job.after, *job.partners):
                self.dependents.setdefault(other, []).append(job)
            self.consider(job)
        else:
            self.start(job)
        if name in self.dependents:
            self.consider_after(name)
        return None

    def refuse(self, name, why):
        """A request that made no sense: its job must end all the same, since somebody waits for it."""
        job = self.jobs.get(name)
        if job is None:
            job = self.jobs[name] = Job(name, b"", b"", b"", None, None)
            self.active += 1
        elif job.state != WAITING or name in self.waiting:
            return
        self.finish(job, ended_line(job, b"error=-", now(), NO_USAGE, 0, why), False)

    def consider_after(self, name):
        """Starts what may start now that the job of this name was asked for or ended; gives up what cannot any more."""
        self.to_consider.extend(self.dependents.get(name, ()))
        if self.considering:
            return  # What is found here is looked at further up: a chain may be longer than the stack.
        self.considering = True
        try:
            for job in self.to_consider:
                self.consider(job)
        finally:
            self.to_consider.clear()
            self.considering = False

    def consider(self, job):
        if job.name not in self.waiting:
            return
        needs = [self.jobs.get(name) for name in job.after]
        partners = [self.jobs.get(name) for name in job.partners]
        if any(failed(other) for other in needs + partners):
            del self.waiting[job.name]
            self.skip(job)
        elif None not in partners and all(need is not None and need.succeeded for need in needs):
            if job.awaited and not self.may_begin(job):
                return
            del self.waiting[job.name]
            self.start(job)

    def look_for_files(self):
        """Considers those that wait for a service's files alone."""
        for name in list(self.awaiting):
            job = self.waiting.get(name)
            if job is None:
                self.awaiting.discard(name)
            else:
                self.consider(job)

    def give_up_incomplete(self):
        """Skips what waits for jobs that were never asked for: the engine that would have is gone."""
        for job in list(self.waiting.values()):
            if job.name in self.waiting and not all(name in self.jobs for name in (*job.after, *job.partners)):
                del self.waiting[job.name]
                self.skip(job)

    def wanting(self, job):
        """The names of those without which a waiting job cannot start."""
        known = self.jobs.get
        names = [name for name in job.after if known(name) is None or not known(name).succeeded]
        return names + [name for name in job.partners if known(name) is None]

    def may_begin(self, job):
        """Whether its services have made what it reads, or have had time enough to."""
        if all(os.path.exists(os.path.join(self.base, path)) for path in job.awaited):
            self.awaiting.discard(job.name)
            return True
        if job.patience is None:
            job.patience = tick() + SERVICE_SECONDS
        self.awaiting.add(job.name)
        if tick() < job.patience:
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
        except (OSError, ValueError, IndexError) as error:
            self.could_not_start(job, error)
            return
        finally:
            if job.folder:
                os.fchdir(self.base_fd)
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
            self.next_sample = tick() + FIRST_SAMPLE_SECONDS
        if job.stopping:
            self.clocks.pop(job.name, None)
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
        reason = getattr(error, "strerror", None) or error
        text = "cannot start %s: %s" % (os.fsdecode(job.work[0]) if job.work else "nothing", reason)
        if isinstance(error, OSError) and not may_log(log):
            text = "cannot open the log %s: %s" % (os.fsdecode(job.log), reason)
        self.finish(job, ended_line(job, b"error=-", now(), NO_USAGE, log_size(log), os.fsencode(text)), False)

    # The server for run blocks ----------------------------------------------------------------------------------

    def name_server(self, argv):
        """From now on, blocks run in a server started so; one that stands already goes on with what it has."""
        self.server_argv = argv
        if self.server is not None:
            self.server.retire()
            self.server = None

    def start_in_server(self, job):
        if self.server is None:
            from .runserver import RunServer

            try:
                self.server = RunServer(self, self.server_argv)
            except (OSError, ValueError, IndexError) as error:
                text = "cannot start the server for run blocks: %s" % (getattr(error, "strerror", None) or error)
                self.finish(job, ended_line(job, b"error=-", now(), NO_USAGE, 0, os.fsencode(text)), False)
                return
            self.servers.append(self.server)
        job.started = now()
        self.server.ask(job)

    def on_server_ready(self, fd):
        for server in self.servers:
            if server.on_ready(fd):
                return

    def on_server_end(self, pid):
        for server in self.servers:
            if server.pid == pid:
                self.servers.remove(server)
                if self.server is server:
                    self.server = None
                server.ended(now())
                return

    def close(self):
        for server in self.servers:
            server.close()

    # Ends -------------------------------------------------------------------------------------------------------

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
            elif self.servers:
                self.on_server_end(pid)

    def ended(self, job, status, usage, end):
        signal = status & 0x7F
        if signal and self.terminated:
            self.lose(job)
            return
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
        if job.name in self.dependents:
            self.consider_after(job.name)
            del self.dependents[job.name]

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

    def lose(self, job):
        self.finish(job, b"lost %b why=the supervisor was told to end (SIGTERM)\n" % job.name, False)

    def give_up(self, job):
        if self.terminated:
            self.lose(job)
        else:
            self.skip(job)

    # Ends by force ----------------------------------------------------------------------------------------------

    def kill(self, job, grace):
        if job.state == ENDED:
            return
        job.stopping = True
        if job.state == WAITING and self.waiting.pop(job.name, None) is not None:
            self.give_up(job)
        elif job.name not in self.clocks:
            # A block that its server has not begun yet is stopped when it begins, or with the server.
            if job.pid:
                signal_group(job.pid, _signal.SIGTERM)
            self.clocks[job.name] = tick() + grace

    def kill_by_force(self, job):
        if job.pid:
            signal_group(job.pid, _signal.SIGKILL)
            return
        for server in self.servers:
            if job.name in server.jobs and all(other.stopping for other in server.jobs.values()):
                signal_group(server.pid, _signal.SIGKILL)

    def stop(self, grace):
        self.stopping = True
        for job in list(self.jobs.values()):
            self.kill(job, grace)

    def on_time(self, time_now):
        if self.clocks:
            for name, when in list(self.clocks.items()):
                if when <= time_now:
                    self.kill_by_force(self.jobs[name])
                    self.clocks[name] = time_now + 1.0
        if self.next_sample is not None and self.next_sample <= time_now:
            for job in self.sampled:
                job.sampler.look()
            self.next_sample = time_now + SAMPLE_SECONDS if self.sampled else None


def failed(job):
    return job is not None and job.state == ENDED and not job.succeeded


def may_log(path):
    try:
        os.close(os.open(path, LOG_FLAGS, 0o666))
        return True
    except OSError:
        return False
