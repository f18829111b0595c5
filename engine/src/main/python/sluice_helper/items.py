"""From the arguments of `input:`, `output:` and `log:` to a list of files with flags and names."""

import re

from snakemake.exceptions import RuleException, WorkflowError
from snakemake.io import (
    WILDCARD_REGEX,
    AnnotatedString,
    IOFile,
    contains_wildcard_constraints,
    is_callable,
    is_flagged,
    not_iterable,
)

_OUTPUT_ONLY = (
    "protected",
    "temp",
    "nodelocal",
    "directory",
    "touch",
    "pipe",
    "service",
    "ensure",
    "update",
)
_INPUT_ONLY = ("ancient", "before_update")


class FileList:
    """Fills one Namedlist of a rule."""

    def __init__(self, rule, side, files, modifier, defaults, warn):
        self.rule = rule
        self.side = side
        self.files = files
        self.modifier = modifier
        self.defaults = defaults
        self.warn = warn

    def fill(self, args, kwargs):
        for item in args:
            if _is_multiext(item):
                for part in item:
                    self._add(part, part.flags["multiext"]["name"])
            else:
                self._add(item)
        for name, item in kwargs.items():
            self._add(item, name)

    def _add(self, item, name=None):
        if is_callable(item):
            self._add_function(item)
        elif isinstance(item, str) or hasattr(item, "__fspath__"):
            self._add_path(item)
        else:
            self._add_several(item, name)
            return
        if name:
            self.files._add_name(name)

    def _add_several(self, items, name):
        start = len(self.files)
        if not hasattr(items, "__iter__"):
            raise self._unsuitable(items)
        for item in items:
            self._add(item)
        if name:
            self.files._set_name(name, start, len(self.files))

    def _unsuitable(self, item):
        return RuleException(
            "the %s of rule %s holds a value of type %s where a path is expected (a string, a"
            " Path, or a list of those)" % (self.side, self.rule.name, type(item).__name__),
            rule=self.rule,
        )

    def _add_function(self, item):
        if self.side == "output":
            raise RuleException(
                "the outputs of rule %s cannot be given by a function: they have to be known"
                " before there is a job" % self.rule.name,
                rule=self.rule,
            )
        if self.side == "input" and self.defaults:
            item = self.defaults.apply(item)
        self.files.append(item)

    def _add_path(self, item):
        if not isinstance(item, str):
            item = item.__fspath__()
        producer = _producer(item)
        path = self.modifier.modify(item)
        if self.defaults:
            path = self.defaults.apply(path)
        flags = getattr(path, "flags", None)
        path = IOFile(
            self.rule.pathvars.apply(path.rstrip("/") if path.endswith("/") else path), self.rule
        )
        if flags:
            path.flags = dict(flags)
        self._check(path)
        path.producer = producer if self.side == "input" else None
        self.files.append(path)

    def _check(self, path):
        wrong = _INPUT_ONLY if self.side == "output" else _OUTPUT_ONLY
        if self.side != "log":
            for flag in path.flags:
                if flag in wrong:
                    self.warn(
                        "the flag %s() in rule %s is for %s, not for %ss"
                        % (
                            flag,
                            self.rule.name,
                            "inputs" if self.side == "output" else "outputs",
                            self.side,
                        )
                    )
        if self.side == "input" and "{" in path and contains_wildcard_constraints(path):
            self.warn("rule %s: constraints of wildcards in inputs have no effect" % self.rule.name)
        check_path(path, self.rule, self.warn)


def check_path(path, rule, warn):
    """Warn of paths that are likely not what was meant."""
    spec = "rule %s, line %s, %s: " % (rule.name, rule.lineno, rule.snakefile)
    if path == "":
        warn(
            spec + "a path is the empty string; for \"no file\" write an empty list: []"
        )
        return
    if path.startswith("./"):
        warn(
            "%sthe path '%s' begins with './', so it is not the same to Sluice as the path"
            " without" % (spec, path)
        )
    if path[0] == " " or path[-1] == " ":
        warn("%sthe path '%s' begins or ends with a blank" % (spec, path))
    if "\n" in path:
        warn("%sthe path '%s' has a line break in it" % (spec, path))
    if "//" in path and re.search(r"([^:]//|^//)", path) and not is_flagged(path, "storage_object"):
        warn("%sthe path %s has a double '/' in it" % (spec, path))


def _is_multiext(item):
    return (
        isinstance(item, list)
        and bool(item)
        and all(isinstance(i, AnnotatedString) and "multiext" in i.flags for i in item)
    )


def _producer(item):
    """The rule that `rules.NAME.output` names as the one to make this file.

    As in Snakemake, a pattern whose wildcards are constrained in that rule does not pin it.
    """
    rule = getattr(item, "rule", None)
    if rule is None or not any(item == o for o in rule.output):
        return None
    if "{" in item:
        constrained = rule.all_wildcard_constraints()
        for m in WILDCARD_REGEX.finditer(item):
            if m.group("name") in constrained:
                return None
    return rule.name


def check_duplicates(rule):
    seen = {}
    position = -1
    for name, value in rule.output._allitems():
        if name is None:
            position += 1
        key = str(value)
        if key and key in seen:
            raise WorkflowError(
                "the rule %s names the output `%s` twice (entries %s and %s)"
                % (rule.name, key, seen[key], name or position),
                rule=rule,
                code="duplicate-output",
            )
        seen[key] = name or position
