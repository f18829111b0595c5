"""Format strings as Snakemake reads them: lists joined by blanks, `:q` and `:u`, wildcards."""

import sys
from string import Formatter

from snakemake.iocontainers import Wildcards


def _split_spec(spec, quoted):
    """A format spec without the `q` or `u` at its end, and whether the text shall be quoted."""
    if spec[-1:] in ("q", "u"):
        return spec[:-1], spec[-1] == "q"
    return spec, quoted


class QuotedFormatter(Formatter):
    """Formats one value; a spec that ends in `q` quotes it for the shell."""

    _quotes_all = False

    def __init__(self, quote_func=None):
        self.quote_func = quote_func

    def format_field(self, value, spec):
        spec, quoted = _split_spec(spec, self._quotes_all)
        text = format(value, spec)
        return self._quote(text) if quoted and text else text

    def _quote(self, text):
        if self.quote_func is None:
            from shlex import quote

            self.quote_func = quote
        return self.quote_func(text)


class AlwaysQuotedFormatter(QuotedFormatter):
    """Quotes every value, except where the spec ends in `u`."""

    _quotes_all = True


class SequenceFormatter(Formatter):
    """Writes lists as their items with a separator between them, wildcards as `name=value,...`.

    How a single item is written is up to another formatter.
    """

    def __init__(self, separator=" ", element_formatter=None):
        self.separator = separator
        self.element_formatter = element_formatter or Formatter()

    def format_element(self, elem, spec):
        return self.element_formatter.format_field(elem, spec)

    def format_field(self, value, spec):
        if not isinstance(value, (list, tuple, set, frozenset)):
            return self.format_element(value, spec)
        if isinstance(value, Wildcards):
            return ",".join(map("%s=%s".__mod__, sorted(value.items())))
        return self.separator.join([self.format_element(item, spec) for item in value])


class Unformattable:
    """Stands for a value that no text may name: to write it out is an error."""

    def __init__(self, errormsg="this value has no text"):
        self.errormsg = errormsg

    def __format__(self, spec):
        return str(self)

    def __str__(self):
        raise ValueError(self.errormsg)


class _Names:
    """The names of several mappings, the first that has one winning."""

    def __init__(self, *maps):
        self.maps = maps

    def __getitem__(self, key):
        for names in self.maps:
            if key in names:
                return names[key]
        helper = sys.modules.get("sluice_helper.namespace")
        if helper is not None:
            value = helper.lookup(key)
            if value is not helper.MISSING:
                return value
        raise KeyError(key)


def format_with(pattern, args, maps, quote_all=False, quote_func=None):
    """Format as Snakemake does, with names from the given mappings."""
    kind = AlwaysQuotedFormatter if quote_all else QuotedFormatter
    formatter = SequenceFormatter(" ", kind(quote_func))
    names = _Names(*maps)
    try:
        return formatter.vformat(pattern, args, names)
    except KeyError as ex:
        name = str(ex).strip("'")
        try:
            known = names["wildcards"].keys()
        except (KeyError, AttributeError):
            known = ()
        if name in known:
            raise _unknown(name, "did you mean `{wildcards.%s}`?" % name) from None
        raise _unknown(name, _similar(name, maps)) from None


def _similar(name, maps):
    import difflib

    known = [n for names in maps for n in names if not n.startswith("_")]
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.75) if name.isidentifier() else ()
    if close:
        return "did you mean `{%s}`?" % close[0]
    return "braces that are meant for the shell are written twice: {{print $1}}"


def _unknown(name, hint):
    error = NameError("`{%s}` in this text names nothing that is known here" % name)
    error.hint = hint
    return error
