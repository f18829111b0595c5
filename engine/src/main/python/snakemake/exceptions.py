"""The exceptions that Snakefiles and scripts may raise, catch or import."""


def _text(arg):
    if isinstance(arg, BaseException) and not isinstance(arg, WorkflowError):
        return "%s: %s" % (type(arg).__name__, arg)
    return str(arg)


class WorkflowError(Exception):
    """An error in the workflow, with the place it belongs to where that is known."""

    def __init__(self, *args, lineno=None, snakefile=None, rule=None, code=None, hint=None):
        super().__init__("\n".join(map(_text, args)))
        self.hint = hint
        self.rule = rule
        self.lineno = lineno if rule is None else getattr(rule, "lineno", lineno)
        self.snakefile = snakefile if rule is None else getattr(rule, "snakefile", snakefile)
        self.code = code


class RuleException(Exception):
    """An error within a rule; several may be joined in one."""

    def __init__(
        self, message=None, include=None, lineno=None, snakefile=None, rule=None, hint=None
    ):
        super().__init__(message)
        joined = list(include or ())
        self._include = {inner for ex in joined for inner in (ex, *ex._include)}
        self.hint = hint
        self.rule = rule
        self.lineno = getattr(rule, "lineno", None) if lineno is None else lineno
        self.snakefile = getattr(rule, "snakefile", None) if snakefile is None else snakefile
        self.code = None

    @property
    def messages(self):
        return [str(ex) for ex in (self, *self._include)]


class InputFunctionException(WorkflowError):
    """A function of the Snakefile failed for a job."""

    def __init__(self, msg, wildcards=None, **place):
        super().__init__(msg, **place)
        self.wildcards = wildcards


class IncompleteCheckpointException(Exception):
    """The output of a checkpoint is asked for before the checkpoint has run."""

    def __init__(self, rule, targetfile):
        super().__init__(
            "the checkpoint `%s` has not run yet, so nobody knows its output; `checkpoints.*.get()`"
            " belongs in a function that is given as input or params, not called by hand"
            % getattr(rule, "name", rule)
        )
        self.rule = rule
        self.targetfile = targetfile


class InputOpenException(Exception):
    """A function of the Snakefile opened an input that has yet to be made."""

    def __init__(self, iofile):
        super().__init__("the file `%s` was opened before it is there" % iofile)
        self.iofile = iofile
        self.rule = None


class LookupError(WorkflowError):  # the name is Snakemake's
    def __init__(self, msg=None, exc=None, query=None, dpath=None):
        what = "dpath=%r" % (dpath,) if query is None else "query=%r" % (query,)
        super().__init__("lookup(%s) failed" % what, *filter(None, (msg, exc)))


def _declare(base, names):
    """Exceptions without a body of their own, for `except` clauses and imports of users."""
    for name in names.split():
        globals()[name] = type(name, (base,), {"__module__": __name__})


_declare(
    WorkflowError,
    "WildcardError MissingInputException ProtectedOutputException ImproperOutputException"
    " ChildIOException LockException UndefinedPathvarException",
)
_declare(
    RuleException,
    "CreateRuleException MissingOutputException PeriodicWildcardError ImproperShadowException"
    " AmbiguousRuleException CyclicGraphException IOException IOFileException"
    " IncompleteFilesException",
)
_declare(Exception, "ResourceError ResourceScopesException CliException")


class MissingRuleException(RuleException):
    def __init__(self, file, **place):
        super().__init__("no rule makes `%s`" % file, **place)


class NoRulesException(RuleException):
    def __init__(self, **place):
        super().__init__("the workflow has no rules", **place)


class UnknownRuleException(RuleException):
    def __init__(self, name, prefix="", **place):
        super().__init__((prefix + " there is no rule `%s`" % name).lstrip(), **place)


def print_exception(ex, *_):
    """Print an error's text to stderr."""
    import sys

    print(ex, file=sys.stderr)
