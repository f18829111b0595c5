"""Answers `script`: writes what a job runs, with its values in front, and says how to run it."""

import os
import sys

from sluice_helper import errors
from sluice_helper.calls import job_names, rule_globals
from snakemake.exceptions import WorkflowError

_FOLDER = os.path.join(".snakemake", "scripts")
_PYTHON_DIR = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_START = "######## the job's values, put here by Sluice ########"
_END = "######## the script ########"
_WRAPPERS = ("wrapper.py", "wrapper.R", "wrapper.Rmd", "wrapper.jl", "wrapper.sh", "wrapper.rs")


def prepare_all(workflow, jobs):
    out = []
    for job in jobs:
        try:
            out.append({"ok": _prepare(workflow, job)})
        except Exception as e:
            out.append({"error": errors.to_wire(e)})
    return out


def _prepare(workflow, wire):
    rule = workflow.rules.get(wire["rule"])
    job = job_names(wire)
    job["config"] = rule_globals(workflow, wire["rule"])["config"]
    kind = wire["kind"]
    if kind == "template_engine":
        return _template(wire["path"], job)
    if kind == "wrapper":
        path = _wrapper_script(wire["path"])
    else:
        path = _local(wire["path"], rule.basedir)
    job["scriptdir"] = os.path.dirname(path)
    if kind == "notebook":
        from sluice_helper.notebooks import prepare_notebook

        return prepare_notebook(path, job)
    return _script(path, job)


def _local(path, base):
    if path.startswith("file:"):
        path = path[7:] if path.startswith("file://") else path[5:]
    elif path.startswith("git+file:"):
        return _in_git(path)
    elif "://" in path:
        raise _remote(path)
    return os.path.abspath(os.path.join(base, path))


def _remote(path):
    return WorkflowError(
        "Sluice does not fetch sources over the network yet: %s" % path, code="remote-source"
    )


def _in_git(path):
    """git+file:///repo/path/in/it@ref"""
    from snakemake.sourcecache import checkout

    rest, _, ref = path[len("git+file:") :].partition("@")
    rest = "/" + rest.lstrip("/")
    repo = rest
    while repo != "/" and not os.path.exists(os.path.join(repo, ".git")):
        repo = os.path.dirname(repo)
    if repo == "/":
        raise WorkflowError("There is no git repository around %s" % rest)
    return os.path.join(checkout(repo, ref or "HEAD"), os.path.relpath(rest, repo))


def _wrapper_script(path):
    if not path.startswith(("file:", "git+file:", "/")):
        raise WorkflowError(
            "Wrappers from the network are not built yet: %s. A local copy works: file:/path/to/%s"
            % (path, path.split("/", 1)[-1]),
            code="remote-wrapper",
        )
    # Wrappers are relative to the working directory, scripts to the Snakefile.
    folder = _local(path, os.getcwd())
    if os.path.isfile(folder):
        return folder
    for name in _WRAPPERS:
        candidate = os.path.join(folder, name)
        if os.path.isfile(candidate):
            return candidate
    raise WorkflowError(
        "there is no wrapper in `%s`" % folder,
        code="missing-wrapper",
        hint="a wrapper's folder holds one of " + ", ".join(_WRAPPERS),
    )


def _script(path, job):
    _, suffix = os.path.splitext(path)
    prepare = _LANGUAGES.get(suffix)
    if prepare is None:
        raise WorkflowError(
            "Unsupported script %s: expecting one of %s" % (path, ", ".join(_LANGUAGES)),
            code="unknown-script-language",
        )
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as f:
            source = f.read()
    except OSError as e:
        raise WorkflowError("Cannot read the script %s: %s" % (path, e.strerror))
    return prepare(path, source, job)


def write_file(name, content):
    """A file of its own in .snakemake/scripts; returns its absolute path."""
    import tempfile

    os.makedirs(_FOLDER, exist_ok=True)
    fd, path = tempfile.mkstemp(suffix="." + name, prefix="tmp", dir=os.path.abspath(_FOLDER))
    with os.fdopen(fd, "w", encoding="utf-8", errors="surrogateescape") as f:
        f.write(content)
    return path


def _how(argv, *files):
    return {"argv": argv, "files": list(files)}


# ---- Python ---------------------------------------------------------------------------------


