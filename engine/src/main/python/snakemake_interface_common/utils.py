from snakemake.io import not_iterable  # noqa: F401


class lazy_property(property):
    """A property that is computed once."""

    def __init__(self, method):
        super().__init__(method)
        self._cached = "_lazy_" + method.__name__

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        try:
            return instance.__dict__[self._cached]
        except KeyError:
            value = instance.__dict__[self._cached] = self.fget(instance)
            return value
