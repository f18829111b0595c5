"""Helpers for input and params: lookup, branch, subpath and the like."""

import os
import re

from snakemake._proxies import RuleItemProxy, rule_item_factory  # noqa: F401
from snakemake.common import accepted_names, call_with_accepted, overwrite_accepted
from snakemake.exceptions import LookupError, WorkflowError
from snakemake.io import AnnotatedString, get_wildcard_names, is_callable

_NO_DEFAULT = object()


def _filled(text, namespace):
    from snakemake.utils import format as fmt

    return fmt(text, **namespace)


def _resolved(namespace, wildcards):
    """The names an expression may use: given ones first (functions called), then wildcards."""
    out = {k: v(wildcards) if callable(v) else v for k, v in namespace.items()}
    for k, v in wildcards.items():
        out.setdefault(k, v)
    return out


def lookup(
    query=None, dpath=None, cols=None, is_nrows=None, within=None, default=_NO_DEFAULT, **namespace
):
    """Values from a data frame (query) or a mapping (dpath), possibly once wildcards are known."""
    from collections.abc import Mapping

    def fail(msg):
        raise LookupError(msg=msg, query=query, dpath=dpath)

    if within is None:
        fail("Must provide a dataframe, series, or mapping to search within.")
    if cols is not None and not isinstance(cols, (str, list)):
        fail("The cols argument has to be either a str or a list of str.")
    if is_nrows is not None and not isinstance(is_nrows, int):
        fail("The is_nrows argument has to be an int.")
    if query is not None and dpath is not None:
        fail("Cannot provide both query and dpath arguments.")
    if query is not None and isinstance(within, Mapping):
        query, dpath = None, query
    if query is None and dpath is None:
        fail("Must provide either a query or dpath parameter.")

    if dpath is not None:
        if not isinstance(within, Mapping):
            fail("Dpath parameter can only be used with python mapping (e.g. dict).")

        def find(text, names):
            return _find_dpath(within, text, default)

        expressions = [dpath]
    else:
        if hasattr(within, "to_frame") and not hasattr(within, "itertuples"):
            within = within.to_frame()

        def find(text, names):
            return _find_rows(within, text, _filled_cols(cols, names), is_nrows, default)

        expressions = [query] + ([cols] if isinstance(cols, str) else list(cols or ()))

    def needs(expression):
        return callable(expression) or any(
            n not in namespace for n in get_wildcard_names(expression)
        )

    def inner(wildcards):
        names = _resolved(namespace, wildcards)
        text = expressions[0]
        text = text(wildcards) if callable(text) else text
        return find(_filled(text, names), names)

    if any(map(needs, expressions)) or any(map(callable, namespace.values())):
        return inner
    return find(_filled(expressions[0], namespace) if namespace else expressions[0], namespace)


def _filled_cols(cols, names):
    if isinstance(cols, list):
        return [_filled(c, names) for c in cols]
    return None if cols is None else _filled(cols, names)


def _find_rows(within, query, cols, is_nrows, default):
    try:
        rows = within.query(query)
    except Exception as e:
        raise LookupError(query=query, exc=e)
    if is_nrows is not None:
        return is_nrows == len(rows)
    if len(rows) == 0 and default is not _NO_DEFAULT:
        return default
    if cols is not None:
        rows = rows[cols]
        if not isinstance(cols, list):
            return rows.to_list()
    rows = list(rows.itertuples(index=cols is None))
    return rows[0] if len(rows) == 1 else rows


def _walk(value, parts):
    """All values under a path of keys; `*` stands for any one key, `**` for any number."""
    if not parts:
        yield value
        return
    part, rest = parts[0], parts[1:]
    if part == "**":
        yield from _walk(value, rest)
        children = value.values() if isinstance(value, dict) else value
        if isinstance(value, (dict, list, tuple)):
            for child in children:
                yield from _walk(child, parts)
        return
    from fnmatch import fnmatchcase

    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, (list, tuple)):
        items = enumerate(value)
    else:
        return
    for key, child in items:
        if fnmatchcase(str(key), part):
            yield from _walk(child, rest)


def _find_dpath(within, dpath, default):
    parts = [p for p in dpath.split("/") if p]
    found = list(_walk(within, parts))
    if any(c in p for p in parts for c in "*?["):
        if len(found) == 1:
            return found[0]
        if found:
            return found
    elif found:
        return found[0]
    if default is not _NO_DEFAULT:
        return default
    raise LookupError(dpath=dpath, msg="Dpath not found.")


def branch(condition, then=None, otherwise=None, cases=None):
    """One of several values, chosen by a condition; deferred when any part is a function."""
    if cases is not None and then is not None:
        raise ValueError("Cannot use 'cases' together with 'then' in 'branch' function.")

    def value(v, wildcards):
        return (v(wildcards) if callable(v) else v) or []

    def choose(wildcards):
        result = value(condition, wildcards)
        if cases is None:
            return value(then if result else otherwise, wildcards)
        if result in cases:
            return value(cases[result], wildcards)
        if otherwise is not None:
            return value(otherwise, wildcards)
        raise KeyError("Key %s not found in given cases of branch function" % result)

    if any(map(callable, (condition, then, otherwise))):
        return lambda wildcards: choose(wildcards)
    return choose(None)


