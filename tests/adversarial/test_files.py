"""Every hostile file and name through every reader: a value or a documented error.

The ordinary run takes the corpus at a hundredth of its size; ``-m full`` takes it whole and holds the bounds on time
and memory.
"""

import functools
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from helpers.adversarial_articles import article_files
from helpers.adversarial_comments import archive_files, comment_files
from helpers.adversarial_files import ARTICLE, LICENCE, SLOW, SMALL, File, outcome, read_comments_of
from helpers.adversarial_threads import bridge, names, threads
from helpers.work import cpu_seconds
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import load_corpus, measure_files, place_comments, read_thread, save_corpus
from toolkit.corpora.load import TEXT_COLUMNS
from toolkit.importers.article_formats import read_article
from toolkit.importers.comment_formats import read_comments
from toolkit.importers.read_thread import import_summary

pytestmark = [
    pytest.mark.usefixtures("quick_disk"),
    pytest.mark.filterwarnings("ignore:WARNING. No names of commenters:UserWarning"),  # most files here name nobody
    pytest.mark.filterwarnings("ignore:WARNING. no comment was kept:UserWarning"),
]
# CPU time of reading at full scale: 2 seconds a case, and for each row (or twenty bytes of a long text) so much more.
# Measured on two cores of a server: 12 to 18 microseconds a row.
SECONDS_A_CASE, SECONDS_A_ROW = 2.0, 30e-6


def written(file: File, folder: Path) -> Path:
    path = folder / f"file{file.ending}"
    content = file.content() if callable(file.content) else file.content
    path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
    return path


def cases_of(files: Iterator[File]) -> list[Any]:
    return [pytest.param(file, id=file.name) for file in files]


def check(file: File, got: Any, found: int) -> None:
    """Hold what came of a file against what must come of it."""
    if isinstance(got, Exception):
        assert file.texts in (None, -1), str(got)
        assert file.says in str(got)
    else:
        assert file.texts in (found, -1), f"{found} texts"


# ---- files


@pytest.mark.parametrize("file", cases_of(comment_files(SMALL)))
def test_a_file_of_comments_is_read_or_refused_with_one_documented_error(file: File, tmp_path: Path) -> None:
    path = written(file, tmp_path)
    got = outcome(lambda: read_comments_of(path))
    check(file, got, -1 if isinstance(got, Exception) else len(got) - 1)
    if not isinstance(got, Exception):
        check_read(got)


def check_read(texts: pd.DataFrame) -> None:
    """A table that was read keeps the promises of the package, and its import log counts each row once."""
    assert texts.dtypes.astype(str).to_dict() == dict(TEXT_COLUMNS)
    assert texts["text_id"].is_unique
    assert set(texts["reply_to"].dropna()) <= set(texts["text_id"])
    assert all(texts["text"].str.strip())
    report = texts.attrs["report"]["comments"]
    if report:
        assert report["read"] == report["kept"] + sum(len(each["rows"]) for each in report["left_out"])
    assert import_summary(texts)
    json.dumps(texts.attrs["report"], allow_nan=False).encode("utf-8")


@pytest.mark.parametrize("file", cases_of(article_files(SMALL)))
def test_a_file_of_an_article_is_read_or_refused_with_one_documented_error(file: File, tmp_path: Path) -> None:
    path = written(file, tmp_path)
    got = outcome(lambda: read_thread(path, quiet=True))
    check(file, got, -1 if isinstance(got, Exception) else len(got))
    if not isinstance(got, Exception):
        check_read(got)
        offered = got.attrs["report"]["offered"]
        taken = outcome(lambda: read_thread(path, "page", quiet=True))
        assert isinstance(taken, Exception) == (not offered)


