"""Python errors as Sluice tells them to the user: the user's own frames, no others."""

import os
import sys

from sluice_helper.protocol import AnsweredWithError
from snakemake.exceptions import IncompleteCheckpointException, RuleException, WorkflowError

_OURS = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_LIBRARY = os.path.dirname(os.__file__) + os.sep

# Absolute paths of all Snakefiles that were executed.
snakefiles = {}


def _is_user_code(path):
    if path in snakefiles:
        return True
    if path.startswith(("<", _OURS, _LIBRARY)):
        return False
    return (os.sep + "site-packages" + os.sep) not in path and (
        os.sep + "dist-packages" + os.sep
    ) not in path


def _function_name(name):
    return "run block" if name == "_sluice_run" else name.replace("_sluice_", "")


def user_frames(tb):
    frames = []
    while tb is not None:
        code = tb.tb_frame.f_code
        if _is_user_code(code.co_filename):
            frames.append((code.co_filename, tb.tb_lineno, _function_name(code.co_name), tb))
        tb = tb.tb_next
    return frames


def _columns(tb):
    """First and last column (program columns from zero) of what failed, from Python 3.11 on."""
    positions = getattr(tb.tb_frame.f_code, "co_positions", None)
    if positions is None:
        return None, None
    import itertools

    at = next(itertools.islice(positions(), tb.tb_lasti // 2, None), None)
    if at is None or at[0] != tb.tb_lineno or at[0] != at[1]:
        return None, None
    return at[2], at[3]


def _place(frames, exc):
    """The innermost frame of a Snakefile, or else of any user code."""
    lineno, snakefile = getattr(exc, "lineno", None), getattr(exc, "snakefile", None)
    if lineno and snakefile and isinstance(exc, (WorkflowError, RuleException)):
        return str(snakefile), lineno, None, None
    chosen = next((f for f in reversed(frames) if f[0] in snakefiles), None)
    if chosen is None:
        chosen = frames[-1] if frames else None
    if chosen is None:
        return None, None, None, None
    return (chosen[0], chosen[1], *_columns(chosen[3]))


def _hint(exc):
    if getattr(exc, "hint", None):
        return exc.hint
    if isinstance(exc, ModuleNotFoundError) and exc.name:
        if exc.name.startswith("snakemake.remote"):
            return (
                "remote providers do not exist since Snakemake 8; use `storage:` with a storage"
                " plugin instead"
            )
        if exc.name.startswith("snakemake."):
            return "%s is internal to Snakemake; Sluice's snakemake package has no such module" % (
                exc.name
            )
        package = _PACKAGES.get(exc.name.split(".")[0], exc.name.split(".")[0])
        return "the Python that runs this workflow (%s) has no %s; try: %s -m pip install %s" % (
            sys.executable,
            exc.name.split(".")[0],
            sys.executable,
            package,
        )
    suggestion = None
    if isinstance(exc, (NameError, AttributeError)) and sys.version_info >= (3, 10):
        suggestion = _similar(exc)
    return "did you mean `%s`?" % suggestion if suggestion else None


_PACKAGES = {"yaml": "pyyaml", "Bio": "biopython", "sklearn": "scikit-learn", "PIL": "pillow"}


def _similar(exc):
    name = getattr(exc, "name", None)
    if not name:
        return None
    import difflib

    if isinstance(exc, NameError):
        tb = exc.__traceback__
        while tb is not None and tb.tb_next is not None:
            tb = tb.tb_next
        if tb is None:
            return None
        known = [*tb.tb_frame.f_locals, *tb.tb_frame.f_globals]
    else:
        known = dir(getattr(exc, "obj", None))
    close = difflib.get_close_matches(name, [k for k in known if not k.startswith("_")], n=1)
    return close[0] if close else None


def message_of(exc):
    if isinstance(exc, KeyError):
        return repr(exc.args[0]) if len(exc.args) == 1 else str(exc)
    return str(exc)


def to_wire(exc):
    """An exception as an ERROR of the protocol."""
    if isinstance(exc, AnsweredWithError):
        return _placed(exc)
    frames = user_frames(exc.__traceback__)
    file, line, column, end = _place(frames, exc)
    error = {
        "type": type(exc).__name__,
        "message": message_of(exc),
        "file": file,
        "line": line,
        "column": column,
        "end_column": end,
        "text": None,
        "frames": [list(f[:3]) for f in frames],
        "hint": _hint(exc),
        "kind": "python",
        "notes": [str(n) for n in getattr(exc, "__notes__", ())],
    }
    cause = exc.__cause__
    if cause is not None:
        error["notes"].append("caused by %s: %s" % (type(cause).__name__, message_of(cause)))
    _specialise(error, exc)
    return error


def _placed(exc):
    """An error of Sluice's own, with the statement of the Snakefile that led to it."""
    error = exc.error
    if error.get("kind") == "diagnosed" or error.get("file"):
        return error
    frames = user_frames(exc.__traceback__)
    file, line, column, end = _place(frames, exc)
    return {
        **error,
        "file": file,
        "line": line,
        "column": column,
        "end_column": end,
        "frames": [list(f[:3]) for f in frames],
    }


def _specialise(error, exc):
    if isinstance(exc, IncompleteCheckpointException):
        error.update(
            kind="checkpoint",
            rule=exc.rule.name,
            wildcards={k: str(v) for k, v in exc.wildcards.items()},
            target=str(exc.targetfile),
        )
    elif isinstance(exc, (WorkflowError, RuleException)):
        error["kind"] = "workflow"
        error["code"] = getattr(exc, "code", None)
        rule = getattr(exc, "rule", None)
        if rule is not None:
            error["rule"] = getattr(rule, "name", str(rule))
    elif isinstance(exc, SyntaxError):
        _syntax_error(error, exc)
    elif isinstance(exc, FileNotFoundError) and exc.filename is not None:
        error["kind"] = "missing-file"
        error["missing"] = os.fsdecode(exc.filename)


def _syntax_error(error, exc):
    if exc.filename is None:
        # Raised by a flag function, not by the compiler.
        error["kind"] = "workflow"
        error["code"] = "contradictory-flags"
        return
    error["kind"] = "syntax"
    error["message"] = exc.msg
    error["file"] = exc.filename
    error["line"] = exc.lineno
    error["text"] = exc.text
    error["column"] = exc.offset - 1 if exc.offset else None
    end = getattr(exc, "end_offset", None)
    same_line = getattr(exc, "end_lineno", exc.lineno) == exc.lineno
    error["end_column"] = end - 1 if end and end > 0 and same_line else None


def print_user_error(exc, rule=None):
    """What a failing run block leaves on stderr."""
    wire = to_wire(exc)
    out = []
    if wire["file"]:
        out.append("%s in file %s, line %s:" % (wire["type"], wire["file"], wire["line"]))
    else:
        out.append("%s:" % wire["type"])
    out.append(wire["message"])
    if wire["hint"]:
        out.append("help: " + wire["hint"])
    for file, line, function in wire["frames"]:
        out.append('  File "%s", line %s, in %s' % (file, line, function))
    head = "RuleException%s:\n" % (" in rule %s" % rule if rule else "")
    print(head + "\n".join(out), file=sys.stderr, flush=True)
