#!/usr/bin/env python3
"""200 watchers and 50 submissions at once, streams cut at random, the server killed in between and started again.

Fails unless each watcher ends with what the journal says. Needs `mvn package` and nothing else.
"""

import argparse
import asyncio
import multiprocessing
import os
import random
import socket
import statistics
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import server as controller
from watcher import Watcher, columns_of

WORKFLOW = os.path.join(controller.HERE, "Snakefile.small")
FINISHED, FAILED = 5, 6


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# REST meanwhile -----------------------------------------------------------------------------


def ask(url, run, over, found):
    """In a process of its own, so that the watchers' work does not show in its times."""
    times = {"GET /runs": [], "GET /runs/RUN/jobs": []}
    refused = 0
    while not over.is_set():
        for name, path in (("GET /runs", "/api/v1/runs?limit=50"), ("GET /runs/RUN/jobs", f"/api/v1/runs/{run}/jobs?limit=100")):
            begun = time.perf_counter()
            try:
                with urllib.request.urlopen(url + path, timeout=30) as answer:
                    answer.read()
                times[name].append(time.perf_counter() - begun)
            except controller.NO_ANSWER:
                refused += 1
        over.wait(0.1)
    found.put((times, refused))


def percentiles(seconds):
    cut = statistics.quantiles(seconds, n=100, method="inclusive")
    return [1000 * value for value in (cut[49], cut[94], cut[98], max(seconds))]


# Truth --------------------------------------------------------------------------------------


def facts(url, run):
    after, all_of_it = 0, []
    while after is not None:
        page = controller.get(f"{url}/api/v1/runs/{run}/facts?after={after}&limit=1000")
        all_of_it += page["facts"]
        after = page["next"] if page["facts"] else None
    return all_of_it


def folded(all_facts):
    """By job: its state in the end, and how many attempts it had."""
    state, attempts = {}, {}
    for fact in all_facts:
        kind = fact["fact"]
        if kind == "AttemptStarted":
            for job in fact["jobs"]:
                attempts[job["job"]] = attempts.get(job["job"], 0) + 1
        elif kind == "JobFinished":
            if state.get(fact["job"]) == FINISHED:
                sys.exit(f"error: job {fact['job']} finished twice")
            state[fact["job"]] = FINISHED
        elif kind == "JobFailed":
            state[fact["job"]] = FAILED
    return state, attempts


def jobs_by_row(url, run):
    after, rows = -1, {}
    while after is not None:
        page = controller.get(f"{url}/api/v1/runs/{run}/jobs?limit=500" + (f"&after={after}" if after >= 0 else ""))
        rows.update((job["row"], job["job"]) for job in page["jobs"])
        after = page["next"]
    return rows


def differences(url, run, watchers):
    """What does not agree among the journal, a fresh snapshot and each watcher; nothing where all do."""
    found = []
    _, snapshot = columns_of(controller.get_bytes(f"{url}/api/v1/runs/{run}/snapshot"))
    state, attempts = folded(facts(url, run))
    rows = jobs_by_row(url, run)
    if len(rows) != len(snapshot["state"]):
        found.append(f"{run}: {len(rows)} jobs, {len(snapshot['state'])} rows")
    for row, job in rows.items():
        said = (snapshot["state"][row], snapshot["attempts"][row])
        true = (state.get(job), min(255, attempts.get(job, 0)))
        if said != true:
            found.append(f"{run} row {row}: journal (state, attempts) {true}, snapshot {said}")
    for number, watcher in enumerate(watchers):
        for name, column in watcher.columns.items():
            if column != snapshot[name]:
                wrong = [row for row, value in enumerate(snapshot[name]) if row >= len(column) or column[row] != value]
                found.append(f"{run} watcher {number}: {name} differs in rows {wrong[:5]}")
    return found


# The test -----------------------------------------------------------------------------------


