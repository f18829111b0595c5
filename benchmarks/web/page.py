#!/usr/bin/env python3
"""What it costs to watch a run of 100,000 jobs: the page in a real browser, and the server behind it.

Needs `mvn package`, Debian's chromium, and Playwright for Python, which `page.py --setup` puts below the cache folder.
"""

import argparse
import http.client
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

import server as controller

CACHE = os.environ.get("SLUICE_CACHE") or os.path.expanduser("~/.cache/sluice")
VENV = os.path.join(CACHE, "browser-bench")
VIEWS = ("graph", "jobs", "gantt", "overview")
WORKFLOW = os.path.join(controller.HERE, "Snakefile.hundred-thousand")

# Runs before the page's own scripts: when all cells were drawn, and the pauses between frames.
PROBE = """
window.probe = { drawn: 0, frames: [], tasks: 0, counting: false };
new PerformanceObserver((list) => { if (probe.counting) for (const one of list.getEntries()) probe.tasks = Math.max(probe.tasks, one.duration); }).observe({ entryTypes: ["longtask"] });
{
  let last = 0;
  const frame = (now) => {
    if (probe.counting) probe.frames.push(now - last);
    last = now;
    if (!probe.drawn) {
      const canvas = document.querySelector(".overview canvas");
      if (/^Overview of [1-9]/.test(canvas?.getAttribute("aria-label") ?? "") && canvas.width > 1) probe.drawn = now;
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}
"""


def setup():
    subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    subprocess.run([os.path.join(VENV, "bin", "pip"), "-q", "install", "playwright"], check=True)


def in_venv():
    """Goes on with the interpreter that has Playwright."""
    python = os.path.join(VENV, "bin", "python")
    if sys.prefix != VENV:
        if not os.path.exists(python):
            sys.exit(f"error: no Playwright yet: {sys.argv[0]} --setup")
        os.execv(python, [python, os.path.abspath(__file__), *sys.argv[1:]])


class Watchers:
    """Event streams that are read and thrown away, asked for as a browser asks."""

    def __init__(self, url, run, count):
        place = urllib.parse.urlsplit(url)
        self.bytes = 0
        self.open = []
        for _ in range(count):
            connection = http.client.HTTPConnection(place.hostname, place.port)
            connection.request(
                "GET", f"/api/v1/runs/{run}/events", headers={"Accept": "text/event-stream", "Accept-Encoding": "gzip, deflate, br"}
            )
            answer = connection.getresponse()
            self.open.append(connection)
            threading.Thread(target=self.read, args=(answer,), daemon=True).start()

    def read(self, answer):
        try:
            while part := answer.read1(65536):
                self.bytes += len(part)
        except (OSError, ValueError, AttributeError, http.client.HTTPException):
            pass  # Closed below.

    def close(self):
        for connection in self.open:
            connection.sock.shutdown(socket.SHUT_RDWR)
            connection.close()


def server_cost(server, url, run, count, seconds):
    watchers = Watchers(url, run, count)
    time.sleep(2)
    before, parts, busy, sent = server.cpu(), server.cpu_by_part(), controller.machine_cpu(), watchers.bytes
    done = moved(url, run)
    time.sleep(seconds)
    after, parts_after, busy_after = server.cpu(), server.cpu_by_part(), controller.machine_cpu()
    done = (moved(url, run) - done) / seconds
    each = (watchers.bytes - sent) / max(1, count) / seconds / 1000
    watchers.close()
    time.sleep(1)
    shares = {part: (parts_after[part] - parts.get(part, 0)) / seconds for part in parts_after}
    return {
        "watchers": count,
        "cpu": (after - before) / seconds,
        "others": (busy_after - busy - (after - before)) / seconds,
        "parts": shares,
        "rss": server.rss(),
        "jobs": done,
        "kB": each,
    }


def moved(url, run):
    head = controller.get(f"{url}/api/v1/runs/{run}")
    return head["done"] + head["retries"] + head["failures"]


