"""Lists with names: input, output, params, wildcards, resources and log of a job.

Scripts unpickle these objects under any Python from 3.7 on, so nothing newer is used here.
"""

import os


class Namedlist(list):
    """A list whose items, or runs of items, can be reached by a name as well.

    `_names` maps each name to where it points: (index, None), or (start, end) for a run.
    """

    def __init__(
        self, toclone=None, fromdict=None, plainstr=False, strip_constraints=False, custom_map=None
    ):
        super().__init__(_converted(toclone or (), plainstr, strip_constraints, custom_map))
        self._names = {}
        for name, (start, end) in getattr(toclone, "_names", {}).items():
            self._set_name(name, start, end)
        self.update(fromdict or {})

    def _set_name(self, name, start, end=None):
        """Give a name to the item at an index, or to a run of items."""
        if name in _RESERVED:
            raise AttributeError("no item can be named `%s`: lists have a use for it" % name)
        self._names[name] = start, end
        vars(self)[name] = self[start] if end is None else Namedlist(self[start:end])

    def _add_name(self, name):
        self._set_name(name, len(self) - 1)

    def update(self, items):
        """Append items with names that are not taken yet."""
        for name in items:
            if name in self._names:
                raise ValueError("there is an item named `%s` already" % name)
            self.append(items[name])
            self._add_name(name)

    def keys(self):
        return self._names.keys()

    def items(self):
        return ((name, getattr(self, name)) for name in self._names)

    def get(self, key, default_value=None):
        return vars(self).get(key, default_value)

    def _allitems(self):
        """All items in order, each with its name or None; a named run counts as one item."""
        entries, named = [], set()
        for name, (start, end) in self._names.items():
            run = range(start, start + 1 if end is None else end)
            named.update(run)
            entries.append((run.start, run.stop, name, getattr(self, name)))
        for at, item in enumerate(self):
            if at not in named:
                entries.append((at, at + 1, None, item))
        entries.sort(key=lambda entry: entry[:2])
        return [entry[2:] for entry in entries]

    def _plainstrings(self):
        return type(self)(self, plainstr=True)

    def _clone(self):
        return type(self)(self)

    def index(self, *args, **kwargs):
        raise _not_a_function("index")

    def sort(self, *args, **kwargs):
        raise _not_a_function("sort")

    def __getitem__(self, key):
        return getattr(self, key) if isinstance(key, str) else list.__getitem__(self, key)

    def __hash__(self):
        return hash(tuple(self))

    def __str__(self):
        return " ".join([str(item) for item in self])


# Names that an item may not have; `index` and `sort` may be item names all the same.
_RESERVED = frozenset(dir(Namedlist)) - {"index", "sort"}


def _converted(items, plainstr, strip_constraints, custom_map):
    if custom_map is None and plainstr:
        custom_map = str
    elif custom_map is None and strip_constraints:
        from snakemake.io import strip_wildcard_constraints as custom_map
    return items if custom_map is None else map(custom_map, items)


def _not_a_function(name):
    return AttributeError(
        "`%s` is left free here for items of that name; take list(...) first, or sorted(...)" % name
    )


def _sizes(unit, only=None):
    """A property: each file's size in a unit of so many bytes; only those with a flag."""

    def sizes(self):
        files = self if only is None else [f for f in self if only in getattr(f, "flags", ())]
        sizes = map(os.path.getsize, files)
        return list(sizes) if unit == 1 else [size / unit for size in sizes]

    return property(sizes)


def _total(of):
    return property(lambda self: sum(getattr(self, of)))


class InputFiles(Namedlist):
    """The input files of a job, which know their sizes."""

    size_files = _sizes(1)
    size_files_kb = _sizes(1 << 10)
    size_files_mb = _sizes(1 << 20)
    size_files_gb = _sizes(1 << 30)
    size_tempfiles = _sizes(1, only="temp")

    size = _total("size_files")
    size_kb = _total("size_files_kb")
    size_mb = _total("size_files_mb")
    size_gb = _total("size_files_gb")
    temp_size_mb = _total("size_tempfiles")  # in bytes, as Snakemake has it


class OutputFiles(Namedlist):
    pass


class Wildcards(Namedlist):
    pass


class Params(Namedlist):
    pass


class ResourceList(Namedlist):
    pass


Resources = ResourceList


class Log(Namedlist):
    pass


class ReportHref:
    """A link to an item of the report, relative to the page that shows it."""

    def __init__(self, path, parent=None, url_args=None, anchor=None):
        self._path = path if isinstance(path, str) else path.as_posix()
        self._parent = parent
        self._url_args = {} if url_args is None else dict(url_args)
        self._anchor = anchor

    def child_path(self, path):
        """A link to a file of this item, which is a folder."""
        return ReportHref(path, self)

    def url_args(self, **args):
        return ReportHref(self._path, self._parent, args)

    def anchor(self, anchor):
        return ReportHref(self._path, self._parent, self._url_args, anchor)

    def _folder(self):
        """Each item of a report has a folder, named by a digest of the item's path."""
        from hashlib import sha256

        item = self
        while item._parent is not None:
            item = item._parent
        return sha256(item._path.encode()).hexdigest()[:16]

    def __str__(self):
        from urllib.parse import quote

        link = "../" + self._folder() + "/"
        link += self._path if self._parent is not None else self._path.rpartition("/")[2]
        if self._url_args:
            link += "?" + "&".join(k + "=" + quote(str(v)) for k, v in self._url_args.items())
        return link + "#" + quote(self._anchor) if self._anchor else link


_REDIRECTS = {
    (True, True): ("> {0} 2>&1", ">> {0} 2>&1"),
    (True, False): ("> {0}", ">> {0}"),
    (False, True): ("2> {0}", "2>> {0}"),
}


class Snakemake:
    """The `snakemake` object of a script."""

    def __init__(
        self,
        input_,
        output,
        params,
        wildcards,
        threads,
        resources,
        log,
        config,
        rulename,
        bench_iteration,
        scriptdir=None,
    ):
        self.input = input_._plainstrings()
        self.output = output._plainstrings()
        self.params = params
        self.wildcards = wildcards
        self.threads = threads
        self.resources = resources
        self.log = log._plainstrings()
        self.config = config
        self.rule = rulename
        self.bench_iteration = bench_iteration
        self.scriptdir = scriptdir

    def log_fmt_shell(self, stdout=True, stderr=True, append=False):
        """The shell redirection that sends the chosen streams to the rule's log ("" without)."""
        if not self.log:
            return ""
        templates = _REDIRECTS[(bool(stdout), bool(stderr))]
        return " " + templates[1 if append else 0].format(str(self.log))

    def report_href(self, path):
        return ReportHref(path)
