"""All that a fresh process needs to load the same workflow again without asking Sluice."""

import json
import os

from sluice_helper.protocol import decode, encode
from sluice_helper.server import checked_validation, rendered_config
from snakemake.exceptions import WorkflowError


def write_bundle(path, settings, sluice, workflow):
    content = {
        "settings": settings,
        "snakefile": workflow.snakefiles[0],
        "folder": workflow.cwd_before,
        "record": sluice.record,
        "checkpoints": [
            {"rule": rule, "wildcards": dict(wildcards), "output": _files(files)}
            for (rule, wildcards), files in workflow.checkpoints_done.items()
        ],
    }
    # Written beside and renamed, so that a reader never sees half of it.
    beside = "%s.%d" % (path, os.getpid())
    with open(beside, "w", encoding="ascii") as f:
        json.dump(content, f)
    os.replace(beside, path)


def _files(files):
    names = [[name, start, end] for name, (start, end) in files._names.items()]
    return {"items": [str(f) for f in files], "names": names}


class Recorded:
    """Stands for Sluice with the answers of the first load."""

    def __init__(self, record):
        self._record = record
        self._validations = list(record["validate"])

    def compile(self, path):
        return self._find("compile", path)

    def config(self, path):
        path = os.path.abspath(path)
        return rendered_config(decode(self._find("config", path)), path)

    def _find(self, kind, path):
        try:
            return self._record[kind][path]
        except KeyError:
            raise WorkflowError(
                "The workflow reads %s only when it is loaded for a run block, not before: a run"
                " block needs the same Snakefiles and config files as the plan." % path,
                code="changed-load",
            ) from None

    def validate(self, data, schema, set_default, what):
        data = encode(data)
        for i, (known_schema, known_data, answer) in enumerate(self._validations):
            if known_schema == schema and known_data == data:
                del self._validations[i]
                return checked_validation(answer, what)
        # Data that differs from the first load (a time, say) was judged then.
        return decode(data)

    def log(self, level, message):
        """What the Snakefile says while it loads was said when it loaded first."""


def load_bundle(path):
    """Load the workflow of a bundle into this process."""
    from sluice_helper import own_imports
    from sluice_helper.protocol import file_item, named
    from sluice_helper.server import prepare_process

    with open(path, encoding="ascii") as f:
        content = json.load(f)
    settings = dict(content["settings"], run_server=True)
    sluice = Recorded(content["record"])
    with own_imports():
        # Imported now, and so present in every fork.
        import snakemake._formatting  # noqa: F401
        import snakemake.shell  # noqa: F401
        from sluice_helper import calls  # noqa: F401
        from sluice_helper.workflow import Workflow
        from snakemake.checkpoints import job_key
        from snakemake.iocontainers import OutputFiles
    os.chdir(content["folder"])
    prepare_process(settings, sluice)
    workflow = Workflow(settings, sluice)
    for done in content["checkpoints"]:
        key = job_key(done["rule"], done["wildcards"])
        workflow.checkpoints_done[key] = named(OutputFiles, done["output"], file_item)
    workflow.load(content["snakefile"])
    return workflow