def first_paint(browser, url, run):
    """Milliseconds since navigation, with nothing cached."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.add_init_script(PROBE)
    page.goto(f"{url}/runs/{run}?view=overview", wait_until="commit")
    wait_until_drawn(page)
    page.wait_for_timeout(300)
    times = page.evaluate(
        """() => ({ paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN, drawn: probe.drawn,
             snapshot: (({ requestStart, responseStart, responseEnd, encodedBodySize, decodedBodySize }) => ({ requestStart, responseStart, responseEnd, encodedBodySize, decodedBodySize }))(
               performance.getEntriesByType("resource").find((one) => one.name.endsWith("/snapshot"))) })"""
    )
    context.close()
    return times


def wait_until_drawn(page):
    """By asking: the page's security policy lets nobody evaluate text within it."""
    controller.wait_for("the overview", lambda: page.evaluate("() => probe.drawn > 0"))


def frames(page, renderer, view, seconds):
    page.evaluate("() => { probe.frames = []; probe.tasks = 0; probe.counting = true; }")
    cpu = controller.cpu_of(renderer)
    busy = controller.machine_cpu()
    begun = time.monotonic()
    page.wait_for_timeout(seconds * 1000)
    page.evaluate("() => { probe.counting = false; }")
    took = time.monotonic() - begun
    cpu = (controller.cpu_of(renderer) - cpu) / took
    busy = (controller.machine_cpu() - busy) / took
    pauses = sorted(page.evaluate("() => probe.frames.slice(1)"))
    return {
        "view": view,
        "fps": 1000 * len(pauses) / sum(pauses),
        "median": statistics.median(pauses),
        "p95": pauses[int(0.95 * len(pauses))],
        "worst": pauses[-1],
        "task": page.evaluate("() => probe.tasks"),
        "cpu": cpu,
        "busy": busy,
    }


def renderer_of(browser, page):
    """The process of the page: the one that is busy when the page is."""
    session = browser.new_browser_cdp_session()

    def used():
        processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
        return {one["id"]: one["cpuTime"] for one in processes if one["type"] == "renderer"}

    before = used()
    page.evaluate("() => { const end = performance.now() + 500; while (performance.now() < end); }")
    after = used()
    session.detach()
    return max(after, key=lambda pid: after[pid] - before.get(pid, 0))


def memory(page, renderer):
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def heap():
        return {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}["JSHeapUsedSize"] / 2**20

    as_it_is = heap()
    session.send("HeapProfiler.collectGarbage")
    found = {"heap": as_it_is, "heap_after_gc": heap(), **controller.memory_of(renderer)}
    session.detach()
    return found


def browse(url, run, arguments):
    from playwright.sync_api import sync_playwright

    results = {"paints": [], "frames": []}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=arguments.chromium, args=["--no-sandbox"])
        results["browser"] = browser.version
        for _ in range(arguments.paints):
            results["paints"].append(first_paint(browser, url, run))
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.add_init_script(PROBE)
        page.goto(f"{url}/runs/{run}?view=overview")
        wait_until_drawn(page)
        renderer = renderer_of(browser, page)
        results["memory_at_first"] = memory(page, renderer)
        for view in VIEWS:
            page.keyboard.press(str(VIEWS.index(view) + 1))
            page.wait_for_timeout(2000)
            results["frames"].append(frames(page, renderer, view, arguments.seconds))
            page.screenshot(path=os.path.join(arguments.screenshots, f"load-{view}.png"))
        results["memory"] = memory(page, renderer)
        browser.close()
    return results


