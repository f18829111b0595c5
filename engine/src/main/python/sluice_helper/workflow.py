"""`_sluice_`: what the statements of a Snakefile's program call."""

import os
import sys

from sluice_helper import errors, namespace, own_imports
from sluice_helper.blocks import ModuleBlock, RuleBlock, merge
from sluice_helper.declare import build_rule
from sluice_helper.facade import Folder, UserWorkflow
from sluice_helper.functions import Functions
from sluice_helper.pathvars import CONFIG, WORKFLOW
from sluice_helper.programs import compiled
from sluice_helper.protocol import decode
from sluice_helper.rules import RuleProxy
from sluice_helper.scopes import Module, Scope, main_scope, renamer
from snakemake.checkpoints import Checkpoints
from snakemake.common import Gather, Scatter
from snakemake.exceptions import CreateRuleException, WorkflowError

# The workflow of this process.
current = None


class Workflow:
    """Everything that the Snakefiles of one run declare."""

    def __init__(self, settings, sluice):
        global current
        current = self
        self.settings = settings
        self.sluice = sluice
        self.functions = Functions()
        self.rules = {}
        self.hidden_rules = []
        self.ruleorders = []
        self.localrules_ = {}
        self.default_target = None
        self.snakefiles = []
        self.configfiles = list(self.settings.get("configfiles") or ())
        self.workdir_ = None
        self.envvars_ = {}
        self.hooks = {}
        self.scatter = {}
        self.resource_scopes_ = {}
        self.containers = []
        self.last_run_function = None
        self.rule_counter = 0
        self.pepfile_ = None
        self.report_ = None
        self.storages = {}
        self.modules_ = []
        self.environ_before = dict(os.environ)
        self.cwd_before = os.getcwd()
        self.checkpoints_done = {}
        self._checkpoints = Checkpoints(self.checkpoints_done)
        self._scatter, self._gather = Scatter(), Gather()
        self._included = []
        self.overwrite_config = self._command_line_config()
        self.user = UserWorkflow(self)
        self.scope = main_scope(self, _deep_copy(self.overwrite_config))
        self.main_scope = self.scope
        self._share_command_line_scatter()

    # ---- namespaces -------------------------------------------------------------------------

    def new_globals(self):
        from snakemake.storage import StorageRegistry

        return {
            "__name__": "snakemake.workflow",
            "__builtins__": __builtins__,
            "_sluice_": self,
            "workflow": self.user,
            "checkpoints": self._checkpoints,
            "scatter": self._scatter,
            "gather": self._gather,
            "storage": StorageRegistry(),
        }

    @property
    def globals(self):
        return self.scope.globals

    @property
    def config(self):
        return self.scope.globals["config"]

    @property
    def current_snakefile(self):
        return self._included[-1] if self._included else self.snakefiles[0]

    @property
    def current_basedir(self):
        return Folder(os.path.dirname(self.current_snakefile))

    def entered(self, scope):
        return _Entered(self, scope)

    def publish_namespace(self, name, scope):
        if name:
            import types

            module = types.ModuleType(name)
            module.__dict__.update(scope.globals)
            self.globals[name] = module

    # ---- Snakefiles -------------------------------------------------------------------------

    def load(self, snakefile):
        self.run_snakefile(snakefile, keep_default_target=False)

    def include(self, snakefile):
        self.run_snakefile(snakefile, keep_default_target=True)

    def run_snakefile(self, snakefile, keep_default_target):
        path = self.resolve(snakefile)
        answer = self.sluice.compile(path)
        path = answer.get("real_path") or path
        if path not in self.snakefiles:
            self.snakefiles.append(path)
        errors.snakefiles[path] = True
        codes = compiled(answer["program"], path)
        folder = os.path.dirname(path)
        if folder not in sys.path:
            sys.path.insert(0, folder)
        target = self.default_target
        names = self.globals
        names.setdefault("__file__", path)
        for code in codes:
            namespace.provide(code, names)
        self._included.append(path)
        try:
            for code in codes:
                exec(code, names)
        finally:
            self._included.pop()
            self._take_hooks(names)
        if keep_default_target:
            self.default_target = target

    def resolve(self, path):
        """The absolute path of a file named in the Snakefile that is being read."""
        path = os.fspath(path)
        if path.startswith("file:"):
            path = path[7:] if path.startswith("file://") else path[5:]
        if "://" in path:
            raise WorkflowError(
                "Sluice does not fetch sources over the network yet: %s" % path,
                code="remote-source",
            )
        base = self.current_basedir if self._included else os.getcwd()
        return os.path.normpath(os.path.join(base, path))

    def _take_hooks(self, names):
        import functools

        for hook in ("onstart", "onsuccess", "onerror"):
            function = names.pop("_sluice_" + hook, None)
            if function is None:
                continue
            if self.scope.is_main:
                self.hooks[hook] = function
            names[hook] = functools.partial(function, log=self.settings.get("logfile") or "")

    # ---- rules ------------------------------------------------------------------------------

    def rule(self, name, line):
        return self._rule_block(name, line, False)

    def checkpoint(self, name, line):
        return self._rule_block(name, line, True)

    def _rule_block(self, name, line, checkpoint):
        return RuleBlock(
            self, line, lambda info, lines: self._declare(name, line, checkpoint, info, lines)
        )

    def _declare(self, name, line, checkpoint, info, lines):
        original = info.pop("name", None) or name or str(len(self.rules) + 1)
        scope = self.scope
        final = scope.available_name(original)
        if final is not None:
            info = self._modified(info, scope, final)
            if final in self.rules and not scope.allow_overwrite:
                self._fail_duplicate(final, line)
        rule = build_rule(self, final or original, line, info, lines)
        rule.checkpoint = checkpoint
        scope.rule_proxies._register_rule(original, RuleProxy(rule))
        if final is None:
            self.hidden_rules.append(rule)
            return
        if not self.default_target or info.get("default_target") is True:
            self.default_target = final
        self.rules[final] = rule
        if checkpoint:
            scope.globals["checkpoints"]._register(rule, original, final)
        if info.get("localrule") is True or info.get("handover"):
            self.localrules_[final] = None

    def _modified(self, info, scope, name):
        info = dict(info)
        while scope is not None:
            if scope.overwrite:
                merge(info, scope.overwrite, name, self.warn)
            if scope.wrapper_tag and "wrapper" in info and info["wrapper"].startswith("master/"):
                info["wrapper"] = scope.wrapper_tag + info["wrapper"][len("master") :]
            scope = scope.parent
        return info

    def _fail_duplicate(self, name, line):
        first = self.rules[name]
        error = CreateRuleException(
            "there is a rule named `%s` already (%s, line %s)"
            % (name, first.snakefile, first.lineno),
            lineno=line,
            snakefile=self.current_snakefile,
            hint="give one of them another name; rules of a module can be renamed with"
            " `use rule * from MODULE as PREFIX_*`",
        )
        error.code = "duplicate-rule"
        raise error

    def module(self, name, line):
        return ModuleBlock(self, name, line)

    def declare_module(self, name, fields):
        given = fields.pop("name", None)
        if given is not None and name is not None:
            raise WorkflowError(
                "The module %s has a name already: it cannot have a `name:` field as well." % name,
                code="module-name",
            )
        name = given if given is not None else name
        if name is None:
            raise WorkflowError(
                "A module needs a name: `module NAME:` or a field `name:`.", code="module-name"
            )
        self.scope.modules[name] = Module(self, name, fields)
        self.modules_.append(name)

    def use_rule(self, rules, line, from_module=None, exclude=(), name_modifier=None):
        frame_globals = sys._getframe(1).f_globals

        def finish(info, lines):
            if from_module is None:
                self._inherit(rules, line, name_modifier, info, lines)
            else:
                module, modifier = self._find_module(from_module, name_modifier, frame_globals)
                module.use_rules(rules, modifier, exclude or (), info)

        return RuleBlock(self, line, finish)

    def _find_module(self, name, name_modifier, names):
        """The module of that name, or the one that a variable of that name names."""
        modules = self.scope.modules
        if name in modules:
            return modules[name], name_modifier
        if name not in names:
            raise WorkflowError(
                "the module `%s` is not declared above this `use rule`" % name,
                code="unknown-module",
                hint=_declared_modules(modules),
            )
        if names[name] not in modules:
            raise WorkflowError(
                "the variable `%s` names the module `%s`, which is not declared above this"
                " `use rule`" % (name, names[name]),
                code="unknown-module",
                hint=_declared_modules(modules),
            )
        module = modules[names[name]]
        if name_modifier is None:
            return module, None
        star = "*" if name_modifier.endswith("*") else ""
        variable = name_modifier[: len(name_modifier) - len(star)]
        if variable not in names:
            raise WorkflowError(
                "the module is named by a variable (`%s`), so what stands after `as` has to be a"
                " variable too, but there is no `%s`" % (name, variable),
                code="unknown-module",
            )
        return module, "%s%s" % (names[variable], star)

    def _inherit(self, rules, line, name_modifier, overwrite, lines):
        scope = self.scope
        if scope.available_name(name_modifier) is None:
            return
        if len(rules) > 1:
            raise WorkflowError(
                "`use rule` without `from` takes one rule, but this one names %d: %s"
                % (len(rules), ", ".join(rules)),
                code="use-rule-name",
                hint="write one `use rule … as …` for each of them",
            )
        original = self.rules.get(scope.final_name(rules[0]))
        if original is None:
            raise WorkflowError(
                "the rule `%s` that this `use rule` builds on is not declared above it" % rules[0],
                code="unknown-rule",
                hint="rules up to this line: " + (", ".join(self.rules) or "none"),
            )
        info = dict(original.info)
        with self.entered(
            Scope.for_inheritance(scope, renamer(rules, name_modifier), overwrite)
        ):
            self._declare(name_modifier, line, False, info, {**original.lines, **lines})

    # ---- statements of one line -------------------------------------------------------------

    def configfile(self, path):
        if self.scope.skip_configfile:
            return
        path = os.fspath(path)
        given = self.overwrite_config
        if os.path.exists(path):
            self.configfiles.append(path)
            _update(self.config, self.sluice.config(path))
            if given:
                if self.settings.get("replace_config"):
                    self.globals["config"] = {}
                _update(self.config, given)
        elif not self.settings.get("configfiles"):
            raise WorkflowError(
                "the configfile `%s` does not exist" % path,
                code="missing-configfile",
                hint="looked for %s; another file can be given with --configfile"
                % os.path.abspath(path),
            )
        else:
            _update(self.config, given)
        self.scope.pathvars.update_from_config(self.config, CONFIG)

    def workdir(self, path):
        if self.settings.get("workdir_given"):
            return
        path = os.fspath(path)
        os.makedirs(path, exist_ok=True)
        os.chdir(path)
        self.workdir_ = os.getcwd()

    def wildcard_constraints(self, *args, **constraints):
        self.scope.wildcard_constraints.update(constraints)

    def envvars(self, *names):
        missing = [n for n in names if n not in os.environ]
        if missing:
            raise WorkflowError(
                "the workflow needs environment variables that are not set: %s"
                % ", ".join(missing),
                code="missing-envvar",
                hint="set them before the run, for example: export %s=…" % missing[0],
            )
        self.envvars_.update(dict.fromkeys(names))

    def localrules(self, *names):
        self.localrules_.update(dict.fromkeys(names))

    def ruleorder(self, *names):
        self.ruleorders.append([self.scope.final_name(n) for n in names])

    def pathvars(self, **items):
        self.scope.pathvars.update(items, WORKFLOW)

    def inputflags(self, *flags):
        self.scope.input_flags.set(*flags)

    def outputflags(self, *flags):
        self.scope.output_flags.set(*flags)

    def container(self, image):
        self.scope.container, self.scope.containerized = image, False

    singularity = container

    def containerized(self, image):
        self.scope.container, self.scope.containerized = image, True

    def conda(self, env):
        self.globals_conda = env
        if "conda" in (self.settings.get("sdm") or ()):
            raise WorkflowError(
                "A global `conda:` (an environment for the Snakefile itself) is not built yet.",
                code="global-conda",
            )

    def resource_scopes(self, *args, **scopes):
        self.resource_scopes_.update(scopes)

    def report(self, path):
        self.report_ = os.path.join(self.current_basedir, os.fspath(path))

    def pepfile(self, path):
        try:
            import peppy
        except ImportError:
            raise WorkflowError("`pepfile:` needs the Python package peppy (pip install peppy)")
        self.pepfile_ = os.fspath(path)
        self.globals["pep"] = peppy.Project(self.pepfile_)

    def pepschema(self, schema):
        try:
            import eido
        except ImportError:
            raise WorkflowError("`pepschema:` needs the Python package eido (pip install eido)")
        if self.pepfile_ is None:
            raise WorkflowError("`pepschema:` has to stand below the `pepfile:` that it checks")
        schema = os.path.join(self.current_basedir, os.fspath(schema))
        eido.validate_project(self.globals["pep"], schema)

    def storage_provider(self, tag, **options):
        self.storages[tag] = options

    def subworkflow(self, *args, **kwargs):
        raise WorkflowError(
            "subworkflow does not exist since Snakemake 8: use a module instead.",
            code="subworkflow",
        )

    # ---- scatter and gather -----------------------------------------------------------------

    def scattergather(self, *args, **counts):
        self.scatter.update(counts)
        self._share_command_line_scatter()
        self.scope.wildcard_constraints["scatteritem"] = r"\d+-of-\d+"
        for name in counts:
            function = self._scattered(name)
            setattr(self._scatter, name, function)
            setattr(self._gather, name, function)

    def _share_command_line_scatter(self):
        for name, count in (self.settings.get("set_scatter") or {}).items():
            self.scatter[name] = count

    def _scattered(self, name):
        from snakemake.io import expand

        def function(*args, **wildcards):
            n = self.scatter[name]
            items = ["%d-of-%d" % (i, n) for i in range(1, n + 1)]
            return expand(*args, scatteritem=items, **wildcards)

        return function

    # ---- help for the rest ------------------------------------------------------------------

    def warn(self, message):
        self.sluice.log("warning", message)

    def _command_line_config(self):
        config = {}
        for path in self.settings.get("configfiles") or ():
            _update(config, self.sluice.config(path))
        given = decode(self.settings.get("config_overrides"))
        if given:
            _update(config, given)
        return config


class _Entered:
    def __init__(self, workflow, scope):
        self.workflow, self.scope = workflow, scope

    def __enter__(self):
        self.before = self.workflow.scope
        self.workflow.scope = self.scope

    def __exit__(self, *error):
        self.workflow.scope = self.before
        return False


def _declared_modules(modules):
    names = ", ".join(modules)
    return "modules up to this line: %s" % names if names else "declare it with `module NAME:`"


def _deep_copy(value):
    if type(value) is dict:
        return {k: _deep_copy(v) for k, v in value.items()}
    if type(value) is list:
        return [_deep_copy(v) for v in value]
    return value


def _update(config, new):
    with own_imports():
        from snakemake.utils import update_config

    if new is None:
        return
    if not isinstance(new, dict):
        raise WorkflowError("Config files must contain a mapping, but found %r." % (new,))
    update_config(config, _deep_copy(new))


def srcdir(path):
    """Snakemake 7's way to name a file next to the Snakefile."""
    return os.path.join(os.path.dirname(sys._getframe(1).f_code.co_filename), path)
