"""Small functions that Snakefiles, scripts and the helper share."""

import os

from snakemake import __version__  # noqa: F401

ON_WINDOWS = os.name == "nt"

_ACCEPTED = "_sluice_accepted"
ALL_NAMES = (
    "wildcards",
    "input",
    "output",
    "params",
    "threads",
    "resources",
    "attempt",
    "groupid",
    "rulename",
)


def overwrite_accepted(func, names):
    """Say which arguments a function takes that is written with **kwargs."""
    func._sluice_accepted = list(names)
    return func


def accepted_names(func):
    """The names of the arguments that a function of a Snakefile accepts after the first one.

    A function with **kwargs accepts all of ALL_NAMES.
    """
    names = getattr(func, _ACCEPTED, None)
    if names is not None:
        return names
    code = getattr(func, "__code__", None)
    if code is None:
        return _names_by_signature(func)
    count = code.co_argcount
    if code.co_flags & 0x08:
        return list(ALL_NAMES)
    first = 1 if getattr(func, "__self__", None) is not None else 0
    return list(code.co_varnames[first:count]) + list(
        code.co_varnames[count : count + code.co_kwonlyargcount]
    )


def _names_by_signature(func):
    import inspect

    try:
        parameters = inspect.signature(func).parameters
    except (TypeError, ValueError):
        return ["wildcards"]
    if any(p.kind == p.VAR_KEYWORD for p in parameters.values()):
        return list(ALL_NAMES)
    return list(parameters)


def call_with_accepted(func, wildcards, candidates):
    names = accepted_names(func)
    return func(wildcards, **{k: v for k, v in candidates.items() if k in names})


def is_local_file(path_or_uri):
    path = os.fspath(path_or_uri)
    if isinstance(path, bytes):
        path = os.fsdecode(path)
    if ":" not in path:
        return True
    from urllib.parse import urlsplit

    return urlsplit(path).scheme in ("", "file")


def smart_join(base, path, abspath=False):
    if is_local_file(base):
        full = os.path.join(base, path)
        return os.path.abspath(full) if abspath else full
    scheme, _, rest = ("%s/%s" % (base, path)).partition("://")
    return "%s://%s" % (scheme, os.path.normpath(rest))


def parse_uri(path_or_uri):
    from collections import namedtuple

    scheme, sep, uri_path = path_or_uri.partition("://")
    if not sep:
        scheme, uri_path = "file", path_or_uri
    return namedtuple("Uri", ["scheme", "uri_path"])(scheme, uri_path)


def async_run(coroutine):
    import asyncio

    return asyncio.run(coroutine)


def get_uuid(name):
    import uuid

    return uuid.uuid5(uuid.UUID("2d1e83e5-3d1a-4fd3-9a5f-3f0d3ec19c21"), name)


def get_file_hash(filename, algorithm="sha256"):
    import hashlib

    hasher = hashlib.new(algorithm)
    with open(filename, "rb") as f:
        for chunk in iter(lambda: f.read(1 << 16), b""):
            hasher.update(chunk)
    return hasher.hexdigest()


def bytesto(bytes, to, bsize=1024):
    return float(bytes) / bsize ** {"k": 1, "m": 2, "g": 3, "t": 4, "p": 5, "e": 6}[to]


def num_if_possible(s):
    for kind in (int, float):
        try:
            return kind(s)
        except ValueError:
            pass
    return s


# Set by the helper, where Java reads YAML and checks schemas.
config_reader = None
validator = None


def load_configfile(path):
    """A config file as Python values: JSON where it parses, YAML 1.1 otherwise."""
    if config_reader is not None:
        return config_reader(os.fspath(path))
    import json

    with open(path) as f:
        text = f.read()
    try:
        return json.loads(text)
    except ValueError:
        pass
    try:
        import yaml
    except ImportError:
        from snakemake.exceptions import WorkflowError

        raise WorkflowError(
            "Reading the YAML file %s here needs PyYAML (pip install pyyaml)." % path
        )
    return yaml.safe_load(text) or {}


class Rules:
    """`rules`: the rules of a namespace under the names they have there."""

    def __init__(self):
        self._rules = {}

    def _register_rule(self, name, proxy):
        self._rules[name] = proxy

    def has(self, name):
        return name in self._rules

    def __getattr__(self, name):
        rules = self.__dict__.get("_rules", {})
        if name in rules:
            return rules[name]
        if name.startswith("__"):
            raise AttributeError(name)
        raise _unknown_rule(name, rules)

    def __iter__(self):
        return iter(self._rules.values())


def _unknown_rule(name, rules):
    import difflib

    from snakemake.exceptions import WorkflowError

    close = difflib.get_close_matches(name, rules, n=1)
    if close:
        hint = "did you mean `rules.%s`?" % close[0]
    elif rules:
        hint = "rules up to this line: " + ", ".join(list(rules)[:20])
    else:
        hint = "`rules.NAME` is known below the rule's own declaration only"
    return WorkflowError(
        "the rule `%s` is not declared, at least not above this line" % name,
        code="unknown-rule",
        hint=hint,
    )


class TBDString(str):
    """A value that is not known before the job's inputs are there; all that is made of it."""

    def __new__(cls, _=None):
        return str.__new__(cls, "<TBD>")

    def _itself(self, *args):
        return self

    __getitem__ = __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _itself
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = _itself
    __pow__ = __rpow__ = __neg__ = __pos__ = __abs__ = __round__ = _itself

    def __bool__(self):
        return False


class Scatter:
    """`scatter.NAME(...)`"""


class Gather:
    """`gather.NAME(...)`"""