def report(jobs, costs, page, arguments):
    say = print
    say(f"{jobs} jobs; {time.strftime('%Y-%m-%d')}; {os.cpu_count()} cores; chromium {page['browser']} (headless, software rendering)\n")
    say("| from navigation to, ms | " + " | ".join(f"load {i + 1}" for i in range(len(page["paints"]))) + " | median |")
    say("|---|" + "---|" * (len(page["paints"]) + 1))
    for name, of in (
        ("first contentful paint", lambda one: one["paint"]),
        ("snapshot asked for", lambda one: one["snapshot"]["requestStart"]),
        ("its first byte", lambda one: one["snapshot"]["responseStart"]),
        ("its last byte", lambda one: one["snapshot"]["responseEnd"]),
        ("all cells drawn", lambda one: one["drawn"]),
    ):
        values = [of(one) for one in page["paints"]]
        say(f"| {name} | " + " | ".join(f"{value:.0f}" for value in values) + f" | {statistics.median(values):.0f} |")
    snapshot = page["paints"][-1]["snapshot"]
    say(f"\nThe snapshot: {snapshot['decodedBodySize'] / 1e6:.2f} MB, {snapshot['encodedBodySize'] / 1e6:.2f} MB as sent.\n")
    say("| view | frames/s | median ms | 95 % ms | worst ms | longest task ms | CPU of the tab | CPU of the machine |")
    say("|---|---|---|---|---|---|---|---|")
    for one in page["frames"]:
        say(
            f"| {one['view']} | {one['fps']:.1f} | {one['median']:.1f} | {one['p95']:.1f} | {one['worst']:.1f} | {one['task']:.0f} "
            f"| {100 * one['cpu']:.0f} % | {100 * one['busy']:.0f} % |"
        )
    say("\n| memory of the tab, MiB | PSS | RSS | JS heap | JS heap after a collection |")
    say("|---|---|---|---|---|")
    for name, key in (("overview drawn", "memory_at_first"), ("all views seen", "memory")):
        one = page[key]
        say(f"| {name} | {one['pss']:.0f} | {one['rss']:.0f} | {one['heap']:.0f} | {one['heap_after_gc']:.0f} |")
    parts = sorted({part for cost in costs for part, share in cost["parts"].items() if share >= 0.005})
    say("\n| watchers | jobs/s | CPU of the server | " + " | ".join(parts) + " | RSS MiB | kB/s to each | others |")
    say("|---|---|---|" + "---|" * len(parts) + "---|---|---|")
    for cost in costs:
        shares = " | ".join(f"{100 * cost['parts'].get(part, 0):.1f} %" for part in parts)
        say(
            f"| {cost['watchers']} | {cost['jobs']:.0f} | {100 * cost['cpu']:.0f} % | {shares} | {cost['rss']:.0f} | {cost['kB']:.0f} | {cost['others']:.1f} |"
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--setup", action="store_true", help="get Playwright, and end")
    parser.add_argument("--dist", default=controller.DIST, help="the distribution to measure")
    parser.add_argument("--samples", type=int, default=1235, help="81 jobs each")
    parser.add_argument("--rate", type=float, default=333, help="jobs that begin a second, with three states each")
    parser.add_argument("--cores", type=int, default=2000, help="jobs at once, queued and running")
    parser.add_argument("--seconds", type=int, default=10, help="how long each view and each number of watchers is looked at")
    parser.add_argument("--paints", type=int, default=5)
    parser.add_argument("--watchers", default="0,1,10")
    parser.add_argument("--chromium", default=shutil.which("chromium") or "chromium")
    parser.add_argument("--screenshots", help="a folder (default: thrown away)")
    arguments = parser.parse_args()
    if arguments.setup:
        setup()
        return
    in_venv()
    with tempfile.TemporaryDirectory(prefix="sluice-page-") as folder:
        arguments.screenshots = arguments.screenshots or folder
        command = controller.simulated(
            arguments.dist, os.path.join(folder, "data"), arguments.rate, 2, "--cores", str(arguments.cores)
        )
        server = controller.Server(command, os.path.join(folder, "log"))
        try:
            words = ["-k", "--latency-wait", "0", "--config", f"samples={arguments.samples}"]
            run = controller.submit(server.url, WORKFLOW, words)
            head = f"{server.url}/api/v1/runs/{run}"
            controller.wait_for("jobs that ran", lambda: controller.get(head)["done"] > 1000, 120)
            jobs = controller.get(head)["total"]
            costs = [
                server_cost(server, server.url, run, int(count), arguments.seconds) for count in arguments.watchers.split(",")
            ]
            page = browse(server.url, run, arguments)
        finally:
            server.end()
    report(jobs, costs, page, arguments)


if __name__ == "__main__":
    main()
