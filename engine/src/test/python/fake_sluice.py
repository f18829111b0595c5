"""A small stand-in for Sluice's side of the conversation, for the tests of the helper."""

import json
import os
import struct
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
PYTHON_DIR = os.path.normpath(os.path.join(HERE, "..", "..", "main", "python"))
HELPER = os.path.join(PYTHON_DIR, "sluice_helper")


class HelperError(Exception):
    def __init__(self, error):
        super().__init__("%s: %s" % (error.get("type"), error.get("message")))
        self.error = error


class FakeSluice:
    """Starts a helper in a folder and answers its questions from tables."""

    def __init__(self, folder, programs, configs=None, validations=None, **popen):
        self.folder = os.path.realpath(folder)
        self.programs = programs
        self.configs = configs or {}
        self.validations = validations or []
        self.logs = []
        self._id = 0
        self.process = subprocess.Popen(
            [sys.executable, HELPER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.folder,
            **popen,
        )

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def close(self):
        """End the conversation; what the helper printed."""
        if self.process.stdin.closed:
            return ""
        self.process.stdin.close()
        text = self.process.stderr.read().decode()
        self.process.stderr.close()
        self.process.stdout.close()
        self.code = self.process.wait(timeout=20)
        return text

    def write(self, message):
        body = json.dumps(message).encode()
        self.process.stdin.write(struct.pack(">I", len(body)) + body)
        self.process.stdin.flush()

    def read(self):
        head = self.process.stdout.read(4)
        if len(head) < 4:
            raise EOFError("the helper ended: " + self.process.stderr.read().decode())
        (length,) = struct.unpack(">I", head)
        return json.loads(self.process.stdout.read(length))

    def ask(self, question, **args):
        self._id += 1
        self.write(dict(args, id=self._id, ask=question))
        while True:
            message = self.read()
            if "ask" not in message:
                if "error" in message:
                    raise HelperError(message["error"])
                return message["answer"]
            try:
                answer = {"answer": getattr(self, "answer_" + message["ask"])(message)}
            except HelperError as e:
                answer = {"error": e.error}
            self.write(dict(answer, id=message["id"]))

    def answer_compile(self, message):
        name = os.path.relpath(message["path"], self.folder)
        if name not in self.programs:
            raise HelperError({"type": "Missing", "message": name, "kind": "diagnosed"})
        return {"program": self.programs[name], "real_path": message["path"]}

    def answer_config(self, message):
        name = os.path.basename(message["path"])
        if name not in self.configs:
            raise HelperError({"type": "X", "message": "unreadable", "kind": "workflow"})
        return self.configs[name]

    def answer_validate(self, message):
        return self.validations.pop(0)

    def answer_log(self, message):
        self.logs.append((message["level"], message["message"]))
        return None


class HelperTestCase(unittest.TestCase):
    """Tests that load a workflow of one or several programs in a helper of their own."""

    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.folder = os.path.realpath(self._folder.name)
        self.addCleanup(self._folder.cleanup)
        self.sluice = None

    def start(self, program=None, programs=None, settings=None, **kwargs):
        programs = dict(programs or {})
        if program is not None:
            programs["Snakefile"] = program
        self.sluice = FakeSluice(self.folder, programs, **kwargs)
        self.addCleanup(self.sluice.close)
        self.sluice.ask("hello", protocol=1, settings=settings or {})
        return self.sluice

    def load(self, program=None, **kwargs):
        self.start(program, **kwargs)
        return self.sluice.ask("load", snakefile=os.path.join(self.folder, "Snakefile"))

    def rules(self, program=None, **kwargs):
        return {r["name"]: r for r in self.load(program, **kwargs)["rules"]}

    def error(self, program=None, **kwargs):
        with self.assertRaises(HelperError) as caught:
            self.load(program, **kwargs)
        return caught.exception.error

    def call(self, **call):
        (result,) = self.sluice.ask("call", calls=[call])
        return result

    def write(self, name, text=""):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as f:
            f.write(text)
        return path