@pytest.mark.parametrize("file", cases_of(archive_files()))
def test_an_archive_is_measured_row_by_row_or_refused(file: File, tmp_path: Path) -> None:
    path = written(file, tmp_path)
    got = outcome(lambda: measure_files(path, tmp_path / "out", metrics=["words", "sentiment"]))
    check(file, got, -1 if isinstance(got, Exception) else int(got["texts"].sum()))
    if not isinstance(got, Exception):
        assert (got["rows"] == got["texts"] + got["rejects"]).all()


@pytest.mark.parametrize("name", names(), ids=ascii)
def test_an_untrusted_name_reaches_no_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    is_text = "\n" in name or name.startswith("<")  # several lines, or markup: the article itself, as documented
    assert isinstance(outcome(lambda: read_thread(name, quiet=True)), Exception) != is_text
    for work in (
        lambda: read_thread(ARTICLE, name, quiet=True),
        lambda: load_corpus(name),
        lambda: measure_files(name, tmp_path / "out"),
    ):
        assert isinstance(outcome(work), Exception), name
    got = outcome(lambda: save_corpus(bridge("a"), name, LICENCE, folder=tmp_path / "corpora"))
    assert isinstance(got, Exception) != (name in ("page", "nul"))
    allowed_file = {"about.toml", "article.md", "comments.csv"} if isinstance(got, Path) else set()
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == allowed_file


@pytest.mark.skipif(sys.platform == "win32", reason="files of this kind are Unix's")
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/proc/self/mem", "/proc/self/environ", "/"])
def test_only_regular_files_are_read(device: str) -> None:
    for work in (lambda: read_thread(device, quiet=True), lambda: read_thread(ARTICLE, device, quiet=True)):
        got = outcome(work)
        if device != "/proc/self/environ":
            assert isinstance(got, Exception)


ENDINGS = [".csv", ".tsv", ".json", ".jsonl", ".xml", ".xlsx", ".html", ".md", ".txt", ".docx", ".pdf", ".csv.gz"]
BEGINNINGS = [
    b"", b"id,text\n1,", b"[{", b'{"text":"a"}\n{', b"<rss>", b"<!doctype html><p>", b"PK\x03\x04",
    b"%PDF-1.4\n", b"\x1f\x8b\x08", b"\xff\xfe", b"\xef\xbb\xbf", b"# T\n\n", b"---\n",
    b'<script type="application/ld+json">',
]  # fmt: skip


@settings(SLOW, max_examples=150)
@given(
    ending=st.sampled_from(ENDINGS),
    start=st.sampled_from(BEGINNINGS),
    rest=st.binary(max_size=200) | st.text(max_size=99).map(lambda text: text.encode("utf-8", "surrogatepass")),
)
def test_on_any_bytes_readers_raise_documented_errors(ending: str, start: bytes, rest: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"file{ending}"
    path.write_bytes(start + rest)
    for read, work in (
        (read_article, lambda: read_thread(path, quiet=True)),
        (read_comments, lambda: read_comments_of(path)),
    ):
        refused = outcome(functools.partial(read, path))  # which is cheaper, and is what most bytes end in
        got = refused if isinstance(refused, Exception) else outcome(work)
        if isinstance(got, pd.DataFrame):
            check_read(got)


FIELDS = (
    "id text body comments replies children data kind items snippet hits objectID story_id author_name content cid "
    "votes type topLevelComment reactions ancestor_path created_at_i author date likes title parent_id name rendered "
    "status"
)
USUAL = ["t1", "more", "Listing", "war"]
json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9), st.sampled_from(USUAL)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS.split()), inner, max_size=6),
    max_leaves=12,
)


