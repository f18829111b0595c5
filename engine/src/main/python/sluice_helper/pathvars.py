"""`<results>` and the like in paths."""

import re

from snakemake.exceptions import UndefinedPathvarException, WorkflowError

_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_USE = re.compile(r"<([a-z][a-z0-9_]*)>")

# Whose value wins: the smaller number.
RULE, MODULE, CONFIG, WORKFLOW, DEFAULT = 0, 1, 2, 3, 4

_DEFAULTS = ("results", "stats", "reports", "temp", "resources", "logs", "benchmarks")


class Pathvars:
    def __init__(self, items=None, levels=None):
        self.items = dict(items or {})
        self.levels = dict(levels or {})

    @classmethod
    def with_defaults(cls):
        return cls({n: n for n in _DEFAULTS}, dict.fromkeys(_DEFAULTS, DEFAULT))

    def copy(self):
        return Pathvars(self.items, self.levels)

    def update(self, items, level):
        """Take over values; one that is there with a stronger level stays."""
        _check_types(items)
        for key, value in items.items():
            if level <= self.levels.get(key, DEFAULT):
                self.items[key] = value
                self.levels[key] = level
        self._check_cycles()

    def merge(self, other):
        for key, value in other.items.items():
            if key not in self.items or other.levels[key] <= self.levels[key]:
                self.items[key] = value
                self.levels[key] = other.levels[key]
        self._check_cycles()

    def update_from_config(self, config, level):
        if isinstance(config, dict) and config.get("pathvars"):
            self.update(config["pathvars"], level)

    def _check_cycles(self):
        def visit(key, above):
            if key in above:
                raise WorkflowError(
                    "pathvars that refer to each other in a circle: %s"
                    % " → ".join(["<%s>" % k for k in (*above, key)]),
                    code="pathvar-cycle",
                )
            for used in _USE.findall(self.items[key]):
                if used in self.items:
                    visit(used, (*above, key))

        for key in self.items:
            visit(key, ())

    def apply(self, path):
        if "<" not in path:
            return path
        new = path
        while True:
            names = _USE.findall(new)
            if not names:
                return new
            for name in names:
                if name not in self.items:
                    raise UndefinedPathvarException(
                        "the path `%s` uses the pathvar <%s>, which is not set" % (path, name),
                        code="unknown-pathvar",
                    )
            new = _USE.sub(lambda m: self.items[m.group(1)], new)


def _text(items):
    return ", ".join("%s='%s'" % i for i in items.items())


def _check_types(items):
    wrong = {
        k: v
        for k, v in items.items()
        if not isinstance(k, str) or not _NAME.match(k) or not isinstance(v, str)
    }
    if wrong:
        raise WorkflowError(
            "pathvars have names of lower-case letters, digits and _ (not first), and strings as"
            " values; these are something else: %s" % _text(wrong),
            code="invalid-pathvar",
        )
