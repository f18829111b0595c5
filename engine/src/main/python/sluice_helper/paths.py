"""What happens to the paths of a rule between the Snakefile and the report: prefixes, flags."""

import os

from snakemake.exceptions import WorkflowError
from snakemake.io import PATH_MODIFIED, AnnotatedString, flag, is_callable, is_flagged


class PathModifier:
    """Prepends or replaces prefixes of paths in a module."""

    def __init__(self, prefix=None, replace_prefix=None, outer=None):
        # With a slash at its end.
        self.prefix = os.path.join(prefix, "") if prefix else None
        self.replacements = dict(replace_prefix or {})
        self.outer = outer if outer is not None and outer.active else None

    @property
    def active(self):
        return bool(self.prefix or self.replacements or self.outer)

    def modify(self, path):
        if not self.active or is_flagged(path, PATH_MODIFIED) or is_flagged(path, "local"):
            return path
        if is_callable(path):
            return path
        new = self._changed(path, is_flagged(path, "storage_object"))
        if new == path:
            return path
        new = AnnotatedString(new)
        new.flags.update(getattr(path, "flags", ()))
        extension = new.flags.get("multiext")
        if extension is not None:
            new.flags["multiext"] = dict(extension, prefix=self._changed(extension["prefix"]))
        return flag(new, PATH_MODIFIED)

    def _changed(self, path, is_storage=False):
        path = str(path)
        if (
            (self.prefix or self.replacements)
            and not path.startswith(("/", ".."))
            and not is_storage
        ):
            path = self.prefix + path if self.prefix else self._replaced(path)
        return self.outer._changed(path, is_storage) if self.outer else path

    def _replaced(self, path):
        matching = [p for p in self.replacements if path.startswith(p)]
        if len(matching) > 1:
            raise WorkflowError(
                "the path %s begins with several of the module's `replace_prefix:` entries: %s"
                % (path, ", ".join(matching))
            )
        if not matching:
            return path
        return self.replacements[matching[0]] + path[len(matching[0]) :]


_CONTRADICTING = {"temp": "protected", "protected": "temp"}


class DefaultFlags:
    """`inputflags:` and `outputflags:`: flags that all following items get."""

    def __init__(self):
        self._flags = []

    def set(self, *functions):
        self._flags = [(f, list(f("dummy").flags)) for f in functions]

    def apply(self, item):
        for function, keys in self._flags:
            taken = (*keys, *(_CONTRADICTING[k] for k in keys if k in _CONTRADICTING))
            if not any(is_flagged(item, k) for k in taken):
                item = function(item)
        return item

    def __bool__(self):
        return bool(self._flags)
