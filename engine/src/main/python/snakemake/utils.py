"""Functions that Snakefiles and scripts import: formatting, config, versions, parameter spaces."""

import os
import re
import sys

from snakemake.exceptions import WorkflowError


def min_version(version):
    """Fail when the Snakemake language spoken here (`snakemake.__version__`) is older."""
    from snakemake import __version__

    if _release(__version__) < _release(version):
        raise WorkflowError(
            "the workflow wants Snakemake %s or newer, but Sluice speaks that of %s"
            % (version, __version__),
            code="min-version",
        )


def _release(version):
    numbers = re.match(r"v?(\d+(?:\.\d+)*)", str(version).strip())
    if numbers is None:
        raise WorkflowError("min_version(): '%s' is no version" % version)
    parts = [int(n) for n in numbers.group(1).split(".")]
    while len(parts) > 1 and parts[-1] == 0:
        parts.pop()
    return parts


def update_config(config, overwrite_config):
    """Merge overwrite_config into config, deeply; lists are replaced."""
    from collections.abc import Mapping

    for key, new in overwrite_config.items():
        if isinstance(new, Mapping):
            old = config.get(key)
            merged = old if isinstance(old, Mapping) else {}
            update_config(merged, new)
            new = merged
        config[key] = new


# ---- validation -----------------------------------------------------------------------------


def validate(data, schema, set_default=True):
    """Check data (a mapping or a data frame) against a JSON schema, and fill in defaults."""
    workflow = sys._getframe(1).f_globals.get("workflow")
    schema = os.fspath(schema)
    if workflow is not None and hasattr(workflow, "_sluice"):
        if workflow._sluice.scope.skip_validation:
            return
        if not os.path.isabs(schema):
            schema = os.path.join(workflow.current_basedir, schema)
    check = _checker(schema, set_default)
    if isinstance(data, dict):
        filled = check(data, "Error validating config file.")
        if set_default:
            _fill(data, filled)
    elif hasattr(data, "to_dict") and hasattr(data, "columns"):
        _validate_frame(data, data.to_dict("records"), check, set_default)
    elif hasattr(data, "iter_rows") or hasattr(data, "collect"):
        frame = data.head(1000).collect() if hasattr(data, "collect") else data
        for i, row in enumerate(frame.iter_rows(named=True)):
            check(_present(row), "Error validating row %d of data frame." % i)


def _checker(schema, set_default):
    from snakemake import common

    if common.validator is not None:
        return lambda data, what: common.validator(data, schema, set_default, what)
    try:
        import jsonschema
    except ImportError:
        raise WorkflowError(
            "validate() outside of a Snakefile needs the package jsonschema"
            " (pip install jsonschema)."
        )
    content = common.load_configfile(schema)

    def check(data, what):
        try:
            jsonschema.validate(data, content)
        except jsonschema.ValidationError as e:
            raise WorkflowError(what, e)
        if set_default:
            for name, sub in content.get("properties", {}).items():
                if "default" in sub:
                    data.setdefault(name, sub["default"])
        return data

    return check


def _fill(into, filled):
    if isinstance(into, dict) and isinstance(filled, dict):
        for key, value in filled.items():
            if key in into:
                _fill(into[key], value)
            else:
                into[key] = value
    elif isinstance(into, list) and isinstance(filled, list):
        for a, b in zip(into, filled):
            _fill(a, b)


def _present(record):
    out = {}
    for key, value in record.items():
        if value is None or value != value or type(value).__name__ in ("NAType", "NaTType"):
            continue
        out[key] = value.item() if hasattr(value, "item") and hasattr(value, "dtype") else value
    return out


def _validate_frame(data, records, check, set_default):
    filled = [
        check(_present(r), "Error validating row %d of data frame." % i)
        for i, r in enumerate(records)
    ]
    if not set_default:
        return
    for column in dict.fromkeys(c for record in filled for c in record):
        values = [record.get(column) for record in filled]
        if column not in data.columns:
            data[column] = values
        elif data[column].isna().any():
            old = list(data[column])
            empty = list(data[column].isna())
            data[column] = [v if gone else o for o, v, gone in zip(old, values, empty)]


# ---- formatting -----------------------------------------------------------------------------


_FORMATTING = (
    "SequenceFormatter QuotedFormatter AlwaysQuotedFormatter Unformattable format_with"
).split()


def format(_pattern, *args, stepout=1, _quote_all=False, quote_func=None, **kwargs):
    """Format with the variables of the caller (stepout=2: of the caller's caller)."""
    frame = sys._getframe(1)
    for _ in range(1, stepout):
        frame = frame.f_back or frame
    from snakemake._formatting import format_with

    maps = (kwargs, frame.f_locals, frame.f_globals)
    return format_with(_pattern, args, maps, _quote_all, quote_func)


# ---- files and processes --------------------------------------------------------------------


def listfiles(pattern, restriction=None, omit_value=None):
    """Each existing file that matches a pattern, with the values of its wildcards."""
    from snakemake.io import _constant_folder, _files_below, regex_from_filepattern
    from snakemake.iocontainers import Namedlist

    pattern = os.path.normpath(pattern)
    matches = re.compile(regex_from_filepattern(pattern)).match
    wanted = dict(restriction or {})
    if omit_value is not None:
        wanted = {name: value for name, value in wanted.items() if omit_value not in value}
    for path in _files_below(_constant_folder(pattern) or "."):
        found = matches(path)
        if found and all(found[name] == value for name, value in wanted.items()):
            yield path, Namedlist(fromdict=found.groupdict())


def makedirs(dirnames):
    for name in [dirnames] if isinstance(dirnames, str) else dirnames:
        os.makedirs(name, exist_ok=True)


def linecount(filename):
    with open(filename) as f:
        return sum(1 for _ in f)


def simplify_path(path):
    relative = os.path.relpath(path)
    return path if relative.startswith("../../") else relative


def read_job_properties(jobscript, prefix="# properties", pattern=None):
    """The properties that Snakemake writes into job scripts."""
    import json

    pattern = pattern or re.compile("# properties = (.*)")
    with open(jobscript) as lines:
        for m in map(pattern.match, lines):
            if m:
                return json.loads(m.group(1))


def report(text, path, stylesheet=None, defaultenc="utf8", template=None, metadata=None, **files):
    raise WorkflowError(
        "snakemake.utils.report() is not part of Sluice (it was replaced by --report long ago)."
    )


def R(code):
    try:
        import rpy2.robjects as robjects
    except ImportError:
        raise ValueError("R() needs the package rpy2 (pip install rpy2), or use `script:`.")
    import textwrap

    program = format(textwrap.dedent(code), stepout=2)
    robjects.r(program)


def available_cpu_count():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def argvquote(arg, force=True):
    """Quote one argument for a Windows command line."""
    import subprocess

    text = subprocess.list2cmdline([arg])
    return '"%s"' % text if force and not text.startswith('"') else text


def cmd_exe_quote(arg):
    return argvquote(arg)


def os_sync():
    os.sync()


def find_bash_on_windows():
    return None


def __getattr__(name):
    if name == "Paramspace":
        from snakemake._paramspace import Paramspace

        return Paramspace
    if name == "logger":
        # Never documented to be here, but Snakemake 7's module had it, and workflows took it.
        from snakemake.logging import logger

        return logger
    if name in _FORMATTING:
        import snakemake._formatting

        return getattr(snakemake._formatting, name)
    raise AttributeError("module 'snakemake.utils' has no attribute %r" % name)
