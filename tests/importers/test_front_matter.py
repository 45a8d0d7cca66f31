"""Front matter has known keys; other lines between two rules are text, and names in them are no keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit import read_thread
from toolkit.importers.read_thread import import_summary

TALK = "---\nJane: I think the bridge is bad.\nBob: No, it is good.\n---\nThat was the talk about it. It went on.\n"


@pytest.mark.parametrize("ending", [".md", ".txt"])
def test_a_talk_between_two_rules_is_text(ending: str, tmp_path: Path) -> None:
    (tmp_path / f"talk{ending}").write_text(TALK, encoding="utf-8")
    texts = read_thread(tmp_path / f"talk{ending}", quiet=True)
    lines = [line for line in texts["text"].iloc[0].splitlines() if line]
    assert lines == [line for line in TALK.splitlines() if line != "---"]
    assert "jane" not in import_summary(texts).lower()


@pytest.mark.parametrize("field", ["title: A", "author: Ann", "date: 2025-01-02", "Title: A", "lang: en"])
def test_front_matter_is_read_by_its_known_keys_and_only_those_are_named(field: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"---\nlayout: post\nJane: x\n{field}\n---\nThe text is here. It is.\n", "utf-8")
    texts = read_thread(tmp_path / "a.md", quiet=True)
    assert texts["text"].iloc[0].endswith("The text is here. It is.\n")
    assert "layout" not in texts["text"].iloc[0]
    assert f"From its front matter: {field.partition(':')[0].lower()}." in import_summary(texts)
