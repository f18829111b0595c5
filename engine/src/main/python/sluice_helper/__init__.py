"""The CPython process in which Snakefiles run, on behalf of Sluice (see protocol.py)."""

import os
import sys

_cache = None


def choose_cache(folder):
    """Where compiled files of ours go when they cannot go next to their sources."""
    global _cache
    if sys.dont_write_bytecode or not os.access(folder, os.W_OK):
        base = os.environ.get("SLUICE_CACHE") or os.path.expanduser("~/.cache/sluice")
        _cache = os.path.join(base, "pycache")


class own_imports:
    """Imports of our own modules are compiled once; the settings for user code stay as they are."""

    def __enter__(self):
        self.before = sys.pycache_prefix, sys.dont_write_bytecode
        if _cache is not None:
            sys.pycache_prefix = _cache
            sys.dont_write_bytecode = False

    def __exit__(self, *error):
        sys.pycache_prefix, sys.dont_write_bytecode = self.before
        return False