class Load:
    def __init__(self, arguments, folder):
        self.arguments, self.folder = arguments, folder
        self.random = random.Random(arguments.seed)
        self.port, self.server = free_port(), None
        self.url = f"http://127.0.0.1:{self.port}"
        self.runs, self.watchers, self.lives = [], [], []
        self.submitted, self.again = [], 0
        self.peak, self.cpu = 0, 0

    def start(self):
        command = controller.real(self.arguments.dist, os.path.join(self.folder, "data"), "--cores", str(self.arguments.cores))
        command[command.index("--port") + 1] = str(self.port)
        self.server = controller.Server(command, os.path.join(self.folder, "log"))
        self.lives.append(self.server.listens_after)

    def words(self, samples):
        return ["--config", f"samples={samples}", f"sleep={self.arguments.sleep}"]

    def submit(self, samples):
        """As a client that waits for its answer; whoever gets none, because the server was killed, asks again."""
        begun = time.monotonic()
        while True:
            try:
                run = controller.submit(self.url, WORKFLOW, self.words(samples))
                self.submitted.append(time.monotonic() - begun)
                return run
            except controller.NO_ANSWER:
                self.again += 1
                time.sleep(1)

    def watch(self, run):
        watcher = Watcher(self.port, run, self.random, (0.3, 3) if self.random.random() < 0.7 else None)
        self.watchers.append(watcher)
        return asyncio.create_task(watcher.watch())

    async def measure(self):
        while True:
            try:
                self.peak = max(self.peak, self.server.rss())
            except OSError:
                pass  # It was just killed.
            await asyncio.sleep(0.25)

    async def carry_out(self):
        arguments = self.arguments
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(arguments.submissions + 8))
        self.start()
        measuring = asyncio.create_task(self.measure())
        first = [self.submit(arguments.long_samples) for _ in range(arguments.watched)]
        self.submitted.clear()
        self.runs += first
        over, found = multiprocessing.Event(), multiprocessing.Queue()
        asking = multiprocessing.Process(target=ask, args=(self.url, first[0], over, found), daemon=True)
        asking.start()
        self.begun = time.monotonic()
        self.over_before = 0
        tasks = [self.watch(first[n % len(first)]) for n in range(arguments.watchers - arguments.submissions)]
        pending = [loop.run_in_executor(None, self.submit, arguments.samples) for _ in range(arguments.submissions)]
        killing = asyncio.create_task(self.kill_in_between())
        for submission in asyncio.as_completed(pending):
            run = await submission
            self.runs.append(run)
            tasks.append(self.watch(run))
        self.all_submitted = time.monotonic() - self.begun
        await killing
        async with asyncio.timeout(arguments.patience):
            await asyncio.gather(*tasks)
        self.took = time.monotonic() - self.begun
        measuring.cancel()
        over.set()
        self.rest, self.refused = await loop.run_in_executor(None, found.get, True, 60)
        self.cpu += self.server.cpu()

    async def kill_in_between(self):
        """When half of the submissions were taken: the others are under way."""
        enough = self.arguments.watched + self.arguments.submissions // 2
        while len(self.runs) < enough:
            await asyncio.sleep(0.01)
        self.cpu += self.server.cpu()
        self.over_before = sum(watcher.over for watcher in self.watchers)
        self.server.kill()
        await asyncio.get_running_loop().run_in_executor(None, self.start)

    def listed(self):
        """All runs of the server, those too whose submitter got no answer."""
        after, rows = "", []
        while after is not None:
            page = controller.get(f"{self.url}/api/v1/runs?limit=50" + (f"&after={after}" if after else ""))
            rows += page["runs"]
            after = page["next"]
        return rows

    def judge(self):
        found = []
        by_run = {}
        for watcher in self.watchers:
            by_run.setdefault(watcher.run, []).append(watcher)
        going = ("planning", "running")
        controller.wait_for("the end of all runs", lambda: all(row["state"] not in going for row in self.listed()), 120, 0.5)
        listed = self.listed()
        found += [f"{row['run']} is {row['state']}" for row in listed if row["state"] != "succeeded"]
        found += [f"{run} is lost" for run in self.runs if run not in [row["run"] for row in listed]]
        for run in self.runs:
            found += differences(self.url, run, by_run.get(run, []))
        return found

    def report(self, found):
        watchers = self.watchers
        print(f"{time.strftime('%Y-%m-%d')}; {os.cpu_count()} cores; load average at the end {os.getloadavg()[0]:.1f}\n")
        print("| what | |")
        print("|---|---|")
        print(f"| watchers; runs; submissions at once | {len(watchers)}; {len(self.runs)}; {self.arguments.submissions} |")
        print(f"| all submissions taken after, kill and start included | {self.all_submitted:.1f} s |")
        print(f"| submissions that got no answer and were sent again | {self.again} |")
        print(f"| all runs and watchers at their end after | {self.took:.1f} s |")
        print(f"| watchers at their end before the kill | {self.over_before} |")
        print(f"| streams cut; resets; snapshots; deltas | {sum(w.cuts for w in watchers)}; {sum(w.resets for w in watchers)}; {sum(w.snapshots for w in watchers)}; {sum(w.deltas for w in watchers)} |")
        print(f"| server: listens after start; again after SIGKILL, with its runs | {self.lives[0]:.2f} s; {self.lives[1]:.2f} s |")
        print(f"| server: CPU of both lives, jobs and helpers that ended included | {self.cpu:.1f} s |")
        print(f"| server: largest memory (RSS) | {self.peak:.0f} MiB |")
        print(f"| watchers whose columns differ from the journal, and other faults | {len(found)} |")
        print("\n| REST meanwhile, ms | answers | median | 95 % | 99 % | worst |")
        print("|---|---|---|---|---|---|")
        for name, seconds in self.rest.items():
            values = " | ".join(f"{value:.0f}" for value in percentiles(seconds))
            print(f"| {name} | {len(seconds)} | {values} |")
        print(f"\nWithout a server, {self.refused} were refused.")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dist", default=controller.DIST)
    parser.add_argument("--watchers", type=int, default=200)
    parser.add_argument("--submissions", type=int, default=50)
    parser.add_argument("--watched", type=int, default=5, help="longer runs that most watchers look at")
    parser.add_argument("--samples", type=int, default=2, help="of each submission: three jobs each")
    parser.add_argument("--long-samples", type=int, default=60, help="of a longer run")
    parser.add_argument("--sleep", default="0.2", help="seconds that a first job of a sample takes")
    parser.add_argument("--cores", type=int, default=8, help="the server's; jobs mostly sleep")
    parser.add_argument("--patience", type=float, default=300, help="seconds until it gives up")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sluice-load-", ignore_cleanup_errors=True) as folder:
        load = Load(arguments, folder)
        try:
            asyncio.run(load.carry_out())
            found = load.judge()
        finally:
            if load.server:
                load.server.end()
    load.report(found)
    for line in found[:20]:
        print(line, file=sys.stderr)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
