"""`python -m snakemake …`: hand over to Sluice's `snakemake` command."""

import os
import sys


def _launcher():
    named = os.environ.get("SLUICE_SNAKEMAKE")
    if named:
        return named
    here = os.path.dirname(os.path.abspath(__file__))
    while os.path.dirname(here) != here:
        here = os.path.dirname(here)
        path = os.path.join(here, "bin", "snakemake")
        if os.access(path, os.X_OK) and os.path.exists(os.path.join(here, "lib")):
            return path
    return None


def main():
    launcher = _launcher()
    if launcher is None:
        print(
            "python -m snakemake: Sluice's snakemake command was not found; name it in the"
            " environment variable SLUICE_SNAKEMAKE",
            file=sys.stderr,
        )
        return 1
    try:
        os.execv(launcher, [launcher] + sys.argv[1:])
    except OSError as e:
        print("python -m snakemake: cannot start %s: %s" % (launcher, e), file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
