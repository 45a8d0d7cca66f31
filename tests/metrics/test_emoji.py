"""Emoji use: emoji counted as a reader sees them, named, and classified as section marks or expression."""

import math
import re
from collections.abc import Iterator
from pathlib import Path

import emoji
import pytest
from helpers.texts import article, pasted_lines

import toolkit
from toolkit import emoji_density, emoji_table, emoji_variety, marker_emoji_share, read, read_many, split_sentences
from toolkit.metrics.emoji import emoji_name

UNICODE_LIST = Path(__file__).resolve().parents[3] / "shared/data/unicode_emoji/emoji-test-15.0.txt"
# Arrows, buttons, checks, suits, shapes, signs and letters: text, unless the emoji selector follows.
MARKS = set("©®™ℹⓂ㊗㊙↔↕↖↗↘↙↩↪➡⬅⬆⬇⤴⤵▶◀⏭⏮⏯⏸⏹⏺⏏♀♂⚧⚕✖♾‼⁉〰♻☑✔〽✳✴❇◼◻▪▫♠♥♦♣")
ARTICLES_EMOJI = ["🧨", "🚨", "🔥", "1\u20e3", "2\u20e3", "3\u20e3", "🕯", "🎯"]


def count(text: str) -> int:
    return int(read(text).emoji) if text.strip() else 0


# How many


SEEN = {
    0: "0 1 2 3 # * | #hashtag *bold* 24/7 | \u00a9 \u00ae \u2122 | \u2764\ufe0e \u2600\ufe0e | "
    "→ • – ½ ° § | :) :-( <3 ;-)",
    1: "👨\u200d👩\u200d👧\u200d👦 | 👩🏽\u200d🚀 | 🏳\ufe0f\u200d🌈 | 🏴\u200d☠\ufe0f | 🇺🇦 | "
    "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f | 👍🏿 | 1\ufe0f\u20e3 | 1\u20e3 | 🕯 | "
    "🕯\ufe0f | \u2764 | \u2764\ufe0f | \u2764\ufe0f\u200d🔥 | word😂word | \u00a9\ufe0f",
    2: "🇺🇦🇷🇺 | 👍🏿👍🏻 | #\ufe0f\u20e3 *\ufe0f\u20e3",
    3: "😂😂😂",
}


@pytest.mark.parametrize(("expected", "text"), [(n, text) for n, texts in SEEN.items() for text in texts.split(" | ")])
def test_a_reader_sees_so_many_emoji(expected: int, text: str) -> None:
    assert count(f"We say {text} here.") == expected


def miscounted(signs: list[str]) -> list[str]:
    """The signs whose sentence does not have one emoji (for marks: none), counted in one batch."""
    counted = read_many([f"We say {sign} here." for sign in signs]).emoji
    return [sign for sign, number in zip(signs, counted, strict=True) if number != (sign not in MARKS)]


def test_every_emoji_of_the_library_counts_as_one_with_its_selector_or_without_unless_it_is_a_mark() -> None:
    statuses = {emoji.STATUS[status] for status in ("fully_qualified", "minimally_qualified", "unqualified")}
    signs = [sign for sign, facts in emoji.EMOJI_DATA.items() if facts["status"] in statuses and facts["E"] <= 15]
    assert len(signs) > 4_000
    assert miscounted(signs) == []


def lines_of_the_unicode_list() -> Iterator[str]:
    for line in UNICODE_LIST.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([0-9A-F ]+?)\s*;", line):
            yield "".join(chr(int(code, 16)) for code in match[1].split())


@pytest.mark.skipif(not UNICODE_LIST.exists(), reason=f"{UNICODE_LIST.name} is not here; the library's list is tested")
def test_every_line_of_the_unicode_list_is_one_emoji_unless_it_is_a_mark() -> None:
    lines = list(lines_of_the_unicode_list())
    assert len(lines) == 4733
    assert miscounted(lines) == []
    shown = [sign for sign in lines if sign not in MARKS]
    assert emoji_table(" ".join(shown))["emoji"].tolist() == [sign.replace("\ufe0f", "") for sign in shown]


def test_a_mark_is_an_emoji_only_with_the_selector() -> None:
    assert [mark for mark in MARKS if (count(mark), count(f"{mark}\ufe0f")) != (0, 1)] == []


# The featured page


