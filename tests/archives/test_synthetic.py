"""The synthetic archive: the same for the same seed, in the promised form, with the planted tone."""

import gzip
import json
import statistics
from pathlib import Path
from typing import Any

import pytest

from toolkit import measure_files
from toolkit.archives.synthetic import _BAD, _GOOD, PLANTED, make_archive


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()]


def test_one_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    made = [make_archive(tmp_path / f"{n}.jsonl.gz", threads=5, seed=seed) for n, seed in enumerate((0, 0, 1))]
    first, again, other = (path.read_bytes() for path in made)
    assert first == again != other


def test_each_thread_is_one_article_and_its_comments_with_replies_to_earlier_ones(tmp_path: Path) -> None:
    made = rows(make_archive(tmp_path / "a.jsonl.gz", threads=40))
    articles = [row for row in made if row["kind"] == "article"]
    assert [row["thread_id"] for row in articles] == sorted({row["thread_id"] for row in made})
    assert len(articles) == 40
    seen: set[str] = set()
    for row in made:
        assert row["text_id"] not in seen
        assert row["reply_to"] is None or row["reply_to"] in seen
        seen.add(row["text_id"])


def test_spoiled_rows_are_what_measure_files_rejects(tmp_path: Path) -> None:
    path = make_archive(tmp_path / "a.jsonl.gz", threads=5, spoiled=7)
    summary = measure_files(path, tmp_path / "out", metrics=["words"]).iloc[0]
    assert summary["rejects"] == 7
    assert summary["texts"] == len(rows(make_archive(tmp_path / "whole.jsonl.gz", threads=5)))


def friendliness(texts: list[str]) -> float:
    """The share of friendly words among friendly and hostile ones."""
    words = " ".join(texts).lower().replace("!", " ").replace(".", " ").replace("?", " ").replace(",", " ").split()
    friendly, hostile = (sum(word in known for word in words) for known in (_GOOD, _BAD))
    return friendly / (friendly + hostile) if friendly + hostile else 0.5


def test_comments_correlate_with_their_article_but_less_than_planted_since_texts_are_short(tmp_path: Path) -> None:
    threads: dict[str, dict[str, list[str]]] = {}
    for row in rows(make_archive(tmp_path / "a.jsonl.gz", threads=500)):
        threads.setdefault(row["thread_id"], {"article": [], "comment": []})[row["kind"]].append(row["text"])
    sides = [[friendliness(texts[kind]) for texts in threads.values()] for kind in ("article", "comment")]
    assert 0.2 < statistics.correlation(*sides) < PLANTED


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"a\.json: .*\.jsonl\.gz"):
        make_archive(tmp_path / "a.json")
