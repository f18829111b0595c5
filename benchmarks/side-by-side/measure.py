#!/usr/bin/env python3
"""Sluice side by side with Snakemake, make and ninja, in one run. Prints Markdown for docs/performance.md."""

import argparse
import datetime
import os
import platform
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import process
import workloads

ROOT = Path(__file__).resolve().parents[2]
CACHE = Path(os.environ.get("SLUICE_CACHE") or Path.home() / ".cache" / "sluice")
PARTS = "start plan chain run again slope".split()


class Bench:
    def __init__(self, options, scratch):
        self.options = options
        self.scratch = scratch
        self.engines = engines(options)
        self.results = {}  # (what, engine) -> list of measures
        self.failed = set()  # (what, engine) of which a run failed: it has no figures

    def series(self, what, names, prepare, words, repeats=None, twice=False):
        """Measures the engines in turn, so that what else the machine does meets all of them."""
        folder = self.scratch / "work"
        shutil.rmtree(folder, ignore_errors=True)
        jobs = prepare(folder)
        outputs = jobs if words is RUN else 0
        names = [name for name in names if name in self.engines]
        for name in names:
            self.results[what, name] = []
        for _ in range(repeats or self.options.repeats):
            for name in names:
                command = self.engines[name] + words[name]
                workloads.clean(folder)
                if twice:
                    process.measure(command, folder)
                self.keep(what, name, process.measure(command, folder), folder, outputs)

    def keep(self, what, name, result, folder, outputs):
        made = workloads.made(folder)
        if result.status != 0 or made != outputs:
            said = (folder / ".said").read_text(errors="replace").strip().splitlines()
            reason = f"exit {result.status}, {made} of {outputs} outputs, last words: {said[-1:]}"
            print(f"{what}, {name}: FAILED: {reason}", file=sys.stderr)
            self.failed.add((what, name))
            return
        self.results[what, name].append(result)
        print(f"{what}, {name}: {result.wall:.3f} s wall, {result.cpu:.2f} s CPU", file=sys.stderr)

    def median(self, what, name, field):
        found = [] if (what, name) in self.failed else self.results.get((what, name))
        return statistics.median(getattr(m, field) for m in found) if found else None


def engines(options):
    """The commands, of those engines that are here."""
    found = {"sluice": options.sluice, "snakemake": options.snakemake, "make": options.make, "ninja": options.ninja}
    found = {name: shutil.which(path) for name, path in found.items()}
    for name, path in found.items():
        if path is None:
            print(f"{name} is not here: left out", file=sys.stderr)
    commands = {name: [str(Path(path).absolute())] for name, path in found.items() if path}
    if "snakemake" in commands:
        commands["snakemake greedy"] = commands["snakemake"]
    if "ninja" in commands:
        commands["ninja bash"] = commands["ninja"]
    return commands


SLUICE_RUN = ["run", "-q", "-c", "2"]
SNAKEMAKE_RUN = ["-q", "--cores", "2"]
PLAN = {
    "sluice": SLUICE_RUN + ["-n"],
    "snakemake": SNAKEMAKE_RUN + ["-n"],
    "make": ["-n"],
    "ninja": ["-n"],
}
RUN = {
    "sluice": SLUICE_RUN,
    "snakemake": SNAKEMAKE_RUN,
    "snakemake greedy": SNAKEMAKE_RUN + ["--scheduler", "greedy"],
    "make": ["-j2"],
    "ninja": ["-j2"],
    "ninja bash": ["-j2", "-f", "bash.ninja"],
}
VERSION = dict.fromkeys(["sluice", "snakemake", "make", "ninja"], ["--version"])


def wide(jobs):
    return lambda folder: workloads.wide(folder, jobs)


def start(bench):
    names = ["sluice", "snakemake", "make", "ninja"]
    repeats = max(bench.options.repeats, bench.options.start_repeats)
    bench.series("`--version`", names, workloads.one, VERSION, repeats)
    bench.series("dry-run of 1 job", names, workloads.one, PLAN, repeats)
    bench.series("run of 1 job", names, workloads.one, RUN, repeats)


