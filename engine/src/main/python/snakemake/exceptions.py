"""The exceptions that Snakefiles and scripts may raise, catch or import."""


def _text(arg):
    if isinstance(arg, BaseException) and not isinstance(arg, WorkflowError):
        return "%s: %s" % (type(arg).__name__, arg)
    return str(arg)


class WorkflowError(Exception):
    """An error in the workflow, with the place it belongs to where that is known."""

    def __init__(self, *args, lineno=None, snakefile=None, rule=None, code=None):
        super().__init__("\n".join(map(_text, args)))
        self.rule = rule
        self.lineno = lineno if rule is None else getattr(rule, "lineno", lineno)
        self.snakefile = snakefile if rule is None else getattr(rule, "snakefile", snakefile)
        self.code = code


class WildcardError(WorkflowError):
    pass


class RuleException(Exception):
    """An error within a rule; several may be joined in one."""

    def __init__(self, message=None, include=None, lineno=None, snakefile=None, rule=None):
        super().__init__(message)
        self._include = set()
        for ex in include or ():
            self._include.add(ex)
            self._include.update(ex._include)
        self.rule = rule
        self.lineno = getattr(rule, "lineno", None) if lineno is None else lineno
        self.snakefile = getattr(rule, "snakefile", None) if snakefile is None else snakefile
        self.code = None

    @property
    def messages(self):
        return map(str, (ex for ex in self._include.union([self]) if ex))


class InputFunctionException(WorkflowError):
    def __init__(self, msg, wildcards=None, lineno=None, snakefile=None, rule=None):
        super().__init__(msg, lineno=lineno, snakefile=snakefile, rule=rule)
        self.wildcards = wildcards


class IncompleteCheckpointException(Exception):
    """The output of a checkpoint is asked for before the checkpoint has run."""

    def __init__(self, rule, targetfile):
        super().__init__(
            "The requested checkpoint output is not yet created. If you see this error, you have"
            " likely tried to use checkpoint output outside of an input function, or you have"
            " tried to call an input function directly via <function_name>()."
        )
        self.rule = rule
        self.targetfile = targetfile


class InputOpenException(Exception):
    def __init__(self, iofile):
        super().__init__("Input function opened a file that is not there yet: %s" % iofile)
        self.iofile = iofile
        self.rule = None


class MissingRuleException(RuleException):
    def __init__(self, file, lineno=None, snakefile=None):
        super().__init__("No rule to produce %s." % file, lineno=lineno, snakefile=snakefile)


class UnknownRuleException(RuleException):
    def __init__(self, name, prefix="", lineno=None, snakefile=None):
        super().__init__(
            "%s There is no rule named %s." % (prefix, name), lineno=lineno, snakefile=snakefile
        )


class CreateRuleException(RuleException):
    pass


class NoRulesException(RuleException):
    def __init__(self, lineno=None, snakefile=None):
        super().__init__("There has to be at least one rule.", lineno=lineno, snakefile=snakefile)


class MissingInputException(WorkflowError):
    pass


class MissingOutputException(RuleException):
    pass


class PeriodicWildcardError(RuleException):
    pass


class ProtectedOutputException(WorkflowError):
    pass


class ImproperOutputException(WorkflowError):
    pass


class ImproperShadowException(RuleException):
    pass


class AmbiguousRuleException(RuleException):
    pass


class CyclicGraphException(RuleException):
    pass


class ChildIOException(WorkflowError):
    pass


class IOException(RuleException):
    pass


class IOFileException(RuleException):
    pass


class IncompleteFilesException(RuleException):
    pass


class LockException(WorkflowError):
    pass


class LookupError(WorkflowError):  # the name is Snakemake's
    def __init__(self, msg=None, exc=None, query=None, dpath=None):
        what = "query: %s" % query if query is not None else "dpath: %s" % dpath
        super().__init__("Error applying lookup (%s)." % what, *[a for a in (msg, exc) if a])


class ResourceError(Exception):
    pass


class ResourceScopesException(Exception):
    pass


class UndefinedPathvarException(WorkflowError):
    pass


class CliException(Exception):
    pass


def print_exception(ex, linemaps=None):
    """Print an error's text to stderr."""
    import sys

    print(ex, file=sys.stderr)
