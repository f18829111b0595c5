"""Where a console script of Snakemake looks for its entry: it finds ours instead."""

from snakemake.__main__ import main

__all__ = ["main"]