@pytest.mark.parametrize("page", [article(), "\n".join(pasted_lines())], ids=["markdown", "pasted"])
def test_the_article_has_8_emoji_the_solicitation_8_and_the_comments_none(page: str) -> None:
    table = emoji_table(page)
    assert (table["block"].eq("promo").sum(), table["block"].ne("promo").sum()) == (8, 8)
    assert read(page).emoji == 8
    assert [count(text) for text in toolkit.load_corpus("nato-preemptive-strike")["text"][1:]] == [0, 0]


@pytest.mark.parametrize("page", [article(), "\n".join(pasted_lines())], ids=["markdown", "pasted"])
def test_all_emoji_of_the_article_mark_headings_and_three_are_its_list_numbers(page: str) -> None:
    own = emoji_table(page).query("block != 'promo'")
    assert own["emoji"].tolist() == ARTICLES_EMOJI
    assert set(own["block"]) == {"heading"}
    assert set(own["role"]) == {"marker"}
    assert own["name"].str.startswith("keycap").sum() == 3
    assert marker_emoji_share(page) == emoji_variety(page) == 1


def test_no_emoji_of_the_article_stands_inside_a_sentence() -> None:
    assert sum(count(text) for text in split_sentences([article()])["text"]) == 0


def test_the_article_has_8_emoji_on_536_words() -> None:
    # 469 words of running text, 67 of title and headings (14 + 4 + 4 + 5 + 8 + 5 + 6 + 7 + 4 + 10)
    assert emoji_density(article()) == pytest.approx(100 * 8 / (469 + 67 + 8), abs=1e-12)


# The metrics


@pytest.mark.parametrize(
    ("text", "density", "variety", "markers"),
    [
        ("What a day 😂", 25.0, 1.0, 0.0),  # one of four
        ("Good 😂😂🔥 day", 60.0, 2 / 3, 0.0),  # three of five, two kinds
        ("🔥🔥", 100.0, 0.5, 0.0),  # nothing but emoji
        ("\u2764 and \u2764\ufe0f", 100 * 2 / 3, 0.5, 0.0),  # one heart, spelled twice
        ("## 🔥 Now\n\nA fine day 😂", 100 * 2 / 6, 1.0, 0.5),  # four words, a marker and an expression
        ("- ✅ peace\n- ✅ bread", 50.0, 0.5, 1.0),
        ("😂 One line only", 25.0, 1.0, 0.0),  # opens the only paragraph: no run of paragraphs
        ("🔥 One here.\n\n🔥 Two here.", 100 * 2 / 6, 0.5, 1.0),
    ],
)
def test_density_variety_and_markers_are_those_counted_by_hand(
    text: str, density: float, variety: float, markers: float
) -> None:
    assert emoji_density(text) == pytest.approx(density, abs=1e-12)
    assert emoji_variety(text) == pytest.approx(variety, abs=1e-12)
    assert marker_emoji_share(text) == pytest.approx(markers, abs=1e-12)


def test_without_emoji_the_density_is_0_and_there_is_neither_variety_nor_a_share() -> None:
    assert emoji_density("Not one.") == 0
    assert math.isnan(emoji_variety("Not one."))
    assert math.isnan(marker_emoji_share("Not one."))


# The table


def test_the_table_shows_each_emoji_where_it_stands_in_the_normalised_text() -> None:
    text = "“Good” 👍🏿 and 1️⃣ … 👨\u200d👩\u200d👧!"
    table, normalised = emoji_table(text), read(text).text
    stands = [
        normalised[start:end].replace("\ufe0f", "") for start, end in zip(table["start"], table["end"], strict=True)
    ]
    assert stands == table["emoji"].tolist() == ["👍🏿", "1\u20e3", "👨\u200d👩\u200d👧"]


def test_the_table_of_a_text_without_emoji_has_its_columns_and_no_row() -> None:
    table = emoji_table("Not one.")
    assert list(table.columns) == ["emoji", "name", "start", "end", "block", "role"]
    assert len(table) == 0


@pytest.mark.parametrize("sign", ["🔥", "😂", "💔", "🕯", "\u2764", "🇺🇦", "👍🏿", "1\u20e3", "👨\u200d👩\u200d👧"])
def test_an_emoji_has_the_short_name_that_unicode_gives_it(sign: str) -> None:
    spellings = [sign, sign + "\ufe0f", sign.replace("\u20e3", "\ufe0f\u20e3")]
    expected = next(emoji.EMOJI_DATA[each]["en"] for each in spellings if each in emoji.EMOJI_DATA)
    assert emoji_name(sign) == expected.strip(":").replace("_", " ")
