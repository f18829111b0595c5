#!/usr/bin/env python3
"""How soon a server listens, what it holds while nobody asks, and how soon a submitted run has its first job running."""

import argparse
import calendar
import os
import statistics
import tempfile
import time

import server as controller

WORKFLOW = os.path.join(controller.HERE, "Snakefile.small")


def running_at(url, run):
    """The time of the fact that says that a first job runs, in seconds since 1970; None: not yet."""
    for fact in controller.get(f"{url}/api/v1/runs/{run}/facts?limit=100")["facts"]:
        if fact["fact"] == "AttemptRunning":
            seconds, _, millis = fact["time"].rstrip("Z").partition(".")
            return calendar.timegm(time.strptime(seconds, "%Y-%m-%dT%H:%M:%S")) + float("0." + (millis or "0"))
    return None


def once(arguments, folder, number):
    data = os.path.join(folder, f"data{number}")
    server = controller.Server(controller.real(arguments.dist, data), os.path.join(folder, "log"))
    listening, cpu = server.listens_after, server.cpu()
    time.sleep(arguments.idle)
    idle_cpu, rss = (server.cpu() - cpu) / arguments.idle, server.rss()
    firsts = []
    for _ in range(3):
        sent = time.time()
        run = controller.submit(server.url, WORKFLOW, ["--config", "samples=1", "sleep=0"])
        firsts.append(controller.wait_for("a first job", lambda: running_at(server.url, run), pause=0.2) - sent)
    server.end()
    return {
        "listens after, s": listening,
        "CPU until then, s": cpu,
        "memory idle, MiB": rss,
        "CPU idle, %": 100 * idle_cpu,
        "POST /runs to the first job running, the first run, s": firsts[0],
        "POST /runs to the first job running, the third run, s": firsts[2],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dist", default=controller.DIST)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--idle", type=float, default=5, help="seconds")
    parser.add_argument("--aot", action="store_true", help="with the launcher's AOT cache, made by a start before")
    arguments = parser.parse_args()
    if not arguments.aot:
        os.environ["SLUICE_AOT"] = "off"
    with tempfile.TemporaryDirectory(prefix="sluice-start-", ignore_cleanup_errors=True) as folder:
        results = [once(arguments, folder, number) for number in range(arguments.repeats)]
    print(f"{time.strftime('%Y-%m-%d')}; {os.cpu_count()} cores; load average at the end {os.getloadavg()[0]:.1f}\n")
    print(f"| medians of {len(results)} (from-to) | |")
    print("|---|---|")
    for name in results[0]:
        values = [result[name] for result in results]
        print(f"| {name} | {statistics.median(values):.2f} ({min(values):.2f}-{max(values):.2f}) |")


if __name__ == "__main__":
    main()
