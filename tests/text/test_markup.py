"""Markup is not text: links, BBCode, footnote marks, spoilers and attributes add neither words nor sentences."""

import pandas as pd
import pytest

from toolkit import read, split_blocks
from toolkit.text.reading import Reading


def _words(reading: Reading) -> list[str]:
    return [reading.content[start:end] for start, end in reading.words_at]


@pytest.mark.parametrize(
    ("marked", "bare", "links"),
    [
        ("See [the page](https://a.org/x) now.", "See the page now.", 1),
        ("See the [page][1] now.\n\n[1]: https://a.org/x", "See the page now.", 1),
        ('See the [page][docs] now.\n\n[docs]: <https://a.org/x> "A title"', "See the page now.", 1),
        ("See the [page][] now.", "See the page now.", 0),
        ("It is [b]bold[/b], [I]not[/I] [color=red]red[/color].", "It is bold, not red.", 0),
        ("Turn [left](https://a.org/x), see the [size](#size) of it.", "Turn left, see the size of it.", 2),
        ("It is [b](bold)[/b].", "It is (bold).", 0),
        ("Read [url=https://a.org/x]the page[/url] now.", "Read the page now.", 1),
        ("Read [url]https://a.org/x[/url] now.", "Read now.", 1),
        ("[list][*]bread[*]milk[/list]", "bread milk", 0),
        ("It is so.[^1] We know.", "It is so. We know.", 0),
        ("It is so.[1] We[12] know.[3][4]", "It is so. We know.", 0),
        ("It took ten.\u00b9 Many asked.\u00b2 The cost\u00b3 rose.", "It took ten. Many asked. The cost rose.", 0),
        ("It took ten.1 Many asked.2 The cost rose.3", "It took ten. Many asked. The cost rose.", 0),
        ('He said "so."4 She said "no".5 They left.', 'He said "so." She said "no". They left.', 0),
        ("The war,3 the cost,12 and so on.", "The war, the cost, and so on.", 0),
        ("The war,\u00b3 the cost;\u00b9\u00b2 and so on.", "The war, the cost; and so on.", 0),
        ("See the [page] [1] now.\n\n[1]: https://a.org/x", "See the page now.", 1),
        ("It is so [1]. We know [2, 3].", "It is so. We know [2, 3].", 0),
        ("It is so.[1](https://a.org/x) We know.", "It is so. We know.", 1),
        ("A text {#anchor .class} ends.", "A text ends.", 0),
        (">!The butler did it.!< We knew.", "The butler did it. We knew.", 0),
        ("We saw >!the butler!< there.", "We saw the butler there.", 0),
    ],
)
def test_marks_are_read_as_if_they_were_not_there(marked: str, bare: str, links: int) -> None:
    marked_reading, bare_reading = read(marked), read(bare)
    ours, theirs = ([word.strip(".,") for word in _words(each)] for each in (marked_reading, bare_reading))
    assert ours == theirs
    assert marked_reading.sentences == bare_reading.sentences
    assert (marked_reading.words, marked_reading.letters) == (bare_reading.words, bare_reading.letters)
    assert marked_reading.links == links


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The area is 5 m\u00b2 here.", "The area is 5 m\u00b2 here."),
        ("Version 2.1 costs 3.50 now.", "Version 2.1 costs 3.50 now."),
        ("In 1999,2 people of 3,4 million paid.", "In 1999,2 people of 3,4 million paid."),
        ("The book[s] he [Smith] wrote [sic] sold.", "The book[s] he [Smith] wrote [sic] sold."),
        ("If a > b! and c !< d.", "If a b! and c d."),
        ("Use {braces} here.", "Use {braces} here."),
    ],
)
def test_what_only_looks_like_a_mark_is_kept(text: str, words: str) -> None:
    assert _words(read(text)) == words.split()


@pytest.mark.parametrize(
    ("text", "quoted", "own"),  # own words by paragraph
    [
        ("[quote=Bob]I hate it. All of it.[/quote]\nI do not.", 6, ["I do not."]),
        ("[quote]I hate all of it here[/quote] I do not.", 6, ["I do not."]),
        ("[quote author=Bob link=topic=3.msg4]I hate it[/quote]I do not.", 3, ["I do not."]),
        ('Well then. [QUOTE="Bob, post: 1"]I hate it all, so much[/QUOTE] I do not.', 6, ["Well then.", "I do not."]),
        ("Big News Today [quote]a bad idea[/quote] no [quote]- so\n\n- bad[/quote]", 5, ["Big News Today", "no"]),
        ("[quote=A][quote=B]One.[/quote]Two.[/quote]Three.", 2, ["Three."]),
        ("[quote]One. [quote]Two.[/quote] Three.", 1, ["One.", "Three."]),
        ("One.[/quote] Two. [quote]", 0, ["One. Two."]),
        ("The [quote was long] one[/quote].", 0, ["The [quote was long] one ."]),
    ],
)
def test_only_text_quoted_in_bbcode_is_somebody_elses(text: str, quoted: int, own: list[str]) -> None:
    assert read(text).attributed_words == quoted
    blocks = split_blocks(pd.DataFrame({"text_id": ["a"], "kind": "comment", "text": [text]}))
    assert blocks.loc[blocks["voice"] == "author", "text"].tolist() == own
    assert set(blocks["block"]) <= {"paragraph", "quote"}


def test_a_quotation_in_bbcode_ends_with_its_text() -> None:
    texts = pd.DataFrame({"text_id": ["a", "b"], "kind": "comment", "text": ["A [quote]b.", "C.[/quote] d."]})
    assert split_blocks(texts)["voice"].tolist() == ["author"] * 2


@pytest.mark.parametrize(
    "form", ["really", "*really*", "**really**", "_really_", "__really__", "***really***", "_*really*_", '"_really_"']
)
def test_emphasis_changes_no_count(form: str) -> None:
    reading, plain = read(f"It is {form} good."), read("It is really good.")
    names = ("words", "syllables", "letters", "difficult_words", "known_words", "common_words")
    assert reading.characters == plain.characters + form.count('"')
    assert [getattr(reading, name) for name in names] == [getattr(plain, name) for name in names]


INSIDE = {"^_^": 3, "-_-": 3, "f**k": 4, "sh*t": 4, "my_name": 7, "_my_name_": 7, "**book**s": 5, "_It_'s": 4}


@pytest.mark.parametrize(("token", "characters"), INSIDE.items())
def test_marks_inside_a_word_or_an_emoticon_are_not_emphasis_but_those_around_a_part_are(
    token: str, characters: int
) -> None:
    assert read(f"So {token}").characters == 2 + characters
