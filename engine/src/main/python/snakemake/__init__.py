"""Sluice's own small `snakemake` package: what Snakefiles and scripts import, with no Snakemake.

Submodules are loaded on first use, so that `import snakemake` costs nothing.
"""

__version__ = "9.25.2"

_SUBMODULES = frozenset(
    (
        "checkpoints",
        "common",
        "exceptions",
        "io",
        "iocontainers",
        "ioutils",
        "logging",
        "remote",
        "script",
        "shell",
        "sourcecache",
        "storage",
        "utils",
        "workflow",
    )
)


def __getattr__(name):
    import importlib

    if name in _SUBMODULES:
        return importlib.import_module("snakemake." + name)
    raise AttributeError(
        "Sluice's snakemake package has no attribute %r (it holds what workflows and scripts use,"
        " not Snakemake's internals)" % name
    )
