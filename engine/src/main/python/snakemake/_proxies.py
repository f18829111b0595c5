"""`input.x`, `params.y` and the like in a directive: values that are known once the job is."""

from snakemake.common import overwrite_accepted


class RuleItemProxy:
    """`input`, `output`, `params` or `resources` in a directive: read when the job is known."""

    def __init__(self, name):
        self.name = name

    def __getattr__(self, attribute):
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        return self._deferred(lambda item: getattr(item, attribute))

    def __getitem__(self, key):
        return self._deferred(lambda item: item[key])

    def __iter__(self):
        raise TypeError("'%s' cannot be iterated outside of a job" % self.name)

    def _deferred(self, get):
        name = self.name

        def inner(wildcards, **args):
            return get(args[name])

        return overwrite_accepted(inner, ["wildcards", name])


def rule_item_factory(name):
    if name != "threads":
        return RuleItemProxy(name)

    def inner(wildcards, threads):
        return threads

    return inner
