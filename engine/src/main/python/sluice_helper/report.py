"""What the helper reports of a loaded workflow (LOADED)."""

import os
import sys

from sluice_helper import own_imports
from sluice_helper.declare import kind_of
from sluice_helper.expressions import command_line_resources
from sluice_helper.protocol import encode
from snakemake.exceptions import RuleException, WorkflowError
from snakemake.io import AnnotatedString, is_callable

_GLOBALS_LIMIT = 64 * 1024


def report(workflow):
    main = workflow.main_scope
    with own_imports():
        from snakemake.shell import shell

    return {
        "rules": [_rule(workflow, r) for r in workflow.rules.values()],
        "ruleorder": workflow.ruleorders,
        "localrules": list(workflow.localrules_),
        "default_target": workflow.default_target,
        "config": encode(main.globals["config"]),
        "workdir": workflow.workdir_,
        "wildcard_constraints": _strings(main.wildcard_constraints),
        "environ": _environ_changes(workflow),
        "envvars": list(workflow.envvars_),
        "hooks": list(workflow.hooks),
        "snakefiles": workflow.snakefiles,
        "configfiles": workflow.configfiles,
        "overwrite_shellcmd": None,
        "shell_prefix": shell._prefix_for(shell.get_executable()),
        "shell_suffix": shell._process_suffix,
        "shell_executable": shell.get_executable(),
        "containers": encode(main.container),
        "resource_scopes": _strings(workflow.resource_scopes_),
        "scattergather": workflow.scatter,
        "modules": workflow.modules_,
        "storages": {str(k or ""): encode(v) for k, v in workflow.storages.items()},
        "report": workflow.report_,
        "fork_safe": fork_safe(),
        "globals": _globals(main.globals),
        **command_line_resources(workflow),
    }


def _strings(mapping):
    return {str(k): str(v) for k, v in mapping.items()}


def _environ_changes(workflow):
    before = workflow.environ_before
    changes = {k: v for k, v in os.environ.items() if before.get(k) != v}
    changes.update({k: None for k in before if k not in os.environ})
    return changes


def fork_safe():
    try:
        return len(os.listdir("/proc/self/task")) == 1
    except OSError:
        threading = sys.modules.get("threading")
        return threading is None or threading.active_count() == 1


def _globals(names):
    """Plain values that Sluice can put into format strings without asking."""
    out = {}
    left = _GLOBALS_LIMIT
    for name, value in names.items():
        if name.startswith("_") or name == "config":
            continue
        if type(value) in (str, int, float, bool):
            size = len(value) if type(value) is str else 8
        elif type(value) is list and all(type(v) in (str, int, float, bool) for v in value):
            size = sum(len(v) if type(v) is str else 8 for v in value)
        else:
            continue
        left -= size
        if left < 0:
            break
        out[name] = encode(value)
    return out


# ---- rules ----------------------------------------------------------------------------------


def _rule(workflow, rule):
    info = rule.info
    kind = kind_of(rule)
    encoder = _RuleEncoder(workflow, rule)
    container, containerized = _container(rule)
    return {
        "name": rule.name,
        "line": rule.lineno,
        "snakefile": rule.snakefile,
        "checkpoint": rule.checkpoint,
        "docstring": _docstring(info.get("docstring")),
        "module": rule.scope.namespace,
        "input": encoder.files(rule.input, rule.input_modifier, rule.input_defaults),
        "output": encoder.files(rule.output),
        "log": encoder.files(rule.log, info["log"][1] if "log" in info else None),
        "benchmark": None if rule.benchmark is None else encoder.file(rule.benchmark, None),
        "params": encoder.params(),
        "threads": encoder.value(info.get("threads", 1)),
        "resources": {k: encoder.value(v) for k, v in info.get("resources", ((), {}))[1].items()},
        "priority": encoder.value(info.get("priority") or 0),
        "retries": info.get("retries"),
        "group": encoder.value(info.get("group")),
        "shadow": "full" if info.get("shadow") is True else info.get("shadow") or None,
        "message": _text(rule, "message"),
        "wildcard_constraints": _strings(rule.all_wildcard_constraints()),
        "kind": kind,
        "shell": _text(rule, "shell"),
        "script": _source(info.get("script")),
        "wrapper": _source(info.get("wrapper")),
        "notebook": _source(info.get("notebook")),
        "template_engine": _text(rule, "template_engine"),
        "cwl": _source(info.get("cwl")),
        "conda": encoder.conda(info.get("conda")),
        "container": encoder.value(container),
        "containerized": containerized,
        "envmodules": list(info.get("envmodules") or ()),
        "localrule": rule.name in workflow.localrules_,
        "cache": encode(info.get("cache", False)),
        "handover": bool(info.get("handover")),
        "default_target": rule.name == workflow.default_target,
        "basedir": str(rule.basedir),
        "run_line": info["run"].__code__.co_firstlineno if kind == "run" else None,
        "lines": rule.lines,
        "is_internal": False,
    }


