"""Memory and disk use of a job's process tree, read from /proc. Only jobs with a benchmark are looked at."""

import os

MEBI = 1024.0 * 1024.0
PAGE = os.sysconf("SC_PAGE_SIZE")


class Sampler:
    """The peaks of one process and all its descendants."""

    __slots__ = ("pid", "looks", "rss", "vms", "uss", "pss", "read", "written")

    def __init__(self, pid):
        self.pid = pid
        self.looks = 0
        self.rss = self.vms = self.uss = self.pss = 0
        self.read = self.written = 0

    def look(self):
        rss = vms = uss = pss = read = written = seen = 0
        for pid in tree(self.pid):
            try:
                pages = contents(pid, "statm").split()
                unique, proportional = shares(pid)
                bytes_in, bytes_out = disk(pid)
            except (OSError, IndexError):
                continue  # It ended meanwhile.
            seen += 1
            vms += int(pages[0]) * PAGE
            rss += int(pages[1]) * PAGE
            uss += unique
            pss += proportional
            read += bytes_in
            written += bytes_out
        if seen:
            self.looks += 1
            self.rss = max(self.rss, rss)
            self.vms = max(self.vms, vms)
            self.uss = max(self.uss, uss)
            self.pss = max(self.pss, pss)
            self.read = max(self.read, read)
            self.written = max(self.written, written)

    def figures(self):
        """max_rss,max_vms,max_uss,max_pss,io_in,io_out in MiB; empty when the process was never seen."""
        if not self.looks:
            return b""
        amounts = (self.rss, self.vms, self.uss, self.pss, self.read, self.written)
        return b",".join(b"%.4f" % (amount / MEBI) for amount in amounts)


def tree(pid):
    """The process and its descendants."""
    found = [pid]
    for parent in found:
        try:
            for task in os.listdir("/proc/%d/task" % parent):
                found += map(int, contents(parent, "task/%s/children" % task).split())
        except OSError:
            pass  # It ended, or the kernel does not list children.
    return found


def contents(pid, name):
    with open("/proc/%d/%s" % (pid, name), "rb", buffering=0) as file:
        return file.readall()


def shares(pid):
    """Bytes of memory that are the process's own, and its share of what it has in common with others."""
    own = proportional = 0
    for line in contents(pid, "smaps_rollup").splitlines():
        if line.startswith((b"Private_Clean:", b"Private_Dirty:", b"Private_Hugetlb:")):
            own += int(line.split()[1]) * 1024
        elif line.startswith(b"Pss:"):
            proportional += int(line.split()[1]) * 1024
    return own, proportional


def disk(pid):
    """Bytes read from and written to disks."""
    amounts = [0, 0]
    for line in contents(pid, "io").splitlines():
        if line.startswith(b"read_bytes:"):
            amounts[0] = int(line.split()[1])
        elif line.startswith(b"write_bytes:"):
            amounts[1] = int(line.split()[1])
    return amounts
