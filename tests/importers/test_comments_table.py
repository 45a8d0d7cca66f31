"""From raw comments to the texts table: what is left out, repaired and dated, as recorded in the log."""

from collections.abc import Sequence

import pandas as pd
import pytest
from helpers.work import cpu_seconds

from toolkit import read_thread
from toolkit.corpora.load import TEXT_COLUMNS
from toolkit.importers.comments_table import comments_table
from toolkit.importers.import_log import Comments, ImportLog, RawComment
from toolkit.importers.privacy.pseudonyms import Pseudonyms


def cleaned(raw: Sequence[RawComment]) -> tuple[pd.DataFrame, ImportLog]:
    log = ImportLog("x.csv", "table")
    log.read = len(raw)
    return comments_table(raw, log, thread_id="t"), log


def test_the_table_has_the_packages_columns_and_types() -> None:
    for raw in ([], [RawComment(2, "Good.", author="A B", posted="2025-03-01", likes="3")]):
        table, _ = cleaned(raw)
        assert {name: str(dtype) for name, dtype in table.dtypes.items()} == TEXT_COLUMNS
        assert list(table.kind) == ["comment"] * len(raw)
        assert list(table.language) == ["en"] * len(raw)


def test_comments_in_columns_are_a_sequence_of_comments_and_no_column_is_shorter() -> None:
    listed = [RawComment(row, f"Text {row}", likes="1", thread=("a",)) for row in (2, 3, 5)]
    comments = Comments.of(listed)
    for some in (slice(1, None), slice(None, None, -1), slice(9, 9)):
        assert [*comments[some]] == listed[some]
    assert ([*comments], comments[-1], [*comments.at([2, 0])]) == (listed, listed[2], [listed[2], listed[0]])
    assert [*comments.replaced(likes=["3", "4", "5"])] == [
        each._replace(likes=likes) for each, likes in zip(listed, "345", strict=True)
    ]
    with pytest.raises(ValueError, match="one length"):
        comments.replaced(text=["One", "Two"])


def test_each_reason_to_leave_a_comment_out_is_reported_with_its_row() -> None:
    german = "Dieser Krieg ist nicht gut und die Leute sind alle sehr gefährlich und rücksichtslos."
    raw = [
        RawComment(2, "One.", "1"),
        RawComment(3, "Two.", "2", flag="deleted"),
        RawComment(4, "Three.", "3", flag="spam"),
        RawComment(5, " \n", "4"),
        RawComment(6, german, "5"),
        RawComment(7, "Это война", "6"),
        RawComment(8, "One.", "1"),
        RawComment(9, "Other.", "1"),
        RawComment(10, "Sehr gut", "7"),  # too short to be judged by its words
        RawComment(11, "lol u r so wrong m8, ur all crazy ppl tbh", "8"),
        RawComment(12, "🔥🔥🔥", "9"),
        RawComment(13, "Now it is here.", "2"),  # its double was deleted
    ]
    table, log = cleaned(raw)
    assert list(table.text_id) == ["t/1", "t/7", "t/8", "t/9", "t/2"]
    assert sorted((row, reason) for row, reason, _ in log.left_out) == [
        (3, "deleted"), (4, "spam"), (5, "empty"), (6, "not English"), (7, "not English"),
        (8, "duplicate id, the same comment"), (9, "duplicate id, another comment"),
    ]  # fmt: skip
    assert (log.read, log.kept) == (12, 5)


def test_english_comments_of_slang_lists_and_names_are_never_called_foreign() -> None:
    texts = (
        "Good work Phil, MVC team and thanks ScottGu.",
        "thnks nice site thnks nice site thnks nice site",
        "Congrats!!! May she build her first mind-control device before breakfast!",
        "USA USA USA USA USA USA USA USA",
        r"¯\_(ツ)_/¯",
        "ヽ(´ー｀)ノ",
    )
    assert len(cleaned([RawComment(n, text) for n, text in enumerate(texts)])[0]) == len(texts)


@pytest.mark.parametrize(
    "text",
    [
        "Esta guerra no es buena y los dirigentes mienten a todos nosotros siempre.",
        "Cette guerre n'est pas bonne et les dirigeants nous mentent tous les jours.",
        "Questa guerra non è buona e i dirigenti ci mentono tutti i giorni.",
        "Deze oorlog is niet goed en de leiders liegen elke dag tegen ons.",
        "Bu savaş iyi değil ve liderler bize her gün yalan söylüyor.",
        "Vuonna 1999 kaupunki myi 120 taloa, 2000 130 taloa, 2001 140 taloa ja 2002 vain 90 vanhaa taloa.",
        "这是一场战争。北约有罪。我们要和平!",
        "这是一场战争" * 30,
        "好",
    ],
)
def test_comments_in_other_languages_are_left_out(text: str) -> None:
    table, log = cleaned([RawComment(2, text)])
    assert (len(table), log.left_out) == (0, [(2, "not English", "")])
    assert len(comments_table([RawComment(2, text)], ImportLog(), thread_id="t", language="xx")) == 1


def test_replies_find_their_parents_and_orphans_are_at_the_top() -> None:
    raw = [
        RawComment(2, "a", "1"), RawComment(3, "b", "2", reply_to="1", flag="deleted"),
        RawComment(4, "c", "3", reply_to="2", flag="deleted"), RawComment(5, "d", "4", reply_to="3"),
        RawComment(6, "e", "5", reply_to="3"), RawComment(7, "f", "6", reply_to="99"),
        RawComment(8, "g", "7", reply_to="page", thread=("page",)), RawComment(9, "h", "8", reply_to="4"),
        RawComment(10, "i", "", reply_to="8"),
    ]  # fmt: skip
    table, log = cleaned(raw)
    assert list(table.reply_to.fillna("")) == ["", "t/1", "t/1", "", "", "t/4", "t/8"]
    moved = "replies to a comment that was left out; moved to the one above it"
    assert log.changed == [
        (5, moved),
        (6, moved),
        (7, "replies to a comment that is not in the file; placed at the top level"),
    ]