def _docstring(text):
    return text.strip() if isinstance(text, str) else None


def _source(value):
    """A script, notebook or environment as text; one on the network is named, not fetched."""
    if value is None or isinstance(value, str):
        return value
    try:
        return os.fspath(value)
    except WorkflowError:
        return str(value)


def _text(rule, directive):
    value = rule.info.get(directive)
    if value is None or isinstance(value, str):
        return value
    raise RuleException(
        "The directive `%s` takes a string, but this is %s." % (directive, type(value).__name__),
        lineno=rule.lines.get(directive, rule.lineno),
        snakefile=rule.snakefile,
    )


def _container(rule):
    info, scope = rule.info, rule.scope
    if "container" in info:
        return info["container"] or None, False
    if "containerized" in info:
        return info["containerized"], True
    if scope.container and "template_engine" not in info:
        return scope.container, scope.containerized
    return None, False


class _RuleEncoder:
    """The wire form of one rule's values; functions become numbers."""

    def __init__(self, workflow, rule):
        self.functions = workflow.functions
        self.rule = rule

    def function(self, value, name=None, modifier=None, defaults=None):
        flags = getattr(value, "flags", None)
        call = getattr(value, "callable", None) or value
        return self.functions.add(call, self.rule, name, flags, modifier, defaults)

    def value(self, value):
        if value is not None and not isinstance(value, (int, float)) and is_callable(value):
            return {"$fn": self.function(value)}
        return encode(value)

    def conda(self, value):
        if hasattr(value, "__fspath__") and not isinstance(value, str):
            return _source(value)
        return self.value(value)

    def params(self):
        params = self.rule.params
        names = {start: name for name, (start, _) in params._names.items()}
        items = []
        for i, item in enumerate(params):
            if not isinstance(item, (str, int, float, list)) and is_callable(item):
                items.append({"$fn": self.function(item, names.get(i))})
            elif isinstance(item, AnnotatedString) and item.callable is not None:
                items.append({"$fn": self.function(item, names.get(i))})
            else:
                items.append(encode(item))
        return _with_names(items, params)

    def files(self, files, modifier=None, defaults=None):
        names = {}
        for name, (start, end) in files._names.items():
            # A function that stands alone under a name gives that name to what it returns.
            if end is None:
                names[start] = name
        items = [
            self.file(f, names.get(i), modifier, defaults) for i, f in enumerate(files)
        ]
        return _with_names(items, files)

    def file(self, item, name, modifier=None, defaults=None):
        if is_callable(item):
            wire = self.function(item, name, modifier, defaults)
            flags = self._flags(getattr(item, "flags", None))
            if flags.pop("unpack", None):
                wire["unpack"] = True
            if flags:
                wire["flags"] = flags
            wire["src"] = _source_of(item)
            return wire
        producer = getattr(item, "producer", None)
        if not item.flags and producer is None:
            return str.__str__(item)
        wire = {"s": str.__str__(item)}
        flags = self._flags(item.flags)
        if flags:
            wire["flags"] = flags
        if "storage_object" in item.flags:
            wire["kind"] = "storage"
        if producer is not None:
            wire["rule"] = producer
        return wire if len(wire) > 1 else wire["s"]

    def _flags(self, flags):
        return flags_to_wire(flags, self.value) if flags else {}


def flags_to_wire(flags, value=encode):
    out = {}
    for key, flag in flags.items():
        if key == "path_modified":
            continue
        if key == "from_queue":
            out[key] = True
        elif type(flag) is dict:
            out[key] = {k: value(v) for k, v in flag.items()}
        else:
            out[key] = value(flag)
    return out


def _with_names(items, files):
    wire = {"items": items}
    if files._names:
        wire["names"] = [[name, start, end] for name, (start, end) in files._names.items()]
    return wire


def _source_of(item):
    function = getattr(item, "callable", None) or item
    name = getattr(function, "__name__", type(function).__name__)
    code = getattr(function, "__code__", None)
    if code is None:
        return name
    return "%s (%s:%d)" % (name, os.path.basename(code.co_filename), code.co_firstlineno)
