"""The helper's side of the conversation: takes questions until there are no more."""

import gc
import os
import sys

from sluice_helper import own_imports
from sluice_helper.protocol import (
    VERSION,
    Connection,
    EndOfConversation,
    decode,
    encode,
)


def private_descriptors():
    """Move the conversation to descriptors of its own, away from prints and subprocesses."""
    # Above the small numbers that shells redirect; dup2 without inheritance sets close-on-exec.
    import fcntl

    fd_in = fcntl.fcntl(0, fcntl.F_DUPFD_CLOEXEC, 100)
    fd_out = fcntl.fcntl(1, fcntl.F_DUPFD_CLOEXEC, 100)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    os.dup2(2, 1)
    return fd_in, fd_out


def ignore_interrupts():
    """Ctrl-C is Sluice's to handle. A handler, unlike SIG_IGN, is not inherited by programs."""
    import _signal

    _signal.signal(_signal.SIGINT, lambda number, frame: None)


class Sluice:
    """What the workflow may ask of Sluice; keeps the answers for processes that load again."""

    def __init__(self, connection):
        self._connection = connection
        self._main = _thread_id()
        self._pending = []
        self.record = {"compile": {}, "config": {}, "validate": []}

    def compile(self, path):
        answer = self._connection.ask("compile", path=path)
        self.record["compile"][path] = answer
        return answer

    def config(self, path):
        # Sluice need not be where a `workdir:` statement has led us.
        path = os.path.abspath(path)
        answer = self._connection.ask("config", path=path)
        self.record["config"][path] = answer
        return rendered_config(decode(answer), path)

    def validate(self, data, schema, set_default, what):
        data = encode(data)
        answer = self._connection.ask(
            "validate", data=data, schema=schema, set_default=bool(set_default)
        )
        self.record["validate"].append([schema, data, answer])
        return checked_validation(answer, what)

    def log(self, level, message):
        if _thread_id() != self._main:
            self._pending.append((level, message))
            return
        while self._pending:
            old_level, old = self._pending.pop(0)
            self._connection.ask("log", level=old_level, message=old)
        self._connection.ask("log", level=level, message=message)


def rendered_config(value, path):
    """A config file, with the Python in it evaluated where it asks for that."""
    if not isinstance(value, dict) or not value.get("__use_yte__"):
        return value
    try:
        import yte
    except ImportError:
        from snakemake.exceptions import WorkflowError

        raise WorkflowError(
            "The config file %s uses YTE, which the Python %s does not have (pip install yte)."
            % (path, sys.executable),
            code="no-yte",
        ) from None
    with open(path) as template:
        return yte.process_yaml(template, require_use_yte=True)


def checked_validation(answer, what):
    from snakemake.exceptions import WorkflowError

    problems = answer.get("errors")
    if problems:
        raise WorkflowError(
            what,
            *("%s: %s" % (p.get("path") or "(top)", p["message"]) for p in problems),
            code="schema-violation",
        )
    return decode(answer.get("data"))


def _thread_id():
    import _thread

    return _thread.get_ident()


class Server:
    def __init__(self, connection):
        self.sluice = Sluice(connection)
        self.settings = {}
        self.workflow = None

    def answer(self, message):
        handler = getattr(self, "_on_" + message["ask"], None)
        if handler is None:
            raise ValueError("the helper knows no question %r" % message["ask"])
        return handler(message)

    def _on_hello(self, message):
        self.settings = message.get("settings") or {}
        return {
            "protocol": VERSION,
            "python": "%d.%d.%d" % sys.version_info[:3],
            "executable": sys.executable,
            "pid": os.getpid(),
        }

    def _on_load(self, message):
        with own_imports():
            from sluice_helper.report import report
            from sluice_helper.workflow import Workflow

        prepare_process(self.settings, self.sluice)
        self.workflow = Workflow(self.settings, self.sluice)
        self.workflow.load(message["snakefile"])
        loaded = report(self.workflow)
        gc.freeze()
        return loaded

    def _on_call(self, message):
        with own_imports():
            from sluice_helper.calls import call_all

        return call_all(self.workflow, message["calls"])

    def _on_format(self, message):
        with own_imports():
            from sluice_helper.calls import format_all

        return format_all(self.workflow, message["items"])

    def _on_script(self, message):
        with own_imports():
            from sluice_helper.scripts import prepare_all

        return prepare_all(self.workflow, message["jobs"])

    def _on_checkpoints(self, message):
        from sluice_helper.protocol import file_item, named
        from snakemake.checkpoints import job_key
        from snakemake.iocontainers import OutputFiles

        for done in message["done"]:
            key = job_key(done["rule"], done.get("wildcards") or {})
            self.workflow.checkpoints_done[key] = _openable(
                named(OutputFiles, done["output"], file_item)
            )

    def _on_hook(self, message):
        self.workflow.hooks[message["name"]](message.get("log") or "")

    def _on_bundle(self, message):
        from sluice_helper.bundle import write_bundle

        write_bundle(message["path"], self.settings, self.sluice, self.workflow)

    def _on_export(self, message):
        from sluice_helper.protocol import export

        return export(message["handles"])


def _openable(files):
    from snakemake.io import IOFile
    from snakemake.iocontainers import OutputFiles

    return OutputFiles(files, custom_map=IOFile)


def prepare_process(settings, sluice):
    """What has to stand before user code runs: argv, logging, config reading, validation."""
    from snakemake import common, logging

    sys.argv = ["snakemake", *(settings.get("argv") or ())]
    # Rules are many small objects that stay: with Python's own settings, looking for garbage
    # among them takes as long as making them.
    gc.set_threshold(50_000, 20, 50)
    logging._install(sluice.log)
    common.config_reader = sluice.config
    common.validator = sluice.validate


def serve():
    fd_in, fd_out = private_descriptors()
    ignore_interrupts()
    try:
        sys.stdout.reconfigure(line_buffering=True)
    except AttributeError:
        pass
    connection = Connection(fd_in, fd_out)
    server = Server(connection)
    try:
        while True:
            message = connection.read()
            if message is None:
                break
            connection.write(_reply(server, message))
    except (EndOfConversation, BrokenPipeError):
        pass
    return _leave()


def _reply(server, message):
    number = message["id"]
    try:
        return {"id": number, "answer": server.answer(message)}
    except EndOfConversation:
        raise
    except SystemExit as e:
        return {"id": number, "error": _exit_error(e)}
    except BaseException as e:
        from sluice_helper import errors

        return {"id": number, "error": errors.to_wire(e)}


def _exit_error(e):
    from sluice_helper import errors

    error = errors.to_wire(e)
    error["message"] = "the Snakefile called exit(%s)" % ("" if e.code is None else e.code)
    error["code"] = "exit"
    return error


def _leave():
    """End at once: threads that a Snakefile left behind must not keep the helper alive."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(0)
