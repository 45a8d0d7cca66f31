"""Marked text: exactly the text, nothing but spans, a sign and a note beside each colour, and readable colours."""

import re
from pathlib import Path

import pytest
from helpers.adversarial import cases
from helpers.browser import contrast
from helpers.pages import Outline
from helpers.work import cpu_seconds
from hypothesis import given
from hypothesis import strategies as st

import toolkit.explorers
from toolkit._html import escaped
from toolkit.explorers.highlight import LONGEST_SHOWN, MOST_AT_ONCE, Mark, marked_html

CSS = Path(toolkit.explorers.__file__).with_name("widgets.css").read_text(encoding="utf-8")


MARKS = st.builds(
    Mark, st.integers(-5, 60), st.integers(-5, 60), st.sampled_from(["plus", "even-sentence"]), st.text(), st.text()
)
SEEN = st.text(st.characters(min_codepoint=32, max_codepoint=0x2000, exclude_categories=["Cc", "Cf", "Cs"]))


@given(SEEN.filter(lambda text: escaped(text).count("btl-unseen") == 0), st.lists(MARKS))
def test_marks_never_change_the_words(text: str, marks: list[Mark]) -> None:
    assert Outline(marked_html(text, marks)).text == text


@pytest.mark.parametrize("text", [pytest.param(case.text, id=case.name) for case in cases(0.001)])
def test_hostile_texts_create_no_tag_and_no_handler(text: str) -> None:
    page = Outline(marked_html(text, [Mark(0, 3, "plus", text[:5], text[:500]), Mark(2, 9, "long", "", text[-500:])]))
    assert page.names <= {"div", "span"}
    assert not [name for each in page.attributes for name in each if name.startswith("on") or name in ("style", "src")]
    page.text.encode("utf-8")  # no half surrogate goes to the browser


def test_a_script_in_text_sign_note_or_label_is_shown_as_text() -> None:
    evil = '"><script>alert(1)</script>'
    html = marked_html(evil, [Mark(0, 4, "plus", evil, evil)], label=evil, hint=evil)
    assert "<script" not in html
    assert Outline(html).text == evil + evil


def test_overlapping_marks_are_drawn_piece_by_piece() -> None:
    page = Outline(marked_html("abcdef", [Mark(0, 4, "even-sentence", "○", "one"), Mark(2, 6, "plus", "+", "two")]))
    assert [each["class"] for each in page.marks] == [
        "btl-mark btl-even-sentence",
        "btl-mark btl-even-sentence btl-plus",
        "btl-mark btl-plus",
    ]
    assert [each.get("data-sign") for each in page.marks] == ["○", "+", None]
    assert [each["data-note"] for each in page.marks] == ["one", "two · one", "two"]


def test_the_keyboard_stops_once_at_each_mark_and_hears_its_note() -> None:
    page = Outline(marked_html("a word here", [Mark(0, 11, "even-sentence", "○", "s"), Mark(2, 6, "plus", "+", "w")]))
    stops = [each["aria-label"] for each in page.marks if each.get("tabindex") == "0"]
    assert stops == ["s", "w · s"]
    assert {each["role"] for each in page.marks if "aria-label" in each} == {"note"}


EMOJI = ["\U0001f468\u200d\U0001f469\u200d\U0001f467", "\u2764\ufe0f\u200d\U0001f525", "\U0001f3f4\U000e0067\U000e007f"]
UNSEEN = ("a\u202eb\u200bc\x00d\ud800", "aU+202EbU+200BcU+0000dU+D800")


@pytest.mark.parametrize(("text", "shown"), [UNSEEN, *zip(EMOJI, EMOJI, strict=True)])
def test_invisible_characters_are_shown_by_number_except_joiners_of_emoji(text: str, shown: str) -> None:
    assert Outline(marked_html(text)).text == shown


def test_a_dollar_sign_does_not_start_mathematics() -> None:
    html = marked_html("cost $5 and $10")
    assert 'class="btl-marked mathjax_ignore tex2jax_ignore"' in html
    assert html.count("<span>$</span>") == 2


def test_only_the_beginning_of_a_very_long_text_is_drawn_and_that_is_said() -> None:
    page = Outline(marked_html("a" * (LONGEST_SHOWN + 1), [Mark(0, LONGEST_SHOWN + 1, "plus")], hint="Hint."))
    assert page.text == "a" * LONGEST_SHOWN + "The first 40,000 of 40,001 characters are shown. Hint."


def test_a_kind_that_is_not_a_valid_name_is_refused() -> None:
    with pytest.raises(ValueError, match="is not a kind of mark"):
        marked_html("a", [Mark(0, 1, 'plus" onclick="x')])


def test_the_work_grows_with_the_text_and_the_marks_only() -> None:
    text = "word " * (LONGEST_SHOWN // 5)
    beside = [Mark(at, at + 4, "plus", "+", "note") for at in range(0, LONGEST_SHOWN, 5)]
    around = [Mark(at, LONGEST_SHOWN - at, "long", "", "note") for at in range(5_000)]
    pages = []
    # A second or two; to try each mark at each letter takes minutes.
    assert cpu_seconds(lambda: pages.append(Outline(marked_html(text, [*beside, *around])))) < 20
    (page,) = pages
    assert max(len(each["class"].split()) for each in page.marks) <= MOST_AT_ONCE + 1


# ---- colours


def colours(theme: int) -> dict[str, str]:
    """The colours of a theme in the style sheet: the first of each pair is light, the second dark."""
    pairs = re.findall(r"--btl-([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", CSS)
    plain = re.findall(r"--btl-([a-z-]+): (#[0-9a-f]{6});", CSS)  # for browsers that do not know light-dark()
    assert plain == [(name, light) for name, light, _ in pairs]
    assert len(pairs) + len(plain) == len(re.findall(r"--btl-[a-z-]+:", CSS))  # each name has one of either
    return {name: both[theme] for name, *both in pairs}


def test_the_measure_of_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("behind", ["paper", "quiet", "plus", "minus", "hard", "note", "part"])
def test_words_and_underlines_are_visible_on_every_colour(theme: int, behind: str) -> None:
    known = colours(theme)
    assert contrast(known["ink"], known[behind]) >= 7
    assert min(contrast(known[name], known["paper"]) for name in ("line", "focus")) >= 3
    if behind in ("paper", "quiet"):
        assert contrast(known["soft"], known[behind]) >= 4.5
    else:
        assert min(contrast(known[f"{behind}-edge"], known[other]) for other in (behind, "paper")) >= 3


def test_nothing_moves_and_the_focus_is_seen() -> None:
    assert "animation: none" in CSS
    assert "transition: none" in CSS
    assert re.search(r":focus-visible[^{]* \{ outline: 3px solid", CSS)
    assert "http" not in CSS
    assert "@import" not in CSS