def plan(bench):
    for jobs in bench.options.plan:
        big = jobs > bench.options.snakemake_plan
        names = ["sluice", "make", "ninja"] + ([] if big else ["snakemake"])
        # Snakemake takes minutes for the largest: once is enough.
        slow = not big and jobs >= 50_000
        if slow:
            names.remove("snakemake")
        bench.series(f"plan wide-{jobs}", names, wide(jobs), PLAN)
        if slow:
            bench.series(f"plan wide-{jobs}", ["snakemake"], wide(jobs), PLAN, repeats=1)


def chain(bench):
    for jobs in bench.options.chain:
        names = ["sluice", "make", "ninja", "snakemake"]
        bench.series(f"plan chain-{jobs}", names, lambda folder: workloads.chain(folder, jobs), PLAN)


def run(bench):
    for jobs in bench.options.run:
        bench.series(f"run wide-{jobs}", list(RUN), wide(jobs), RUN)


def again(bench):
    for jobs in bench.options.run:
        names = ["sluice", "snakemake greedy", "make", "ninja"]
        bench.series(f"nothing to do, wide-{jobs}", names, wide(jobs), RUN, twice=True)


def slope(bench):
    names = ["sluice", "ninja bash"] + (["snakemake greedy"] if bench.options.snakemake_slope else [])
    for jobs in bench.options.slope:
        bench.series(f"slope wide-{jobs}", names, wide(jobs), RUN)


# --- The report ---


def report(bench):
    options = bench.options
    print(f"Command: `{shlex.join(['benchmarks/side-by-side/measure.py', *sys.argv[1:]])}`  ")
    print(f"Date: {datetime.date.today()}; machine: {machine()}  ")
    print("Versions: " + ", ".join(versions(bench.engines)))
    print()
    print(
        f"Medians of {options.repeats} runs (start: {max(options.repeats, options.start_repeats)}; Snakemake's largest plan: 1)."
        " CPU counts all processes; peak is the resident memory of the largest process (below"
        f" {process.own_peak():.0f} MiB it cannot be told); others: cores that other work took meanwhile."
    )
    print()
    print("| what | engine | wall s | CPU s | peak MiB | wall ÷ Sluice's | others |")
    print("|---|---|---|---|---|---|---|")
    last = None
    for (what, name), found in bench.results.items():
        print(row(bench, what if what != last else "", what, name, found))
        last = what
    slopes(bench)
    aims(bench)


def row(bench, title, what, name, found):
    if not found or (what, name) in bench.failed:
        return f"| {title} | {name} | failed | | | | |"
    walls = [m.wall for m in found]
    sluice = bench.median(what, "sluice", "wall")
    ratio = f"{statistics.median(walls) / sluice:.3g}" if sluice else ""
    spread = f" ({min(walls):.3f}-{max(walls):.3f})" if len(walls) > 1 else " (1 run)"
    peak = bench.median(what, name, "peak")
    shown = f"{peak:.0f}" if peak > process.own_peak() * 1.05 else f"< {process.own_peak():.0f}"
    cells = [
        title,
        name,
        f"{statistics.median(walls):.3f}{spread}",
        f"{bench.median(what, name, 'cpu'):.2f}",
        shown,
        ratio,
        f"{bench.median(what, name, 'others'):.1f}",
    ]
    return "| " + " | ".join(cells) + " |"


def per_job(bench, name, field):
    low, high = bench.options.slope
    ends = [bench.median(f"slope wide-{jobs}", name, field) for jobs in (low, high)]
    return None if None in ends else (ends[1] - ends[0]) / (high - low) * 1000


def slopes(bench):
    names = [n for n in ("sluice", "ninja bash", "snakemake greedy") if per_job(bench, n, "wall") is not None]
    if not names:
        return
    low, high = bench.options.slope
    print(f"\nOne trivial `shell:` job more (slope between {low} and {high} jobs, start-up apart):\n")
    print("| engine | wall ms a job | CPU ms a job |\n|---|---|---|")
    for name in names:
        print(f"| {name} | {per_job(bench, name, 'wall'):.2f} | {per_job(bench, name, 'cpu'):.2f} |")


