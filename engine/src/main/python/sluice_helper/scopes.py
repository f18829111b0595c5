"""Namespaces: the main Snakefile's, a module's, and that of a `use rule … with:`."""

from sluice_helper.pathvars import CONFIG, MODULE, Pathvars
from sluice_helper.paths import DefaultFlags, PathModifier
from sluice_helper.rules import Rules
from snakemake.exceptions import CreateRuleException, WorkflowError


class Scope:
    """Where rules are declared: globals, config, constraints, and how names and paths change."""

    def __init__(self, workflow, pathvars, config, parent=None, namespace=None, globals=None):
        self.workflow = workflow
        self.parent = parent
        self.namespace = namespace
        self.pathvars = pathvars
        self.wildcard_constraints = {}
        self.modules = {}
        self.path_modifier = PathModifier()
        self.rule_proxies = Rules()
        self.container = None
        self.containerized = False
        self.input_flags = DefaultFlags()
        self.output_flags = DefaultFlags()
        self.skip_configfile = False
        self.skip_validation = False
        self.rename = None
        self.whitelist = None
        self.excluded = ()
        self.overwrite = None
        self.allow_overwrite = parent is not None and parent.allow_overwrite
        self.wrapper_tag = None
        self.is_main = parent is None
        self.globals = workflow.new_globals() if globals is None else globals
        self.globals["rules"] = self.rule_proxies
        self.globals["config"] = config
        self.globals["checkpoints"] = self.globals["checkpoints"].spawn_new_namespace()

    @classmethod
    def for_inheritance(cls, parent, rename, overwrite):
        """The scope of `use rule a as b`, which shares all else with the one around it."""
        new = cls.__new__(cls)
        new.__dict__.update(parent.__dict__)
        new.parent = parent
        new.rename = rename
        new.overwrite = overwrite
        new.whitelist = None
        new.excluded = ()
        new.namespace = None
        new.input_flags = DefaultFlags()
        new.output_flags = DefaultFlags()
        return new

    def available_name(self, name):
        """The final name of a rule, or None when no `use rule` asks for it."""
        if self.whitelist is not None and name not in self.whitelist or name in self.excluded:
            return None
        if self.parent is None:
            return name
        return self.parent.available_name(self._renamed(name))

    def final_name(self, name):
        name = self._renamed(name)
        return name if self.parent is None else self.parent.final_name(name)

    def _renamed(self, name):
        return name if self.rename is None else self.rename(name)

    def inherit_proxies(self, child):
        for name, proxy in child.rule_proxies._rules.items():
            self.rule_proxies._register_rule(child._renamed(name), proxy)


def renamer(rules, name_modifier):
    if name_modifier is None:
        return None
    if "*" in name_modifier:
        return lambda name: name_modifier.replace("*", name)
    if "*" in rules or len(rules) > 1:
        raise WorkflowError(
            "this `use rule` brings several rules, but `as %s` gives them all one name"
            % name_modifier,
            code="use-rule-name",
            hint="put a `*` for the old name: `as %s_*`" % name_modifier,
        )
    return lambda name: name_modifier


class Module:
    """A declared module; its Snakefile runs once for each `use rule` statement."""

    def __init__(self, workflow, name, fields):
        self.workflow = workflow
        self.name = name
        self.snakefile = fields.get("snakefile")
        self.meta_wrapper = fields.get("meta_wrapper")
        self.config = fields.get("config")
        self.skip_validation = bool(fields.get("skip_validation"))
        self.scope = workflow.scope
        self.rule_proxies = Rules()
        # Which rules were changed one by one, for each way of renaming of a general import.
        self._changed = {}
        self.pathvars = self._pathvars(fields.get("pathvars"))
        self.path_modifier = self._path_modifier(fields)

    def _pathvars(self, given):
        pathvars = self.scope.pathvars.copy()
        if given is not None:
            pathvars.update(given, MODULE)
        if self.config is not None:
            pathvars.update_from_config(self.config, MODULE)
        return pathvars

    def _path_modifier(self, fields):
        prefix, replace = fields.get("prefix"), fields.get("replace_prefix")
        if prefix is not None:
            if hasattr(prefix, "__fspath__"):
                prefix = prefix.__fspath__()
            if not isinstance(prefix, str):
                raise WorkflowError("the prefix of a module has to be a string or a Path")
            if replace is not None:
                raise WorkflowError(
                    "the module has both `prefix:` and `replace_prefix:`, of which it may have one"
                )
        return PathModifier(prefix, replace, self.scope.path_modifier)

    def use_rules(self, rules, name_modifier, exclude, overwrite):
        workflow = self.workflow
        snakefile = self._source()
        if "*" in rules and len(rules) != 1:
            raise WorkflowError(
                "`use rule *` brings all rules: no further names may stand next to the `*`",
                code="use-rule-name",
            )
        scope = Scope(
            workflow,
            self.pathvars,
            {} if self.config is None else self.config,
            parent=workflow.scope,
            namespace=self.name,
        )
        scope.whitelist = None if "*" in rules else set(rules)
        scope.rename = renamer(rules, name_modifier)
        scope.excluded = tuple(exclude)
        scope.overwrite = overwrite
        scope.skip_configfile = self.config is not None
        scope.skip_validation = self.skip_validation
        scope.allow_overwrite |= self._may_overwrite(scope.whitelist, scope.rename)
        scope.path_modifier = self.path_modifier
        scope.rule_proxies = scope.globals["rules"] = self.rule_proxies
        scope.globals["__name__"] = self.name
        scope.wrapper_tag = self._wrapper_tag()
        with workflow.entered(scope):
            workflow.run_snakefile(snakefile, keep_default_target=False)
        workflow.publish_namespace(self.name, scope)
        workflow.scope.inherit_proxies(scope)

    def _source(self):
        if self.meta_wrapper:
            raise WorkflowError(
                "Sluice does not fetch meta-wrappers from the network yet: module %s uses %s."
                % (self.name, self.meta_wrapper),
                code="remote-source",
            )
        if not self.snakefile:
            raise WorkflowError(
                "the module %s has neither `snakefile:` nor `meta_wrapper:`" % self.name
            )
        return self.snakefile

    def _wrapper_tag(self):
        if not self.meta_wrapper or "://" in self.meta_wrapper:
            return None
        return self.meta_wrapper.split("/", 1)[0]

    def _may_overwrite(self, whitelist, rename):
        """Whether these rules replace those that an unmodified general import brought."""
        if not whitelist:
            self._changed[rename] = set()
            return False
        matched = set()
        for rule in whitelist:
            name = rename(rule) if rename else rule
            for other, changed in self._changed.items():
                if (other(rule) if other else rule) != name:
                    continue
                if rule in changed:
                    raise CreateRuleException(
                        "the rule %s is taken from this module under the same name twice, with"
                        " changes each time" % rule
                    )
                matched.add(rule)
                changed.add(rule)
        return matched == whitelist


def main_scope(workflow, config):
    pathvars = Pathvars.with_defaults()
    pathvars.update_from_config(config, CONFIG)
    return Scope(workflow, pathvars, config)
