"""Rules, and what a Snakefile sees of them: `rules.NAME.output` and so on."""

from snakemake.common import Rules  # noqa: F401  (Snakefiles know it from there)
from snakemake.io import (
    PATH_MODIFIED,
    IOFile,
    get_wildcard_names,
    is_callable,
    strip_wildcard_constraints,
)
from snakemake.iocontainers import InputFiles, Log, Namedlist, OutputFiles, Params


class Rule:
    """A rule as it was declared; the values that Sluice takes over are in `info`."""

    def __init__(self, name, lineno, snakefile, scope, basedir):
        self.name = name
        self.lineno = lineno
        self.snakefile = snakefile
        self.scope = scope
        self.basedir = basedir
        self.pathvars = scope.pathvars
        self.info = {}
        self.lines = {}
        self.checkpoint = False
        self.input = InputFiles()
        self.output = OutputFiles()
        self.params = Params()
        self.log = Log()
        self.benchmark = None
        self.wildcard_constraints = {}
        self.input_modifier = None
        self.input_defaults = None
        self.is_handover = False

    def all_wildcard_constraints(self):
        return {**self.scope.wildcard_constraints, **self.wildcard_constraints}

    @property
    def docstring(self):
        return self.info.get("docstring")

    @property
    def message(self):
        return self.info.get("message")

    @property
    def shellcmd(self):
        return self.info.get("shell")

    @property
    def is_checkpoint(self):
        return self.checkpoint

    @property
    def wildcard_names(self):
        names = {}
        products = [*self.output, *(f for f in self.log if not is_callable(f))]
        if self.benchmark is not None:
            products.append(self.benchmark)
        for product in products:
            for name in get_wildcard_names(product):
                names[name] = None
        return list(names)

    def __str__(self):
        return self.name

    def __repr__(self):
        return self.name


class RuleProxy:
    """`rules.NAME`: the files of a rule, without wildcard constraints."""

    def __init__(self, rule):
        self.rule = rule
        self._made = {}

    def _once(self, name, make):
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]

    @property
    def name(self):
        return self.rule.name

    @property
    def output(self):
        return self._once("output", lambda: self._files(self.rule.output))

    @property
    def log(self):
        return self._once("log", lambda: self._files(self.rule.log))

    @property
    def input(self):
        return self._once(
            "input", lambda: InputFiles(self.rule.input, custom_map=self._input_item)
        )

    @property
    def params(self):
        return self._once("params", self.rule.params._clone)

    @property
    def benchmark(self):
        return self._file(self.rule.benchmark)

    def _files(self, files):
        return Namedlist(files, custom_map=self._file)

    def _file(self, f):
        if f is None or is_callable(f):
            return f
        new = IOFile(strip_wildcard_constraints(str(f)), rule=self.rule)
        for flag in (PATH_MODIFIED, "storage_object"):
            if f.flags.get(flag):
                new.flags[flag] = f.flags[flag]
        return new

    def _input_item(self, item):
        """Functions keep the path prefix of the module that they come from."""
        modifier = self.rule.input_modifier
        if not is_callable(item) or modifier is None or not modifier.active:
            return item
        function = getattr(item, "callable", None) or item

        def inner(wildcards):
            found = function(wildcards)
            if isinstance(found, dict):
                return {k: modifier.modify(v) for k, v in found.items()}
            if isinstance(found, str) or not hasattr(found, "__iter__"):
                return modifier.modify(found)
            return [modifier.modify(f) for f in found]

        return inner
