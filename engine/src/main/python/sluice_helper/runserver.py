"""Runs `run:` blocks, each in a process of its own, for the supervisor.

Requests come as frames (a four-byte length and JSON) on stdin; what became of them is told in
lines on stdout. A request is a fork of the loaded workflow, or, where the load left threads
behind, a fresh process that loads it again.
"""

import os
import struct
import sys
import time

from sluice_helper.server import private_descriptors

_CHUNK = 1 << 16


class _Requests:
    """Frames from a descriptor, without blocking on half a frame."""

    def __init__(self, fd):
        self.fd = fd
        self._buffer = b""

    def read(self):
        """The requests that have arrived; None at the end."""
        data = os.read(self.fd, _CHUNK)
        if not data:
            return None
        self._buffer += data
        out = []
        while len(self._buffer) >= 4:
            (length,) = struct.unpack(">I", self._buffer[:4])
            if len(self._buffer) < 4 + length:
                break
            out.append(self._buffer[4 : 4 + length])
            self._buffer = self._buffer[4 + length :]
        return out


class RunServer:
    def __init__(self, bundle, workflow, requests, fd_out):
        from sluice_helper.report import fork_safe

        self._bundle = bundle
        self._workflow = workflow
        self._requests = requests
        self._out = fd_out
        self._running = {}
        self._can_fork = fork_safe()

    def serve(self):
        import select
        import signal

        wake_in, wake_out = os.pipe()
        os.set_blocking(wake_in, False)
        os.set_blocking(wake_out, False)
        signal.set_wakeup_fd(wake_out)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        listening = True
        while listening or self._running:
            watched = [wake_in] + ([self._requests.fd] if listening else [])
            ready, _, _ = select.select(watched, [], [])
            if wake_in in ready:
                os.read(wake_in, _CHUNK)
                self._reap()
            if self._requests.fd in ready:
                bodies = self._requests.read()
                listening = bodies is not None
                for body in bodies or ():
                    self._start(body)

    def _say(self, line):
        os.write(self._out, (line + "\n").encode("utf-8", "surrogateescape"))

    def _start(self, body):
        import json

        name = json.loads(body)["attempt"]
        start = time.time()
        pid = self._fork(body) if self._can_fork else self._spawn(body)
        self._running[pid] = (name, start)
        self._say("started %s pid=%d at=%.3f" % (name, pid, start))

    def _fork(self, body):
        pid = os.fork()
        if pid:
            _own_group(pid)
            return pid
        code = 70
        try:
            code = run_request(self._workflow, body)
        finally:
            os._exit(code)

    def _spawn(self, body):
        """A fresh process; it reads its request from an unnamed file on stdin."""
        import tempfile

        with tempfile.TemporaryFile() as f:
            f.write(struct.pack(">I", len(body)) + body)
            f.flush()
            f.seek(0)
            here = os.path.dirname(os.path.abspath(__file__))
            return os.posix_spawn(
                sys.executable,
                [sys.executable, here, "--run-job", self._bundle],
                os.environ,
                file_actions=[(os.POSIX_SPAWN_DUP2, f.fileno(), 0)],
                setpgroup=0,
            )

    def _reap(self):
        for pid in list(self._running):
            found, status, usage = os.wait4(pid, os.WNOHANG)
            if found == pid:
                name, start = self._running.pop(pid)
                if os.WIFSIGNALED(status):
                    how = "signal=%d" % os.WTERMSIG(status)
                else:
                    how = "code=%d" % os.WEXITSTATUS(status)
                self._say(
                    "ended %s %s start=%.3f end=%.3f utime=%.3f stime=%.3f rss=%d"
                    % (
                        name,
                        how,
                        start,
                        time.time(),
                        usage.ru_utime,
                        usage.ru_stime,
                        usage.ru_maxrss,
                    )
                )


def _own_group(pid):
    try:
        os.setpgid(pid, pid)
    except OSError:
        # The child has done it itself, or is gone already.
        pass


def run_request(workflow, body):
    """In the job's own process: run the block; the exit code."""
    import json

    request = json.loads(body)
    _become_job(request)
    from snakemake import logging

    logging._install(None)
    code = 1
    try:
        _make_room(request.get("remove") or ())
        if request.get("folder"):
            os.chdir(request["folder"])
        run_block(workflow, request)
        code = 0
    except SystemExit as e:
        code = _exit_code(e)
    except BaseException as e:
        from sluice_helper import errors

        sys.stdout.flush()
        errors.print_user_error(e, request.get("rule"))
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            code = code or 1
    return code


def _exit_code(e):
    if e.code is None:
        return 0
    if isinstance(e.code, int):
        return e.code & 0xFF
    print(e.code, file=sys.stderr)
    return 1


def _become_job(request):
    import signal

    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)
    if os.getpgid(0) != os.getpid():
        os.setpgid(0, 0)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    log = os.open(request["log_file"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.close(log)
    try:
        sys.stdout.reconfigure(line_buffering=True)
    except AttributeError:
        pass
    for name, value in (request.get("environment") or {}).items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    os.environ["SLUICE_ATTEMPT"] = request["attempt"]


def _make_room(paths):
    """Loading the Snakefile may have made what the block is about to make."""
    import shutil

    for path in paths:
        try:
            if os.path.isdir(path) and not os.path.islink(path):
                shutil.rmtree(path)
            elif path != os.devnull:
                os.unlink(path)
        except FileNotFoundError:
            pass
    # An output may lie in another one that is a directory and has just gone.
    for path in paths:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)


def run_block(workflow, request):
    from sluice_helper.calls import job_names

    rule = workflow.rules.get(request["rule"])
    block = None if rule is None else rule.info.get("run")
    if block is None:
        from snakemake.exceptions import WorkflowError

        raise WorkflowError(
            "There is no run block of rule %s after loading the workflow again" % request["rule"]
        )
    block(**job_names(request))


def serve(bundle):
    from sluice_helper.bundle import load_bundle

    fd_in, fd_out = private_descriptors()
    bundle = os.path.abspath(bundle)
    workflow = _loaded(load_bundle, bundle)
    if workflow is None:
        return 1
    import gc

    # What is there now stays: forks need not touch it.
    gc.collect()
    gc.freeze()
    RunServer(bundle, workflow, _Requests(fd_in), fd_out).serve()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _loaded(load_bundle, bundle):
    """The workflow; what it prints while loading was printed when it loaded first."""
    null = os.open(os.devnull, os.O_WRONLY)
    keep = os.dup(1)
    os.dup2(null, 1)
    try:
        return load_bundle(bundle)
    except SystemExit as e:
        print("the Snakefile called exit(%s)" % e.code, file=sys.stderr)
    except BaseException as e:
        from sluice_helper import errors

        errors.print_user_error(e)
    finally:
        sys.stdout.flush()
        os.dup2(keep, 1)
        os.close(keep)
        os.close(null)
    return None


def run_one(bundle):
    """One request from stdin, in this process."""
    from sluice_helper.bundle import load_bundle

    with os.fdopen(os.dup(0), "rb") as f:
        (length,) = struct.unpack(">I", f.read(4))
        body = f.read(length)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    workflow = _loaded(load_bundle, bundle)
    if workflow is None:
        os._exit(1)
    os._exit(run_request(workflow, body))
