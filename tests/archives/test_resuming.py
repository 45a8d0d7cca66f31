"""A job called again resumes; a different job is refused, with what differs."""

import functools
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

import toolkit.archives.measure_files as module
from toolkit import Metric, measure_files
from toolkit._files import locked
from toolkit.archives.job_record import code_digest

WORDS = ["words"]


def lines(path: Path, many: int, words: str = "is bad") -> Path:
    path.write_text("".join(json.dumps({"text": f"Number {i} {words}."}) + "\n" for i in range(many)), encoding="utf-8")
    return path


def stored(out: Path) -> pd.DataFrame:
    return pd.read_parquet(out / "data")


def stop_at(monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    real = module.measure_batch

    def stop(job: Any, name: str, batch: Any) -> Any:
        if name == source:
            raise KeyboardInterrupt
        return real(job, name, batch)

    monkeypatch.setattr(module, "measure_batch", stop)


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 1, 0], [1, 2, 0]])
def test_files_are_recognised_by_their_names(order: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [lines(tmp_path / name, many) for name, many in (("B.jsonl", 60), ("a.jsonl", 40), ("é %20.jsonl", 30))]
    with monkeypatch.context() as patch:
        stop_at(patch, "a.jsonl")
        with pytest.raises(KeyboardInterrupt):
            measure_files(files, tmp_path / "out", metrics=WORDS, batch=25)
    table = measure_files([files[at] for at in order], tmp_path / "out", metrics=WORDS, batch=25)
    assert dict(zip(table["file"], table["texts"], strict=True)) == {"B.jsonl": 60, "a.jsonl": 40, "é %20.jsonl": 30}
    assert table["file"].tolist() == [files[at].name for at in order]
    sizes = stored(tmp_path / "out").groupby("source", observed=True).size().to_dict()
    assert sizes == {"B.jsonl": 60, "a.jsonl": 40, "é %20.jsonl": 30}


def test_a_job_killed_before_its_first_record_begins_again(tmp_path: Path) -> None:
    for folder in ("data", "rejects"):
        (tmp_path / "out" / folder).mkdir(parents=True)
    (tmp_path / "out" / ".job.json.0123.unfinished").write_text("{")
    (tmp_path / "out" / ".below-the-line.lock").touch()
    assert measure_files(lines(tmp_path / "a.jsonl", 5), tmp_path / "out", metrics=WORDS).loc[0, "texts"] == 5
    assert not list((tmp_path / "out").rglob(".*"))


@pytest.mark.parametrize("content", [b"", b"PAR1", b"x" * 1_000, None])
@pytest.mark.parametrize("what", ["part-000001.parquet", "part-000001.csv"])
def test_a_part_that_is_not_whole_is_measured_again(what: str, content: bytes | None, tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", 20)
    path.write_text(path.read_text().replace('{"text": "Number 7', '{"body": "Number 7'))
    before = measure_files(path, tmp_path / "out", metrics=WORDS, batch=5)
    whole, rejects = stored(tmp_path / "out"), (tmp_path / "out" / "rejects.csv").read_bytes()
    (part,) = (tmp_path / "out").rglob(what)
    part.unlink() if content is None else part.write_bytes(content)
    pd.testing.assert_frame_equal(measure_files(path, tmp_path / "out", metrics=WORDS, batch=5), before)
    pd.testing.assert_frame_equal(stored(tmp_path / "out"), whole)
    assert (tmp_path / "out" / "rejects.csv").read_bytes() == rejects


@pytest.mark.parametrize(
    "note",
    ["[" * 100_000, "[]", '"number": [1], "rows": 5', '"number": 0, "rows": "5"', '"number": 0, "rows": 1e400',
     '"number": 0, "rows": 7'],
)  # fmt: skip
def test_a_part_whose_note_is_none_is_measured_again(note: str, tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", 20)
    before = measure_files(path, tmp_path / "out", metrics=WORDS, batch=5)
    part = min((tmp_path / "out").rglob("*.parquet"))
    counts = '"texts": 5, "units": 5, "rejects": 0'
    note = f'{{"source": "a.jsonl", {note}, {counts}}}' if note.startswith('"') else note
    pq.write_table(pq.read_table(part).replace_schema_metadata({"part": note}), part)
    pd.testing.assert_frame_equal(measure_files(path, tmp_path / "out", metrics=WORDS, batch=5), before)
    assert len(stored(tmp_path / "out")) == 20


def test_other_files_or_other_content_of_the_same_size_and_time_are_another_job(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", 20)
    measure_files(path, tmp_path / "out", metrics=WORDS)
    then = path.stat()
    content = path.read_bytes()
    path.write_bytes(content[:300] + b"X" + content[301:])
    os.utime(path, ns=(then.st_atime_ns, then.st_mtime_ns))
    with pytest.raises(ValueError, match=r"other files: a\.jsonl "):
        measure_files(path, tmp_path / "out", metrics=WORDS)
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"other files: b\.jsonl "):
        measure_files([path, lines(tmp_path / "b.jsonl", 3)], tmp_path / "out", metrics=WORDS)


@pytest.mark.parametrize("kind", ["file", "link to nothing", "folder in the way"])
def test_results_go_to_a_folder_and_replace_nothing_else(kind: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    if kind == "file":
        out.write_text("kept", encoding="utf-8")
    elif kind == "link to nothing":
        out.symlink_to(tmp_path / "nowhere")
    else:
        (out / "rejects.csv").mkdir(parents=True)
    why = (
        "out.rejects.csv is a folder" if out.is_dir() else r"out is not a folder\. Name a folder for the results, or a"
    )
    with pytest.raises(ValueError, match=why):
        measure_files(lines(tmp_path / "a.jsonl", 2), out, metrics=WORDS)
    assert not out.is_dir() or [each.name for each in out.rglob("*")] == ["rejects.csv"]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.jsonl", "out"]


def test_a_damaged_job_record_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    for content in ("", "[]", "null", '{"files": 3}', "[" * 100_000):
        (tmp_path / "out" / "job.json").write_text(content)
        with pytest.raises(ValueError, match="is damaged, or is not the record of a measurement"):
            measure_files(lines(tmp_path / "a.jsonl", 3), tmp_path / "out", metrics=WORDS)
    (tmp_path / "out" / "job.json").unlink()
    (tmp_path / "out" / "job.json").mkdir()
    with pytest.raises(ValueError, match="is damaged, or is not the record of a measurement"):
        measure_files(lines(tmp_path / "a.jsonl", 3), tmp_path / "out", metrics=WORDS)


# Metrics of one's own are known by their code


def of(value: float) -> Callable[[str], float]:
    return lambda text: value


def factor(text: str) -> float:
    return 2.0


def by_a_helper(text: str) -> float:
    return factor(text)


def test_changed_code_has_another_digest_and_the_same_code_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    pattern = re.compile("a")
    functions = [
        lambda text: 1.0, lambda text: 2.0, lambda text: len(text) + 1.0, lambda text: len(text) - 1.0,
        lambda text: text.count("a"), lambda text: text.index("a"), lambda text, by=1: by, lambda text, by=2: by,
        lambda text: (lambda: 3.0)(), lambda text: (lambda: 4.0)(), lambda text: text in {"x", "y"},
        lambda text: text in {"x", "z"}, lambda text: len(pattern.findall(text)), of(1.0), of(2.0),
        functools.partial(pow, 2), functools.partial(pow, 3),
    ]  # fmt: skip
    assert len({code_digest(function) for function in functions}) == len(functions)  # type: ignore[arg-type]
    assert code_digest(of(7.0)) == code_digest(of(7.0))
    before = code_digest(by_a_helper)
    assert code_digest(by_a_helper) == before
    monkeypatch.setitem(globals(), "factor", lambda text: 3.0)
    assert code_digest(by_a_helper) != before


def test_another_metric_of_the_same_name_is_refused(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", 3)
    one, other = (lambda text: 1.0), (lambda text: 2.0)
    one.__name__ = other.__name__ = "mine"
    measure_files(path, tmp_path / "out", metrics=[Metric(one, "m", "u", "h")])
    measure_files(path, tmp_path / "out", metrics=[Metric(one, "m", "u", "h")])
    with pytest.raises(ValueError, match="other metrics: mine"):
        measure_files(path, tmp_path / "out", metrics=[Metric(other, "m", "u", "h")])


# Two runs, and workers


def test_a_second_run_in_the_same_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = lines(tmp_path / "a.jsonl", 3)
    measure_files(path, tmp_path / "out", metrics=WORDS)
    monkeypatch.setattr("toolkit.archives.job_record._PATIENCE", 0)
    with locked(tmp_path / "out"), pytest.raises(ValueError, match="Another measure_files is running"):
        measure_files(path, tmp_path / "out", metrics=WORDS)


RUN = """
import signal, sys
from toolkit import measure_files
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # which nohup has it ignore
measure_files(sys.argv[1], sys.argv[2], metrics=["words"], batch=50, workers=2)
"""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks up processes in /proc")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_workers_end_with_the_process_that_started_them(how: signal.Signals, tmp_path: Path) -> None:
    path, out = lines(tmp_path / "a.jsonl", 60_000), tmp_path / "out"
    with subprocess.Popen([sys.executable, "-c", RUN, str(path), str(out)], start_new_session=True) as run:
        while run.poll() is None and not list(out.rglob("part-*.parquet")):
            time.sleep(0.02)
        workers = children(run.pid)
        assert len(workers) == 2
        os.kill(run.pid, how)
    for _ in range(600):
        if not any(is_alive(worker) for worker in workers):
            break
        time.sleep(0.05)
    assert not any(is_alive(worker) for worker in workers)


def children(parent: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
