"""Normalising: one spelling for what looks the same, and a log of every change."""

import unicodedata
from collections import Counter
from unittest import mock

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from toolkit import normalise
from toolkit.text.normalize import Change, _by_all_rules, changes, normalise_all

LOOK_THE_SAME = {
    "a curly apostrophe": ("isn’t", "isn't"),
    "an acute accent as an apostrophe": ("isn´t", "isn't"),
    "curly quotation marks": ("“dangerous”", '"dangerous"'),
    "low and angled quotation marks": ("„war“ «war»", '"war" "war"'),
    "angled marks with spaces inside": ("\u00ab\u00a0war\u00a0\u00bb: (\u00ab war \u00bb)", '"war": ("war")'),
    "doubled grave accents, apostrophes and commas": ("``war'' (''war'') ,,war''", '"war" ("war") "war"'),
    "doubled accents that are code": ("x = ''; ``war`` '''war''' ```war```", "x = ''; ``war`` '''war''' ```war```"),
    "angled marks that point inwards": ("so \u00bbwar!\u00ab said", 'so "war!" said'),
    "an ellipsis": ("A first strike… as defense.", "A first strike... as defense."),
    "em dashes without spaces": ("war—Ukraine—Gaza", "war — Ukraine — Gaza"),
    "an em dash with spaces": ("harsh — and justified", "harsh — and justified"),
    "two hyphens as a dash": ("war--peace", "war — peace"),
    "an en dash between words": ("Kyiv–Moscow", "Kyiv – Moscow"),
    "an en dash between numbers": ("2014–2022", "2014–2022"),
    "a hyphen": ("reader-supported", "reader-supported"),
    "hyphens of their own": ("forty\u2010six, pre\u2011emptive", "forty-six, pre-emptive"),
    "a no-break space": ("no\u00a0war", "no war"),
    "a narrow no-break space and a tab": ("no\u202fmore\twar", "no more war"),
    "Windows line ends": ("one\r\ntwo\rthree", "one\ntwo\nthree"),
    "a line separator": ("one\u2028two", "one\ntwo"),
    "a zero-width space inside a word": ("stop the pea\u200bce now", "stop the peace now"),
    "zero-width spaces instead of spaces": ("stop\u200bthe\u200bwar", "stop the war"),
    "a soft hyphen": ("esca\u00adlation", "escalation"),
    "a byte order mark": ("\ufeffwar", "war"),
    "marks that turn the direction of writing": ("\u202ewar\u202c", "war"),
    "a NUL": ("wa\x00r", "war"),
    "a terminal's colour codes": ("\x1b[31mwar\x1b[0m", "war"),
    "named HTML entities": ("peace &amp; war &lt;now&gt;", "peace & war <now>"),
    "numbered HTML entities": ("isn&#8217;t isn&#x2019;t", "isn't isn't"),
    "a letter and its accent": ("cafe\u0301", "caf\u00e9"),
    "letters with a heap of accents": ("w\u0301\u0302\u0303\u0304\u0305ar", "war"),
    "full-width letters": ("ＷＡＲ", "WAR"),
    "bold mathematical letters": ("𝐰𝐚𝐫", "war"),
    "a ligature": ("\ufb01re", "fire"),
    "UTF-8 read as Windows-1252": ("donâ€™t", "don't"),
    "UTF-8 read as Windows-1252 twice": ("donÃ¢â‚¬â„¢t", "don't"),
    "a Cyrillic letter in a Latin word": ("w\u0430r", "war"),
    "Russian": ("война", "война"),
    "Russian beside English": ("The word война means war", "The word война means war"),
    "an emoji cut into surrogates": ("\ud83d\udd25", "🔥"),
    "half an emoji": ("fire \ud83d here", "fire  here"),
    "a selector after a letter": ("war\ufe0f", "war"),
    "a selector after a digit": ("2\ufe0f wars", "2 wars"),
    "a selector after a heart": ("❤\ufe0f", "❤\ufe0f"),
    "a selector after the letter of an information sign": ("\u2139\ufe0f", "\u2139\ufe0f"),
    "a keycap": ("1\ufe0f\u20e3", "1\ufe0f\u20e3"),
    "a family": ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
    "plain prose": ("He isn't here. (Really?)", "He isn't here. (Really?)"),
}


@pytest.mark.parametrize(("before", "after"), LOOK_THE_SAME.values(), ids=LOOK_THE_SAME)
def test_what_looks_the_same_is_spelled_the_same_and_logged_where_it_changed(before: str, after: str) -> None:
    assert normalise(before) == after
    assert (changes(before) == []) == (before == after)


def test_the_log_names_each_rule_with_spellings_and_counts() -> None:
    found = changes("“Isn’t it?” “It isn’t…”")
    assert sorted(found) == [  # two opening, two closing marks, two apostrophes, one ellipsis
        Change("double quote", "“", '"', 2),
        Change("double quote", "”", '"', 2),
        Change("ellipsis", "…", "...", 1),
        Change("single quote", "’", "'", 2),
    ]


@settings(max_examples=150)
@given(st.text(max_size=60))
@example("&#8217;&rdquo;&#13;&#8203;")
def test_no_text_keeps_a_curly_quote_a_carriage_return_or_an_invisible_character(text: str) -> None:
    assert not set(normalise(text)) & set("‘’“”…\r\t\x00\u00a0\u00ad\u200b\u2028\ufeff\ud800\udfff")


