"""Answers `call` and `format`: the functions of the workflow, in batches."""

from sluice_helper import errors
from sluice_helper.protocol import decode, encode, file_item, named, plain_item
from sluice_helper.report import flags_to_wire
from snakemake.common import TBDString
from snakemake.exceptions import InputFunctionException, WildcardError, WorkflowError
from snakemake.io import AnnotatedString, apply_wildcards, not_iterable
from snakemake.iocontainers import InputFiles, Log, OutputFiles, Params, ResourceList, Wildcards

_MOST_NESTED = 10


def call_all(workflow, calls):
    functions = workflow.functions
    wildcards = _WildcardsCache()
    out = []
    for call in calls:
        try:
            function = functions[call["fn"]]
            if function.flags and "from_queue" in function.flags:
                _wait_for_queue(workflow, function.flags["from_queue"])
            value = _call(function, call, wildcards.get(call.get("wildcards")))
            if call["as"] == "files":
                value = _files(function, value, call)
            else:
                value = encode(_checked(value, call["as"], function))
            out.append({"ok": value})
        except Exception as e:
            out.append({"error": errors.to_wire(e)})
    return out


def _wait_for_queue(workflow, queue):
    """A run plans with all that comes from a queue; a dry-run takes what there is."""
    if queue.finished or workflow.settings.get("dryrun"):
        return
    workflow.sluice.log(
        "info", "Waiting until the queue given to from_queue() is complete; jobs start after that."
    )
    queue.complete()


class _WildcardsCache:
    """Jobs ask for several functions one after the other: their wildcards are made once."""

    def __init__(self):
        self.wire = None
        self.made = None

    def get(self, wire):
        if self.made is None or wire != self.wire:
            self.wire = wire
            self.made = Wildcards(fromdict=wire or {})
        return self.made


_ARGUMENTS = {
    "output": lambda wire: named(OutputFiles, wire, plain_item),
    "params": lambda wire: named(Params, wire, _value),
    "resources": lambda wire: resource_list(wire),
}


def resource_list(wire):
    if isinstance(wire, dict) and "items" in wire and isinstance(wire["items"], list):
        return named(ResourceList, wire, _value)
    return ResourceList(fromdict={k: _value(v) for k, v in (wire or {}).items()})


def _value(wire):
    return TBDString() if wire == "<TBD>" else decode(wire)


def _arguments(function, call):
    out = {}
    for name in function.extra:
        if name not in call:
            continue
        wire = call[name]
        if name == "input":
            item = plain_item if call["as"] == "params" else file_item
            out[name] = named(InputFiles, wire, item)
        else:
            convert = _ARGUMENTS.get(name)
            out[name] = wire if convert is None else convert(wire)
    return out


def _call(function, call, wildcards):
    value = function.call
    # Most functions want the wildcards alone.
    arguments = _arguments(function, call) if function.extra else None
    for _ in range(_MOST_NESTED):
        value = _call_once(value, wildcards, arguments, call)
        if not callable(value):
            return value
    raise WorkflowError(
        "the function returned a function, which returned another, and so on %d times over"
        % _MOST_NESTED,
        rule=function.rule,
        code="nested-functions",
        hint="did you mean to call the function that is returned?",
    )


def _call_once(function, wildcards, arguments, call):
    if arguments:
        value = function(wildcards, **arguments)
    else:
        value = function(wildcards)
    if type(value).__name__ == "generator":
        return list(value)
    return value


def _checked(value, kind, function):
    if kind == "threads" and not isinstance(value, (int, float)):
        raise WorkflowError(
            "the function for `threads` returned %r, which is no number" % (value,),
            rule=function.rule,
        )
    if function.unpack:
        raise WorkflowError(
            "unpack() is not allowed with params",
            rule=function.rule,
            code="unpack-in-params",
            hint="return the dictionary under a name (`x=function`) and use {params.x[key]}",
        )
    return value


# ---- files ----------------------------------------------------------------------------------


