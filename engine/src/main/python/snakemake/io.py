"""File names with flags, and the functions that make and expand them."""

import os
import re

from snakemake.exceptions import WildcardError, WorkflowError

# `{name}` or `{name,regex}`; the regex may count in braces, as in `{name,a{3,5}}`.
WILDCARD_REGEX = re.compile(
    r"\{\s*(?P<name>[\w.]+)\s*(?:,\s*(?P<constraint>(?:\{\d+(?:,\d+)?\}|[^{}])*?)\s*)?\}"
)
# The part of a format field that says which value it takes.
_FIELD = re.compile(r"\{([^][{}.:!]+)")

# Set on paths that a module's prefix was applied to, so that it is not applied twice.
PATH_MODIFIED = "path_modified"


class AnnotatedString(str):
    """A string, or a function in the place of one, with flags."""

    def __new__(cls, value="", *_):
        return str.__new__(cls, value)

    def __init__(self, value=""):
        self.flags = {}
        self.callable = None
        if is_callable(value):
            self.callable = value

    def new_from(self, new_value):
        """Another string with the same flags; what is flagged later is shared by both."""
        new = type(self)(new_value)
        vars(new).update(flags=self.flags, callable=self.callable)
        return new

    def is_callable(self):
        return self.callable is not None

    def is_flagged(self, flag):
        return bool(self.flags.get(flag))

    def is_storage(self):
        return "storage_object" in self.flags

    def is_directory(self):
        return self.is_flagged("directory")


class _IOFile(AnnotatedString):
    """A file of a job or of a rule."""

    def __init__(self, value="", rule=None):
        AnnotatedString.__init__(self, value)
        self.rule = rule

    @property
    def file(self):
        return str(self)

    def open(self, *how, **named):
        return open(self, *how, **named)

    def apply_wildcards(self, wildcards):
        new = _IOFile(apply_wildcards(self, wildcards), rule=self.rule)
        new.flags = dict(self.flags)
        return new

    def get_wildcard_names(self):
        return get_wildcard_names(self)

    def exists(self):
        return os.path.exists(self)

    @property
    def exists_local(self):
        return os.path.exists(self)

    @property
    def size(self):
        return os.path.getsize(self)

    @property
    def mtime(self):
        return os.lstat(self).st_mtime

    def match(self, target):
        return re.match(regex_from_filepattern(self), target)


def IOFile(file, rule=None):
    """A file name as an object; flags of `file` are kept."""
    new = _IOFile(file, rule)
    flags = getattr(file, "flags", None)
    if flags:
        new.flags = dict(flags)
    return new


def not_iterable(value):
    return isinstance(value, (str, dict)) or not hasattr(type(value), "__iter__")


def is_callable(value):
    return callable(value) or getattr(value, "callable", None) is not None


def is_flagged(value, flag):
    return isinstance(value, AnnotatedString) and bool(value.flags.get(flag))


def get_flag_value(value, flag_type):
    return value.flags.get(flag_type) if isinstance(value, AnnotatedString) else None


def remove_flag(value, flag):
    if isinstance(value, AnnotatedString):
        value.flags.pop(flag, None)
    return value


def flag(value, flag_type, flag_value=True):
    """Set a flag on a path, on a function, or on each of several."""
    if not isinstance(value, AnnotatedString):
        if not not_iterable(value):
            return [flag(v, flag_type, flag_value) for v in value]
        if hasattr(value, "__fspath__"):
            value = value.__fspath__()
        value = AnnotatedString(value)
    value.flags[flag_type] = flag_value
    return value


# ---- flags ----------------------------------------------------------------------------------


def _exclude(value, other, message):
    if is_flagged(value, other):
        raise SyntaxError(message)


def ancient(value):
    return flag(value, "ancient")


def directory(value):
    _exclude(value, "pipe", "a file cannot be both pipe() and directory()")
    _exclude(value, "storage_object", "a file cannot be both storage() and directory()")
    return flag(value, "directory")


def temp(value, group_jobs=False):
    _exclude(value, "protected", "a file cannot be both protected() and temp()")
    _exclude(value, "storage_object", "a file cannot be both storage() and temp()")
    if group_jobs:
        value = flag(value, "nodelocal")
    return flag(value, "temp")


