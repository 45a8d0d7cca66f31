"""The steps of explore_files: files in, what was read, the report."""

import html
import re
import tempfile
from pathlib import Path
from typing import Any

import pytest

from toolkit.reports import from_files
from toolkit.reports.from_files import FilesToReport

SAMPLES = Path(__file__).resolve().parents[2] / "notebooks" / "samples"
PAGE = (SAMPLES / "market-bell.txt").read_text(encoding="utf-8")


def give(steps: FilesToReport, part: str, name: str, content: bytes, piece: int = 10**6) -> None:
    for at in range(0, max(1, len(content)), piece):
        shown = steps.act({"do": "file", "part": part, "name": name, "at": at}, content[at : at + piece])
        assert shown == {}


def read(steps: FilesToReport, *parts: str, pasted: str = "", lines: dict[str, str] | None = None) -> dict[str, Any]:
    return steps.act({"do": "read", "parts": [*parts], "pasted": pasted, "lines": lines or {}})


def two_files(piece: int = 10**6) -> FilesToReport:
    steps = FilesToReport()
    for part, name in (("article", "bus-shelter.md"), ("comments", "bus-shelter-comments.csv")):
        give(steps, part, name, (SAMPLES / name).read_bytes(), piece)
    return steps


def test_two_files_are_read_listed_and_made_into_a_report() -> None:
    steps = two_files()
    shown = read(steps, "article", "comments")
    assert shown["said"].startswith("Read one article and ")
    assert "bus-shelter-comments.csv" in shown["listed"]
    assert (shown["ready"], shown["lines"]) == (True, {})
    assert steps.act({"do": "report"})["report"].startswith("<!DOCTYPE html>")


def test_a_file_sent_in_pieces_is_the_same_file() -> None:
    whole, pieces = two_files(), two_files(piece=100)
    assert read(whole, "article", "comments") == read(pieces, "article", "comments")
    give(pieces, "article", "short.md", b"# Another\n\nIt is another article, given in the place of the first one.\n")
    assert "Another" in read(pieces, "article")["listed"]
    assert "0 comments" in read(whole, "article")["said"]  # a part that was taken away is not read


def test_of_too_large_a_file_only_enough_to_show_its_size_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(from_files, "LARGEST_FILE", 250)
    steps = FilesToReport()
    give(steps, "comments", "endless.csv", b"x" * 1000, piece=100)
    assert {part: len(kept) for part, (_, kept) in steps._files.items()} == {"comments": 251}


def test_the_lines_of_a_pasted_page_are_proposed_and_can_be_corrected() -> None:
    steps = FilesToReport()
    shown = read(steps, pasted=PAGE)
    assert shown["lines"] == {"article": "1-18", "solicitation": "19-19", "comments": "23-42"}
    assert "3 comments" in shown["said"]
    corrected = {"article": "1-18", "solicitation": "", "comments": "29-42"}
    again = read(steps, pasted=PAGE, lines=corrected)
    assert (again["lines"], "2 comments" in again["said"]) == (corrected, True)
    wrong = read(steps, pasted=PAGE, lines=corrected | {"comments": "from 29 on"})
    assert "from 29 on" in wrong["said"]
    assert not wrong["ready"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("../../etc/x.json", b"{not json", "x.json"),
        ("C:\\Users\\me\\x.csv", b"", "x.csv"),
        ("..", b"\x00\x01\x02", "file"),
        ("comments.docx", b"PK\x03\x04 broken", "comments.docx"),
    ],
)
def test_an_unreadable_file_is_a_plain_error_without_a_path(name: str, content: bytes, said: str) -> None:
    steps = FilesToReport()
    give(steps, "article", "bus-shelter.md", (SAMPLES / "bus-shelter.md").read_bytes())
    give(steps, "comments", name, content)
    shown = read(steps, "article", "comments")
    assert said in shown["said"]
    assert not any(place in shown["said"] for place in (tempfile.gettempdir(), "below-the-line-", "Traceback"))
    assert not shown["ready"]
    assert "Read an article first" in steps.act({"do": "report"})["said"]


def test_without_an_article_a_next_step_is_named_and_no_copy_remains(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = FilesToReport()
    give(steps, "comments", "x.csv", b"text\nGood.\n")
    assert "Choose its file, or paste" in read(steps, "comments")["said"]
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert "Read one article" in read(two_files(), "article", "comments")["said"]
    assert list(tmp_path.iterdir()) == []


def test_markup_in_a_file_is_shown_escaped() -> None:
    steps = FilesToReport()
    marked = "# <script>alert(1)</script>\n\nA text with <b>marks</b> in it, long enough to be read."
    assert "<script>" not in read(steps, pasted=marked)["listed"]
    assert "<script>alert" not in steps.act({"do": "report"})["report"]


ARTICLE = "# A lamp\n\nThe lamp in the library is lit again, and the readers like it."
UTF_16 = "text\nOver the hill.\nÜber ich\nAnd so it is.\n".encode("utf-16-le")


@pytest.mark.parametrize(
    ("article", "comments", "shown"),
    [
        ("id,author,text\n1,Ann,It is late.\n2,Bob,It is good.\n", b"", "Put it in the second box."),
        (ARTICLE, b"id,what\n1,It is late.\n2,It is good.\n", "Rename “what” to “text” in the file."),
        (ARTICLE, b'[{"foo": "It is late.", "bar": 2}]', "Rename “foo” to “text” in the file."),
        (ARTICLE, UTF_16, "is not a text file. Save it as UTF-8."),
        (ARTICLE, b"text\nIt is late.\nIt is good.\n", "holds the names, rename it to “author” in the file."),
        (ARTICLE, b"text,date\nIt is late.,2024-05-01T08:30\n", "since they could identify people.\n"),
    ],
)
def test_the_page_speaks_of_its_boxes_and_files_and_never_of_python(article: str, comments: bytes, shown: str) -> None:
    steps = FilesToReport()
    give(steps, "article", "a.md" if comments else "a.csv", article.encode())
    give(steps, "comments", "b.json" if comments.startswith(b"[") else "b.csv", comments)
    done = read(steps, "article", *["comments"] * bool(comments))
    said = html.unescape(re.sub("<[^>]*>", "", f"{done['said']}\n{done['listed']}"))
    assert shown in said
    assert not re.search(r"\w=[\w{'\"]|Python", said)
    if done["ready"]:
        assert "Python, exact" not in steps.act({"do": "report"})["report"]
