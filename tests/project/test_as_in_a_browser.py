"""The package works where Python runs in a browser: without Arrow, locks, processes, and files to write."""

import subprocess
import sys
from pathlib import Path

import pytest

from toolkit import load_corpus, split_sentences
from toolkit.annotation.codings import as_scheme, read_rows
from toolkit.annotation.session import CodingSession
from toolkit.course.sealed_answers import seal

AS_IN_A_BROWSER = """
import os, sys
for name in ("pyarrow", "fcntl", "_multiprocessing", "_posixshmem", "psutil", "dask", "distributed"):
    sys.modules[name] = None
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT

def refuse_to_write(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)) and arguments[2] & WRITES:
        raise OSError(30, "Read-only file system", arguments[0])
    if event in ("os.mkdir", "socket.connect", "subprocess.Popen"):
        raise OSError(30, "Read-only file system", arguments[0])

sys.addaudithook(refuse_to_write)
"""
USE = """
from toolkit import compare, concordance, link_comments, load_corpus, measure, plot_comparison, split_sentences
from toolkit.course.sealed_answers import seal
from toolkit.reports.write_report import report_html

texts = load_corpus("nato-preemptive-strike")
measured = measure(split_sentences(texts))
comparison = compare(measured)
plot_comparison(comparison)
assert len(link_comments(texts)) >= len(texts) - 1
print(len(measured), len(comparison), len(report_html(texts)) > 100_000, seal("00-a", "more comments"))
"""


def test_reading_measuring_comparing_drawing_and_the_report_need_none_of_it() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", AS_IN_A_BROWSER + USE], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    sentences = split_sentences(load_corpus("nato-preemptive-strike"))
    assert done.stdout.split() == [str(len(sentences)), "33", "True", seal("00-a", "more comments")]


@pytest.mark.skipif(sys.platform == "win32", reason="there the lock is another")
@pytest.mark.parametrize("missing", ["fcntl", "flock"])
def test_a_file_is_written_without_locks(missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if missing == "fcntl":
        monkeypatch.setitem(sys.modules, "fcntl", None)
    else:
        monkeypatch.delattr("fcntl.flock")
    session = CodingSession(split_sentences(["It is late. We go."]), as_scheme("tone"), "Ben", tmp_path / "codings.csv")
    session.answer("1")
    assert [(row.coder, row.answer) for row in read_rows(tmp_path / "codings.csv")] == [("Ben", "1")]
