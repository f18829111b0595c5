"""Lists with names: input, output, params, wildcards, resources and log of a job.

Scripts unpickle these objects under any Python from 3.7 on, so nothing newer is used here.
"""

import os


class Namedlist(list):
    """A list whose items, or runs of items, can be reached by a name as well."""

    def __init__(
        self, toclone=None, fromdict=None, plainstr=False, strip_constraints=False, custom_map=None
    ):
        list.__init__(self)
        self._names = {}
        if toclone is not None:
            if custom_map is not None:
                self.extend(map(custom_map, toclone))
            elif plainstr:
                self.extend(map(str, toclone))
            elif strip_constraints:
                from snakemake.io import strip_wildcard_constraints

                self.extend(map(strip_wildcard_constraints, toclone))
            else:
                self.extend(toclone)
            if isinstance(toclone, Namedlist):
                self._take_names(toclone._get_names())
        if fromdict is not None:
            for key, item in fromdict.items():
                self.append(item)
                self._set_name(key, len(self) - 1)

    def index(self, *args, **kwargs):
        _guarded("index")

    def sort(self, *args, **kwargs):
        _guarded("sort")

    def _add_name(self, name):
        self._set_name(name, len(self) - 1)

    def _set_name(self, name, index, end=None):
        if name in _RESERVED:
            raise AttributeError(
                "invalid name for input, output, wildcard, params or log: %s is reserved for"
                " internal use" % name
            )
        self._names[name] = (index, end)
        self.__dict__[name] = self[index] if end is None else Namedlist(toclone=self[index:end])

    def update(self, items):
        for key, value in items.items():
            if key in self._names:
                raise ValueError("Key %s already exists in Namedlist" % key)
            self.append(value)
            self._add_name(key)

    def _get_names(self):
        yield from self._names.items()

    def _take_names(self, names):
        for name, (start, end) in names:
            self._set_name(name, start, end=end)

    def items(self):
        for name in self._names:
            yield name, getattr(self, name)

    def _allitems(self):
        """All items in order, each with its name or None; a named run counts as one item."""
        done = 0
        for name, (start, end) in sorted(
            self._names.items(),
            key=lambda it: (it[1][0], it[1][0] + 1 if it[1][1] is None else it[1][1]),
        ):
            for item in self[done:start]:
                yield None, item
            yield name, getattr(self, name)
            done = start + 1 if end is None else end
        for item in self[done:]:
            yield None, item

    def keys(self):
        return self._names.keys()

    def _plainstrings(self):
        return self.__class__(toclone=self, plainstr=True)

    def _stripped_constraints(self):
        return self.__class__(toclone=self, strip_constraints=True)

    def _clone(self):
        return self.__class__(toclone=self)

    def get(self, key, default_value=None):
        return self.__dict__.get(key, default_value)

    def __getitem__(self, key):
        if isinstance(key, str):
            return getattr(self, key)
        return list.__getitem__(self, key)

    def __hash__(self):
        return hash(tuple(self))

    def __str__(self):
        return " ".join(map(str, self))


# Names that an item may not have; `index` and `sort` may be item names all the same.
_RESERVED = frozenset(dir(Namedlist)) - {"index", "sort"}


def _guarded(name):
    raise AttributeError(
        "%s() cannot be used on snakemake input, output, resources etc.; instead it is a valid"
        " name for items on those objects. If you want e.g. to sort, convert to a plain list"
        " before or directly use sorted() on the object." % name
    )


class InputFiles(Namedlist):
    """The input files of a job, which know their sizes."""

    def _sizes(self, wanted):
        return [os.path.getsize(f) for f in self if wanted(f)]

    @property
    def size_files(self):
        return self._sizes(lambda f: True)

    @property
    def size_tempfiles(self):
        return self._sizes(lambda f: "temp" in getattr(f, "flags", ()))

    @property
    def size_files_kb(self):
        return [f / 1024 for f in self.size_files]

    @property
    def size_files_mb(self):
        return [f / 1024 for f in self.size_files_kb]

    @property
    def size_files_gb(self):
        return [f / 1024 for f in self.size_files_mb]

    @property
    def size(self):
        return sum(self.size_files)

    @property
    def size_kb(self):
        return sum(self.size_files_kb)

    @property
    def size_mb(self):
        return sum(self.size_files_mb)

    @property
    def size_gb(self):
        return sum(self.size_files_gb)

    @property
    def temp_size_mb(self):
        return sum(self.size_tempfiles)


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
        import hashlib

        self._parent = parent
        self._id = (
            hashlib.sha256(str(path).encode()).hexdigest() if parent is None else parent._id
        )
        self._path = path if isinstance(path, str) else str(path.as_posix())
        self._url_args = dict(url_args or {})
        self._anchor = anchor

    def child_path(self, path):
        return ReportHref(path, parent=self)

    def url_args(self, **args):
        return ReportHref(self._path, parent=self._parent, url_args=args)

    def anchor(self, anchor):
        return ReportHref(
            self._path, parent=self._parent, url_args=self._url_args, anchor=anchor
        )

    def __str__(self):
        from urllib.parse import quote

        path = os.path.basename(self._path) if self._parent is None else self._path
        args = "&".join("%s=%s" % (k, quote(str(v))) for k, v in self._url_args.items())
        anchor = "#" + quote(self._anchor) if self._anchor else ""
        return "../%s/%s%s%s" % (self._id[:16], path, "?" + args if args else "", anchor)


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
