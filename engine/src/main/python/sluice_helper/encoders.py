"""A job's values as literals of R, Julia and bash."""

import json
import math

from snakemake.iocontainers import Namedlist


def _plain(value):
    """Numbers of numpy as Python's, paths as strings."""
    if hasattr(value, "__fspath__") and not isinstance(value, str):
        return value.__fspath__()
    if hasattr(value, "dtype") and hasattr(value, "item") and getattr(value, "ndim", 1) == 0:
        return value.item()
    return value


def visible_resources(resources):
    return {k: v for k, v in resources.items() if k not in ("_cores", "_nodes")}


# ---- R --------------------------------------------------------------------------------------


def r_number(value):
    if value is None:
        return "as.numeric(NA)"
    if isinstance(value, complex):
        return "%s+%si" % (r_number(value.real), r_number(value.imag))
    if isinstance(value, float):
        if math.isnan(value):
            return "NaN"
        if math.isinf(value):
            return "Inf" if value > 0 else "-Inf"
    return str(value)


def r_value(value):
    value = _plain(value)
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float, complex)):
        return r_number(value)
    if isinstance(value, str):
        return repr(str(value))
    if isinstance(value, dict):
        return r_list(value)
    if hasattr(value, "__iter__"):
        return _r_vector([_plain(v) for v in value])
    raise ValueError("R has no value for %r (%s)" % (value, type(value).__name__))


def _r_vector(values):
    numbers = all(isinstance(v, (int, float, complex)) for v in values)
    strings = all(isinstance(v, str) for v in values)
    kind = "c" if numbers or strings else "list"
    return "%s(%s)" % (kind, ", ".join(map(r_value, values)))


def _r_items(items):
    return ", ".join('"%s" = %s' % (k, r_value(v)) for k, v in items)


def r_list(mapping):
    return "list(%s)" % _r_items(mapping.items())


def r_named(files):
    parts = [", ".join(map(r_value, files)), _r_items(files.items())]
    return "list(%s)" % ", ".join(p for p in parts if p)


# ---- Julia ----------------------------------------------------------------------------------


def julia_value(value):
    value = _plain(value)
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value).replace("$", "\\$")
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, dict):
        return julia_dict(value)
    if hasattr(value, "__iter__"):
        return "[%s]" % ", ".join(map(julia_value, value))
    raise ValueError("Julia has no value for %r (%s)" % (value, type(value).__name__))


def _julia_items(items):
    return ["%s => %s" % (julia_value(k), julia_value(v)) for k, v in items]


def julia_dict(mapping):
    return "Dict(%s)" % ", ".join(_julia_items(mapping.items()))


def julia_named(files):
    return "Dict(%s)" % ", ".join(
        _julia_items(enumerate(files, start=1)) + _julia_items(files.items())
    )


# ---- bash -----------------------------------------------------------------------------------


def _bash_array(mapping):
    from shlex import quote

    parts = []
    for key, value in mapping.items():
        if not isinstance(value, str) and hasattr(value, "__iter__"):
            value = " ".join(map(str, value))
        parts.append("[%s]=%s" % (quote(str(key)), quote(str(value))))
    return "( %s )" % " ".join(parts)


def _bash_named(files):
    out = {}
    for i, (name, value) in enumerate(files._allitems()):
        if name is not None:
            out[name] = value
        out[str(i)] = value
    return out


def bash_arrays(job):
    """Associative arrays snakemake_input, snakemake_output, … and snakemake for the rest."""
    lines = []
    for name in ("input", "output", "params", "wildcards", "resources", "log", "config"):
        value = job[name]
        mapping = _bash_named(value) if isinstance(value, Namedlist) else value
        lines.append("declare -A snakemake_%s=%s" % (name, _bash_array(mapping)))
    rest = {k: job[k] for k in ("threads", "rule", "bench_iteration", "scriptdir")}
    lines.append("declare -A snakemake=%s" % _bash_array(rest))
    return "\n".join(lines)
