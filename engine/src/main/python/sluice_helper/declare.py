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
        raise RuleException("the benchmark cannot be given by a function", rule=rule)
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
            raise RuleException(
                "a resource needs a name: `resources: mem_mb=…`, not just a value", rule=rule
            )
        for name, value in resources.items():
            if not _is_resource(value):
                raise RuleException(
                    "the resource `%s` is a %s, but has to be a number, a string or a function"
                    % (name, type(value).__name__),
                    rule=rule,
                )
    threads = info.get("threads")
    if threads is not None and not isinstance(threads, (int, float)) and not is_callable(threads):
        raise RuleException(
            "`threads` is a %s, but has to be a number or a function" % type(threads).__name__,
            rule=rule,
        )
    priority = info.get("priority")
    if priority and not isinstance(priority, (int, float)) and not is_callable(priority):
        raise RuleException(
            "`priority` is a %s, but has to be a number or a function" % type(priority).__name__,
            rule=rule,
        )
    retries = info.get("retries")
    if retries and (not isinstance(retries, int) or retries < 0):
        raise RuleException(
            "`retries` is %r, but has to be a whole number from 0 on" % (retries,), rule=rule
        )
    _check_shadow(rule, workflow)
    if info.get("default_target") not in (None, True):
        raise WorkflowError(
            "`default_target` can only be True; other rules go without the directive",
            rule=rule,
        )
    if "template_engine" in info:
        for directive in ("conda", "container", "envmodules"):
            if info.get(directive):
                raise RuleException(
                    "`template_engine` runs within Sluice, so the rule cannot have `%s`"
                    % directive,
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
            "`shadow` is %r, but has to be one of 'minimal', 'copy-minimal', 'shallow', 'full'"
            % (shadow,),
            rule=rule,
        )
    if shadow is True:
        workflow.warn(
            "`shadow: True` in rule %s means `shadow: \"full\"`, which says it more clearly"
            % rule.name
        )


def _check_cache(rule):
    value = rule.info["cache"]
    if value not in (True, "all", "omit-software", "omit-storage-content"):
        raise WorkflowError(
            "`cache` is %r, but has to be True, \"all\", \"omit-software\" or"
            " \"omit-storage-content\"" % (value,),
            rule=rule,
        )
    if not rule.output:
        raise WorkflowError("`cache` makes no sense for a rule without outputs", rule=rule)


def kind_of(rule):
    return execution_kind(rule.info)