def temporary(value):
    return temp(value)


def pipe(value):
    _exclude(value, "protected", "a file cannot be both pipe() and protected()")
    _exclude(value, "storage_object", "a file cannot be both pipe() and storage()")
    return flag(value, "pipe")


def service(value):
    _exclude(value, "protected", "a file cannot be both service() and protected()")
    _exclude(value, "storage_object", "a file cannot be both service() and storage()")
    return flag(value, "service")


def protected(value):
    _exclude(value, "temp", "a file cannot be both protected() and temp()")
    _exclude(value, "storage_object", "a file cannot be both storage() and protected()")
    _exclude(value, "nodelocal", "a file cannot be both protected() and nodelocal()")
    return flag(value, "protected")


def touch(value):
    return flag(value, "touch")


def update(value):
    return flag(value, "update")


def before_update(value):
    return flag(value, "before_update")


def local(value):
    _exclude(value, "storage_object", "a file cannot be both storage() and local()")
    return flag(value, "local")


def unpack(value):
    return flag(value, "unpack")


def repeat(value, n_repeat):
    return flag(value, "repeat", n_repeat)


def sourcecache_entry(value, orig_path_or_uri):
    return flag(value, "sourcecache_entry", str(orig_path_or_uri))


def ensure(value, non_empty=False, sha256=None, md5=None, sha1=None):
    sums = [(k, v) for k, v in (("sha256", sha256), ("md5", md5), ("sha1", sha1)) if v is not None]
    if len(sums) > 1:
        raise SyntaxError("ensure() takes one checksum, but got: %s" % ", ".join(k for k, _ in sums))
    algorithm, checksum = sums[0] if sums else (None, None)
    return flag(
        value,
        "ensure",
        {"non_empty": non_empty, "checksum": checksum, "checksum_algorithm": algorithm},
    )


def report(
    value,
    caption=None,
    category=None,
    subcategory=None,
    labels=None,
    patterns=(),
    htmlindex=None,
):
    return flag(
        value,
        "report",
        {
            "caption": caption,
            "category": category,
            "subcategory": subcategory,
            "labels": labels,
            "patterns": patterns,
            "htmlindex": htmlindex,
        },
    )


class access:
    """`access.random(x)`, `access.sequential(x)`, `access.multi(x)`: hints for storage."""

    @staticmethod
    def random(item):
        return flag(item, "access_pattern", "random")

    @staticmethod
    def sequential(item):
        return flag(item, "access_pattern", "sequential")

    @staticmethod
    def multi(item):
        return flag(item, "access_pattern", "multi")


AccessPatternFactory = access


class QueueInfo:
    """A queue that a thread of the Snakefile fills, and what was taken from it so far."""

    def __init__(self, queue, finish_sentinel):
        self.queue = queue
        self.finish_sentinel = finish_sentinel
        self.finished = False
        self.items = []

    def consume(self, wildcards):
        if wildcards:
            raise WorkflowError("from_queue() needs a rule without wildcards")
        while not self.finished:
            try:
                item = self.queue.get_nowait()
            except Exception as e:
                if type(e).__name__ != "Empty":
                    raise
                break
            self._take(item)
        return list(self.items)

    def complete(self):
        """Wait for the sentinel."""
        while not self.finished:
            self._take(self.queue.get())

    def _take(self, item):
        self.queue.task_done()
        if item is self.finish_sentinel:
            self.finished = True
        else:
            self.items.append(item)


def from_queue(queue, finish_sentinel=None):
    if finish_sentinel is None:
        raise WorkflowError("from_queue() needs a finish_sentinel: what tells that no more comes")
    info = QueueInfo(queue, finish_sentinel)
    return flag(info.consume, "from_queue", info)


def multiext(prefix, *extensions, **named_extensions):
    """The prefix with each of several extensions, positional or named."""
    if any("/" in e or r"\\" in e for e in (*extensions, *named_extensions.values())):
        raise WorkflowError("multiext() adds endings to a path: they cannot hold / or \\")
    if bool(extensions) == bool(named_extensions):
        raise WorkflowError(
            "multiext() takes endings that all have names or all have none"
        )
    pairs = [(None, e) for e in extensions] or list(named_extensions.items())
    return [flag(prefix + e, "multiext", {"prefix": str(prefix), "name": n}) for n, e in pairs]


