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


def lookup(
    query=None, dpath=None, cols=None, is_nrows=None, within=None, default=_NO_DEFAULT, **namespace
):
    """Values from a data frame (query) or a mapping (dpath), possibly once wildcards are known."""
    from collections.abc import Mapping

    mapping = isinstance(within, Mapping)
    wrong = _wrong_lookup(query, dpath, cols, is_nrows, within, mapping)
    if wrong:
        raise LookupError(wrong, query=query, dpath=dpath)
    if mapping:
        expression = dpath if query is None else query
        templates = [expression]

        def find(text, names):
            return _find_dpath(within, text, default)

    else:
        expression = query
        templates = [query, *(cols if isinstance(cols, list) else [cols] if cols else ())]
        table = within.to_frame() if getattr(within, "ndim", 2) == 1 else within

        def find(text, names):
            return _find_rows(table, text, _filled_cols(cols, names), is_nrows, default)

    def inner(wildcards):
        names = dict(wildcards.items())
        for name, value in namespace.items():
            names[name] = value(wildcards) if callable(value) else value
        text = expression(wildcards) if callable(expression) else expression
        return find(_filled(text, names), names)

    if _is_open(templates, namespace):
        return inner
    return find(_filled(expression, namespace) if namespace else expression, namespace)


def _wrong_lookup(query, dpath, cols, is_nrows, within, mapping):
    """What is wrong with the arguments of lookup(), or None."""
    if within is None:
        return "`within` is missing: the data frame, series or dict to look into"
    if query is None and dpath is None:
        return "say what to look for: `query` for a data frame, `dpath` for a dict"
    if None not in (query, dpath):
        return "`query` and `dpath` exclude each other"
    if dpath is not None and not mapping:
        return "`dpath` is for dicts; a data frame takes `query`"
    if not isinstance(cols, (str, list, type(None))):
        return "`cols` takes the name of a column or a list of names"
    if not isinstance(is_nrows, (int, type(None))):
        return "`is_nrows` takes a number"
    return None


def _is_open(templates, namespace):
    """Whether a template names what only a job can fill in."""
    if any(callable(value) for value in (*templates, *namespace.values())):
        return True
    return not all(get_wildcard_names(t) <= namespace.keys() for t in templates)


def _filled_cols(cols, names):
    if cols is None:
        return None
    return [_filled(c, names) for c in cols] if isinstance(cols, list) else _filled(cols, names)


def _find_rows(table, query, cols, is_nrows, default):
    try:
        found = table.query(query)
    except Exception as e:
        raise LookupError(query=query, exc=e)
    count = len(found)
    if is_nrows is not None:
        return count == is_nrows
    if not count and default is not _NO_DEFAULT:
        return default
    if isinstance(cols, str):
        return found[cols].to_list()
    tuples = found.itertuples() if cols is None else found[cols].itertuples(index=False)
    return next(tuples) if count == 1 else list(tuples)


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
    raise LookupError("there is nothing at this path", dpath=dpath)


def branch(condition, then=None, otherwise=None, cases=None):
    """One of several values, chosen by a condition; deferred when any part is a function."""
    if not (then is None or cases is None):
        raise ValueError("branch() takes `then` or `cases`, not both")

    def chosen(result):
        if cases is None:
            return then if result else otherwise
        if result in cases:
            return cases[result]
        if otherwise is None:
            raise KeyError("branch() has no case for %r, and no `otherwise`" % (result,))
        return otherwise

    def decide(wildcards):
        def settled(part):
            return (part(wildcards) if callable(part) else part) or []

        return settled(chosen(settled(condition)))

    # A function among the cases alone does not defer: it is called at once.
    deferred = callable(condition) or callable(then) or callable(otherwise)
    return decide if deferred else decide(None)