def snakemake_object(job):
    from snakemake.iocontainers import Snakemake

    return Snakemake(
        job["input"],
        job["output"],
        job["params"],
        job["wildcards"],
        job["threads"],
        job["resources"],
        job["log"],
        job["config"],
        job["rule"],
        job["bench_iteration"],
        job["scriptdir"],
    )


def python_preamble(path, job):
    """One line, so that the lines of the script move as little as possible."""
    import pickle

    try:
        data = pickle.dumps(snakemake_object(job), protocol=4)
    except Exception as e:
        raise WorkflowError(
            "The params, config or resources of rule %s cannot be handed to a script, since they"
            " cannot be pickled:" % job["rule"],
            e,
        )
    shell_exec = job["resources"].get("shell_exec")
    shell = "from snakemake import shell; shell.executable(%r); " % shell_exec
    return (
        "import sys; sys.path.insert(0, %r); sys.path.append(%r); import pickle; "
        "snakemake = pickle.loads(%r); from snakemake.logging import logger; "
        "from snakemake import script as _script; _script._publish(snakemake); del _script; "
        "%s__real_file__ = __file__; __file__ = %r;"
    ) % (
        _PYTHON_DIR,
        job["scriptdir"],
        data,
        shell if shell_exec is not None else "",
        os.path.realpath(path),
    )


def _hoisted_futures(source):
    """`from __future__` has to come first; its own lines become empty."""
    if "__future__" not in source:
        return "", source
    import re

    found = re.findall(r"^from __future__ import [\w, ]+", source, flags=re.M)
    source = re.sub(r"^from __future__ import [\w, ]+", "", source, flags=re.M)
    return "".join(f + "; " for f in found), source


def _python(path, source, job):
    futures, source = _hoisted_futures(source)
    lines = [_START, futures + python_preamble(path, job), _END, source]
    target = write_file(os.path.basename(path), "\n".join(lines))
    return _how([sys.executable, target], target)


def _xonsh(path, source, job):
    target = write_file(
        os.path.basename(path), "\n".join([_START, python_preamble(path, job), _END, source])
    )
    argv = ["xonsh", "-DRAISE_SUBPROC_ERROR=true", "-DXONSH_SHOW_TRACEBACK=true", target]
    return _how(argv, target)


def _hy(path, source, job):
    text = "(pys #[[\n%s\n]])" % python_preamble(path, job)
    target = write_file(os.path.basename(path), text + source)
    return _how(["hy", target], target)


# ---- R, Julia, bash, Rust -------------------------------------------------------------------

_R_SLOTS = """\
library(methods)
Snakemake <- setClass("Snakemake", slots = c(
    input = "list", output = "list", params = "list", wildcards = "list", threads = "numeric",
    log = "list", resources = "list", config = "list", rule = "character",
    bench_iteration = "numeric", scriptdir = "character", source = "function"))
snakemake <- Snakemake(
    %s,
    source = function(...) {
        old_wd <- getwd()
        on.exit(setwd(old_wd), add = TRUE)
        setwd(snakemake@scriptdir)
        source(...)
    })
"""


def r_preamble(job):
    from sluice_helper import encoders as e

    slots = [
        ("input", e.r_named(job["input"])),
        ("output", e.r_named(job["output"])),
        ("params", e.r_named(job["params"])),
        ("wildcards", e.r_named(job["wildcards"])),
        ("threads", e.r_number(job["threads"])),
        ("log", e.r_named(job["log"])),
        ("resources", e.r_list(e.visible_resources(job["resources"]))),
        ("config", e.r_list(job["config"])),
        ("rule", e.r_value(job["rule"])),
        ("bench_iteration", e.r_number(job["bench_iteration"])),
        ("scriptdir", e.r_value(job["scriptdir"])),
    ]
    return _R_SLOTS % ",\n    ".join("%s = %s" % s for s in slots)


def _r(path, source, job):
    text = "\n".join([_START, r_preamble(job), _END, source])
    target = write_file(os.path.basename(path), text)
    return _how(["Rscript", "--vanilla", target], target)


