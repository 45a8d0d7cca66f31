"""Contents of the corpora: those of the page, and those that lessons need in the composed texts."""

import hashlib
import itertools
import re
import tomllib
from typing import Any

import emoji
import pandas as pd
import pytest

from toolkit.corpora.load import corpora_folder, load_corpus

FEATURED, WIRE, LIBRARY = "nato-preemptive-strike", "nato-wire-report", "library-hours"
NAMES = sorted(each.name for each in corpora_folder().iterdir() if each.is_dir() and each.name[0] != ".")
MARKED_LINE = re.compile(r"(?:#{1,3} |- |> )?(.*)")


def source_lines(markdown: str) -> list[str]:
    """Give the lines of an article without the marks that were added to them."""
    kept = [line for line in markdown.splitlines() if line and not line.startswith("<!--")]
    return [match[1] for line in kept if (match := MARKED_LINE.fullmatch(line))]


def about(name: str) -> dict[str, Any]:
    return tomllib.loads((corpora_folder() / name / "about.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_every_corpus_says_what_it_is(name: str) -> None:
    facts = about(name)
    assert re.fullmatch("[a-z0-9-]{1,64}", name)
    assert facts["title"] == source_lines(load_corpus(name)["text"][0])[0]
    assert facts["creator"]
    assert facts["notes"].strip()
    assert isinstance(facts["composed"], bool)
    assert len(facts["licence"]) > 20
    for day in (facts["published"], facts["retrieved"]):
        assert re.fullmatch(r"(\d{4}-\d{2}-\d{2})?", day)


def test_the_featured_page_can_be_rebuilt_word_for_word_from_65_article_lines_6_promo_lines_and_2_comments() -> None:
    texts = load_corpus(FEATURED)
    page = "\n".join([*source_lines(texts["text"][0]), *texts["text"][1:]])
    assert hashlib.sha256(page.encode("utf-8")).hexdigest() == about(FEATURED)["source_sha256"]
    article, *promo = texts["text"][0].split("<!-- promo -->\n")
    assert len(source_lines(article)) == 65
    assert [len(source_lines(each)) for each in promo] == [1] * 6
    assert texts["text_id"].tolist()[1:] == [f"{FEATURED}/c1", f"{FEATURED}/c2"]


def test_the_featured_article_has_the_blocks_of_the_page() -> None:
    lines = load_corpus(FEATURED)["text"][0].splitlines()
    marks = [line.split(" ")[0] for line in lines if line.startswith(("#", "- "))]
    assert {mark: marks.count(mark) for mark in marks} == {"#": 1, "##": 6, "###": 3, "-": 18}
    assert [line for before, line in itertools.pairwise(lines) if "voice" in before] == [
        "- reckless,",
        "“We warned this might be necessary.”",
        "“We are prepared to escalate further — you should be the one to compromise.”",
    ]
    following = [after for line, after in itertools.pairwise(lines) if line.endswith(":")]
    assert len(following) == 8
    assert all(following)


def test_the_wire_report_is_a_title_and_sober_paragraphs_and_quotes_only_the_words_that_were_reported() -> None:
    text = load_corpus(WIRE)["text"][0]
    title, *rest = text.splitlines()
    assert title.startswith("# ")
    assert 300 <= len(" ".join(rest).split()) <= 450
    assert not [line for line in rest if re.match(r"#|[-*+>] |<!--|\d+[.)]", line)]
    assert rest[::2] == [""] * len(rest[::2])
    assert emoji.emoji_count(text) == 0
    assert "!" not in text
    assert set(re.findall(r'"([^"]*)"', text)) == {
        "pre-emptive strike",
        "defensive action",
        "further away from our normal way of thinking and behaviour",
        "kind of reactive",
    }


# The library hours


@pytest.fixture
def thread() -> pd.DataFrame:
    """Give the sixty comments, indexed by their ids, with `depth`: 1 for an answer to the article."""
    comments = load_corpus(LIBRARY)[1:].set_index("text_id")
    depths: dict[str, int] = {}
    for comment, parent in comments["reply_to"].items():
        depths[str(comment)] = 1 if pd.isna(parent) else depths[parent] + 1
    return comments.assign(depth=pd.Series(depths))


def test_the_library_article_has_500_to_700_words_and_each_kind_of_block_and_voice() -> None:
    article = load_corpus(LIBRARY)["text"][0].split("<!-- promo -->")[0]
    running = "\n".join(line for line in article.splitlines() if not line.startswith("#"))
    assert 500 <= len(" ".join(source_lines(running)).split()) <= 700
    lines = load_corpus(LIBRARY)["text"][0].splitlines()
    marks = [line.split(" ")[0] for line in lines if line.startswith(("#", "- ", "> "))]
    assert {mark: marks.count(mark) for mark in marks} == {"#": 1, "##": 3, "-": 8, ">": 1}
    assert [line[:9] for before, line in itertools.pairwise(lines) if "voice" in before] == ["- From Mo", "> Our cou"]
    assert [emoji.emoji_count(line) for line in lines if line.startswith("## ")] == [1, 0, 0]
    assert [line[0] for before, line in itertools.pairwise(lines) if "promo" in before] == ["📬"]


def test_the_library_comments_are_c01_to_c60_in_order_of_time_and_branch_five_levels_deep(thread: pd.DataFrame) -> None:
    assert thread.index.tolist() == [f"{LIBRARY}/c{number:02d}" for number in range(1, 61)]
    assert thread["posted"].is_monotonic_increasing
    assert thread["posted"].is_unique
    assert thread["posted"].min() > load_corpus(LIBRARY)["posted"][0]
    assert 4 <= (thread["posted"].max() - thread["posted"].min()).days + 1 <= 5
    assert list(dict.fromkeys(thread["author"])) == [f"Reader {number:02d}" for number in range(1, 41)]
    assert thread["author"].value_counts().max() == 4
    replies = thread.dropna(subset="reply_to")
    assert len(replies) == 35
    assert (replies["posted"].to_numpy() > thread.loc[replies["reply_to"], "posted"].to_numpy()).all()
    assert thread["depth"].value_counts().sort_index().tolist() == [25, 19, 9, 4, 3]
    assert thread["reply_to"].value_counts().max() >= 3


def test_the_library_comments_are_short_and_long_and_hold_what_a_lesson_asks_for(thread: pd.DataFrame) -> None:
    lengths = thread["text"].map(lambda text: len(text.split()))
    assert 20 <= lengths.median() <= 35
    assert lengths.max() >= 150
    assert (lengths <= 5).sum() >= 5
    likes = thread["likes"].sort_values(ascending=False)
    assert (likes.min(), likes.max()) == (0, 88)
    assert likes[:10].sum() > likes[10:].sum()
    text = thread["text"]
    assert text.map(emoji.purely_emoji).sum() == 1
    assert 10 <= text.map(emoji.emoji_count).gt(0).sum() <= 20
    assert text.str.contains("[“’]").any()
    assert text.str.contains("[\"']").any()
    assert text.str.contains("…", regex=False).any()
    assert re.findall(r"https?://[^/]+", " ".join(text)) == ["https://example.org"]


def test_what_the_library_comments_quote_stands_in_the_article(thread: pd.DataFrame) -> None:
    article = load_corpus(LIBRARY)["text"][0]
    quoted = {
        "c03": "worth little to somebody who starts work at eight", "c07": "except on Thursday", "c16": "has closed",
        "c28": "a Sunday afternoon among books is a gift", "c35": "a careless way to treat people",
        "c37": "We could find nobody", "c53": "What would it cost to do better? Not much.",
    }  # fmt: skip
    for comment, words in quoted.items():
        assert words.lower() in thread["text"][f"{LIBRARY}/{comment}"].lower()
        assert words.lower() in article.lower()


def test_the_correction_in_the_library_thread_is_right(thread: pd.DataFrame) -> None:
    now = {"early": 0, "day": 5 * 7 + 3, "evening": 5 * 3}
    planned = {"early": 6, "day": 5 * 7 + 7 + 4, "evening": 3}
    assert (sum(now.values()), sum(planned.values())) == (53, 55)
    assert now["evening"] - planned["evening"] == 12
    correction = thread["text"][f"{LIBRARY}/c07"]
    assert "twelve, not fifteen" in correction
    assert "53 hours a week now and 55 under the plan" in correction
    assert "a loss of fifteen" in load_corpus(LIBRARY)["text"][0]
