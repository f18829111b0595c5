"""`notebook:` rules: the notebook with a first cell that makes the `snakemake` object."""

import json
import os
import sys

from sluice_helper.scripts import python_preamble, r_preamble, write_file
from snakemake.exceptions import WorkflowError

_TAG = "snakemake-job-properties"


def prepare_notebook(path, job):
    try:
        with open(path, encoding="utf-8") as f:
            notebook = json.load(f)
    except OSError as e:
        raise WorkflowError("Cannot read the notebook %s: %s" % (path, e.strerror))
    except ValueError as e:
        raise WorkflowError("The notebook %s is not valid JSON: %s" % (path, e))
    language = notebook.get("metadata", {}).get("language_info", {}).get("name", "python").lower()
    if language == "python":
        code = python_preamble(path, job).replace("__real_file__ = __file__; ", "")
    elif language == "r":
        code = r_preamble(job)
    else:
        raise WorkflowError("Notebooks in %s are not supported: %s" % (language, path))
    cell = {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {"tags": [_TAG]},
        "outputs": [],
        "source": code,
    }
    cells = notebook.setdefault("cells", [])
    cells[:] = [c for c in cells if _TAG not in c.get("metadata", {}).get("tags", ())]
    cells.insert(0, cell)
    target = write_file(os.path.basename(path), json.dumps(notebook))
    return {"argv": _runner(target, job), "files": [target]}


def _runner(notebook, job):
    import importlib.util
    import shutil

    log = job["log"].get("notebook")
    output = os.path.abspath(str(log)) if log else os.devnull
    if importlib.util.find_spec("papermill") is not None:
        return [sys.executable, "-m", "papermill", "--log-level", "ERROR", notebook, output]
    if importlib.util.find_spec("nbconvert") is not None:
        start = [sys.executable, "-m", "nbconvert"]
    elif shutil.which("jupyter-nbconvert"):
        start = ["jupyter-nbconvert"]
    else:
        raise WorkflowError(
            "Notebooks need papermill or nbconvert, which the Python %s does not have"
            " (pip install papermill, or nbconvert and ipykernel)." % sys.executable,
            code="no-notebook-runner",
        )
    return [
        *start,
        "--log-level=ERROR",
        "--execute",
        "--to=notebook",
        "--ExecutePreprocessor.timeout=-1",
        "--output=" + (output if log else notebook + ".executed"),
        notebook,
    ]
