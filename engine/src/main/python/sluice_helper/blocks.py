"""The `with` blocks of the program: a rule's directives, a module's fields."""

import sys

from snakemake.exceptions import RuleException, WorkflowError

# Directives that take one value.
_SINGLE = frozenset(
    (
        "message benchmark threads priority retries group shadow conda container containerized"
        " cache localrule handover default_target name shell script notebook wrapper"
        " template_engine cwl docstring"
    ).split()
)
_SEVERAL = frozenset("input output params log resources wildcard_constraints pathvars".split())
_POSITIONAL = frozenset(("envmodules",))
_EXECUTION = ("shell", "script", "notebook", "wrapper", "template_engine", "cwl", "run")


class RuleBlock:
    """Collects the directives of a rule, then hands them over when the block ends."""

    def __init__(self, workflow, line, finish):
        self._workflow = workflow
        self._line = line
        self._finish = finish
        self._info = {}
        self._lines = {}

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        if kind is not None:
            return False
        self._take_run_function(sys._getframe(1))
        self._finish(self._info, self._lines)
        return False

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        name = "container" if name == "singularity" else name
        if name in _SEVERAL:
            return lambda *args, **kwargs: self._set(name, (args, kwargs))
        if name in _SINGLE:
            return lambda *args, **kwargs: self._set(name, self._one(name, args, kwargs))
        if name in _POSITIONAL:
            return lambda *args: self._set(name, args)
        if name == "version":
            raise WorkflowError(
                "The version directive does not exist since Snakemake 8: use conda or container"
                " directives to pin software versions.",
                code="version-directive",
            )
        raise AttributeError("a rule has no directive `%s`" % name)

    def _one(self, name, args, kwargs):
        if len(args) != 1 or kwargs:
            raise RuleException("The directive `%s` takes exactly one value." % name)
        return args[0]

    def _set(self, name, value):
        # Of two equal directives Snakemake keeps the first.
        if name in self._info:
            return
        if name in _EXECUTION:
            self._check_single_execution(name)
        if name in ("input", "output", "log", "benchmark"):
            value = (value, self._workflow.scope.path_modifier)
        self._info[name] = value
        self._lines[name] = sys._getframe(2).f_lineno

    def _check_single_execution(self, name):
        for other in _EXECUTION:
            if other in self._info:
                raise WorkflowError(
                    "A rule can have one of shell, run, script and the like, but this one has both"
                    " `%s` and `%s`." % (other, name),
                    code="two-executions",
                )

    def _take_run_function(self, frame):
        names = frame.f_locals
        function = names.get("_sluice_run")
        # A function body cannot lose its variable; what was taken before is not taken again.
        if function is None or function is self._workflow.last_run_function:
            return
        self._workflow.last_run_function = function
        self._check_single_execution("run")
        self._info["run"] = function
        self._lines["run"] = function.__code__.co_firstlineno
        if frame.f_locals is frame.f_globals:
            names.pop("_sluice_run", None)


class ModuleBlock:
    """Collects the fields of a module declaration."""

    _FIELDS = frozenset(
        "snakefile meta_wrapper config skip_validation prefix replace_prefix pathvars name".split()
    )

    def __init__(self, workflow, name, line):
        self._workflow = workflow
        self._name = name
        self._line = line
        self._values = {}

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        if kind is None:
            self._workflow.declare_module(self._name, self._values)
        return False

    def __getattr__(self, name):
        if name not in self._FIELDS:
            raise AttributeError("a module has no field `%s`" % name)

        def set_field(*args, **kwargs):
            if name == "pathvars" and kwargs:
                self._values[name] = kwargs
            elif len(args) == 1:
                self._values[name] = args[0]
            else:
                raise WorkflowError("The module field `%s` takes exactly one value." % name)

        return set_field


def merge(info, overwrite, rulename, warn):
    """A rule's directives with those of `use rule … with:` in the place of the old ones."""
    for key, value in overwrite.items():
        if key == "params" and "params" in info:
            (old_args, old_kwargs), (args, kwargs) = info["params"], value
            if args and old_args and len(args) != len(old_args):
                warn(
                    "Overwriting positional arguments %s with %s in rule %s"
                    % (old_args, args, rulename)
                )
            info["params"] = (args or old_args, {**old_kwargs, **kwargs})
        else:
            info[key] = value
    if overwrite:
        # What a rule is, as opposed to what it does, is not inherited by a rule with changes.
        for key in ("cache", "handover", "default_target", "localrule"):
            if key not in overwrite:
                info.pop(key, None)


def execution_kind(info):
    for kind in _EXECUTION:
        if kind in info:
            return kind
    return "norun"