@pytest.mark.parametrize("given_", [None, 3.14, b"war", ["war"]])
def test_anything_but_text_is_refused_with_its_type_and_the_next_step(given_: object) -> None:
    with pytest.raises(TypeError, match=rf"not {type(given_).__name__}.*Convert"):
        normalise(given_)  # type: ignore[arg-type]


def test_a_text_of_ten_million_characters_is_read_and_one_more_is_refused() -> None:
    assert len(normalise("a" * 10_000_000)) == 10_000_000
    with pytest.raises(ValueError, match=r"10,000,001.*10,000,000.*Split"):
        normalise("a" * 10_000_001)


@settings(max_examples=500, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "a Z 7 # \n \u2014 \u2013 -- - <! . ) ( \u201c \u2019 \u2026 \ufe0f \ufe0e \u20e3 \u2764 \u200d \u200e "
            "\u200b \xa9 &amp; \U0001f3f4 \U000e0067 \U000e007f \U0001f469 \u0301 \u0434 \ud83d \ude02".split(" ")
        )
    ).map("".join)
)
@example("\ufe0f\u20e3\ufe0fa")
@example("a\ufe0f\u20e3\ufe0f\u20e3\ufe0e")
@example("\U0001f3f4\U000e007f\U000e0067\U000e007f")
@example("x \u2013y\u2013z\u2014\u2014a--b")
def test_the_quick_rules_write_what_the_rules_with_a_log_write(text: str) -> None:
    assert normalise(text) == _by_all_rules(text, Counter())


# Words glued by punctuation


@pytest.mark.parametrize(
    ("glued", "apart"),
    [
        ("The plan is great,the cost is terrible.", "The plan is great, the cost is terrible."),
        ("I hate it...love the rest", "I hate it... love the rest"),
        ("I hate it\u2026love the rest", "I hate it... love the rest"),
        ("a good/bad plan", "a good / bad plan"),
        ("yes/no, he/she went in/out", "yes / no, he / she went in / out"),
        ("good/bad,but Tom&Jerry's", "good / bad, but Tom & Jerry's"),
        ("cats&dogs me&you Marks&Spencer", "cats & dogs me&you Marks & Spencer"),
        ("It was (good)but late, __very__good__", "It was (good) but late, __very__ good__"),
        ("Hello brother.My name is Khan.", "Hello brother. My name is Khan."),
        ('She asked:"Why?"He left.', 'She asked:"Why?" He left.'),
        ('"It is late,"he said."He left."', '"It is late,"he said. "He left."'),
        ("So great!But why?Nobody knows;it is so.", "So great! But why? Nobody knows; it is so."),
        ("red,green,blue", "red, green, blue"),
        ("so nice(very good)stuff:bad", "so nice (very good) stuff: bad"),
        ("We called them.the support is bad", "We called them. the support is bad"),
        ("Mr.Smith asked Dr.Lee,St.Paul and me.We left.", "Mr. Smith asked Dr. Lee, St. Paul and me. We left."),
    ],
)
def test_a_missing_space_between_words_is_put_in_and_logged(glued: str, apart: str) -> None:
    assert normalise(glued) == apart
    assert normalise(apart) == apart
    assert "missing space" in [change.rule for change in changes(glued)]


def test_a_quotation_mark_of_one_text_pairs_with_none_of_another() -> None:
    texts = ["He said \u201cno", 'We left."She stayed.']
    assert normalise_all(texts) == [*map(normalise, texts)]


def test_words_glued_by_thousands_of_marks_are_set_apart_as_a_few_are() -> None:
    mixed = "café,the www.a,b good/bad,the nice(very,good)b "
    for text in ("great,the " * 500, "amp;" * 5_000, "@great,the " * 500, mixed * 50):
        whole = f"{'- ' * 500}{text}"
        parts = " ".join(map(normalise, whole.split(" ")))  # each too short for a search with numpy
        assert normalise(whole).split() == parts.split()
    assert Change("missing space", ",", ", ", 500) in changes("- " * 500 + "great,the " * 500)


@pytest.mark.parametrize(
    "text",
    [
        "and/or w/o km/h 24/7 n/a AC/DC",
        "https://a.org/x,y/page?no,yes www.Page.Com/a,b me@a.org,you@a.org",
        "abc.net.au/news/story src/lib/file.py /usr/local/bin Amazon.Com Amazon.Co.Uk Mc.Donalds",
        "3,000 U.S.A. e.g. p.m. Ph.D. 3.14 a.b",
        "TCP/IP AT&T R&D Q&A H&M a?one=two&three=four https://a.org/one&two/yes/no/(good)but/a__b f(x)is a__b __init__",
        "(re)open (with)in (some)one (over)reacting",
        "colour(ful) parent(s) (un)happy node.js the.app see.abc.net index.html :D 10:30am std::cout [it](tel:one)",
        "war,\u00b3 cost.\u00b9",
    ],
)
def test_addresses_numbers_and_abbreviations_stay_whole(text: str) -> None:
    assert normalise(text) == text


def test_letters_with_marks_are_composed_together() -> None:
    with mock.patch("unicodedata.normalize", wraps=unicodedata.normalize) as composing:
        assert normalise("a\u0301\u0323o\u0302" * 10_000) == "\u1ea1\u0301\u00f4" * 10_000
    assert 1 <= composing.call_count <= 20
