"""`from snakemake.script import snakemake` for type checkers; replaced when a script runs."""

from snakemake.iocontainers import Snakemake  # noqa: F401


class _Stub:
    def __getattr__(self, name):
        raise AttributeError(
            "snakemake.script.snakemake has no %r here: it is filled in when Sluice runs this file"
            " as the script of a rule" % name
        )


snakemake = _Stub()


def _publish(obj):
    """Make `obj` what `from snakemake.script import snakemake` gives."""
    global snakemake
    snakemake = obj
