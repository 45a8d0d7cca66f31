"""Plausible wrong input to every public function: an error raised on purpose, never one from inside."""

import inspect
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import toolkit

pytestmark = pytest.mark.usefixtures("without_svg")
TEXTS = toolkit.load_corpus("library-hours").head(10)  # the article and 9 comments: enough for an interval
MEASURED = toolkit.measure(toolkit.split_sentences(TEXTS), ["sentiment", "words"])
PER_THREAD = toolkit.compare_threads(MEASURED)
ENCODED = pd.ArrowDtype(pa.dictionary(pa.int32(), pa.string()))
WRONG: dict[str, Any] = {
    "None": None,
    "a number": 3,
    "NaN": float("nan"),
    "bytes": b"It is late.",
    "a path": Path("nowhere.html"),
    "a dict": {"text": ["It is late."]},
    "a set": {"It is late."},
    "a list of numbers": [1.5, 2],
    "a list of lists": [["It is late."]],
    "an empty table": pd.DataFrame(),
    "no texts": TEXTS.drop(columns="text"),
    "numbers for texts": TEXTS.assign(text=5),
    "two levels of columns": TEXTS.set_axis(pd.MultiIndex.from_arrays([TEXTS.columns] * 2), axis=1),
    "numbered columns": MEASURED.set_axis(range(MEASURED.shape[1]), axis=1),
    "columns that occur twice": pd.concat([TEXTS, TEXTS], axis=1),
    "likes in words": TEXTS.assign(likes="many"),
    "scores in words": MEASURED.assign(sentiment="high"),
    "an index that names columns": TEXTS.set_index(["thread_id", "text_id"], drop=False),
    "a repeated index": MEASURED.set_axis([0] * len(MEASURED)),
    "categories": MEASURED.astype({"kind": "category", "text": "category", "text_id": "category"}),
    "Arrow": MEASURED.convert_dtypes(dtype_backend="pyarrow"),
    "Arrow's dictionaries": MEASURED.astype(dict.fromkeys(("kind", "text", "text_id", "thread_id", "author"), ENCODED)),
}
# What takes no table and no text first, or writes or opens files
ELSEWHERE = ("check", "explore_files", "list_corpora", "make_archive", "measure_files", "read_thread")
FUNCTIONS = [
    name
    for name in toolkit.__all__
    if callable(getattr(toolkit, name)) and not isinstance(getattr(toolkit, name), type)
]
TAKING = [name for name in FUNCTIONS if name not in ELSEWHERE and inspect.signature(getattr(toolkit, name)).parameters]
MORE: dict[str, tuple[Any, ...]] = {
    "concordance": ("the",),
    "explain_lexicon": (toolkit.lexicon_metric({"late": 1}),),
    "save_corpus": ("x", {}),
    "validity": (MEASURED,),
    "write_report": ("/nowhere/page.html",),
}


FEW = toolkit.load_corpus("nato-preemptive-strike")  # so little that nothing is drawn
FEW_MEASURED = toolkit.measure(toolkit.split_sentences(FEW), ["sentiment"])
CODINGS = pd.DataFrame({"unit_id": FEW_MEASURED["unit_id"][:2], "coder": "A", "question": "tone", "answer": "1"})
CSV = Path(toolkit.__file__).parents[1] / "corpora" / "nato-preemptive-strike" / "comments.csv"
ABOUT = {"licence": "CC0", "title": "Hours"}
GIVEN: dict[str, tuple[Any, ...]] = {
    **dict.fromkeys(FUNCTIONS, (FEW,)),
    **dict.fromkeys(("compare", "compare_threads", "correlate", "explore_metrics", "plot_comparison"), (FEW_MEASURED,)),
    **dict.fromkeys(("code_units", "plot_conversation", "plot_metric", "plot_tone"), (FEW_MEASURED,)),
    **dict.fromkeys(("explain_readability", "explain_sentiment", "read", "read_thread"), ("# Hours\n\nIt is late.\n",)),
    **dict.fromkeys(("load_codings", "load_corpus", "provenance"), ("library-hours",)),
    **dict.fromkeys(("explore_text", "glossary", "list_corpora", "read_codings"), ()),
    "agreement": (CODINGS,), "check": ("00-a",), "concordance": (FEW, "the"), "explore_sample_size": (TEXTS,),
    "lexicon_metric": ({"late": 1},), "make_archive": ("a.jsonl.gz",), "measure_files": (CSV, "out"),
    "plot_attention": (toolkit.link_comments(FEW),), "plot_dispersion": (toolkit.concordance(FEW, "the"),),
    "plot_robustness": (toolkit.robustness(FEW),), "plot_threads": (PER_THREAD,), "save_corpus": (FEW, "x", ABOUT),
    "show": (toolkit.plot_structure(FEW),), "split_sentences": (FEW,), "summarise_threads": (PER_THREAD,),
    "validity": (CODINGS, FEW_MEASURED), "write_report": (FEW, "r.html"),
}  # fmt: skip
OPTIONS = [
    (name, option)
    for name in FUNCTIONS
    for option, parameter in inspect.signature(getattr(toolkit, name)).parameters.items()
    if parameter.default is not parameter.empty and option not in ("answer", "client", "comments", "corpus", "text")
]


