"""One watcher of a run, as the page is one: a snapshot, then deltas, from where it is whenever its stream is cut."""

import asyncio
import contextlib
import json
import struct
import zlib

NAMES = ("state", "executor", "attempts", "rule", "started", "running", "ended")
WIDTHS = {"state": "B", "executor": "B", "attempts": "B", "rule": "H", "started": "I", "running": "I", "ended": "I"}
FIRST_WAIT, LONGEST_WAIT = 0.5, 15
DELTA = tuple(name for name in NAMES if name != "rule")


class Cut(Exception):
    """The stream ended before it was over."""


def columns_of(snapshot):
    """The header, and the columns by name."""
    magic, length = struct.unpack_from("<4sI", snapshot)
    if magic != b"SLU1":
        raise ValueError("no snapshot")
    header = json.loads(snapshot[8 : 8 + length])
    rows, at, columns = header["rows"], 8 + length, {}
    for name in NAMES:
        columns[name] = list(struct.unpack_from(f"<{rows}{WIDTHS[name]}", snapshot, at))
        at += (struct.calcsize(WIDTHS[name]) * rows + 3) & ~3
    return header, columns


class Answer:
    """An HTTP answer whose body comes in parts."""

    def __init__(self, reader, writer):
        self.reader, self.writer, self.headers, self.status = reader, writer, {}, 0
        self.left = None

    async def begin(self):
        lines = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        self.status = int(lines[0].split()[1])
        self.headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:] if line)}
        self.inflate = zlib.decompressobj(31) if self.headers.get("content-encoding") == "gzip" else None
        if "content-length" in self.headers:
            self.left = int(self.headers["content-length"])

    async def part(self):
        """Bytes of the body, b"" at its end."""
        if self.left is not None:
            got = await self.reader.readexactly(self.left)
            self.left = 0
            return self.plain(got)
        while True:
            size = int(await self.reader.readuntil(b"\r\n"), 16)
            got = await self.reader.readexactly(size + 2)
            if size == 0:
                return b""
            if plain := self.plain(got[:-2]):
                return plain

    def plain(self, got):
        return self.inflate.decompress(got) if self.inflate and got else got

    async def whole(self):
        parts = []
        while part := await self.part():
            parts.append(part)
        return b"".join(parts)


@contextlib.asynccontextmanager
async def asked(port, path):
    reader, writer = await asyncio.wait_for(asyncio.open_connection("127.0.0.1", port), 10)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
        answer = Answer(reader, writer)
        await answer.begin()
        yield answer
    finally:
        writer.transport.abort()


class Watcher:
    def __init__(self, port, run, random, cuts_after):
        """:param cuts_after: seconds between which its streams are cut; None: never by itself"""
        self.port, self.run, self.random, self.cuts_after = port, run, random, cuts_after
        self.seq, self.columns = None, {}
        self.cuts = self.resets = self.deltas = self.snapshots = 0
        self.over = False

    async def watch(self):
        """Until the server says that the run is over. Waits longer with each try that came to nothing, as the page does."""
        wait = FIRST_WAIT
        while not self.over:
            known = self.deltas + self.snapshots
            try:
                if self.seq is None:
                    await self.load()
                await self.follow()
            except (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError, Cut):
                self.cuts += 1
                wait = FIRST_WAIT if self.deltas + self.snapshots > known else min(LONGEST_WAIT, 2 * wait)
                await asyncio.sleep(wait * self.random.uniform(0.75, 1.25))

    async def load(self):
        async with asked(self.port, f"/api/v1/runs/{self.run}/snapshot") as answer:
            if answer.status != 200:
                raise Cut
            header, self.columns = columns_of(await asyncio.wait_for(answer.whole(), 30))
        self.seq = header["seq"]
        self.snapshots += 1

    async def follow(self):
        limit = self.random.uniform(*self.cuts_after) if self.cuts_after else 60
        async with asked(self.port, f"/api/v1/runs/{self.run}/events?after={self.seq}") as answer:
            if answer.status != 200:
                raise Cut
            async with asyncio.timeout(limit):
                await self.hear(answer)

    async def hear(self, answer):
        text = b""
        while part := await answer.part():
            *events, text = (text + part).split(b"\n\n")
            for event in events:
                if not self.take(event.decode()):
                    return
        raise Cut

    def take(self, event):
        """False where nothing more is to come on this stream."""
        kind, data = "", ""
        for line in event.split("\n"):
            name, _, value = line.partition(": ")
            if name == "event":
                kind = value
            elif name == "data":
                data += value
        if kind == "delta":
            self.apply(json.loads(data))
        elif kind == "reset":
            self.resets += 1
            self.seq = None
        elif kind == "end":
            self.over = True
        return kind not in ("reset", "end")

    def apply(self, delta):
        self.deltas += 1
        for _ in range(len(self.columns["state"]), delta.get("size", 0)):
            for name in NAMES:
                self.columns[name].append(0)
        for name in (*DELTA, *(["rule"] if "rule" in delta else [])):
            column = self.columns[name]
            for row, value in zip(delta["rows"], delta[name], strict=True):
                column[row] = value
        self.seq = delta["seq"]
