"""File names with flags, and the functions that make and expand them."""

import os
import re

from snakemake.exceptions import WildcardError, WorkflowError

# `{name}` or `{name,regex}`; the regex may count in braces, as in `{name,a{3,5}}`.
WILDCARD_REGEX = re.compile(
    r"\{\s*(?P<name>[\w.]+)\s*(?:,\s*(?P<constraint>(?:\{\d+(?:,\d+)?\}|[^{}])*))?\}"
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
    if isinstance(value, AnnotatedString):
        flagged = value
    elif not_iterable(value):
        flagged = AnnotatedString(value.__fspath__() if hasattr(value, "__fspath__") else value)
    else:
        return [flag(item, flag_type, flag_value) for item in value]
    flagged.flags[flag_type] = flag_value
    return flagged


# ---- flags ----------------------------------------------------------------------------------


# The flags that a file cannot have as well.
_EXCLUDED = {
    "directory": ("pipe", "storage_object"),
    "local": ("storage_object",),
    "pipe": ("protected", "storage_object"),
    "protected": ("temp", "nodelocal", "storage_object"),
    "service": ("protected", "storage_object"),
    "temp": ("protected", "storage_object"),
}


def _checked(value, new):
    for old in _EXCLUDED[new]:
        if is_flagged(value, old):
            names = old.replace("_object", ""), new
            raise SyntaxError("a file cannot be both %s() and %s()" % names)
    return flag(value, new)


def ancient(value):
    return flag(value, "ancient")


def directory(value):
    return _checked(value, "directory")


def temp(value, group_jobs=False):
    value = _checked(value, "temp")
    return flag(value, "nodelocal") if group_jobs else value


def temporary(value):
    return temp(value)


def pipe(value):
    return _checked(value, "pipe")


def service(value):
    return _checked(value, "service")


def protected(value):
    return _checked(value, "protected")


def touch(value):
    return flag(value, "touch")


def update(value):
    return flag(value, "update")


def before_update(value):
    return flag(value, "before_update")


def local(value):
    return _checked(value, "local")


def unpack(value):
    return flag(value, "unpack")


def repeat(value, n_repeat):
    return flag(value, "repeat", n_repeat)


def sourcecache_entry(value, orig_path_or_uri):
    return flag(value, "sourcecache_entry", str(orig_path_or_uri))


def ensure(value, non_empty=False, sha256=None, md5=None, sha1=None):
    """Demand of an output that it is not empty, or that it has a checksum."""
    sums = {"sha256": sha256, "md5": md5, "sha1": sha1}
    given = [name for name in sums if sums[name] is not None]
    if len(given) > 1:
        raise SyntaxError("ensure() takes one checksum, but got: %s" % ", ".join(given))
    name = given[0] if given else None
    demands = {"non_empty": non_empty, "checksum": sums.get(name), "checksum_algorithm": name}
    return flag(value, "ensure", demands)


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
    if bool(extensions) == bool(named_extensions):
        raise WorkflowError("multiext() takes endings that all have names or all have none")
    files = []
    for name, ending in named_extensions.items() or [(None, e) for e in extensions]:
        if "/" in ending or r"\\" in ending:
            raise WorkflowError("multiext() adds endings to a path: `%s` is a path itself" % ending)
        origin = {"prefix": str(prefix), "name": name}
        files.append(flag(prefix + ending, "multiext", origin))
    return files


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


def _choices(value):
    """The values that a wildcard takes: a list's items, or the one value that is none."""
    single = isinstance(value, str) or not hasattr(type(value), "__iter__")
    return [value] if single or isinstance(value, tuple) and hasattr(value, "_fields") else value


def _fields(pattern):
    return set(_FIELD.findall(pattern))


class _Expansion:
    """Patterns, and how the values of their fields are combined."""

    def __init__(self, patterns, combinator, allow_missing):
        single = isinstance(patterns, str) or hasattr(patterns, "__fspath__")
        files = [patterns] if single else patterns
        self.patterns = [f.__fspath__() if hasattr(f, "__fspath__") else f for f in files]
        self.fields = [_fields(pattern) for pattern in self.patterns]
        self.combinator = combinator
        # A pattern may have a field of that name.
        keeps = allow_missing and all("allow_missing" not in names for names in self.fields)
        self.namespace = _Keep if keeps else dict

    def check(self):
        for pattern in self.patterns:
            flags = [f for f in getattr(pattern, "flags", ()) if f != PATH_MODIFIED]
            if flags:
                raise WorkflowError(
                    "expand() got the pattern '%s' with the flag %s, which would be lost"
                    % (pattern, ", ".join(flags)),
                    hint="put the flag around it: temp(expand(…)) instead of expand(temp(…))",
                )

    def fill(self, values, always=()):
        """All files; the values named in `always` take part even where no field wants them."""
        files = []
        for pattern, names in zip(self.patterns, self.fields):
            used = [name for name in values if name in names or name in always]
            pairs = ([(name, choice) for choice in _choices(values[name])] for name in used)
            for combination in self.combinator(*pairs):
                files.append(self._filled(pattern, combination))
        return files

    def _filled(self, pattern, combination):
        try:
            text = str.format_map(pattern, self.namespace(combination))
        except KeyError as e:
            missing = e.args[0]
            raise WildcardError(
                "expand(%r) has no values for `%s`" % (str(pattern), missing),
                hint="give them as %s=…, or leave the wildcard for later with allow_missing=True"
                % missing,
            ) from None
        if not getattr(pattern, "flags", None):
            return text
        flagged = AnnotatedString(text)
        flagged.flags.update(pattern.flags)
        return flagged


def _holds_function(value):
    return callable(value) or isinstance(value, list) and any(map(callable, value))


def expand(*args, **wildcards):
    """Fill patterns with all (or, given a combinator, some) combinations of values."""
    from itertools import product

    patterns, combinator = args if len(args) > 1 else (args[0], product)
    expansion = _Expansion(patterns, combinator, wildcards.get("allow_missing") is True)
    expansion.check()
    deferred = [name for name, value in wildcards.items() if _holds_function(value)]
    if not deferred:
        return expansion.fill(wildcards)

    def inner(wildcards_, **aux):
        from snakemake.common import call_with_accepted

        def value(part):
            return call_with_accepted(part, wildcards_, aux) if callable(part) else part

        values = dict(wildcards)
        for name in deferred:
            given = values[name]
            values[name] = list(map(value, given)) if isinstance(given, list) else value(given)
        return expansion.fill(values, always=deferred)

    return inner


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
        raise IOError("not there after %s seconds: %s" % (latency_wait, ", ".join(missing)))


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
