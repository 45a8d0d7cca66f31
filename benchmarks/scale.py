"""How a whole archive is measured on one machine: comments per second, memory per process, growth, and Dask.

python -m benchmarks.scale            100,000 comments, about two minutes
python -m benchmarks.scale --full     1,000,000 comments, about ten minutes

Run it from the root of the checkout. benchmarks/README.md says how to read what it prints.
"""

# ruff: noqa: T201 - a command: it prints

import argparse
import itertools
import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # started as a file
    sys.path.insert(0, str(ROOT))

LOOP_COMMENTS = 2_000
FUTURE_COMMENTS, FUTURE_WORKERS = 100_000_000, 16

# Each runs in a process of its own, whose memory is its own. The last line printed is what is read.
_HEAD = """
import json, resource, sys, time
def report(seconds, **more):
    own, children = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    unit = 1e6 if sys.platform == "darwin" else 1e3
    print(json.dumps({"seconds": seconds, "own": own / unit, "children": children / unit, **more}))
"""
_LOOP = """
import pandas as pd
from benchmarks.row_loop import row
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")][:int(sys.argv[3])]
row(texts[0])
start = time.perf_counter()
pd.DataFrame([row(text) for text in texts])
report(time.perf_counter() - start)
"""
_CHUNKS = """
import pandas as pd
from toolkit import measure
start = time.perf_counter()
for chunk in pd.read_json(sys.argv[1], lines=True, chunksize=20_000):
    measure(chunk)
report(time.perf_counter() - start)
"""
_FILES = """
from toolkit import measure_files
start = time.perf_counter()
measure_files(sys.argv[1], sys.argv[2], workers=int(sys.argv[3]))
report(time.perf_counter() - start)
"""
_CLUSTER = """
from distributed import Client, LocalCluster
from toolkit import measure_files
def peak():
    import resource
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
if __name__ == "__main__":
    options = dict(n_workers=int(sys.argv[3]), threads_per_worker=1, dashboard_address=None, silence_logs=50)
    with LocalCluster(**options) as cluster, Client(cluster) as client:
        start = time.perf_counter()
        measure_files(sys.argv[1], sys.argv[2], client=client)
        seconds = time.perf_counter() - start
        report(seconds, workers=max(client.run(peak).values()) / 1e3)
"""
_THREADS = """
import pandas as pd
from toolkit import compare_threads, summarise_threads
measured = pd.read_parquet(sys.argv[1])
start = time.perf_counter()
summary = summarise_threads(compare_threads(measured))
report(time.perf_counter() - start, threads=int(summary["threads"] + summary["left_out"]))
"""


class Run(NamedTuple):
    """What a process took: seconds of its work, and the peak of memory of itself and of its largest worker, in MB."""

    seconds: float
    own: float
    worker: float
    threads: int = 0


def main() -> int:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--comments", type=int, default=100_000, help="how many (default 100,000)")
    parser.add_argument("--full", action="store_true", help="1,000,000 comments, and 10,000 threads")
    parser.add_argument("--seed", type=int, default=1, help="of the comments (default 1)")
    options = parser.parse_args()
    count = 1_000_000 if options.full else options.comments
    with tempfile.TemporaryDirectory() as folder:
        path = _write_comments(Path(folder) / "comments.jsonl", count, options.seed)
        cores = os.cpu_count() or 1
        print(f"{count:,} made comments, {path.stat().st_size / 1e6:,.0f} MB of JSON lines; {cores} cores")
        speed = _print_speed(path, Path(folder), count)
        _print_growth(path, Path(folder), count)
        _print_threads(Path(folder), 10_000 if options.full else 500)
        _print_estimate(Path(folder), speed, count)
    return 0


def _write_comments(path: Path, count: int, seed: int) -> Path:
    from benchmarks.comment_maker import Maker

    maker = Maker(seed)
    with path.open("w", encoding="utf-8") as stream:
        for start in range(0, count, 10_000):
            for number, text in enumerate(maker.comments(min(10_000, count - start)), start):
                stream.write(json.dumps({"text_id": f"c{number}", "text": text}) + "\n")
    return path