# ---- wildcards ------------------------------------------------------------------------------


def _wildcards(pattern):
    """Each wildcard of a pattern with its constraint (None without), as often as it occurs."""
    return [m.group("name", "constraint") for m in WILDCARD_REGEX.finditer(pattern)]


def get_wildcard_names(pattern):
    return {name for name, _ in _wildcards(pattern)}


def contains_wildcard(path):
    text = str(path)
    return "{" in text and WILDCARD_REGEX.search(text) is not None


def contains_wildcard_constraints(pattern):
    return any(constraint for _, constraint in _wildcards(pattern))


def get_wildcard_constraints(pattern):
    return {name: re.compile(constraint) for name, constraint in _wildcards(pattern) if constraint}


def strip_wildcard_constraints(pattern):
    if is_callable(pattern) or "{" not in pattern:
        return pattern
    return WILDCARD_REGEX.sub(r"{\g<name>}", pattern)


def update_wildcard_constraints(pattern, wildcard_constraints, global_wildcard_constraints):
    """Write constraints into a pattern, at the first occurrence of each wildcard without one."""
    left = {**global_wildcard_constraints, **wildcard_constraints}

    def constrained(m):
        name, own = m.group("name", "constraint")
        new = left.pop(name, None)
        return m.group() if new is None or own is not None else "{%s,%s}" % (name, new)

    text = WILDCARD_REGEX.sub(constrained, pattern)
    if not isinstance(pattern, AnnotatedString):
        return text
    updated = AnnotatedString(text)
    updated.flags.update(pattern.flags)
    return updated


def regex_from_filepattern(filepattern):
    """A regex for whole paths, with a group for each wildcard."""
    groups = set()
    regex, done = "", 0
    for m in WILDCARD_REGEX.finditer(filepattern):
        name, constraint = m.group("name", "constraint")
        regex += re.escape(filepattern[done : m.start()])
        done = m.end()
        if name not in groups:
            groups.add(name)
            regex += "(?P<%s>%s)" % (name, constraint or ".+")
        elif not constraint:
            regex += "(?P=%s)" % name
        else:
            raise ValueError(
                "the wildcard %s occurs more than once in `%s`: only the first one may have a"
                " constraint" % (name, filepattern)
            )
    return regex + re.escape(filepattern[done:]) + "$"


def apply_wildcards(pattern, wildcards):
    """The pattern with the wildcards' values in it."""
    if "{" not in pattern:
        return pattern
    try:
        return WILDCARD_REGEX.sub(lambda m: str(wildcards[m.group("name")]), pattern)
    except KeyError as e:
        raise WildcardError(str(e)) from None
    except AttributeError:
        raise WildcardError(_first_missing(pattern, wildcards)) from None


def _first_missing(pattern, wildcards):
    known = set(wildcards.keys())
    return next(repr(name) for name, _ in _wildcards(pattern) if name not in known)


def limit(pattern, **wildcards):
    """Constrain wildcards of a pattern to the given values."""
    allowed = {name: "{%s,%s}" % (name, "|".join(values)) for name, values in wildcards.items()}
    return pattern.format_map(allowed)


def _constant_folder(pattern):
    """The deepest folder that all paths of a pattern share ("" for the working folder)."""
    first = re.search(r"\{[^{]", pattern)
    return os.path.dirname(pattern if first is None else pattern[: first.start()])


def _files_below(folder, followlinks=False):
    """All files and then folders of each folder, from the top down, with normal paths."""
    for where, folders, files in os.walk(folder, followlinks=followlinks):
        for name in files + folders:
            yield os.path.normpath(os.path.join(where, name))


def glob_wildcards(pattern, files=None, followlinks=False):
    """The wildcard values of all files that match a pattern, as a named tuple of lists."""
    from collections import namedtuple

    pattern = os.path.normpath(pattern)
    matches = re.compile(regex_from_filepattern(pattern)).match
    if files is None:
        files = _files_below(_constant_folder(pattern) or ".", followlinks)
    values = {name: [] for name, _ in _wildcards(pattern)}
    for m in filter(None, map(matches, files)):
        for name in values:
            values[name].append(m[name])
    return namedtuple("Wildcards", values)(**values)


