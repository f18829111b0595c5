"""The functions of the workflow that Sluice calls by number."""

from snakemake.common import ALL_NAMES, accepted_names

_AFTER_WILDCARDS = frozenset(ALL_NAMES) - {"wildcards"}


class Function:
    """A function of a Snakefile, in the place where it was written."""

    __slots__ = ("call", "extra", "rule", "name", "flags", "modifier", "defaults", "unpack")

    def __init__(self, call, rule=None, name=None, flags=None, modifier=None, defaults=None):
        self.call = call
        names = accepted_names(call)
        # The first parameter receives the wildcards, whatever it is called.
        rest = names if names is ALL_NAMES or names[:1] == ["wildcards"] else names[1:]
        self.extra = tuple(n for n in rest if n in _AFTER_WILDCARDS)
        self.rule = rule
        self.name = name
        self.flags = flags or None
        self.unpack = bool(flags and flags.get("unpack"))
        self.modifier = modifier if modifier is not None and modifier.active else None
        self.defaults = defaults or None


class Functions:
    def __init__(self):
        self._all = []

    def add(self, *args, **kwargs):
        """Register a function; its wire form `{"fn": …, "args": …}`."""
        function = Function(*args, **kwargs)
        self._all.append(function)
        return {"fn": len(self._all) - 1, "args": ["wildcards", *function.extra]}

    def __getitem__(self, number):
        return self._all[number]
