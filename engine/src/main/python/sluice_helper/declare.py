"""Builds a rule from its directives, with the checks that Snakemake makes at this point."""

import os

from sluice_helper.blocks import execution_kind
from sluice_helper.items import FileList, check_duplicates
from sluice_helper.pathvars import RULE, Pathvars
from sluice_helper.rules import Rule
from snakemake.exceptions import RuleException, WorkflowError
from snakemake.io import AnnotatedString, IOFile, is_callable

_SHADOWS = (True, "shallow", "full", "minimal", "copy-minimal")


def build_rule(workflow, name, line, info, lines):
    scope = workflow.scope
    rule = Rule(name, line, workflow.current_snakefile, scope, workflow.current_basedir)
    rule.info = info
    rule.lines = lines
    if info.get("pathvars"):
        rule.pathvars = Pathvars()
        rule.pathvars.update(info["pathvars"][1], RULE)
        rule.pathvars.merge(scope.pathvars)
    if "wildcard_constraints" in info:
        rule.wildcard_constraints = dict(info["wildcard_constraints"][1])
    _fill(workflow, rule, "input", scope.input_flags)
    _fill(workflow, rule, "output", scope.output_flags)
    _fill(workflow, rule, "log", None)
    if "output" in info and len(rule.output) > 1:
        check_duplicates(rule)
    if info.get("benchmark") is not None:
        _benchmark(rule, *info["benchmark"])
    if "params" in info:
        args, kwargs = info["params"]
        for item in args:
            rule.params.append(item)
        for key, item in kwargs.items():
            rule.params.append(item)
            rule.params._add_name(key)
    _check(rule, workflow)
    return rule


def _fill(workflow, rule, side, flags):
    if rule.info.get(side) is None:
        return
    (args, kwargs), modifier = rule.info[side]
    if side == "input":
        rule.input_modifier = modifier
        rule.input_defaults = flags
    FileList(rule, side, getattr(rule, side), modifier, flags, workflow.warn).fill(args, kwargs)


def _benchmark(rule, value, modifier):
    if callable(value):
        raise RuleException("A benchmark file cannot be given as a function.", rule=rule)
    if not isinstance(value, str):
        value = os.fspath(value)
    path = modifier.modify(value)
    rule.benchmark = IOFile(rule.pathvars.apply(path), rule)
    rule.benchmark.flags = dict(getattr(path, "flags", ()))


def _check(rule, workflow):
    info = rule.info
    if "resources" in info:
        args, resources = info["resources"]
        if args:
            raise RuleException("Resources have to be named.", rule=rule)
        for name, value in resources.items():
            if not _is_resource(value):
                raise RuleException(
                    "Resource '%s' has to be an int, str, float, or a callable (function), but is"
                    " %s." % (name, type(value).__name__),
                    rule=rule,
                )
    threads = info.get("threads")
    if threads is not None and not isinstance(threads, (int, float)) and not is_callable(threads):
        raise RuleException(
            "Threads value has to be an integer, float, or a callable.", rule=rule
        )
    priority = info.get("priority")
    if priority and not isinstance(priority, (int, float)) and not is_callable(priority):
        raise RuleException(
            "Priority value has to be an integer, float, or a callable.", rule=rule
        )
    retries = info.get("retries")
    if retries and (not isinstance(retries, int) or retries < 0):
        raise RuleException("Retries values have to be integers >= 0", rule=rule)
    _check_shadow(rule, workflow)
    if info.get("default_target") not in (None, True):
        raise WorkflowError(
            "Invalid argument for 'default_target:' directive. Only True allowed. Do not use the"
            " directive for rules that shall not be the default target.",
            rule=rule,
        )
    if "template_engine" in info:
        for directive in ("conda", "container", "envmodules"):
            if info.get(directive):
                raise RuleException(
                    "%s directive is only allowed with run, shell, script, notebook, or wrapper"
                    " directives (not with template_engine)" % directive,
                    rule=rule,
                )
    if info.get("cache"):
        _check_cache(rule)


def _is_resource(value):
    return (
        value is None
        or isinstance(value, (int, float, str, AnnotatedString))
        or hasattr(value, "__fspath__")
        or hasattr(value, "dtype")
        or callable(value)
    )


def _check_shadow(rule, workflow):
    shadow = rule.info.get("shadow")
    if not shadow:
        return
    if shadow not in _SHADOWS:
        raise RuleException(
            "Shadow must either be 'minimal', 'copy-minimal', 'shallow', 'full', or True"
            " (equivalent to 'full')",
            rule=rule,
        )
    if shadow is True:
        workflow.warn(
            "Shadow is set to True in rule %s (equivalent to 'full'). It's encouraged to use the"
            " more explicit options 'minimal|copy-minimal|shallow|full' instead." % rule.name
        )


def _check_cache(rule):
    value = rule.info["cache"]
    if value not in (True, "all", "omit-software", "omit-storage-content"):
        raise WorkflowError(
            "Invalid value for cache directive: %r. Use True (or \"all\"), \"omit-software\" or"
            " \"omit-storage-content\"." % (value,),
            rule=rule,
        )
    if not rule.output:
        raise WorkflowError("Rules without output files cannot be cached.", rule=rule)


def kind_of(rule):
    return execution_kind(rule.info)
