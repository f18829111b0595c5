"""The logger of Snakefiles and scripts. In the helper its records go to Sluice."""

import sys

_sink = None


def _install(sink):
    """Send everything logged to sink(level, text); None: back to stderr."""
    global _sink
    _sink = sink


class _Logger:
    """Looks like a logging.Logger, without the cost of importing `logging`."""

    name = "snakemake.logging"
    level = 20
    disabled = False
    propagate = False
    parent = None
    filters = ()

    def __init__(self):
        self.handlers = []

    def _emit(self, level, msg, args):
        if msg is None:
            return
        if isinstance(msg, dict):
            msg = msg.get("msg", msg)
        text = str(msg)
        if args:
            text = text % (args[0] if len(args) == 1 and isinstance(args[0], dict) else args)
        if _sink is not None:
            _sink(level, text)
        elif level != "debug":
            print(text, file=sys.stderr, flush=True)

    def debug(self, msg, *args, **kwargs):
        self._emit("debug", msg, args)

    def info(self, msg, *args, **kwargs):
        self._emit("info", msg, args)

    def warning(self, msg, *args, **kwargs):
        self._emit("warning", msg, args)

    warn = warning

    def error(self, msg, *args, **kwargs):
        self._emit("error", msg, args)

    def critical(self, msg, *args, **kwargs):
        self._emit("error", msg, args)

    def exception(self, msg, *args, **kwargs):
        import traceback

        self._emit("error", str(msg) + "\n" + traceback.format_exc().rstrip(), args)

    def log(self, level, msg, *args, **kwargs):
        names = ((40, "error"), (30, "warning"), (20, "info"))
        self._emit(next((n for at, n in names if level >= at), "debug"), msg, args)

    def isEnabledFor(self, level):
        return level >= self.level

    def getEffectiveLevel(self):
        return self.level

    def setLevel(self, level):
        if isinstance(level, int):
            self.level = level

    def addHandler(self, handler):
        self.handlers.append(handler)

    def removeHandler(self, handler):
        if handler in self.handlers:
            self.handlers.remove(handler)

    def hasHandlers(self):
        return True

    def getChild(self, suffix):
        return self


logger = _Logger()


def setup_logger(*args, **kwargs):
    """Present for imports; Sluice configures logging by itself."""