@settings(SLOW, max_examples=120)
@given(document=json_values)
def test_any_json_is_read_or_refused(document: Any, tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    got = outcome(lambda: read_comments_of(path))
    if isinstance(got, pd.DataFrame):
        check_read(got)


# ---- the corpus at full size


def slow(files: Callable[[float], Iterator[File]], read: Callable[[Path], Any], folder: Path) -> dict[str, float]:
    took = {}
    for file in files(1.0):
        path = written(file, folder)
        seconds = cpu_seconds(functools.partial(outcome, functools.partial(read, path)))
        if seconds > SECONDS_A_CASE + SECONDS_A_ROW * file.rows:
            took[file.name] = round(seconds, 1)
        path.unlink()
    return took


@pytest.mark.full
def test_files_of_full_size_are_read_in_two_seconds_and_thirty_microseconds_a_row(tmp_path: Path) -> None:
    assert slow(comment_files, read_comments_of, tmp_path) == {}
    assert slow(article_files, lambda path: read_thread(path, quiet=True), tmp_path) == {}


@pytest.mark.full
@pytest.mark.parametrize("name", ["replies in a chain", "a long thread", "blocks without end", "words without end"])
def test_threads_of_full_size_are_placed_and_reported_or_refused_in_time(name: str, tmp_path: Path) -> None:
    table = next(thread for thread in threads(1.0) if thread.name == name).table
    assert cpu_seconds(lambda: place_comments(table)) < SECONDS_A_CASE
    saving = functools.partial(save_corpus, table, "own", LICENCE, folder=tmp_path)
    assert cpu_seconds(lambda: outcome(saving)) < SECONDS_A_CASE + SECONDS_A_ROW * len(table)


MEMORY = """
import pathlib, re, resource, sys
sys.path.insert(0, sys.argv[1])
from toolkit import read_thread

def peak():
    status = pathlib.Path("/proc/self/status")  # getrusage may report that of the process that started this one
    if status.exists():
        return 1024 * int(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)

article, path = "# T\\n\\nThe bridge is bad.\\n", pathlib.Path(sys.argv[2])
comments = path.with_name("little.csv")
comments.write_text("id,text\\n1,war is bad\\n")
read_thread(article, comments, quiet=True)
page = path.with_name("little.html")
page.write_text("<html><body><article><p>The bridge is bad and we want a new one.</p></article></body></html>")
read_thread(page, quiet=True)
before = peak()
try:
    read_thread(path, quiet=True) if sys.argv[3] == "article" else read_thread(article, path, quiet=True)
except ValueError:
    pass
print(peak() - before)
"""
BASIC_MEMORY = 300_000_000  # bytes at the peak, and for each byte of the file, unpacked up to its bound, so many more:
BYTES_A_BYTE = {
    ("comments", "many rows"): 20, ("comments", "many tiny comments"): 20, ("comments", "a long cell"): 40,
    ("comments", "many objects without text"): 40, ("comments", "WordPress, many"): 20,
    ("comments", "many rows of a sheet"): 100, ("comments", "a row far away"): 0, ("comments", "lists in lists"): 20,
    ("article", "many paragraphs"): 100, ("article", "a page of ten million letters"): 20,
    ("article", "a line of an article, long"): 20, ("article", "a document of many paragraphs"): 1000,
}  # fmt: skip
UNPACKED = {
    ("comments", "packed, and much"): 500_000_000,
    ("article", "an article that unpacks to very much"): 40_000_000,
}
"""What is unpacked of an archive, before it is refused: the bound of a file of comments, and that of an article."""


@pytest.mark.full
@pytest.mark.skipif(sys.platform == "win32", reason="the peak of memory is asked of a Unix system")
@pytest.mark.parametrize("key", [*BYTES_A_BYTE, *UNPACKED], ids=": ".join)
def test_memory_at_the_peak_stays_within_a_multiple_of_the_file(key: tuple[str, str], tmp_path: Path) -> None:
    what, name = key
    files = comment_files if what == "comments" else article_files
    path = written(next(file for file in files(1.0) if file.name == name), tmp_path)
    command = [sys.executable, "-c", MEMORY, str(Path(__file__).parents[2]), str(path), what]
    done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    more = UNPACKED[key] if key in UNPACKED else BYTES_A_BYTE[key] * path.stat().st_size
    assert int(done.stdout) <= BASIC_MEMORY + more, f"{int(done.stdout):,} bytes for a file of {path.stat().st_size:,}"
