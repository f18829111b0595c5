"""The file of records, on a disk that may be full."""

import os
import time

FLAGS = os.O_RDWR | os.O_CREAT | os.O_APPEND
RETRY_SECONDS = 1.0
# No record holds one: a line with it was cut short by a crash.
TORN = b"\0\n"


class Busy(Exception):
    """Another supervisor writes the records of this run."""


class Records:
    """Appends whole lines. What the disk does not take is kept, in order, and tried again."""

    def __init__(self, path):
        self.fd = os.open(path, FLAGS, 0o666)
        self.lock()
        # Bytes that are not written yet; they may begin in the midst of a line.
        self.left = b""
        # The lines that may not be told before those bytes are written.
        self.held = b""
        self.due = None
        size = os.fstat(self.fd).st_size
        if size and os.pread(self.fd, 1, size - 1) != b"\n":
            self.left = self._append(TORN)

    def lock(self):
        """One supervisor a run: an engine that was killed may have started one that nobody has met yet."""
        try:
            os.lockf(self.fd, os.F_TLOCK, 0)
        except (BlockingIOError, PermissionError):
            raise Busy() from None
        except OSError:
            pass  # A file system without locks.

    def write(self, text):
        """Takes lines; gives back those that are on file now."""
        if self.left:
            self.left += text
            self.held += text
            return b""
        self.left = self._append(text)
        if not self.left:
            return text
        self.held = text
        return b""

    def retry(self):
        """Tries once more; gives back the lines that are on file now."""
        self.left = self._append(self.left)
        if self.left:
            return b""
        told, self.held, self.due = self.held, b"", None
        return told

    def _append(self, text):
        try:
            while text:
                text = text[os.write(self.fd, text) :]
        except OSError:
            self.due = time.monotonic() + RETRY_SECONDS
        return text
