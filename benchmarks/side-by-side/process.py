"""One command, measured: wall, CPU of all its processes, the memory of its largest."""

import ctypes
import os
import resource
import subprocess
import time
from dataclasses import dataclass

PR_SET_CHILD_SUBREAPER = 36
TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 120  # seconds for processes that outlive their command


@dataclass(frozen=True)
class Measure:
    status: int
    wall: float
    cpu: float
    peak: float  # MiB of the largest process
    others: float  # cores that other work of the machine took meanwhile


def adopt_orphans():
    """Processes that outlive their command become our children, so that their CPU is counted too."""
    try:
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    except AttributeError:
        pass  # Not Linux: such processes are not counted.


def own_peak():
    """A process starts with the memory of the one that forked it: no peak below this can be seen."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(command, folder, env=None):
    before, busy, started = children_cpu(), machine_cpu(), time.monotonic()
    with open(os.path.join(folder, ".said"), "wb") as said:
        child = subprocess.Popen(
            command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    wall, busy = time.monotonic() - started, machine_cpu() - busy
    # The CPU of the command itself, for what else the machine did meanwhile.
    own = children_cpu() - before
    peak = max(usage.ru_maxrss, reap())
    others = max(0.0, (busy - own) / wall)
    return Measure(child.returncode, wall, children_cpu() - before, peak / 1024, others)


def reap():
    """Waits for adopted processes; the largest memory of one, in KiB."""
    peak, until = 0, time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            pid, _, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            break
        if pid == 0:
            time.sleep(0.005)
        else:
            peak = max(peak, usage.ru_maxrss)
    return peak


def children_cpu():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def machine_cpu():
    try:
        with open("/proc/stat") as stat:
            fields = [int(field) for field in stat.readline().split()[1:]]
    except OSError:
        return 0.0
    user, nice, system, _idle, _wait, irq, softirq = fields[:7]
    return (user + nice + system + irq + softirq) / TICKS