def test_cycles_of_replies_are_cut_at_their_first_comment() -> None:
    raw = [
        RawComment(2, "a", "1", reply_to="3"),
        RawComment(3, "b", "2", reply_to="1"),
        RawComment(4, "c", "3", reply_to="2"),
        RawComment(5, "d", "4", reply_to="4"),
        RawComment(6, "e", "5", reply_to="2"),
    ]
    table, log = cleaned(raw)
    assert list(table.reply_to.fillna("")) == ["", "t/1", "t/2", "", "t/2"]
    assert log.changed == [(2, "replies in a circle, cut here"), (5, "replies in a circle, cut here")]


@pytest.mark.parametrize("kept", [True, False])
def test_deep_threads_circles_and_rows_of_deleted_comments_take_linear_time(kept: bool) -> None:
    flag = "" if kept else "deleted"
    chain = [RawComment(n, "x", str(n), str(n - 1), flag=flag if n % 100 else "") for n in range(1, 20_001)]
    ring = [RawComment(n, "x", str(n), str(n + 1 if n < 39_999 else 20_001)) for n in range(20_001, 40_000)]
    tables = []
    assert cpu_seconds(lambda: tables.append(cleaned([*chain, *ring])[0])) < 8
    (table,) = tables
    assert table.text_id.is_unique
    assert table.reply_to.dropna().isin(table.text_id).all()


def test_ids_are_unique_fit_a_corpus_and_give_no_name_away() -> None:
    raw = [
        RawComment(2, "a", "007", author="Jane Doe"), RawComment(3, "b", "https://example.org/c?1"),
        RawComment(4, "c", ""), RawComment(5, "d", "jane-doe-12", reply_to="007"), RawComment(6, "e", "c0003"),
        RawComment(7, "f", "x" * 65), RawComment(8, "g", "Uabc.9xyz", reply_to="jane-doe-12"),
        RawComment(9, "h", "article"),
    ]  # fmt: skip
    table, log = cleaned(raw)
    own = [str(each).removeprefix("t/") for each in table.text_id]
    assert own == ["007", "c0003x", "c0004", "c0005", "c0003", "c0007", "Uabc-9xyz", "c0009"]
    assert list(table.reply_to.fillna("")) == ["", "", "", "t/007", "", "", "t/c0005", ""]
    assert [row for row, _ in log.changed] == [3, 5, 7, 9]


def test_unreadable_dates_are_missing_and_reported() -> None:
    cells = ("2 days ago", "2025-03-01 10:00")
    table, log = cleaned([RawComment(n, "x", author="Al", posted=cell) for n, cell in enumerate(cells, 2)])
    assert table.posted.isna().tolist() == [True, False]
    assert log.changed == [(2, "date could not be read")]
    assert log.notes == [
        'Relative dates ("2 days ago") do not say which day; they are missing.',
        "Dates without a time zone were taken as UTC.",
        "Times of day were removed, since they could identify people. In Python, exact_times=True keeps them.",
    ]


def test_the_writer_keeps_their_name_among_the_comments() -> None:
    raw = [RawComment(2, "Hello Ann.", author="Bo Lund"), RawComment(3, "Thanks, Bo Lund!", author="ann writer")]
    named = Pseudonyms(((each.author, each.handle) for each in raw), writer="Ann Writer")
    table = comments_table(raw, ImportLog(), thread_id="t", pseudonyms=named)
    assert list(table.author) == ["Reader 01", "Ann Writer"]
    assert list(table.text) == ["Hello Ann.", "Thanks, Reader 01!"]


def test_anonymous_names_are_not_readers() -> None:
    table, _ = cleaned([RawComment(2, "x", author="Guest"), RawComment(3, "y"), RawComment(4, "z", author="[deleted]")])
    assert table.author.isna().all()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("[quote=Mira]It is bad.[/quote] I like it.", "> It is bad.\n\nI like it."),
        ('[QUOTE="Mira, post: 5"]\nBad.\n\nTruly.\n[/QUOTE]\nI like it.', "> Bad.\n> \n> Truly.\n\nI like it."),
        ("[quote=A][quote=B]One.[/quote]Two.[/quote]Three.", "> > One.\n\n> Two.\n\nThree."),
        ("[quote=Mira]It is bad.", "[quote=Mira]It is bad."),
        ("a[/quote] b [quote]", "a[/quote] b [quote]"),
        ("He wrote: no.\nAnd 2 > 1.", "He wrote: no.\nAnd 2 > 1."),
    ],
)
def test_what_a_forum_quotes_is_read_as_quoted_lines(written: str, read: str) -> None:
    raw = [RawComment(1, "The bridge is bad.", "1", author="Mira Quagmire"), RawComment(2, written, "2", "1")]
    texts = comments_table(raw, ImportLog(), thread_id="t", pseudonyms=Pseudonyms())
    assert texts["text"][1] == read
    assert texts["reply_to"][1] == "t/1"


def test_a_table_in_memory_may_hold_nul_characters() -> None:
    table = pd.DataFrame({"author": ["Mira Kowal"], "text": ["The bridge\0 is bad, Kowal said."]})
    texts = read_thread("# T\n\nThe bridge.", table, quiet=True)
    assert texts["text"][1] == "The bridge is bad, Reader 01 said."