def aims(bench):
    print("\nAims:\n")
    verdicts = []
    for field, limit, unit in ("wall", 5, "s"), ("peak", 600, "MiB"):
        value = bench.median("plan wide-100000", "sluice", field)
        verdicts.append((f"100,000 jobs planned in less than {limit} {unit}", value, limit, f" {unit}"))
    pair = per_job(bench, "sluice", "wall"), per_job(bench, "ninja bash", "wall")
    value = pair[0] / pair[1] if None not in pair else None
    verdicts.append(("a trivial job within 2 × ninja with the same `bash -c`", value, 2, " ×"))
    pair = [bench.median("dry-run of 1 job", name, "wall") for name in ("sluice", "snakemake")]
    value = pair[0] / pair[1] if None not in pair else None
    verdicts.append(("a dry-run of one job within 0.5 × Snakemake's wall", value, 0.5, " ×"))
    for text, value, limit, unit in verdicts:
        if value is None:
            print(f"- {text}: not measured")
        else:
            print(f"- {text}: {value:.2f}{unit}, {'reached' if value <= limit else 'missed'}")


def machine():
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{len(os.sched_getaffinity(0))} cores, {memory:.0f} GiB, {platform.system()} {platform.release()}"


def versions(found):
    for name in ("sluice", "snakemake", "make", "ninja"):
        if name in found:
            said = subprocess.run([*found[name], "--version"], capture_output=True, text=True).stdout
            first = (said.strip().splitlines() or ["?"])[0]
            yield first if name in first.lower() else f"{name} {first}"


def numbers(text):
    return [int(number) for number in text.split(",") if number]


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    judge = CACHE / "conformance-9.25.2" / "judge" / "bin" / "snakemake"
    dist = ROOT / "app" / "target" / "dist" / "bin" / "sluice"
    add("parts", nargs="*", metavar="PART", help="of " + ", ".join(PARTS) + " (default: all)")
    add("--quick", action="store_true", help="small sizes, one run each: to see that all works")
    add("--sluice", default=os.environ.get("SLUICE") or str(dist), help="default: this checkout's build")
    add("--snakemake", default=str(judge), help="default: the one that `conformance/run --setup` gets")
    add("--make", default="make")
    add("--ninja", default="ninja")
    add("--repeats", type=int, default=3, help="runs of each command (default 3)")
    add("--start-repeats", type=int, default=9, help="the same for start-up (default 9)")
    add("--plan", type=numbers, default=[10_000, 100_000], help="sizes to plan (default 10000,100000)")
    add("--chain", type=numbers, default=[400, 2_000], help="lengths of chains (default 400,2000)")
    add("--run", type=numbers, default=[1_000], help="sizes to run (default 1000)")
    add("--slope", type=numbers, default=[1_000, 5_000], help="the two sizes of the slope")
    add("--snakemake-plan", type=int, default=100_000, help="largest size that Snakemake plans")
    add("--snakemake-slope", action="store_true", help="Snakemake's slope too (many minutes)")
    add("--scratch", help="where to work (default: the folder for temporary files)")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error("no such part: " + ", ".join(sorted(unknown)))
    if len(options.slope) != 2:
        parser.error("--slope takes two sizes")
    if options.quick:
        options.repeats = options.start_repeats = 1
        options.plan, options.chain, options.run, options.slope = [1_000], [100], [100], [100, 400]
    return options


def main():
    options = parse_arguments()
    process.adopt_orphans()
    with tempfile.TemporaryDirectory(prefix="side-by-side-", dir=options.scratch) as folder:
        bench = Bench(options, Path(folder))
        # Whatever an engine makes once (a cache) is made now, and not in the first figure.
        bench.series("warm-up", ["sluice", "snakemake"], workloads.one, RUN, repeats=1)
        bench.results.clear()
        bench.failed.clear()
        for part in options.parts or PARTS:
            globals()[part](bench)
        report(bench)
    sys.exit(any(name == "sluice" for _, name in bench.failed))


if __name__ == "__main__":
    main()