def raised_on_purpose(call: Callable[[], object]) -> bool:
    """Return whether a call succeeds, or fails with an error that the toolkit itself raises."""
    try:
        call()
    except (TypeError, ValueError, FileNotFoundError) as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        return "toolkit" in Path(last.filename).parts and str(last.line).lstrip().startswith("raise ")
    return True


@pytest.mark.parametrize("name", TAKING)
def test_wrong_input_never_gives_an_internal_error(name: str) -> None:
    function, more = getattr(toolkit, name), MORE.get(name, ())
    assert [what for what, wrong in WRONG.items() if not raised_on_purpose(lambda: function(wrong, *more))] == []  # noqa: B023 - called at once


@pytest.mark.parametrize("wrong", [None, 3, [None], [3], {"sentiment": 1}, b"sentiment"])
@pytest.mark.parametrize("name", ["compare", "correlate", "explore_text", "glossary", "measure", "why_missing"])
def test_anything_but_names_of_metrics_is_refused(name: str, wrong: object) -> None:
    given = () if name == "glossary" else ("It is late.",) if name == "explore_text" else (MEASURED,)
    assert raised_on_purpose(lambda: getattr(toolkit, name)(*given, metrics=wrong))


@pytest.mark.parametrize("wrong", [None, "1", -1, [1], float("nan"), [], {}, pd.Series(["1"]), np.int64(-1)])
@pytest.mark.parametrize(
    ("name", "given", "option"),
    [
        *(("compare", (MEASURED,), each) for each in ("min_difference", "by", "pair", "cluster", "weights")),
        ("correlate", (MEASURED,), "min_correlation"),
        ("concordance", (TEXTS, "the"), "width"),
        ("explain_readability", ("It is late.",), "metric"),
        *(("keyness", (TEXTS,), each) for each in ("by", "min_count", "voices")),
        *(("make_archive", ("/nowhere/a.jsonl.gz",), each) for each in ("threads", "spoiled")),
        ("split_passages", (TEXTS,), "length"),
        ("summarise_threads", (PER_THREAD,), "fewest"),
    ],
)
def test_an_invalid_option_is_refused(name: str, given: tuple[Any, ...], option: str, wrong: object) -> None:
    with pytest.raises((TypeError, ValueError)) as refused:
        getattr(toolkit, name)(*given, **{option: wrong})
    assert str(traceback.extract_tb(refused.value.__traceback__)[-1].line).lstrip().startswith("raise ")


@pytest.mark.parametrize(
    ("name", "option"),
    [
        (name, option)
        for name, option in OPTIONS
        if isinstance(inspect.signature(getattr(toolkit, name)).parameters[option].default, bool)
    ],
)
def test_flags_must_be_true_or_false(name: str, option: str) -> None:
    with pytest.raises(TypeError, match=f"^{option} must be True or False, not 'no'"):
        getattr(toolkit, name)(*GIVEN[name], **{option: "no"})


