"""`python3 PYTHONDIR/sluice_helper`: the helper; with --run-server or --run-job: `run:` blocks."""

import os
import sys


def _prepare():
    """Put our folder first on the module path."""
    here = os.path.dirname(os.path.abspath(__file__))
    python_dir = os.path.dirname(here)
    # sys.path[0] is this folder itself, whose modules are to be found as sluice_helper.x only.
    if sys.path and os.path.abspath(sys.path[0]) == here:
        del sys.path[0]
    if python_dir in sys.path:
        sys.path.remove(python_dir)
    sys.path.insert(0, python_dir)
    import sluice_helper

    sluice_helper.choose_cache(here)


def main():
    _prepare()
    from sluice_helper import own_imports

    with own_imports():
        if sys.argv[1:2] in (["--run-server"], ["--run-job"]):
            from sluice_helper import runserver

            start = runserver.serve if sys.argv[1] == "--run-server" else runserver.run_one
            args = sys.argv[2:3]
        else:
            from sluice_helper import server

            start, args = server.serve, ()
    return start(*args)


if __name__ == "__main__":
    sys.exit(main())
