"""Blocks: lines become title, headings, paragraphs, list items, quotes and solicitation, each with its voice."""

import hashlib
import re

import pytest
from helpers.texts import FEATURED, article, pasted_lines
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import load_corpus, provenance, read, read_many
from toolkit.corpora.load import corpora_folder

# What each of the 71 lines above the comments is, by hand; all others are paragraphs.
HEADINGS = {6, 16, 27, 37, 39, 41, 44, 48, 56}
ITEMS = {9, 10, 11, 12, 18, 19, 20, 21, 30, 31, 32, 33, 51, 52, 53, 58, 59, 60}
PROMO = {66, 67, 68, 69, 70, 71}


def kinds(text: str) -> list[str]:
    return [block.kind for block in read(text).blocks]


def voices(text: str) -> list[str]:
    return [block.voice for block in read(text).blocks]


def kind_of_each_line(text: str) -> list[str]:
    """The kind of block around each visible line without a mark of its own."""
    reading, at, found = read(text), 0, []
    for line in reading.text.splitlines(keepends=True):
        if line.strip() and not line.startswith("<!--"):
            found += [block.kind for block in reading.blocks if block.start <= at < block.end]
        at += len(line)
    return found


def test_the_pasted_page_of_these_tests_is_the_page_as_it_was_supplied() -> None:
    page = "\n".join([*pasted_lines(), *load_corpus(FEATURED)["text"][1:]])
    about = (corpora_folder() / FEATURED / "about.toml").read_text(encoding="utf-8")
    assert hashlib.sha256(page.encode("utf-8")).hexdigest() in about
    assert provenance(FEATURED)


def test_every_line_of_the_article_has_the_kind_assigned_by_hand() -> None:
    hand = {1: "title"} | dict.fromkeys(HEADINGS, "heading") | dict.fromkeys(ITEMS, "list_item")
    hand |= dict.fromkeys(PROMO, "promo")
    assert kind_of_each_line(article()) == [hand.get(number, "paragraph") for number in range(1, 72)]


def test_the_pasted_article_has_the_same_title_headings_solicitation_and_lists_that_end_in_commas() -> None:
    found: dict[str, set[int]] = {"title": set(), "heading": set(), "promo": set(), "list_item": set()}
    for number, kind in enumerate(kind_of_each_line("\n".join(pasted_lines())), 1):
        found.get(kind, set()).add(number)
    assert found == {"title": {1}, "heading": HEADINGS, "promo": PROMO, "list_item": ITEMS - {9, 10, 11, 12}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A\n\n## B\n\n### C\n\nD.", ["title", "heading", "heading", "paragraph"]),
        ("A list:\n- one\n* two\n• three\n1. four\n2) five", ["paragraph"] + 5 * ["list_item"]),
        ("> They said so.\n> Twice.\n\nWe did not.", ["quote", "paragraph"]),
        ("One line\nruns on here.\n\nAnother one.", ["paragraph", "paragraph"]),
        ("One line.\nTwo lines.\n\nAnother one.", ["paragraph", "paragraph"]),
        ("They met.\nRussia Responds with a clear Warning to NATO\nIt ended.", ["paragraph", "heading", "paragraph"]),
        ("They went.\nRussia responds with a clear warning\nThen it ended.", ["paragraph", "paragraph", "paragraph"]),
        ("Before.\n\n---\n\nAfter.", ["paragraph", "paragraph"]),
        ("- an item\n  that goes on", ["list_item"]),
        ("#hashtag is no heading.", ["paragraph"]),
        ("-5 degrees is cold.", ["paragraph"]),
        ("<!-- promo -->\nBuy my book.\n\nThe end.", ["promo", "paragraph"]),
        ("Subscribe and donate at https://example.org/give", ["promo"]),
        ("I will not subscribe to that view.", ["paragraph"]),
        ("The senator asked for donations.", ["paragraph"]),
        ("A single line", ["paragraph"]),
        ("", []),
    ],
)
def test_marks_and_words_decide_the_kind_of_a_block(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    "face", [":(", ":-(", ">:(", ":'(", ":((", ";(", "=(", "(:", "):", "(or not) ):", "-_-", ";_;"]
)
@pytest.mark.parametrize("before", ["", "They lost it. ", "They lost it "])
def test_an_emoticon_that_ends_in_an_open_mark_leaves_no_sentence_open(before: str, face: str) -> None:
    for gap in ("\n\n", "\n"):
        assert len(read(f"We went.{gap}{before}{face}{gap}The plan was bad.").blocks) == 3
    blocks = read(f"We went.\n\n{before}{face}\n\nThe plan was bad.").blocks
    assert not any(block.runs_on for block in blocks)


