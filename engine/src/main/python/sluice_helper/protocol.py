"""Frames and values of the conversation between Sluice and the helper.

A frame is a four-byte big-endian length and that many bytes of JSON. Both sides may ask. Values
that JSON has no word for travel as objects with a single key that begins with `$`.
"""

import json
import os
import struct

from snakemake.exceptions import WorkflowError

VERSION = 1

_dumps = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
_loads = json.loads
_INF = float("inf")


class Connection:
    """Our end of the conversation. Only the main thread may ask."""

    def __init__(self, fd_in, fd_out):
        self._in = os.fdopen(fd_in, "rb", 1 << 16)
        self._out = fd_out
        self._last_id = 0

    def read(self):
        """The next message, or None at the end of the conversation."""
        head = self._in.read(4)
        if len(head) < 4:
            return None
        (length,) = struct.unpack(">I", head)
        body = self._in.read(length)
        return _loads(body) if len(body) == length else None

    def write(self, message):
        body = _dumps(message).encode("ascii")
        data = memoryview(struct.pack(">I", len(body)) + body)
        while data:
            data = data[os.write(self._out, data) :]

    def ask(self, name, **args):
        """Ask Sluice something while it waits for our answer."""
        self._last_id += 1
        args["id"] = self._last_id
        args["ask"] = name
        self.write(args)
        message = self.read()
        if message is None:
            raise EndOfConversation()
        if "error" in message:
            raise AnsweredWithError(message["error"])
        return message.get("answer")


class EndOfConversation(BaseException):
    """Sluice is gone; nothing is left to do."""


class AnsweredWithError(WorkflowError):
    """Sluice answered a question of ours with an error."""

    def __init__(self, error):
        super().__init__(error.get("message"))
        self.error = error


# ---- values ---------------------------------------------------------------------------------


class Handles:
    """Objects that Sluice knows by a number only."""

    def __init__(self):
        self.objects = []
        self._by_id = {}

    def handle(self, obj):
        at = self._by_id.get(id(obj))
        if at is None:
            at = self._by_id[id(obj)] = len(self.objects)
            self.objects.append(obj)
        return at


handles = Handles()


def encode(v):
    t = type(v)
    if t is str or t is int or v is None or t is bool:
        return v
    if t is list:
        return [encode(x) for x in v]
    if t is dict:
        return _encode_dict(v, "$d")
    if t is float:
        return v if -_INF < v < _INF else {"$f": "nan" if v != v else "inf" if v > 0 else "-inf"}
    return _encode_other(v)


def _encode_dict(v, tag):
    if tag == "$d":
        for k in v:
            if type(k) is not str or k[:1] == "$":
                break
        else:
            return {k: encode(x) for k, x in v.items()}
    return {tag: [[encode(k), encode(x)] for k, x in v.items()]}


def _encode_other(v):
    if isinstance(v, str):
        return str.__str__(v)
    if isinstance(v, (set, frozenset)):
        tag = "$s" if isinstance(v, set) else "$fs"
        return {tag: [encode(x) for x in sorted(v, key=repr)]}
    if isinstance(v, tuple):
        return {"$t": [encode(x) for x in v]}
    module = type(v).__module__
    if isinstance(v, list):
        return [encode(x) for x in v]
    if isinstance(v, dict):
        return _encode_dict(v, "$od" if type(v).__name__ == "OrderedDict" else "$d")
    if isinstance(v, (bytes, bytearray)):
        import base64

        return {"$b": base64.b64encode(v).decode("ascii")}
    if isinstance(v, range):
        return {"$r": [v.start, v.stop, v.step]}
    if isinstance(v, complex):
        return {"$c": repr(v)}
    if module.split(".")[0] == "pathlib" and hasattr(v, "__fspath__"):
        return {"$p": v.__fspath__()}
    if module == "numpy" and hasattr(v, "item") and getattr(v, "ndim", None) == 0:
        return {"$n": {"type": "numpy." + type(v).__name__, "value": encode(v.item())}}
    if isinstance(v, int) and not hasattr(v, "name"):
        return int(v)
    if isinstance(v, float):
        return float(v)
    return {"$o": _opaque(v)}


