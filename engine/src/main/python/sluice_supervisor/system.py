"""The few things the supervisor asks of the system."""

import os


def start_environment():
    """The environment as the engine gave it: Python may have added LC_CTYPE to its own."""
    try:
        with open("/proc/self/environ", "rb", buffering=0) as file:
            text = file.readall()
    except OSError:
        return dict(os.environb)
    return dict(entry.split(b"=", 1) for entry in text.split(b"\0") if b"=" in entry[1:])


def changed(environment, changes):
    """A copy with `K=V` set and `-K` taken away."""
    result = dict(environment)
    for change in changes:
        name, equals, value = change.partition(b"=")
        if equals:
            result[name] = value
        else:
            result.pop(name[1:], None)
    return result


def find(name, path):
    """Where a program stands, as the shell would find it; the name itself where it is nowhere."""
    for folder in path.split(b":"):
        candidate = os.path.join(folder or b".", name)
        if os.access(candidate, os.X_OK) and not os.path.isdir(candidate):
            return candidate
    return name


def signal_group(pid, number):
    try:
        os.killpg(pid, number)
    except OSError:
        pass  # It ended meanwhile.


def tell_ready():
    """Says so on stdout, and lets go of the engine's pipes."""
    tell(b"ready\n")
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)


def tell_not_ready(why):
    tell(os.fsencode(why) + b"\n")


def tell(line):
    try:
        os.write(1, line)
    except OSError:
        pass  # Whoever started it is gone already; the next one finds it by its place.
