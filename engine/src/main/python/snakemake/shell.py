"""`shell("…")`: run a command with the caller's variables filled in, in bash's strict mode."""

import os
import sys
import types

from snakemake._formatting import format_with
from snakemake.exceptions import WorkflowError

# The kernel takes no argument above 128 kB; longer commands go into a file.
_MAX_ARGUMENT = 16 * 4096 - 1
_LONG_COMMANDS = ".snakemake"

# Functions that the helper makes of `run:` blocks: their locals are the job's.
_RULE_FUNCTION = "_sluice_run"

_THREAD_VARIABLES = (
    "OMP_NUM_THREADS",
    "GOTO_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMEXPR_NUM_THREADS",
)
_TMP_VARIABLES = ("TMPDIR", "TMP", "TEMPDIR", "TEMP")

_UNSET = object()


def _which(command):
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        path = os.path.join(folder or ".", command)
        if os.access(path, os.X_OK) and os.path.isfile(path):
            return path
    return None


class shell:
    """Calling the class runs a command; it is never instantiated."""

    _executable = _UNSET
    _process_prefix = None
    _process_suffix = ""
    conda_block_conflicting_envvars = True

    @classmethod
    def get_executable(cls):
        if cls._executable is _UNSET:
            cls._executable = _which("bash") or _which("sh")
        return cls._executable

    @classmethod
    def executable(cls, cmd):
        """Set the shell for all commands of the workflow."""
        cmd = os.fspath(cmd) if cmd else cmd
        if cmd and not os.path.isabs(cmd):
            found = _which(cmd)
            if not found:
                raise WorkflowError(
                    "shell.executable(): there is no %s on the PATH" % cmd
                )
            cmd = found
        cls._executable = cmd

    @classmethod
    def prefix(cls, prefix):
        cls._process_prefix = _filled(prefix, sys._getframe(1))

    @classmethod
    def suffix(cls, suffix):
        cls._process_suffix = _filled(suffix, sys._getframe(1))

    @classmethod
    def win_command_prefix(cls, cmd):
        """Only of use on Windows, where Sluice does not run."""

    @classmethod
    def check_output(cls, cmd, **kwargs):
        import subprocess

        return subprocess.check_output(
            cmd, shell=True, executable=cls.get_executable(), **kwargs
        )

    @classmethod
    def _prefix_for(cls, executable):
        if cls._process_prefix is None:
            bash = executable and os.path.basename(executable).lower() == "bash"
            return "set -euo pipefail; " if bash else ""
        return cls._process_prefix

    def __new__(cls, cmd, *args, **kwargs):
        return cls._execute(sys._getframe(1), cmd, args, **kwargs)

    @classmethod
    def _execute(cls, frame, cmd, args, iterable=False, read=False, bench_record=None, **kwargs):
        """Run a command with the variables of a frame."""
        if "stepout" in kwargs:
            raise KeyError("shell() takes no stepout")
        import subprocess

        options = {k: kwargs[k] for k in ("_quote_all", "quote_func") if k in kwargs}
        names = (kwargs, frame.f_locals, frame.f_globals)
        cmd = format_with(cmd, args, names, options.get("_quote_all"), options.get("quote_func"))
        context = _context(frame, kwargs)
        resources = context.get("resources") or {}
        executable = resources.get("shell_exec")
        if executable is None:
            executable = cls.get_executable()
        elif not os.path.isabs(executable):
            found = _which(executable)
            if not found:
                raise WorkflowError(
                    "shell_exec: there is no %s on the PATH" % executable
                )
            executable = found
        text = " ".join((cls._prefix_for(executable), cmd, cls._process_suffix)).strip()
        script = _script_for(text, executable)
        sys.stdout.flush()
        sys.stderr.flush()
        proc = subprocess.Popen(
            text if script is None else '"%s" "%s"' % (executable or "/bin/sh", script),
            bufsize=-1,
            shell=True,
            stdout=subprocess.PIPE if iterable or read else None,
            text=True if iterable or read else None,
            executable=executable,
            env=_environment(context, resources, kwargs),
        )
        if iterable:
            return cls.iter_stdout(proc, text, script)
        out = proc.stdout.read() if read else None
        _end(proc, text, script)
        return out

    @staticmethod
    def iter_stdout(proc, cmd, tmpdir=None):
        for line in proc.stdout:
            yield line[:-1]
        _end(proc, cmd, tmpdir)


def _filled(text, frame):
    return format_with(text, (), (frame.f_locals, frame.f_globals))


def _context(frame, kwargs):
    """What the caller says about the job: a run block by its locals, a script by `snakemake`."""
    if frame.f_code.co_name == _RULE_FUNCTION:
        context = dict(frame.f_locals)
    else:
        job = frame.f_locals.get("snakemake")
        context = {"threads": job.threads} if hasattr(job, "threads") else {}
    context.update(kwargs)
    return context


def _environment(context, resources, kwargs):
    env = dict(os.environ)
    threads = str(context.get("threads", 1))
    for name in _THREAD_VARIABLES:
        env[name] = threads
    tmpdir = resources.get("tmpdir")
    if tmpdir:
        for name in _TMP_VARIABLES:
            env[name] = str(tmpdir)
    more = kwargs.get("additional_envvars")
    if more is not None:
        if not isinstance(more, dict) or not all(isinstance(v, str) for v in more.values()):
            raise WorkflowError(
                "shell() takes additional_envvars as a dict of strings, but got %r" % (more,)
            )
        env.update(more)
    return env


def _script_for(text, executable):
    if len(text.replace("'", r"'\''")) + 2 <= _MAX_ARGUMENT:
        return None
    import tempfile

    os.makedirs(_LONG_COMMANDS, exist_ok=True)
    folder = tempfile.mkdtemp(dir=_LONG_COMMANDS, prefix="shell_tmp.")
    path = os.path.join(os.path.abspath(folder), "script.sh")
    with open(path, "w") as f:
        print(text, file=f)
    return path


def _end(proc, cmd, script):
    import subprocess

    code = proc.wait()
    if proc.stdout is not None:
        proc.stdout.close()
    if script is not None:
        import shutil

        shutil.rmtree(os.path.dirname(script), ignore_errors=True)
    if code:
        raise subprocess.CalledProcessError(code, cmd)


class _CallableModule(types.ModuleType):
    """`import snakemake; snakemake.shell("…")` works whether or not this module was imported."""

    def __call__(self, cmd, *args, **kwargs):
        return shell._execute(sys._getframe(1), cmd, args, **kwargs)

    def __getattr__(self, name):
        return getattr(shell, name)


sys.modules[__name__].__class__ = _CallableModule
