"""Format strings as Snakemake reads them: lists joined by blanks, `:q` and `:u`, wildcards."""

import string
import sys

from snakemake.iocontainers import Wildcards


class SequenceFormatter(string.Formatter):
    """Formats lists element by element, joined by a separator."""

    def __init__(self, separator=" ", element_formatter=string.Formatter(), *args, **kwargs):
        self.separator = separator
        self.element_formatter = element_formatter

    def format_element(self, elem, format_spec):
        return self.element_formatter.format_field(elem, format_spec)

    def format_field(self, value, format_spec):
        if isinstance(value, Wildcards):
            return ",".join("%s=%s" % pair for pair in sorted(value.items()))
        if isinstance(value, (list, tuple, set, frozenset)):
            return self.separator.join(self.format_element(v, format_spec) for v in value)
        return self.format_element(value, format_spec)


class QuotedFormatter(string.Formatter):
    """A format spec that ends in q quotes for the shell; one that ends in u does not."""

    def __init__(self, quote_func=None, *args, **kwargs):
        if quote_func is None:
            from shlex import quote as quote_func
        self.quote_func = quote_func
        super().__init__(*args, **kwargs)

    def format_field(self, value, format_spec):
        quote = format_spec.endswith("q")
        if quote or format_spec.endswith("u"):
            format_spec = format_spec[:-1]
        text = super().format_field(value, format_spec)
        return self.quote_func(text) if quote and text != "" else text


class AlwaysQuotedFormatter(QuotedFormatter):
    def format_field(self, value, format_spec):
        if not format_spec.endswith(("q", "u")):
            format_spec += "q"
        return super().format_field(value, format_spec)


class Unformattable:
    def __init__(self, errormsg="This cannot be used for formatting"):
        self.errormsg = errormsg

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
    formatter = SequenceFormatter(separator=" ")
    kind = AlwaysQuotedFormatter if quote_all else QuotedFormatter
    formatter.element_formatter = kind(quote_func)
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
            raise NameError(
                "The name '%s' is unknown in this context. Did you mean 'wildcards.%s'?"
                % (name, name)
            ) from None
        raise NameError(
            "The name %s is unknown in this context. Please make sure that you defined that"
            " variable. Also note that braces not used for variable access have to be escaped by"
            " repeating them, i.e. {{print $1}}" % ex
        ) from None
