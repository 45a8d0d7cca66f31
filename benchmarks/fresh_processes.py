"""Fresh processes: a whole run from file to file, the first article, and the memory at the peak."""

# ruff: noqa: T201 - a command: it prints

import argparse
import importlib.util
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.timing import print_title

ROOT = Path(__file__).resolve().parent.parent
ARTICLE_WORDS = 1_500
FRESH_STARTS = 5
MEMORY_CHUNK = 20_000  # comments given to measure at a time

_MEASURE_FILE = """
import sys, pandas as pd
from toolkit import measure
measure(pd.read_parquet(sys.argv[1])).to_parquet(sys.argv[2])
"""
_OWN_FILE = """
import sys, pandas as pd
from benchmarks.speed import own_columns
texts = pd.read_parquet(sys.argv[1])
pd.concat([texts, own_columns(texts["text"].tolist())], axis=1).to_parquet(sys.argv[2])
"""
_LOOP_FILE = """
import sys, pandas as pd
from benchmarks.row_loop import by_row
texts = pd.read_parquet(sys.argv[1])
pd.concat([texts, by_row(texts["text"].tolist())], axis=1).to_parquet(sys.argv[2])
"""
_MEASURE_ARTICLE = """
import sys, pathlib
from toolkit import measure
measure([pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")])
"""
_LOOP_ARTICLE = """
import sys, pathlib
from benchmarks.row_loop import by_row
by_row([pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")])
"""
_MEMORY = """
import sys, resource
import pandas as pd, pyarrow.parquet
from toolkit import METRICS, measure
unit = 1 if sys.platform == "darwin" else 1024
rows = pyarrow.parquet.ParquetFile(sys.argv[1]).iter_batches(2_000, columns=["text"])
texts = [text for batch in rows for text in batch.column(0).to_pylist()]
start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
names = [metric.name for metric in METRICS]
step = int(sys.argv[2])
parts = [measure(texts[at : at + step])[names] for at in range(0, len(texts), step)]
table = sum(int(part.memory_usage().sum()) for part in parts)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
print(sum(map(sys.getsizeof, texts)), table, peak - start - table)
"""
_SMALL_PARENT = """
import subprocess, sys
sys.exit(subprocess.call([sys.executable, "-c", *sys.argv[1:]]))
"""  # Linux hands the memory peak of a parent on to its child: so the child that is weighed has a small one


class _Run(NamedTuple):
    wall: float
    cpu: float
    printed: str


def _run(code: str, *arguments: object) -> _Run:
    """Run code in a fresh process; its CPU time is that of all its threads."""
    before, start = os.times(), time.perf_counter()
    command = [sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8")
    wall, after = time.perf_counter() - start, os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return _Run(wall, cpu, done.stdout)


def print_fresh_processes(texts: Sequence[str], folder: Path, options: argparse.Namespace) -> None:
    """Time and weigh processes that begin with nothing loaded."""
    from benchmarks.comment_maker import Maker

    article = folder / "article.txt"
    article.write_text(Maker(options.seed).document(ARTICLE_WORDS), encoding="utf-8")
    _print_whole_process(texts[:20_000], folder, times=3 if options.full else 1)
    _print_starts(article)
    _print_memory(options, folder)


def _write_table(texts: Sequence[str], path: Path) -> Path:
    import pandas as pd

    pd.DataFrame({"text_id": range(len(texts)), "text": pd.Series(texts, dtype="string")}).to_parquet(path)
    return path


def _print_whole_process(texts: Sequence[str], folder: Path, *, times: int) -> None:
    """Parquet file in, parquet file out, everything included, in turns."""
    given, result = _write_table(texts, folder / "texts.parquet"), folder / "result.parquet"
    jobs = {"row-wise loop": _LOOP_FILE, "toolkit: whole table": _MEASURE_FILE, "toolkit: own columns": _OWN_FILE}
    runs: dict[str, list[_Run]] = {name: [] for name in jobs}
    for _ in range(times):
        for name, code in jobs.items():
            runs[name].append(_run(code, given, result))
    print_title(f"A whole process: {len(texts):,} comments, parquet file in, parquet file out")
    print(f"{'':26}{'wall s':>9}{'CPU s':>9}   times the loop's speed: wall, CPU (median of {times})")
    for name, each in runs.items():
        wall, cpu = _ratios(runs["row-wise loop"], each)
        print(f"{name:26}{_median_wall(each):9.2f}{_median_cpu(each):9.2f}   {wall:.1f}, {cpu:.1f}", flush=True)


def _ratios(loop: Sequence[_Run], runs: Sequence[_Run]) -> tuple[float, float]:
    pairs = list(zip(loop, runs, strict=True))
    wall = statistics.median(theirs.wall / ours.wall for theirs, ours in pairs)
    return wall, statistics.median(theirs.cpu / max(ours.cpu, 1e-9) for theirs, ours in pairs)


def _median_wall(runs: Sequence[_Run]) -> float:
    return statistics.median(run.wall for run in runs)


def _median_cpu(runs: Sequence[_Run]) -> float:
    return statistics.median(run.cpu for run in runs)


def _print_starts(article: Path) -> None:
    """Time fresh processes in turns, after one of each whose time is not counted: it fills the disk's cache."""
    jobs = {
        "Python alone": "",
        "import toolkit": "import toolkit",
        "import pandas, textstat, vaderSentiment": "import pandas, textstat, vaderSentiment.vaderSentiment",
        "the first article, the loop": _LOOP_ARTICLE,
        "the first article, toolkit": _MEASURE_ARTICLE,
    }
    runs: dict[str, list[_Run]] = {name: [] for name in jobs}
    for turn in range(FRESH_STARTS + 1):
        for name, code in jobs.items():
            run = _run(code, article)
            runs[name] += [run] if turn else []
    print_title(f"A fresh start: the article has {ARTICLE_WORDS:,} words (median of {FRESH_STARTS})")
    print(f"{'':42}{'wall s':>9}{'CPU s':>9}")
    for name, each in runs.items():
        print(f"{name:42}{_median_wall(each):9.3f}{_median_cpu(each):9.3f}")
    wall, cpu = _ratios(runs["the first article, the loop"], runs["the first article, toolkit"])
    print(f"the first article, times the loop's speed: wall {wall:.1f}, CPU {cpu:.1f}", flush=True)


def _print_memory(options: argparse.Namespace, folder: Path) -> None:
    """Peak of resident memory beyond the texts and the table, by measure."""
    from benchmarks.comment_maker import Maker

    count, step = options.comments, min(options.comments, MEMORY_CHUNK)
    print_title(f"Memory: {count:,} comments in chunks of {step:,}, the whole METRICS table")
    if importlib.util.find_spec("resource") is None:
        print("skipped: this system has no module `resource`")
        return
    given = _write_table(Maker(options.seed).comments(count), folder / "many.parquet")
    run = _run(_SMALL_PARENT, _MEMORY, given, step)
    texts, table, beyond = (int(number) / 1e6 for number in run.printed.split())
    print(f"texts {texts:.0f} MB, table {table:.0f} MB, peak beyond both {beyond:.0f} MB (dictionaries included)")