@pytest.mark.parametrize(
    "end", "a list:|(a list):|( a list ):|a list );|a list (|a list,|a list;|a list -|a list --|-".split("|")
)
def test_a_paragraph_with_an_open_end_goes_on_in_the_next(end: str) -> None:
    assert [block.runs_on for block in read(f"We read {end}\n\nthe plan was bad.").blocks] == [True, False]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("She said:\n<!-- voice: A. Person -->\n- reckless,\n- dangerous.\n\nWe go on.", "author her her author"),
        ("> War is over.\n\nIt is not.", "her author"),
        ("She called it:\n- reckless,\n- dangerous.\n\nWe go on.", "author her her author"),
        ("There are three reasons:\n- reckless,\n- dangerous.", "author author author"),
    ],
)
def test_quotes_lists_after_a_reporting_verb_and_what_marks_name_are_somebody_elses(text: str, who: str) -> None:
    assert voices(text) == who.replace("her", "attributed").split()


@pytest.mark.parametrize("hours", ["", "00:", "101:"])
@pytest.mark.parametrize("number", ["", "12\n"])
@pytest.mark.parametrize("after", ["", " position:50%"])
def test_numbers_and_times_of_subtitles_are_not_text(hours: str, number: str, after: str) -> None:
    cue = f"{number}{hours}00:01,000 --> {hours}00:02.500{after}\n"
    reading = read(f"{cue}Bye.\n\n{cue}They left.\n")
    assert (reading.sentence_texts(), reading.words, len(reading.blocks)) == (["Bye.", "They left."], 3, 2)
    assert read_many(["12", f"{cue}Bye."]).words.tolist() == [1, 1]


@pytest.mark.parametrize(
    ("line", "voice"),
    [
        ("Mira wrote:", "attributed"), ("On 3 May, Mira Kowal wrote:", "attributed"), ("@mira_k said:", "attributed"),
        ("On Fri, May 3, 2024 at 10:00 AM Mira Kowal <mira@x.example> wrote:", "attributed"),
        ("In reply to Reader 01:", "attributed"), ("Originally posted by mira", "attributed"),
        ("He wrote:", "author"), ("The council said in a letter, and then wrote:", "author"), ("I agree.", "author"),
    ],
)  # fmt: skip
def test_a_line_that_only_introduces_a_quotation_is_not_the_commenters_own(line: str, voice: str) -> None:
    for gap in ("\n", "\n\n"):
        assert voices(f"{line}{gap}> I hate it.\n\nI love it.") == [voice, "attributed", "author"]
    assert voices(f"{line}\n\nI love it.")[0] == "author"


def test_the_marked_voices_of_the_article_are_zakharova_and_the_two_imagined_speakers() -> None:
    reading = read(article())
    attributed = [
        reading.text[b.inner : b.end].split()[0].strip('"') for b in reading.blocks if b.voice == "attributed"
    ]
    assert attributed == ["reckless,", "dangerous,", "a", "an", "We", "We"]


def test_the_list_of_zakharova_is_attributed_in_the_pasted_text_too() -> None:
    reading = read("\n".join(pasted_lines()))
    attributed = [reading.text[b.inner : b.end].strip() for b in reading.blocks if b.voice == "attributed"]
    assert attributed[:4] == list(pasted_lines()[29:33])


LINES = """
# T|## H|- i,|- i.|1. i|> q|A paragraph.|a line|lead-in:|<!-- promo -->|<!-- voice: X -->|---|A Title Line|1️⃣ First
donate at https://a.org/b to subscribe|  - deep|#|>|-| |
"""


@settings(max_examples=150)
@given(st.lists(st.sampled_from(re.split(r"[|\n]", LINES)), max_size=12).map("\n".join))
def test_the_blocks_of_any_text_join_to_the_text_again(text: str) -> None:
    reading = read(text)
    assert "".join(reading.text[block.start : block.end] for block in reading.blocks) == reading.text
    assert all(block.start <= block.inner <= block.end for block in reading.blocks)
