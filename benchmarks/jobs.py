"""How long whole jobs take, from file to answer: what people wait for.

python -m benchmarks.jobs                  all jobs, a process each
python -m benchmarks.jobs robustness       only those whose name has this word
python -m benchmarks.jobs --against DIR    the same jobs with the package in DIR too, and the ratio of their times

Run it from the root of the checkout. Times are CPU seconds of one process, without the start of Python and without
making the input; on a busy machine only the ratios mean something.
"""

# ruff: noqa: T201 - a command: it prints, and starts this very file

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from benchmarks.comment_maker import Maker
from toolkit import (
    compare,
    compare_threads,
    keyness,
    measure,
    robustness,
    split_sentences,
    summarise_threads,
    write_report,
)

ROOT = Path(__file__).resolve().parents[1]
COLUMNS = ["text_id", "thread_id", "kind", "reply_to", "author", "posted", "likes", "language", "text"]
Job = Callable[[Path], Callable[[], object]]


def texts(comments: int, threads: int = 1) -> pd.DataFrame:
    """Made-up articles with comments under them, and the parts that make choices matter; the same on every machine."""
    maker, rows = Maker(0), []
    for number in range(threads):
        thread = f"t{number}"
        body = [maker.document(80) for _ in range(12)]
        body[3] = "## A heading \U0001f525\n\n" + body[3]
        body[5] += (
            " “This strike isn’t legal,” the mayor said. “It is a terrible plan.”\n\n- one good reason\n- another"
        )
        article = "# A title\n\n" + "\n\n".join(body) + "\n\nPlease support this site: https://example.org/donate"
        rows.append((f"{thread}/article", thread, "article", "A Writer", article))
        said = maker.comments(comments // threads)
        rows += [(f"{thread}/c{n}", thread, "comment", f"Reader {n + 1:02d}", text) for n, text in enumerate(said)]
    table = pd.DataFrame(rows, columns=["text_id", "thread_id", "kind", "author", "text"])
    posted = pd.Series(pd.NaT, table.index, dtype="datetime64[ns, UTC]")
    return table.assign(reply_to=None, posted=posted, likes=0, language="en")[COLUMNS]


def _file(table: pd.DataFrame, folder: Path) -> Path:
    path = folder / "texts.csv"
    table.to_csv(path, index=False)
    return path


def _report(comments: int) -> Job:
    def job(folder: Path) -> Callable[[], object]:
        table = texts(comments)
        return lambda: write_report(table, folder / "page.html")

    return job


def _robustness(folder: Path) -> Callable[[], object]:
    path = _file(texts(1_000), folder)
    return lambda: robustness(pd.read_csv(path))


def _keyness(folder: Path) -> Callable[[], object]:
    path = _file(texts(5_000, threads=300), folder)
    return lambda: keyness(pd.read_csv(path))


def _comparison(folder: Path) -> Callable[[], object]:
    path = _file(texts(30_000), folder)
    return lambda: compare(measure(split_sentences(pd.read_csv(path))))


def _units(folder: Path) -> Callable[[], object]:
    units = measure(split_sentences(texts(6_000)))
    many = 100_000 // len(units) + 1
    table = pd.concat([units.assign(text_id=units["text_id"] + f"-{n}") for n in range(many)], ignore_index=True)
    return lambda: compare(table.iloc[:100_000])


def _threads(folder: Path) -> Callable[[], object]:
    units = measure(split_sentences(texts(3_000, threads=200)), ["sentiment"])
    copies = [units.assign(**{name: units[name] + f"-{n}" for name in ("thread_id", "text_id")}) for n in range(50)]
    table = pd.concat(copies, ignore_index=True)
    return lambda: summarise_threads(compare_threads(table))


JOBS: dict[str, tuple[str, Job]] = {
    "report": ("article + 60 comments -> report", _report(60)),
    "report_1000": ("article + 1,000 comments -> report", _report(1_000)),
    "robustness": ("1,000 comments CSV -> robustness", _robustness),
    "keyness": ("5,000 comments CSV -> keyness", _keyness),
    "comparison": ("30,000 comments CSV -> comparison", _comparison),
    "units": ("100,000 measured units -> comparison", _units),
    "threads": ("10,000 measured threads -> summary", _threads),
}


def run(job: str) -> float:
    """Run a job in this process, and return its CPU seconds."""
    with tempfile.TemporaryDirectory() as folder:
        work = JOBS[job][1](Path(folder))
        before = time.process_time()
        work()
        return time.process_time() - before


def seconds(job: str, package: Path) -> float:
    """CPU seconds of a job with the package in a folder, in a fresh process."""
    done = subprocess.run(
        [sys.executable, "-P", __file__, "--run", job],
        env=os.environ | {"PYTHONPATH": str(package)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{job} failed:\n{done.stderr[-800:]}")
    return float(done.stdout.split()[-1])


def main() -> None:
    """Run the jobs one after the other and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("word", nargs="?", default="", help="only jobs whose name has this word")
    parser.add_argument("--against", type=Path, help="a folder with another version of the package")
    parser.add_argument("--run", choices=JOBS, help="run one job in this process and print its seconds")
    options = parser.parse_args()
    if options.run:
        print(run(options.run))
        return
    heads = ["job", "seconds"] + (["before", "times faster"] if options.against else [])
    print(f"| {' | '.join(heads)} |\n| ---{' | ---:' * (len(heads) - 1)} |")
    for job, (title, _) in JOBS.items():
        if options.word in job:
            now = seconds(job, ROOT)
            cells = [title, f"{now:.2f}"]
            if options.against:
                before = seconds(job, options.against)
                cells += [f"{before:.2f}", f"{before / now:.1f}"]
            print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
