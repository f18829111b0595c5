"""`--default-resources`, `--set-resources` and `--set-threads`: expressions of the command line."""

import os
import re

from sluice_helper.protocol import encode
from snakemake.exceptions import WorkflowError

_BARE = {"tmpdir": "system_tmpdir"}
_FULL = {
    "mem": "min(8000, max(1000, 2 * input.size_mb))",
    "disk": "50000 if not input else max(1000, 2 * input.size_mb)",
    "tmpdir": "system_tmpdir",
}
_SIZED = ("mem", "disk")
_OPERATOR_OR_ATTRIBUTE = re.compile(r"[-+*/%]|\.\w")


def command_line_resources(workflow):
    settings = workflow.settings
    defaults = _default_expressions(settings.get("default_resources"))
    return {
        "default_resources": {k: _wire(workflow, k, v) for k, v in defaults.items()},
        "set_resources": {
            rule: {k: _wire(workflow, k, v) for k, v in resources.items()}
            for rule, resources in (settings.get("set_resources") or {}).items()
        },
        "set_threads": {
            rule: _wire(workflow, "threads", v)
            for rule, v in (settings.get("set_threads") or {}).items()
        },
    }


def _default_expressions(given):
    if given is None:
        return dict(_BARE)
    out = dict(_FULL)
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise WorkflowError(
                "a resource is given as name=value, but this is %r" % text
            )
        for base in _SIZED:
            if name in (base, base + "_mb", base + "_mib"):
                for variant in (base, base + "_mb", base + "_mib"):
                    out.pop(variant, None)
        out[name] = value
    return out


def _wire(workflow, name, text):
    if not isinstance(text, str):
        return text
    try:
        return int(text)
    except ValueError:
        pass
    expression = _Expression(name, text)
    if expression.is_constant():
        return encode(expression(None))
    return {"$fn": workflow.functions.add(expression)}


class _Expression:
    """An expression of the command line as a function of the job."""

    _sluice_accepted = ["wildcards", "input", "attempt", "threads"]

    def __init__(self, name, text):
        self.name = name
        self.text = text

    def is_constant(self):
        """Whether no job has a say in the value: then it need not be asked for again and again."""
        try:
            code = compile(os.path.expanduser(os.path.expandvars(self.text)), "<option>", "eval")
        except SyntaxError:
            return True
        names = set(code.co_names)
        for const in code.co_consts:
            if hasattr(const, "co_names"):
                return False
        return names.isdisjoint(self._sluice_accepted)

    def __call__(self, wildcards, input=None, attempt=1, threads=1):
        import shutil

        text = os.path.expanduser(os.path.expandvars(self.text))
        names = _Names(
            wildcards=wildcards,
            input=input,
            attempt=attempt,
            threads=threads,
            system_tmpdir=_tmpdir(),
            shutil=shutil,
        )
        try:
            return eval(text, {"__builtins__": __builtins__}, names)
        except (NameError, SyntaxError):
            return text
        except Exception as e:
            # Plans ask before the inputs are there; Sluice then writes <TBD>.
            if isinstance(e, FileNotFoundError):
                raise
            if not _looks_like_python(text):
                return text
            raise WorkflowError(
                "the resource value `%s` looks like Python, but fails as such" % text,
                e,
                hint="text that is not meant as Python needs quotes of its own:"
                " --default-resources \"tmpdir='/scratch/tmp'\"",
            )


def _looks_like_python(text):
    """Whether a text that Python cannot evaluate was meant for it all the same."""
    if _OPERATOR_OR_ATTRIBUTE.search(text):
        return True
    function, call, _ = text.partition("(")
    if call and text.endswith(")") and function.isidentifier():
        return True
    return text[:1] + text[-1:] == "{}" or text.startswith("lambda ") and ":" in text


class _Names(dict):
    def __missing__(self, key):
        if key in ("lookup", "branch", "evaluate", "exists", "subpath", "flatten"):
            from sluice_helper import namespace

            return namespace.lookup(key)
        raise KeyError(key)


def _tmpdir():
    for name in ("TMPDIR", "TEMP", "TMP"):
        path = os.environ.get(name)
        if path and os.path.isdir(path) and os.access(path, os.W_OK):
            return os.path.abspath(path)
    import tempfile

    return tempfile.gettempdir()