def _opaque(v):
    return {
        "type": type(v).__name__,
        "repr": _safely(repr, v),
        "str": _safely(str, v),
        "hash": _hash_of(v),
        "handle": handles.handle(v),
    }


def _safely(function, v):
    try:
        return function(v)
    except Exception as e:
        return "<%s: %s>" % (type(v).__name__, e)


def _hash_of(v):
    """A hash of a pandas object's content; None for all else."""
    if type(v).__module__.split(".")[0] != "pandas":
        return None
    try:
        import hashlib

        import pandas

        content = pandas.util.hash_pandas_object(v).values.tobytes()
        return hashlib.sha256(content).hexdigest()
    except Exception:
        return None


class Unavailable:
    """A value that stayed in another process."""

    def __init__(self, what):
        self._what = what

    def __repr__(self):
        return self._what

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        raise AttributeError(
            "%s cannot be used in a run block, since it could not be pickled" % self._what
        )


def decode(v):
    t = type(v)
    if t is list:
        return [decode(x) for x in v]
    if t is not dict:
        return v
    if len(v) == 1:
        ((tag, x),) = v.items()
        if tag[:1] == "$":
            return _decode_tagged(tag, x)
    return {k: decode(x) for k, x in v.items()}


def _decode_tagged(tag, x):
    if tag == "$t":
        return tuple(decode(i) for i in x)
    if tag == "$d":
        return {decode(k): decode(i) for k, i in x}
    if tag == "$od":
        from collections import OrderedDict

        return OrderedDict((decode(k), decode(i)) for k, i in x)
    if tag == "$s":
        return {decode(i) for i in x}
    if tag == "$fs":
        return frozenset(decode(i) for i in x)
    if tag == "$b":
        import base64

        return base64.b64decode(x)
    if tag == "$f":
        return float(x)
    if tag == "$p":
        from pathlib import Path

        return Path(x)
    if tag == "$r":
        return range(*x)
    if tag == "$c":
        return complex(x.strip("()"))
    if tag == "$n":
        return _decode_numpy(x)
    if tag == "$o":
        return _decode_opaque(x)
    return {tag: decode(x)}


def _decode_numpy(x):
    try:
        import numpy

        return getattr(numpy, x["type"].split(".")[1])(x["value"])
    except (ImportError, AttributeError):
        return decode(x["value"])


def _decode_opaque(x):
    if "pickle" in x:
        import base64
        import pickle

        return pickle.loads(base64.b64decode(x["pickle"]))
    handle = x.get("handle")
    if handle is not None and handle < len(handles.objects):
        return handles.objects[handle]
    return Unavailable(x.get("repr", "a value"))


def export(numbers):
    """Pickles of objects known by handle: {handle: base64 or null}."""
    import base64
    import pickle

    out = {}
    for number in numbers:
        try:
            data = pickle.dumps(handles.objects[number], protocol=4)
            out[str(number)] = base64.b64encode(data).decode("ascii")
        except Exception:
            out[str(number)] = None
    return out


def named(kind, wire, item=decode):
    """A Namedlist of the given class from its wire form."""
    new = kind()
    if wire is None:
        return new
    if type(wire) is list:
        new.extend(map(item, wire))
        return new
    new.extend(map(item, wire["items"]))
    names = wire.get("names")
    if names:
        for name, start, end in names:
            new._set_name(name, start, end)
    return new


def file_item(wire):
    """A file from its wire form: a plain str where it has no flags."""
    if type(wire) is str:
        return wire
    from snakemake.io import IOFile

    if "s" not in wire:
        return decode(wire)
    new = IOFile(wire["s"])
    new.flags = {k: decode(v) for k, v in wire.get("flags", {}).items()}
    return new


def plain_item(wire):
    return wire if type(wire) is str else str(wire["s"]) if "s" in wire else decode(wire)
