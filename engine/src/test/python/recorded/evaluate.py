"""Evaluates expressions.txt with whatever `snakemake` package is importable, one result a line.

Run once with Snakemake 9.25.2 itself, its output is `values.json`: facts that ours is held to.
"""

import copy
import json
import os
import sys
import tempfile


def namespace():
    from pathlib import Path

    import snakemake.io as io
    import snakemake.iocontainers as containers
    import snakemake.ioutils as ioutils
    import snakemake.utils as utils

    names = {"Path": Path, "fmt": utils.format, "Namedlist": containers.Namedlist}
    names["Wildcards"] = containers.Wildcards
    for name in (
        "expand multiext temp protected directory pipe service ensure glob_wildcards is_flagged"
        " regex_from_filepattern apply_wildcards get_wildcard_names strip_wildcard_constraints"
        " update_wildcard_constraints contains_wildcard"
    ).split():
        names[name] = getattr(io, name)
    registered = {}
    if hasattr(ioutils, "register_in_globals"):
        ioutils.register_in_globals(registered)
    for name in (
        "subpath branch evaluate lookup flatten prepend_param as_py_module"
    ).split():
        names[name] = registered.get(name) or getattr(ioutils, name)
    for name in ("min_version", "simplify_path", "listfiles"):
        names[name] = getattr(utils, name)

    def updated(config, more):
        config = copy.deepcopy(config)
        utils.update_config(config, more)
        return config

    def snakemake_log(files):
        c = containers
        return c.Snakemake(
            c.InputFiles(), c.OutputFiles(), c.Params(), c.Wildcards(), 1, c.ResourceList(),
            c.Log(files), {}, "r", None,
        )  # fmt: skip

    names["updated"] = updated
    names["Snakemake_log"] = snakemake_log
    return names


def evaluate_all(lines):
    names = namespace()
    before = os.getcwd()
    out = []
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            # One file a folder: the order of a listing is the file system's own.
            for path in ("data/a_1.txt", "data/sub/c_3.txt", "other/q.txt"):
                os.makedirs(os.path.dirname(path), exist_ok=True)
                open(path, "w").close()
            for line in lines:
                try:
                    value = repr(eval(line, dict(names)))
                except Exception as e:
                    value = "raises " + type(e).__name__
                out.append([line, value])
        finally:
            os.chdir(before)
    return out


def lines():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "expressions.txt")
    with open(path) as f:
        return [line.rstrip("\n") for line in f if line.strip()]


if __name__ == "__main__":
    json.dump(evaluate_all(lines()), sys.stdout, indent=0)
