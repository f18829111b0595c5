"""Entry of the supervisor, started by path: python3 -I -S supervisor.py RUNDIR SOCKET [MACHINE].

Kept tiny on purpose: what is started by path is compiled anew each time, what it imports is not.
"""

import os
import sys

here = os.path.dirname(os.path.abspath(__file__))
if not os.access(here, os.W_OK):
    cache = os.environ.get("SLUICE_CACHE") or os.path.expanduser("~/.cache/sluice")
    sys.pycache_prefix = os.path.join(cache, "pycache")
# In isolated mode the script's own folder is not searched.
sys.path.insert(0, os.path.dirname(here))

from sluice_supervisor.loop import main  # noqa: E402

main(*sys.argv[1:4])
