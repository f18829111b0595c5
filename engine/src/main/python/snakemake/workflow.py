"""Importable for what public Snakefiles take from here; the rest of Snakemake's is not ours."""

from snakemake.exceptions import RuleException, WorkflowError  # noqa: F401


class Workflow:
    """Only a name for isinstance checks; Sluice's own object is the Snakefile's `workflow`."""


def __getattr__(name):
    # The namespace of a Snakefile is, in Snakemake, the namespace of this module.
    from sluice_helper import namespace

    value = namespace.lookup(name)
    if value is namespace.MISSING:
        raise AttributeError("module 'snakemake.workflow' has no attribute %r" % name)
    return value