# ---- expand ---------------------------------------------------------------------------------


class _Keep(dict):
    def __missing__(self, key):
        return "{" + key + "}"


def _is_namedtuple(x):
    t = type(x)
    return t.__bases__ == (tuple,) and isinstance(getattr(t, "_fields", None), tuple)


def _choices(name, value):
    if not_iterable(value) and not isinstance(value, dict) or _is_namedtuple(value):
        value = (value,)
    return [(name, v) for v in value]


def _fields(pattern):
    return set(_FIELD.findall(pattern))


def expand(*args, **wildcards):
    """Fill patterns with all (or, given a combinator, some) combinations of values."""
    patterns = args[0]
    combinator = args[1] if len(args) > 1 else None
    if isinstance(patterns, str) or hasattr(patterns, "__fspath__"):
        patterns = [patterns]
    patterns = [p.__fspath__() if hasattr(p, "__fspath__") else p for p in patterns]
    for p in patterns:
        flags = {k: v for k, v in getattr(p, "flags", {}).items() if k != PATH_MODIFIED}
        if flags:
            raise WorkflowError(
                "expand() got the pattern '%s' with the flag %s, which would be lost"
                % (p, ", ".join(flags)),
                hint="put the flag around it: temp(expand(…)) instead of expand(temp(…))",
            )
    namespace = dict
    if wildcards.get("allow_missing") is True and not any(
        "allow_missing" in _fields(p) for p in patterns
    ):
        namespace = _Keep
    deferred = {
        k: v
        for k, v in wildcards.items()
        if callable(v) or (isinstance(v, list) and any(map(callable, v)))
    }
    if not deferred:
        return _expand_now(patterns, combinator, wildcards, namespace)
    from snakemake.common import call_with_accepted

    def inner(wildcards_, **aux):
        values = dict(wildcards)
        for name, value in deferred.items():
            if callable(value):
                values[name] = call_with_accepted(value, wildcards_, aux)
            else:
                values[name] = [
                    call_with_accepted(v, wildcards_, aux) if callable(v) else v for v in value
                ]
        return _expand_now(patterns, combinator, values, namespace, set(deferred))

    return inner


def _expand_now(patterns, combinator, wildcards, namespace, always=()):
    if combinator is None:
        from itertools import product as combinator
    out = []
    try:
        for pattern in patterns:
            fields = _fields(pattern)
            chosen = [
                _choices(k, v) for k, v in wildcards.items() if k in fields or k in always
            ]
            flags = getattr(pattern, "flags", None)
            for combination in combinator(*chosen):
                text = str.format_map(pattern, namespace(combination))
                if flags:
                    text = AnnotatedString(text)
                    text.flags.update(flags)
                out.append(text)
    except KeyError as e:
        raise WildcardError("No values given for wildcard %s." % e) from None
    return out


collect = expand


# ---- for files written for Snakemake 7, and odds and ends ------------------------------------


def load_configfile(configpath):
    from snakemake.common import load_configfile as load

    return load(configpath)


def wait_for_files(files, latency_wait=3, **kwargs):
    import time

    end = time.time() + latency_wait
    missing = [f for f in files if not os.path.exists(f)]
    while missing and time.time() < end:
        time.sleep(min(1, max(latency_wait / 10, 0.05)))
        missing = [f for f in missing if not os.path.exists(f)]
    if missing:
        raise IOError("Missing files after %s seconds:\n%s" % (latency_wait, "\n".join(missing)))


def dynamic(value):
    raise WorkflowError(
        "dynamic() does not exist since Snakemake 8: use a checkpoint instead", code="dynamic"
    )


def __getattr__(name):
    if name in ("Namedlist", "InputFiles", "OutputFiles", "Wildcards", "Params", "Log"):
        import snakemake.iocontainers

        return getattr(snakemake.iocontainers, name)
    if name in ("Resources", "ResourceList"):
        from snakemake.iocontainers import ResourceList

        return ResourceList
    if name in ("lookup", "branch", "evaluate", "exists", "subpath", "flatten"):
        import snakemake.ioutils

        return getattr(snakemake.ioutils, name)
    raise AttributeError("module 'snakemake.io' has no attribute %r" % name)
