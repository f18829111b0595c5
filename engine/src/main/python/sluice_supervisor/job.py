"""What the supervisor knows of one job."""

import os

WAITING = 0
RUNNING = 1
ENDED = 2


class Job:
    """A process that was asked for. Names and paths are bytes, as the engine sent them."""

    __slots__ = (
        "name", "folder", "log", "after", "partners", "awaited", "patience", "service", "sampled", "work", "env",
        "state", "succeeded", "pid", "started", "line", "stopping", "kill_at", "sampler",
    )

    def __init__(self, name, folder, log, options, work, env):
        self.name = name
        self.folder = folder
        self.log = log
        self.work = work
        self.env = env
        self.after = self.partners = self.awaited = ()
        # Until when files are waited for; set when nothing else stands in the way.
        self.patience = None
        self.service = self.sampled = False
        self.state = WAITING
        self.succeeded = False
        self.pid = 0
        self.started = 0.0
        self.line = b""
        self.stopping = False
        self.kill_at = None
        self.sampler = None
        if options:
            self._read(options)

    def _read(self, options):
        for option in options.split(b" "):
            word, _, value = option.partition(b"=")
            if word == b"after":
                self.after = value.split(b",")
            elif word == b"with":
                self.partners = value.split(b",")
            elif word == b"file":
                path = value.replace(b"%20", b" ").replace(b"%25", b"%")
                self.awaited = (*self.awaited, path)
            elif word == b"service":
                self.service = True
            elif word == b"sample":
                self.sampled = True


def ended_line(job, outcome, end, usage, log_size, error=b""):
    """The record of an end; usage is (user seconds, system seconds, peak resident KiB)."""
    line = b"ended %b %b start=%.3f end=%.3f utime=%.6f stime=%.6f rss=%d log=%d" % (
        job.name, outcome, job.started or end, end, usage[0], usage[1], usage[2], log_size,
    )
    if job.sampler is not None:
        figures = job.sampler.figures()
        if figures:
            line += b" sample=" + figures
    if error:
        line += b" error=" + error.replace(b"\n", b" ")
    return line + b"\n"


def log_size(path):
    """Bytes in a job's log; an empty log is removed, since nobody will look for it."""
    try:
        size = os.stat(path).st_size
        if size == 0:
            os.unlink(path)
        return size
    except OSError:
        return 0