def evaluate(expr):
    def inner(wildcards):
        text = expr.format(**{w: repr(v) for w, v in wildcards.items()})
        try:
            return eval(text, {"__builtins__": __builtins__, "os": os, "re": re})
        except Exception as e:
            raise WorkflowError(
                "Failed to evaluate expression %s with wildcards %s. Formatted expression: %s"
                % (expr, ", ".join("%s=%s" % i for i in wildcards.items()), text),
                e,
            )

    return inner


def exists(path):
    return os.path.exists(path)


def subpath(
    path_or_func,
    strip_suffix=None,
    with_suffix=None,
    basename=False,
    parent=False,
    ancestor=None,
):
    """Parts of a path, or of the path that a function will give."""

    def part(path):
        if hasattr(path, "__fspath__"):
            path = path.__fspath__()
        if not isinstance(path, str):
            raise ValueError(
                "Value passed to subpath must be a single string or pathlib.Path (or a function"
                " returning those). Obtained value: %r" % (path,)
            )
        if strip_suffix is not None:
            if not path.endswith(strip_suffix):
                raise ValueError(
                    "Path %s does not end with the specified suffix %s" % (path, strip_suffix)
                )
            path = path[: len(path) - len(strip_suffix)]
        if with_suffix is not None:
            path += with_suffix
        if basename and (parent or ancestor is not None):
            raise ValueError("basename cannot be used together with parent or ancestor")
        if parent and ancestor is not None:
            raise ValueError("parent cannot be used together with ancestor")
        if ancestor is not None and ancestor < 1:
            raise ValueError("ancestor must be greater than 0")
        if basename:
            return os.path.basename(path)
        for _ in range(1 if parent else ancestor or 0):
            path = os.path.dirname(path) or "."
            if path == ".":
                break
        return path

    return _lifted(path_or_func, part)


def _lifted(value, change):
    """change(value) now, or as a function with the same parameters when value is a function."""
    if not is_callable(value):
        return change(value)
    func = getattr(value, "callable", None) or value

    def inner(wildcards, **aux):
        return change(func(wildcards, **aux))

    return overwrite_accepted(inner, accepted_names(func))


def prepend_param(prefix, paths_or_func, space=True):
    def single(path):
        if hasattr(path, "__fspath__"):
            path = path.__fspath__()
        if not isinstance(path, str):
            raise ValueError(
                "Values passed to prepend must be a single string or pathlib.Path (or a function"
                " returning those). Obtained value: %r" % (path,)
            )
        return prefix + (" " if space else "") + path

    def joined(paths):
        return " ".join(map(single, paths if isinstance(paths, list) else [paths]))

    if isinstance(paths_or_func, RuleItemProxy):
        return paths_or_func._deferred(joined)
    return _lifted(paths_or_func, joined)


def as_py_module(path_or_func=None):
    def name(path):
        if isinstance(path, list):
            (path,) = path
        parts = os.fspath(path).split("/")
        if not parts[-1].endswith(".py"):
            raise ValueError("Only .py files may be run as Python modules.")
        parts[-1] = parts[-1][:-3]
        if not all(re.match(r"[A-Za-z_][A-Za-z0-9_]*$", p) for p in parts):
            raise ValueError("%s does not translate to a valid Python name" % path)
        return ".".join(parts)

    if path_or_func is None:
        path_or_func = RuleItemProxy("input").script
    if isinstance(path_or_func, RuleItemProxy):
        return path_or_func._deferred(name)
    return _lifted(path_or_func, name)


def parse_input(infile, parser=None, **kwargs):
    def inner(wildcards, input):
        path = infile
        if callable(infile):
            path = call_with_accepted(infile, wildcards, {"input": input})
        with open(path) as f:
            return f.read().strip() if parser is None else parser(f, **kwargs)

    return inner


def extract_checksum(infile, **kwargs):
    """The checksum of `file` in an open list of checksums (sum, two blanks, name)."""
    wanted = re.sub(r"^\./", "", kwargs["file"])
    for line in infile:
        checksum, _, name = line.rstrip("\n").partition("  ")
        if re.sub(r"^\./", "", name) == wanted:
            return checksum
    raise KeyError(wanted)


def flatten(list_of_lists):
    out = []
    for item in list_of_lists:
        if isinstance(item, list):
            out.extend(flatten(item))
        else:
            out.append(str(item))
    return out


def _choose(paths, read, write, execute, creatable, is_dir):
    wanted = ((os.R_OK, read), (os.W_OK, write), (os.X_OK, execute))
    modes = [mode for mode, on in wanted if on is not None]

    def can_be_created(path):
        while path.parent != path:
            if path.parent.is_dir() and os.access(path.parent, os.R_OK | os.W_OK | os.X_OK):
                return True
            path = path.parent
        return False

    from pathlib import Path

    for p in paths:
        if isinstance(p, AnnotatedString) and p.is_storage():
            return True
        p = Path(p).expanduser()
        if all(os.access(p, m) for m in modes) and is_dir == p.is_dir():
            return p
        if creatable and can_be_created(p):
            return p
    return None


def choose_file(file_list, read=True, write=True, execute=None, creatable=None):
    return _choose(file_list, read, write, execute, creatable, False)


def choose_folder(folder_list, read=True, write=True, open=True, creatable=None):
    return _choose(folder_list, read, write, open, creatable, True)


def choose_tmp(tmp_list, read=True, write=True, open=True, creatable=True):
    chosen = _choose(tmp_list, read, write, open, creatable, True)
    return "system_tmpdir" if chosen is None else chosen
