#!/usr/bin/env python3
"""How long `sluice resume` needs to take over a run with thousands of jobs that really run. Prints Markdown.

Starts `sleep`s that all end at one moment, kills the engine when the last of them runs, and resumes. Taken over is the
run when the engine that resumes, and the supervisor that it asks, have come to rest.
"""

import argparse
import collections
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TICKS = os.sysconf("SC_CLK_TCK")
REST_SECONDS = 1.0  # so long without work is rest
REST_SHARE = 0.5  # what counts as none: an engine at rest looks around now and then

SNAKEFILE = """
UNTIL = int(config["until"])
rule all:
    input: expand("out/{i}", i=range(int(config["jobs"])))
rule sleeper:
    output: "out/{i}"
    shell: "echo {wildcards.i} >> ran.txt; touch {output}; exec sleep $(({UNTIL} - EPOCHSECONDS))"
"""


def main():
    options = read_options()
    folder = Path(tempfile.mkdtemp(prefix="sluice-resume-", dir=options.scratch))
    try:
        return measure(options, folder)
    finally:
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)


def read_options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=10_000)
    parser.add_argument("--seconds", type=int, default=180, help="from the start until the sleeps end (180)")
    parser.add_argument("--sluice", default=str(ROOT / "sluice"))
    parser.add_argument("--scratch", help="where the run's folder is made")
    parser.add_argument("--keep", action="store_true", help="leave the run's folder")
    return parser.parse_args()


def measure(options, folder):
    jobs, until = options.jobs, int(time.time()) + options.seconds
    (folder / "Snakefile").write_text(SNAKEFILE)
    limits = ["-j", str(jobs), "-c", str(jobs)]
    words = [options.sluice, "run", "-q", *limits, "--config", f"until={until}", f"jobs={jobs}"]
    begun = time.monotonic()
    engine = start(words, folder)
    await_running(engine, folder, jobs, until)
    all_run = time.monotonic() - begun
    engine.kill()
    engine.wait()
    print(f"{jobs} sleeps run after {all_run:.1f} s; the engine is killed", file=sys.stderr)

    run = next((folder / ".sluice/runs").iterdir())
    supervisor = int((run / "supervisor.at").read_text().splitlines()[2])
    journal = run / "journal"
    size, begun = journal.stat().st_size, time.monotonic()
    engine = start([options.sluice, "resume"], folder)
    taken_over = await_rest([engine.pid, supervisor], journal, size) - begun
    used = cpu(engine.pid)
    early = until - time.time()
    time.sleep(max(0.0, early - 1))
    idle = cpu(engine.pid) - used
    status = engine.wait()
    learnt = time.time() - until
    ran = (folder / "ran.txt").read_text().split()
    facts = count_facts(options.sluice, folder)
    print(f"| {jobs:,} sleeps | |\n|---|---|")
    print(f"| all started after | {all_run:.1f} s |")
    print(f"| resume has taken all over after | {taken_over:.2f} s, {used:.2f} s CPU of the engine |")
    print(f"| the {early:.0f} s from then on | {idle:.2f} s CPU of the engine |")
    print(f"| the sleeps end, and the run after them by | {learnt:.1f} s |")
    print(f"| jobs begun, each once | {len(ran):,}, {len(set(ran)) == len(ran)} |")
    print(f"| ends learnt (`JobFinished`) | {facts.get('JobFinished', 0) - 1:,} |")
    print(f"| attempts begun | {facts.get('AttemptStarted', 0) - 1:,} |")
    good = status == 0 and early > 0 and len(ran) == len(set(ran)) == jobs
    good = good and facts.get("JobFinished") == jobs + 1 and facts.get("AttemptStarted") == jobs + 1
    if not good:
        said = (folder / "said.txt").read_text(errors="replace").splitlines()[-5:]
        print(f"FAILED: exit {status}, {early:.1f} s left when taken over, last words: {said}", file=sys.stderr)
    return 0 if good else 1


def start(words, folder):
    with open(folder / "said.txt", "ab") as said:
        return subprocess.Popen(words, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said)


def await_running(engine, folder, jobs, until):
    """Each job says so itself."""
    said = folder / "ran.txt"
    while not said.exists() or said.read_bytes().count(b"\n") < jobs:
        if engine.poll() is not None or time.time() > until - 20:
            engine.kill()
            sys.exit(f"not all jobs started in time (try more --seconds): {(folder / 'said.txt').read_text()[-500:]}")
        time.sleep(0.1)


def await_rest(pids, journal, size):
    """The moment from which on they did next to nothing, after the engine had written that it goes on."""
    looks = collections.deque()  # when, and whether one was at work, in the last second
    while True:
        now = time.monotonic()
        looks.append((now, journal.stat().st_size == size or any(at_work(pid) for pid in pids)))
        while now - looks[0][0] > REST_SECONDS:
            looks.popleft()
            if sum(busy for _, busy in looks) < REST_SHARE * len(looks):
                return looks[0][0]
        time.sleep(0.01)


def at_work(pid):
    """Whether a thread of the process runs, or waits for a core that others have."""
    for thread in Path(f"/proc/{pid}/task").glob("*/stat"):
        try:
            if thread.read_text().rpartition(")")[2].split()[0] in "RD":
                return True
        except OSError:
            continue  # It ended meanwhile.
    return False


def cpu(pid):
    """Seconds of CPU that the process has used; 0 when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def count_facts(sluice, folder):
    counts = {}
    dump = subprocess.run([sluice, "journal", "dump"], cwd=folder, capture_output=True, text=True, check=True)
    for line in dump.stdout.splitlines():
        kind = json.loads(line)["fact"]
        counts[kind] = counts.get(kind, 0) + 1
    return counts


if __name__ == "__main__":
    sys.exit(main())