def evaluate(expr):
    """A Python expression as a function of the wildcards that stand in it in braces."""

    def inner(wildcards):
        values = {name: repr(value) for name, value in wildcards.items()}
        code = expr.format_map(values)
        try:
            return eval(code, {"os": os, "re": re})
        except Exception as e:
            raise WorkflowError(
                "evaluate(%r) failed; with the wildcards it reads `%s`" % (expr, code), e
            ) from None

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
    if basename and (parent or ancestor is not None):
        raise ValueError("subpath(): `basename` excludes `parent` and `ancestor`")
    if parent and ancestor is not None:
        raise ValueError("subpath(): `parent` and `ancestor` exclude each other")
    if ancestor is not None and ancestor < 1:
        raise ValueError("subpath(): `ancestor` counts from 1, the parent")
    levels = 1 if parent else ancestor or 0

    def part(path):
        text = _one_path(path, "subpath")
        if strip_suffix is not None:
            kept = len(text) - len(strip_suffix)
            if text[max(kept, 0) :] != strip_suffix:
                raise ValueError("subpath(): `%s` does not end in `%s`" % (text, strip_suffix))
            text = text[:kept]
        text += with_suffix or ""
        if basename:
            return text.rpartition("/")[2]
        for _ in range(levels):
            text = os.path.dirname(text)
        return text or "." if levels else text

    return _lifted(path_or_func, part)


def _one_path(value, function):
    path = value.__fspath__() if hasattr(value, "__fspath__") else value
    if not isinstance(path, str):
        raise ValueError("%s() takes a path or a function giving one, not %r" % (function, path))
    return path


def _lifted(value, change):
    """change(value) now, or as a function with the same parameters when value is a function."""
    if not is_callable(value):
        return change(value)
    func = getattr(value, "callable", None) or value

    def inner(wildcards, **aux):
        return change(func(wildcards, **aux))

    return overwrite_accepted(inner, accepted_names(func))


def prepend_param(prefix, paths_or_func, space=True):
    """Each path with an option before it, as in `-i a -i b`."""
    option = prefix + " " if space else prefix

    def joined(paths):
        several = paths if isinstance(paths, list) else [paths]
        return " ".join(option + _one_path(path, "prepend_param") for path in several)

    return _once_known(paths_or_func, joined)


def as_py_module(path_or_func=None):
    """The name that `python -m` has for a file of a package."""

    def name(path):
        from pathlib import PurePath

        if isinstance(path, list):
            (path,) = path
        file = PurePath(path)
        if file.suffix != ".py":
            raise ValueError("as_py_module(): `%s` is no .py file" % file)
        parts = file.with_suffix("").parts
        if not all(part.isascii() and part.isidentifier() for part in parts):
            raise ValueError("as_py_module(): Python has no module name for `%s`" % file)
        return ".".join(parts)

    if path_or_func is None:
        path_or_func = RuleItemProxy("input").script
    return _once_known(path_or_func, name)


def _once_known(value, change):
    if isinstance(value, RuleItemProxy):
        return value._deferred(change)
    return _lifted(value, change)


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

    def bare(name):
        return name[2:] if name[:2] == "./" else name

    pairs = (line.rstrip("\n").split("  ", 1) for line in infile)
    sums = {bare(name): checksum for checksum, name in (p for p in pairs if len(p) == 2)}
    return sums[bare(kwargs["file"])]


def flatten(list_of_lists):
    """The items of lists in lists, as one list of strings."""
    if not isinstance(list_of_lists, list):
        return [str(list_of_lists)]
    return [text for item in list_of_lists for text in flatten(item)]


def _choose(paths, read, write, execute, creatable, is_dir):
    from pathlib import Path

    # An argument that is given at all, be it False, asks for the right (as in Snakemake).
    wanted = ((os.R_OK, read), (os.W_OK, write), (os.X_OK, execute))
    rights = sum(right for right, asked in wanted if asked is not None)

    def suits(path):
        return path.is_dir() == is_dir and (not rights or os.access(path, rights))

    def can_be_created(path):
        return any(p.is_dir() and os.access(p, os.R_OK | os.W_OK | os.X_OK) for p in path.parents)

    for path in paths:
        if isinstance(path, AnnotatedString) and path.is_storage():
            return True
        path = Path(path).expanduser()
        if suits(path) or creatable and can_be_created(path):
            return path
    return None


def choose_file(file_list, read=True, write=True, execute=None, creatable=None):
    return _choose(file_list, read, write, execute, creatable, False)


def choose_folder(folder_list, read=True, write=True, open=True, creatable=None):
    return _choose(folder_list, read, write, open, creatable, True)


def choose_tmp(tmp_list, read=True, write=True, open=True, creatable=True):
    chosen = _choose(tmp_list, read, write, open, creatable, True)
    return "system_tmpdir" if chosen is None else chosen
