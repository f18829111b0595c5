"""The workloads, each written for Snakemake (and Sluice), make and ninja in one folder.

one      one job without input
wide-N   (N-1)/3 samples in three stages, and a job that gathers them
chain-N  N jobs, each of which reads what the one before it made
"""

import shutil
from pathlib import Path

# What Snakemake's strict mode comes to: the ninja that is compared with runs the same.
BASH = "bash -c 'set -euo pipefail; touch $out'"


def one(folder):
    return write(folder, 'rule only:\n    output: "out"\n    shell: "touch {output}"\n', [("out", [])])


def wide(folder, jobs):
    samples = [f"s{number}" for number in range((jobs - 1) // 3)]
    (folder / "src").mkdir(parents=True)
    for sample in samples:
        (folder / "src" / sample).touch()
    stages = ["src", "a", "b", "c"]
    snakefile = [
        f"SAMPLES = [f's{{number}}' for number in range({len(samples)})]",
        'rule gather:\n    input: expand("c/{sample}", sample=SAMPLES)\n    output: "all"\n    shell: "touch {output}"',
    ]
    edges = []
    for before, stage in zip(stages, stages[1:]):
        snakefile.append(
            f'rule {stage}:\n    input: "{before}/{{sample}}"\n    output: "{stage}/{{sample}}"\n'
            '    shell: "touch {output}"'
        )
        edges += [(f"{stage}/{sample}", [f"{before}/{sample}"]) for sample in samples]
    edges.append(("all", [f"c/{sample}" for sample in samples]))
    return write(folder, "\n".join(snakefile) + "\n", edges)


def chain(folder, jobs):
    snakefile = (
        f'rule all:\n    input: "d/{jobs}"\n'
        "def before(wildcards):\n"
        "    number = int(wildcards.number)\n"
        '    return f"d/{number - 1}" if number > 1 else []\n'
        'rule step:\n    input: before\n    output: "d/{number}"\n    shell: "touch {output}"\n'
    )
    edges = [(f"d/{n}", [f"d/{n - 1}"] if n > 1 else []) for n in range(1, jobs + 1)]
    return write(folder, snakefile, edges)


def write(folder, snakefile, edges):
    """The three descriptions of the same jobs; answers how many outputs they have."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "Snakefile").write_text(snakefile)
    for stage in {output.rpartition("/")[0] for output, _ in edges} - {""}:
        (folder / stage).mkdir(exist_ok=True)
    with open(folder / "Makefile", "w") as out:
        out.write("MAKEFLAGS += -rR\n" + edges[-1][0] + ":\n")
        out.writelines(f"{output}: {' '.join(inputs)}\n\ttouch {output}\n" for output, inputs in edges)
    for name, command in ("build.ninja", "touch $out"), ("bash.ninja", BASH):
        with open(folder / name, "w") as out:
            out.write(f"rule touch\n  command = {command}\n")
            out.writelines(f"build {output}: touch {' '.join(inputs)}\n" for output, inputs in edges)
            out.write(f"default {edges[-1][0]}\n")
    return len(edges)


def made(folder):
    """How many outputs there are: an engine that leaves jobs out is not fast but wrong."""
    stages = [folder / stage for stage in ("a", "b", "c", "d") if (folder / stage).is_dir()]
    single = sum((folder / name).exists() for name in ("out", "all"))
    return single + sum(len(list(stage.iterdir())) for stage in stages)


def clean(folder):
    """Takes away what engines left: outputs and their own records."""
    for path in Path(folder).iterdir():
        if path.name in ("a", "b", "c", "d"):
            shutil.rmtree(path)
            path.mkdir()
        elif path.name in ("out", "all", ".ninja_log", ".ninja_deps"):
            path.unlink()
        elif path.name in (".snakemake", ".sluice"):
            shutil.rmtree(path)
