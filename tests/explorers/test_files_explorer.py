"""explore_files: drop files, see what was read, get the report."""

from __future__ import annotations

import base64
import datetime
import re
import tempfile
from pathlib import Path

import pytest

from toolkit import explore_files
from toolkit.explorers.widgets import Panel

SAMPLES = Path(__file__).resolve().parents[2] / "notebooks" / "samples"


def upload(name: str, content: bytes) -> tuple[dict[str, object], ...]:
    when = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
    one = {"name": name, "type": "", "size": len(content), "content": memoryview(content), "last_modified": when}
    return (one,)


def given(path: Path) -> tuple[dict[str, object], ...]:
    return upload(path.name, path.read_bytes())


def panel_with(article: str = "", comments: str = "", pasted: str = "") -> Panel:
    panel = explore_files()
    if article:
        panel["article_file"].value = given(SAMPLES / article)
    if comments:
        panel["comments_file"].value = given(SAMPLES / comments)
    panel["pasted"].value = pasted
    return panel


def test_two_files_are_read_listed_and_made_into_a_report_to_save() -> None:
    panel = panel_with("bus-shelter.md", "bus-shelter-comments.csv")
    panel["read"].click()
    assert "bus-shelter-comments.csv" in panel["log"].value
    assert "Read one article and" in panel["status"].value
    panel["write"].click()
    found = re.search(r'download="report.html" href="data:text/html;base64,([A-Za-z0-9+/=]+)"', panel["report"].value)
    assert found
    assert base64.b64decode(found[1]).decode("utf-8").startswith("<!DOCTYPE html>")
    assert 'sandbox=""' in panel["report"].value


def test_the_lines_of_a_pasted_page_can_be_corrected() -> None:
    panel = panel_with(pasted=(SAMPLES / "market-bell.txt").read_text(encoding="utf-8"))
    panel["read"].click()
    assert [panel[name].value for name in ("article", "solicitation", "comments")] == ["1-18", "19-19", "23-42"]
    assert "3 comments" in panel["status"].value
    panel["comments"].value = "29-42"
    panel["article"].value = "1-18"
    panel["read"].click()
    assert "2 comments" in panel["status"].value


def test_without_an_article_the_next_step_is_said_and_no_report_is_offered() -> None:
    panel = panel_with(comments="bus-shelter-comments.csv")
    panel["read"].click()
    assert "Choose its file, or paste" in panel["status"].value
    assert panel["write"].disabled


def test_a_file_that_cannot_be_read_is_an_error_in_words_without_a_path_of_this_computer(tmp_path: Path) -> None:
    panel = panel_with("bus-shelter.md")
    panel["comments_file"].value = upload("../../etc/x.json", b"{not json")
    panel["read"].click()
    assert "x.json" in panel["status"].value
    assert tempfile.gettempdir() not in panel["status"].value
    assert panel["write"].disabled


def test_no_copy_of_a_file_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    panel = panel_with("bus-shelter.md", "bus-shelter-comments.csv")
    panel["read"].click()
    assert "Read one article" in panel["status"].value
    assert list(tmp_path.iterdir()) == []


def test_another_file_starts_anew() -> None:
    panel = panel_with("bus-shelter.md", "bus-shelter-comments.csv")
    panel["read"].click()
    panel["pasted"].value = "Something else."
    assert panel["log"].value == ""
    assert panel["write"].disabled


def test_markup_in_a_file_is_shown_escaped() -> None:
    panel = panel_with(pasted="# <script>alert(1)</script>\n\nA text with <b>marks</b> in it, long enough to be read.")
    panel["read"].click()
    panel["write"].click()
    assert "<script>" not in panel["log"].value + panel["report"].value