def _run(code: str, *arguments: object) -> Run:
    command = [sys.executable, "-c", _HEAD + code, *map(str, arguments)]
    if code is _CLUSTER:  # Dask starts its workers from a file, not from -c
        script = Path(str(arguments[1])).with_suffix(".py")
        script.write_text(_HEAD + code, encoding="utf-8")
        command = [sys.executable, str(script), *map(str, arguments)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    printed = subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, encoding="utf-8").stdout
    found: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return Run(found["seconds"], found["own"], found.get("workers", found["children"]), found.get("threads", 0))


def _print_speed(path: Path, folder: Path, count: int) -> float:
    """Each way of measuring all comments beside the loop on some of them; gives back the time of two workers."""
    loop = _run(_LOOP, path, "-", LOOP_COMMENTS)
    pace = LOOP_COMMENTS / loop.seconds
    ways = {
        "measure, in chunks of 20,000": (_CHUNKS, 0),
        "measure_files, one process": (_FILES, 1),
        "measure_files, two workers": (_FILES, 2),
        "measure_files, Dask, two workers": (_CLUSTER, 2),
    }
    print(f"\n{'':36}{'seconds':>9}{'comments/s':>12}{'times the loop':>16}{'MB, own':>10}{'MB, worker':>12}")
    print(
        f"{f'row-wise loop, {LOOP_COMMENTS:,} comments':36}{loop.seconds:9.1f}{pace:12,.0f}{1:16.1f}{loop.own:10,.0f}"
    )
    taken: dict[str, float] = {}
    for name, (code, workers) in ways.items():
        run = _run(code, path, folder / f"out-{len(taken)}", workers)
        taken[name] = run.seconds
        worker = f"{run.worker:12,.0f}" if workers > 1 else ""
        print(
            f"{name:36}{run.seconds:9.1f}{count / run.seconds:12,.0f}{count / run.seconds / pace:16.1f}"
            f"{run.own:10,.0f}{worker}",
            flush=True,
        )
    one, two = taken["measure_files, one process"], taken["measure_files, two workers"]
    print(f"two workers are {one / two:.2f} times as fast as one")
    return two


def _print_growth(path: Path, folder: Path, count: int) -> None:
    """Time and memory of two workers for more and more comments; an exponent of 1 is time in proportion."""
    print(f"\n{'comments':>12}{'seconds':>9}{'exponent':>10}{'MB, own':>10}{'MB, worker':>12}")
    before: tuple[int, float] | None = None
    for many in _sizes(count):
        part = folder / f"first-{many}.jsonl"
        with path.open(encoding="utf-8") as stream, part.open("w", encoding="utf-8") as first:
            first.writelines(itertools.islice(stream, many))
        run = _run(_FILES, part, folder / f"grown-{many}", 2)
        steep = f"{math.log(run.seconds / before[1]) / math.log(many / before[0]):10.2f}" if before else " " * 10
        print(f"{many:12,}{run.seconds:9.1f}{steep}{run.own:10,.0f}{run.worker:12,.0f}", flush=True)
        before = many, run.seconds


def _sizes(count: int) -> Iterator[int]:
    size = 10_000
    while size < count:
        yield size
        size *= 10
    yield count


def _print_threads(folder: Path, threads: int) -> None:
    from toolkit import measure_files
    from toolkit.archives.synthetic import make_archive

    archive = make_archive(folder / "threads.jsonl.gz", threads=threads)
    out = folder / "threads"
    found = measure_files(archive, out, units="sentences", metrics=["sentiment"], workers=2).iloc[0]
    run = _run(_THREADS, out / "data")
    print(
        f"\n{run.threads:,} threads ({found['texts']:,} texts, {found['units']:,} sentences) compared and summarised "
        f"in {run.seconds:.0f} s, {run.own:,.0f} MB"
    )


def _print_estimate(folder: Path, seconds: float, count: int) -> None:
    """Extrapolate from the measured numbers to a larger archive."""
    written = sum(part.stat().st_size for part in (folder / "out-2" / "data").rglob("*.parquet"))
    times = FUTURE_COMMENTS / count
    hours = seconds * times * 2 / FUTURE_WORKERS / 3600
    print(
        f"\nOn paper: {FUTURE_COMMENTS:,} comments on {FUTURE_WORKERS} such workers take {hours:.1f} hours "
        f"if they scale as two do;\nthey write {written * times / 1e9:,.0f} GB of Parquet and read "
        f"{(folder / 'comments.jsonl').stat().st_size * times / 1e9:,.0f} GB of JSON lines."
    )


if __name__ == "__main__":
    sys.exit(main())