@pytest.mark.parametrize("name", ["measure", "compare", "why_missing", "correlate"])
def test_a_metric_asked_for_twice_is_taken_once_and_two_of_one_name_are_refused(name: str) -> None:
    twice = getattr(toolkit, name)(FEW_MEASURED, metrics=["sentiment", "sentiment"])
    pd.testing.assert_frame_equal(twice, getattr(toolkit, name)(FEW_MEASURED, metrics=["sentiment"]))
    own = toolkit.lexicon_metric({"late": 1}, name="sentiment")
    with pytest.raises(ValueError, match=r"^Two metrics are called 'sentiment'"):
        getattr(toolkit, name)(FEW_MEASURED, metrics=["sentiment", own])


@pytest.mark.parametrize("wrong", [True, 2.5, 0])
@pytest.mark.parametrize(
    ("name", "given", "option"),
    [
        ("concordance", (TEXTS, "the"), "width"),
        ("keyness", (TEXTS,), "min_count"),
        ("keyness", (TEXTS,), "permutations"),
    ],
)
def test_a_count_is_a_whole_number_from_1(name: str, given: tuple[Any, ...], option: str, wrong: float) -> None:
    with pytest.raises(ValueError, match=f"^{option} must be a whole number from 1, not {wrong}; .* is usual"):
        getattr(toolkit, name)(*given, **{option: wrong})


@pytest.mark.parametrize(("name", "option"), OPTIONS)
def test_wrong_options_are_refused(name: str, option: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for wrong in (1.5, -1, float("nan"), b"x", [], [1], [[1]], {"x": 1}, pd.Series(["x"]), len):
        assert raised_on_purpose(lambda: getattr(toolkit, name)(*GIVEN[name], **{option: wrong})), wrong  # noqa: B023 - called at once


@pytest.mark.parametrize("query", [None, 1, ["the"], {"the": 1}, pd.Series(["the"])])
def test_invalid_queries_are_refused(query: Any) -> None:
    with pytest.raises(ValueError, match=r"The query is empty\. Give a word"):
        toolkit.concordance(TEXTS, query)


@pytest.mark.parametrize("schemes", [None, 1, "tone", ["tone"], [1], {"tone": "0"}])
def test_invalid_schemes_are_refused(schemes: Any) -> None:
    with pytest.raises(TypeError, match=r"schemes must be a list of Scheme\(...\), not of .* Leave it out"):
        toolkit.agreement(CODINGS, schemes=schemes)


@pytest.mark.parametrize("shuffle", [True, -1, 1.5, "1", [1]])
def test_an_invalid_shuffle_is_refused(shuffle: Any) -> None:
    with pytest.raises(ValueError, match=r"^shuffle must be a whole number from 0, not .*; 0 is usual"):
        toolkit.code_units(FEW_MEASURED, shuffle=shuffle)


def test_alpha_and_its_interval_do_not_depend_on_the_order_of_categories() -> None:
    answers = {"A": "1 0 -1 " * 4, "B": "1 0 0 " * 4}
    rows = [(f"s{n}", who, "tone", each) for who, all_ in answers.items() for n, each in enumerate(all_.split())]
    codings = pd.DataFrame(rows, columns=list(CODINGS))
    ordered = codings.assign(unit_id=pd.Categorical(codings["unit_id"], codings["unit_id"].unique()))
    pd.testing.assert_frame_equal(toolkit.agreement(ordered), toolkit.agreement(codings))


@pytest.mark.parametrize("seed", [True, -1, 1.5, "1", None, float("nan")])
@pytest.mark.parametrize(
    "name", [name for name in FUNCTIONS if "seed" in inspect.signature(getattr(toolkit, name)).parameters]
)
def test_an_invalid_seed_is_refused_even_if_nothing_is_drawn(
    name: str, seed: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match=r"^seed"):
        getattr(toolkit, name)(*GIVEN[name], seed=seed)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["read_many", "vader_many"])
