"""The controller as a process: started, asked, killed, and what /proc says of it."""

import glob
import http.client
import json
import os
import subprocess
import sys
import time
import urllib.request
import uuid

TICKS = os.sysconf("SC_CLK_TCK")
HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
DIST = os.path.join(ROOT, "app", "target", "dist")
CLASSES = os.path.join(ROOT, "benchmarks", "target", "classes")
PATIENCE = 60
NO_ANSWER = (OSError, http.client.HTTPException)  # urllib's own are of the first kind


def java():
    """The Java that the launcher would take, as far as this needs to know."""
    homes = [os.environ.get("SLUICE_JAVA_HOME"), os.environ.get("JAVA_HOME"), *sorted(glob.glob("/usr/lib/jvm/*"))]
    for home in homes:
        try:
            with open(os.path.join(home or "", "release")) as release:
                if any(line.startswith('JAVA_VERSION="25') for line in release):
                    return os.path.join(home, "bin", "java")
        except OSError:
            continue
    sys.exit("error: no Java 25 found: set JAVA_HOME")


def real(dist, data, *words):
    """`sluice serve` itself."""
    return [os.path.join(dist, "bin", "sluice"), "serve", "--port", "0", "--data", data, *words]


def simulated(dist, data, jobs_per_second, run_seconds, *words):
    """The same on the distribution's class path, with jobs that are played."""
    jars = [CLASSES, *glob.glob(os.path.join(dist, "lib", "*.jar")), *glob.glob(os.path.join(dist, "lib", "*", "*.jar"))]
    flags = ["-XX:+UseSerialGC", "-XX:-UsePerfData", f"-Dsluice.home={dist}"]
    pace = [str(jobs_per_second), str(run_seconds)]
    main = "dev.sluice.benchmarks.web.SimulatedServer"
    return [java(), *flags, "-cp", ":".join(jars), main, *pace, "--port", "0", "--data", data, *words]


class Server:
    """One life of a server; `url` once it listens."""

    def __init__(self, command, log):
        begun = time.monotonic()
        self.log = open(log, "ab")
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, start_new_session=True
        )
        self.url = self.listening(log)
        self.listens_after = time.monotonic() - begun

    @property
    def pid(self):
        return self.process.pid

    def listening(self, log):
        until = time.monotonic() + PATIENCE
        seen = self.log.tell()
        while time.monotonic() < until and self.process.poll() is None:
            with open(log, "rb") as said:
                said.seek(seen)
                for word in said.read().decode().split():
                    if word.startswith("http://127.0.0.1:"):
                        return word
            time.sleep(0.01)
        self.kill()
        with open(log, "rb") as said:
            said.seek(seen)
            sys.exit(f"error: the server did not begin to listen; it said:\n{said.read().decode(errors='replace')}")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def end(self):
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()

    # What it costs ----------------------------------------------------------------------------

    def cpu(self):
        return cpu_of(self.pid)

    def cpu_by_part(self):
        """Seconds of CPU by what threads are for."""
        parts = {}
        for task in glob.glob(f"/proc/{self.pid}/task/*"):
            try:
                with open(os.path.join(task, "stat")) as stat:
                    text = stat.read()
            except OSError:
                continue
            name = text[text.index("(") + 1 : text.rindex(")")]
            fields = text[text.rindex(")") + 2 :].split()
            part = part_of(name)
            parts[part] = parts.get(part, 0) + (int(fields[11]) + int(fields[12])) / TICKS
        return parts

    def rss(self):
        return memory_of(self.pid)["rss"]


def part_of(thread):
    for begin, part in (
        ("played", "simulation"),
        ("run ", "engine"),
        ("journal", "engine"),
        ("watches", "folding"),
        ("vert.x-event", "network"),
        ("C1 ", "compiler"),
        ("C2 ", "compiler"),
        ("VM Thread", "GC"),
    ):
        if thread.startswith(begin):
            return part
    return "other"


def cpu_of(pid):
    """Seconds of CPU that a process used so far, its own and its waited-for children's."""
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return sum(int(field) for field in fields[11:15]) / TICKS


def memory_of(pid):
    """MiB: all that is resident, and with what is shared counted in parts."""
    found = {}
    with open(f"/proc/{pid}/smaps_rollup") as rollup:
        for line in rollup:
            words = line.split()
            if words[0] in ("Rss:", "Pss:"):
                found[words[0][:-1].lower()] = int(words[1]) / 1024
    return found


def machine_cpu():
    with open("/proc/stat") as stat:
        fields = [int(field) for field in stat.readline().split()[1:9]]
    return (sum(fields) - fields[3] - fields[4]) / TICKS


# REST ---------------------------------------------------------------------------------------


def get(url, timeout=30):
    with urllib.request.urlopen(url, timeout=timeout) as answer:
        return json.load(answer)


def get_bytes(url, timeout=30):
    with urllib.request.urlopen(url, timeout=timeout) as answer:
        return answer.read()


def submit(server_url, snakefile, words, timeout=60):
    """The run's id."""
    boundary = uuid.uuid4().hex
    with open(snakefile, "rb") as file:
        content = file.read()
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="bundle"; filename="Snakefile"\r\n\r\n'
    tail = (
        f'\r\n--{boundary}\r\nContent-Disposition: form-data; name="words"\r\n\r\n{json.dumps(words)}\r\n--{boundary}--\r\n'
    )
    request = urllib.request.Request(
        server_url + "/api/v1/runs",
        head.encode() + content + tail.encode(),
        {"Content-Type": f"multipart/form-data; boundary={boundary}"},
    )
    with urllib.request.urlopen(request, timeout=timeout) as answer:
        return json.load(answer)["run"]


def wait_for(what, condition, seconds=PATIENCE, pause=0.05):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            found = condition()
        except NO_ANSWER:
            found = None
        if found:
            return found
        time.sleep(pause)
    sys.exit(f"error: waited {seconds} s in vain for {what}")
