"""The engine's end of the supervisor: frames in, lines out, never waiting for either."""

import select

CHUNK = 1 << 18


class Connection:
    """One engine. Fields of a frame are parted by NUL; a frame begins with its length."""

    def __init__(self, socket, poll):
        self.socket = socket
        self.poll = poll
        self.fd = socket.fileno()
        self.incoming = b""
        self.outgoing = b""
        # It takes nothing any more; what it sent before may still be here to be read.
        self.deaf = False
        self.gone = False
        socket.setblocking(False)
        poll.register(self.fd, select.POLLIN)

    def receive(self):
        """The whole frames that have arrived; what is left over begins the next one."""
        try:
            data = self.socket.recv(CHUNK)
        except BlockingIOError:
            return []
        except OSError:
            data = b""
        if not data:
            self.gone = True
            return []
        if self.incoming:
            data = self.incoming + data
        frames = []
        at, length = 0, len(data)
        while length - at >= 4:
            end = at + 4 + int.from_bytes(data[at : at + 4], "big")
            if end > length:
                break
            frames.append(data[at + 4 : end])
            at = end
        self.incoming = data[at:]
        return frames

    def tell(self, text):
        if not self.deaf:
            self.outgoing += text
            self.flush()

    def flush(self):
        if not self.outgoing:
            return
        waited = self.outgoing
        try:
            self.outgoing = self.outgoing[self.socket.send(self.outgoing) :]
        except BlockingIOError:
            pass
        except OSError:
            self.deaf = True
            self.outgoing = b""
        if self.outgoing or waited is not self.outgoing:
            wanted = select.POLLIN | (select.POLLOUT if self.outgoing else 0)
            self.poll.modify(self.fd, wanted)

    def close(self):
        self.poll.unregister(self.fd)
        self.socket.close()