@pytest.mark.parametrize("wrong", ["It is late.", TEXTS, {"It is late.": 1}, {"It is late."}])
def test_letters_and_column_names_are_not_taken_for_texts(name: str, wrong: Any) -> None:
    with pytest.raises(TypeError, match="A table or a list of texts is needed, not"):
        getattr(toolkit, name)(wrong)


@pytest.mark.parametrize(
    "given",
    [
        pa.array(["It is late.", "So it is."]), pa.chunked_array([["It is late."], ["So it is."]]),
        {"It is late.": 1, "So it is.": 2}.keys(), pd.Index(["It is late.", "So it is."]),
        np.array(["It is late.", "So it is."]), iter(["It is late.", "So it is."]),
    ],
    ids=lambda given: type(given).__name__,
)  # fmt: skip
def test_texts_and_metrics_in_anything_with_an_order_are_taken(given: Any) -> None:
    names: Any = iter(["words"])
    assert toolkit.measure(given, metrics=names)["words"].tolist() == [3, 3]


@pytest.mark.parametrize("kind", [list, np.array, pd.Index, pd.Series])
def test_names_in_any_sequence_are_taken(kind: Any) -> None:
    assert len(toolkit.compare(MEASURED, pair=kind(["article", "comment"]), metrics=kind(["words"]))) == 1
    assert len(toolkit.correlate(MEASURED, kind(["likes"]))) == 1


def test_a_table_read_back_from_csv_is_accepted_unchanged(tmp_path: Path) -> None:
    TEXTS.to_csv(tmp_path / "texts.csv", index=False)
    back, about = pd.read_csv(tmp_path / "texts.csv"), {"title": "A", "source": "x", "licence": "CC0"}
    toolkit.save_corpus(back, "x", about, folder=tmp_path)
    assert toolkit.load_corpus("x", folder=tmp_path)["posted"].tolist() == TEXTS["posted"].tolist()
    toolkit.explore_thread(back)
    placed = toolkit.place_comments(back)
    assert placed["order"].equals(toolkit.place_comments(TEXTS)["order"])
    assert placed["posted"].tolist()[1] == back["posted"].tolist()[1]  # the column stays as it was given


@pytest.mark.parametrize("name", ["correlate", "explore_thread", "place_comments"])
@pytest.mark.parametrize("posted", ["31/05/2024", "yesterday"])
def test_dates_that_could_be_misread_are_refused(name: str, posted: str) -> None:
    with pytest.raises(ValueError, match=r"'posted' holds no dates.*Write them as 2024-05-31, or convert"):
        getattr(toolkit, name)(MEASURED.assign(posted=posted))


def test_dictionaries_of_arrow_are_taken_as_what_they_encode() -> None:
    encoded = dict.fromkeys(("kind", "text", "text_id", "thread_id", "author"), ENCODED)
    pd.testing.assert_frame_equal(toolkit.correlate(MEASURED.astype(encoded)), toolkit.correlate(MEASURED))
    found = toolkit.concordance(TEXTS, "the")
    drawn = toolkit.plot_dispersion(found.astype({"keyword": ENCODED, "text_id": ENCODED})).alt_text
    assert drawn == toolkit.plot_dispersion(found).alt_text
    toolkit.explore_thread(TEXTS.astype(encoded))


def test_an_archive_too_large_for_memory_is_refused(tmp_path: Path) -> None:
    for option, most in (("threads", "100,000"), ("spoiled", "10,000")):
        with pytest.raises(ValueError, match=f"{option} must be a whole number from 0 to {most}, not 1000000000"):
            toolkit.make_archive(tmp_path / "a.jsonl.gz", **{option: 10**9})


def test_the_name_of_the_columns_changes_no_figure() -> None:
    table = toolkit.robustness(TEXTS, "words")
    assert toolkit.plot_robustness(table.rename_axis(columns="x")).alt_text == toolkit.plot_robustness(table).alt_text


@pytest.mark.parametrize("likes", [pd.Timestamp("2024-05-01"), 1j])
def test_dates_and_complex_numbers_are_not_likes(likes: Any) -> None:
    with pytest.raises(ValueError, match="'likes' holds no numbers"):
        toolkit.place_comments(TEXTS.assign(likes=likes))
