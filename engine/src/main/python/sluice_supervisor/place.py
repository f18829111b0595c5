"""Where the supervisor is, for engines that come later, on this host or on another that shares the folder."""

import os


class Place:
    """The file `supervisor.at`: host, machine, pid, start time, socket, one a line. Its mtime is the beat."""

    def __init__(self, run_dir, machine, socket_path):
        self.path = os.path.join(run_dir, b"supervisor.at")
        self.machine = machine
        self.socket_path = socket_path

    def write(self):
        """Whole or not at all: an engine may look at any time."""
        host = self.machine.partition(" ")[0]
        lines = (host, self.machine, os.getpid(), start_time(), self.socket_path)
        write_file(self.path + b".new", "".join("%s\n" % line for line in lines))
        os.rename(self.path + b".new", self.path)

    def beat(self):
        try:
            os.utime(self.path)
        except OSError:
            pass  # The folder is gone, or its server does not answer; the next one may succeed.

    def remove(self):
        """The file goes last: once it is gone, nobody looks for the socket any more."""
        for path in (self.socket_path, self.path):
            try:
                os.unlink(path)
            except OSError:
                pass


def write_file(path, text):
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        data = os.fsencode(text)
        while data:
            data = data[os.write(fd, data) :]
    finally:
        os.close(fd)


def start_time():
    """In the kernel's own counting; with the pid it names one process of this boot for ever."""
    try:
        with open("/proc/self/stat", "rb", buffering=0) as file:
            return file.readall().rpartition(b")")[2].split()[19].decode()
    except (OSError, IndexError):
        return "-"