def _rmarkdown(path, source, job):
    if len(job["output"]) != 1:
        raise WorkflowError("an R Markdown script needs exactly one output, the document")
    head, fence, rest = source.partition("---\n")
    meta, fence2, body = rest.partition("---\n")
    chunk = "\n```{r, include=FALSE}\n%s\n```\n" % r_preamble(job)
    target = write_file(os.path.basename(path), head + fence + meta + "---\n" + chunk + body)
    render = (
        "rmarkdown::render(%r, output_file=%r, quiet=TRUE, knit_root_dir=%r, params=list(rmd=%r))"
    )
    output = os.path.abspath(str(job["output"][0]))
    code = render % (target, output, os.getcwd(), target)
    return _how(["Rscript", "--vanilla", "-e", code], target)


def _julia(path, source, job):
    from sluice_helper import encoders as e

    values = [
        e.julia_named(job["input"]),
        e.julia_named(job["output"]),
        e.julia_named(job["params"]),
        e.julia_named(job["wildcards"]),
        e.julia_value(job["threads"]),
        e.julia_named(job["log"]),
        e.julia_dict(e.visible_resources(job["resources"])),
        e.julia_dict(job["config"]),
        e.julia_value(job["rule"]),
        e.julia_value(job["bench_iteration"]),
        e.julia_value(job["scriptdir"]),
    ]
    struct = (
        "struct Snakemake\n    input::Dict\n    output::Dict\n    params::Dict\n"
        "    wildcards::Dict\n    threads::Int64\n    log::Dict\n    resources::Dict\n"
        "    config::Dict\n    rule::String\n    bench_iteration\n    scriptdir::String\nend\n"
    )
    text = "%s\n%ssnakemake = Snakemake(\n    %s\n)\n%s\n%s" % (
        _START,
        struct,
        ",\n    ".join(values),
        _END,
        source,
    )
    target = write_file(os.path.basename(path), text)
    return _how(["julia", target], target)


def _bash(path, source, job):
    from sluice_helper.encoders import bash_arrays

    shebang, text = "#!/usr/bin/env bash", source
    if source.startswith("#!"):
        shebang, _, text = source.partition("\n")
    content = "\n".join([shebang, _START, bash_arrays(job), _END, text])
    target = write_file(os.path.basename(path), content)
    return _how(["bash", target], target)


def _rust(path, source, job):
    raise WorkflowError(
        "Rust scripts are not built yet: %s (Python, R, Julia, bash, xonsh and Hy are)." % path,
        code="rust-script",
    )


_LANGUAGES = {
    ".py": _python,
    ".R": _r,
    ".Rmd": _rmarkdown,
    ".jl": _julia,
    ".sh": _bash,
    ".xsh": _xonsh,
    ".hy": _hy,
    ".rs": _rust,
}


# ---- templates ------------------------------------------------------------------------------

_RENDER = {
    "jinja2": """\
import jinja2
with open(source) as f:
    template = jinja2.Template(f.read())
with open(target, "w") as f:
    f.write(template.render(**variables))
""",
    "yte": """\
import yte
with open(target, "w") as out, open(source) as template:
    yte.process_yaml(template, outfile=out, variables=variables)
""",
}


def _template(engine, job):
    if engine not in _RENDER:
        raise WorkflowError(
            "the template engine `%s` of rule %s is unknown: there are yte and jinja2"
            % (engine, job["rule"]),
            code="unknown-template-engine",
        )
    if len(job["output"]) != 1:
        raise WorkflowError("a rule with template_engine needs exactly one output")
    if len(job["input"]) != 1 and "template" not in job["input"].keys():
        raise WorkflowError(
            "a rule with template_engine and several inputs needs one named `template`"
        )
    source = job["input"][0] if len(job["input"]) == 1 else job["input"].template
    job["scriptdir"] = os.getcwd()
    text = "%s\nsource, target = %r, %r\nvariables = {k: getattr(snakemake, k) for k in %r}\n" % (
        python_preamble(engine, job),
        str(source),
        str(job["output"][0]),
        ["input", "params", "wildcards", "config"],
    )
    text += (
        "try:\n    import %s\nexcept ImportError:\n"
        "    sys.exit('template_engine: the Python ' + sys.executable + ' has no %s: pip install"
        " %s')\n" % (engine, engine, engine)
    )
    target = write_file("render_%s.py" % engine, text + _RENDER[engine])
    return _how([sys.executable, target], target)