def _files(function, value, call):
    """What an input function returned, as a list of files with the names it has."""
    if function.unpack:
        return _unpacked(function, value, call)
    single = not_iterable(value)
    wildcards = call.get("wildcards")
    if single:
        items = [_file(function, value, value, wildcards)]
    else:
        items = [_file(function, f, value, wildcards) for f in value]
    wire = {"items": items}
    if function.name is not None:
        wire["names"] = [[function.name, 0, None if single else len(items)]]
    if function.flags and "from_queue" in function.flags:
        wire["finished"] = function.flags["from_queue"].finished
    return wire


def _unpacked(function, value, call):
    if not isinstance(value, (list, dict)):
        raise WorkflowError(
            "unpack() takes a function that returns a dict or a list, but this one returned %r"
            % (value,),
            rule=function.rule,
        )
    if function.name is not None:
        raise WorkflowError(
            "`%s=unpack(…)`: what unpack() brings has names of its own" % function.name,
            rule=function.rule,
            hint="write `unpack(…)` without a name",
        )
    wildcards = call.get("wildcards")
    items, names = [], []
    for name, entry in value.items() if isinstance(value, dict) else ((None, v) for v in value):
        start = len(items)
        single = not_iterable(entry)
        for f in (entry,) if single else entry:
            items.append(_file(function, f, entry, wildcards))
        if name is not None:
            names.append([str(name), start, None if single else len(items)])
    return {"items": items, "names": names}


def _file(function, f, returned, wildcards):
    if type(f) is str:
        plain = "{" not in f and "<" not in f and not f.endswith("/")
        if plain and not function.flags and function.modifier is None and not function.defaults:
            return f
    elif not isinstance(f, str):
        if not hasattr(f, "__fspath__"):
            raise InputFunctionException(
                "an input function has to return a path or several, but this one returned %r (%s)"
                % (returned, type(returned).__name__),
                rule=function.rule,
                wildcards=wildcards,
            )
        f = f.__fspath__()
    return _file_with_flags(function, f, wildcards)


def _file_with_flags(function, f, wildcards):
    flags = dict(getattr(f, "flags", ()))
    path = str.__str__(f)
    path = function.rule.pathvars.apply(path.rstrip("/") if path != "/" else path)
    try:
        path = apply_wildcards(path, wildcards or {})
    except WildcardError as e:
        raise WildcardError(
            "an input function returned `%s`, but the outputs of the rule have no wildcard %s"
            % (path, e),
            rule=function.rule,
        ) from None
    for key, value in (function.flags or {}).items():
        if key != "unpack":
            flags.setdefault(key, value)
    path = AnnotatedString(path)
    path.flags = flags
    if function.modifier is not None:
        path = function.modifier.modify(path)
    if function.defaults:
        path = function.defaults.apply(path)
    flags = flags_to_wire(path.flags)
    if not flags:
        return str.__str__(path)
    wire = {"s": str.__str__(path), "flags": flags}
    if "storage_object" in path.flags:
        wire["kind"] = "storage"
    return wire


# ---- format ---------------------------------------------------------------------------------


def format_all(workflow, items):
    out = []
    for item in items:
        try:
            out.append({"ok": _format(workflow, item)})
        except Exception as e:
            out.append({"error": errors.to_wire(e)})
    return out


def job_names(wire):
    """The names of a job that format strings, run blocks and scripts may use."""
    return {
        "input": named(InputFiles, wire.get("input"), file_item),
        "output": named(OutputFiles, wire.get("output"), file_item),
        "params": named(Params, wire.get("params"), _value),
        "wildcards": Wildcards(fromdict=wire.get("wildcards") or {}),
        "threads": wire.get("threads", 1),
        "resources": resource_list(wire.get("resources")),
        "log": named(Log, wire.get("log"), file_item),
        "rule": wire.get("rule"),
        "jobid": wire.get("jobid"),
        "bench_iteration": wire.get("bench_iteration"),
    }


def rule_globals(workflow, rulename):
    rule = workflow.rules.get(rulename)
    return workflow.main_scope.globals if rule is None else rule.scope.globals


def _format(workflow, item):
    from snakemake._formatting import format_with

    names = job_names(item)
    for name in ("attempt",):
        if name in item:
            names[name] = item[name]
    return format_with(
        item["template"],
        (),
        (names, rule_globals(workflow, item.get("rule"))),
        quote_all=bool(item.get("quote")),
    )
