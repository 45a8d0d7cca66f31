"""Every hostile table of texts through all that draws, compares and stores: a value or a documented error."""

import html
import json
import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import lxml.html
import nbformat
import pandas as pd
import pytest
from helpers.adversarial_articles import notebooks, planted_comments
from helpers.adversarial_files import ARTICLE, LICENCE, PHASES, SLOW, SMALL, TELLTALE, Thread, outcome, read_comments_of
from helpers.adversarial_threads import threads
from helpers.browser import Watched
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.pandas import column, data_frames, range_indexes

import toolkit
from toolkit import compare, keyness, measure, read_thread, save_corpus, show, word_shift, write_report
from toolkit.corpora.load import TEXT_COLUMNS
from toolkit.figures.display import SAVE_SHOWN, SAVE_UNZIPPED
from toolkit.importers.read_thread import import_summary
from toolkit.reports.site import readable

pytestmark = [
    pytest.mark.usefixtures("quick_disk"),
    pytest.mark.filterwarnings("ignore:WARNING. No names of commenters:UserWarning"),  # most files here name nobody
    pytest.mark.filterwarnings("ignore:WARNING. no comment was kept:UserWarning"),
]

# ---- tables of texts


LIVE = (
    "//script | //iframe | //object | //embed | //form"
    " | //*[@*[starts-with(name(), 'on') and not(. = $png or . = $svg)]]"
    " | //a[not(@download and starts-with(@href, 'data:') and contains(@href, ';base64,'))]"
    " | //img[not(starts-with(@src, 'data:image/'))]"
)
"""Elements that a text of somebody else could do something with, if its markup were left alive."""


def drawn(figure: Any) -> None:
    """A figure can be shown, drawn and described; its HTML holds no markup of a text."""
    bundle = figure._repr_mimebundle_()
    assert bundle["text/plain"].strip()
    bundle["text/plain"].encode("utf-8")
    page = lxml.html.document_fromstring(bundle["text/html"])
    assert [lxml.html.tostring(each)[:200] for each in page.xpath(LIVE, png=SAVE_SHOWN, svg=SAVE_UNZIPPED)] == []  # type: ignore[union-attr]


MEASURED: dict[int, tuple[pd.DataFrame, Any]] = {}


def sentences_of(texts: pd.DataFrame) -> pd.DataFrame:
    """The sentences of a table, measured once for all looks at it."""
    if id(texts) not in MEASURED:
        MEASURED[id(texts)] = (
            texts,
            measure(toolkit.split_sentences(texts), ["sentiment", "words_per_sentence", "emoji_density"]),
        )
    return MEASURED[id(texts)][1]


def per_thread(compared: pd.DataFrame) -> None:
    toolkit.summarise_threads(compared)
    drawn(toolkit.plot_threads(compared))


LOOKS: dict[str, Callable[[pd.DataFrame], Any]] = {
    "place_comments": toolkit.place_comments,
    "compare": lambda texts: compare(sentences_of(texts), metrics=["sentiment"]),
    "word_shift": word_shift,
    "plot_structure": lambda texts: drawn(toolkit.plot_structure(texts)),
    "plot_tone": lambda texts: drawn(toolkit.plot_tone(sentences_of(texts))),
    "plot_metric": lambda texts: drawn(toolkit.plot_metric(sentences_of(texts))),
    "plot_comparison": lambda texts: drawn(
        toolkit.plot_comparison(compare(sentences_of(texts), metrics=["sentiment"]))
    ),
    "plot_conversation": lambda texts: drawn(toolkit.plot_conversation(sentences_of(texts))),
    "plot_threads": lambda texts: per_thread(toolkit.compare_threads(sentences_of(texts))),
    "plot_word_shift": lambda texts: drawn(toolkit.plot_word_shift(texts)),
    "plot_keyness": lambda texts: drawn(toolkit.plot_keyness(keyness(texts, permutations=19))),
    "plot_robustness": lambda texts: drawn(toolkit.plot_robustness(toolkit.robustness(texts))),
    "plot_attention": lambda texts: drawn(toolkit.plot_attention(toolkit.link_comments(texts), texts)),
    "plot_dispersion": lambda texts: drawn(toolkit.plot_dispersion(toolkit.concordance(texts, "bridge"))),
    "voice_agreement": toolkit.voice_agreement,
}
IN_REPORT = ("plot_structure", "plot_tone", "plot_comparison", "plot_word_shift")
THREADS = {each.name: each for each in threads(SMALL)}
REPORTED = ("markup", "halves and zeros", "no comments", "two articles")  # a report takes most of a second


def looks_at(thread: Thread) -> list[str]:
    """Give the names of what is tried on a table; what its report shows is tried there."""
    return [look for look in LOOKS if look not in IN_REPORT or thread.table["kind"].eq("article").sum() != 1]


def in_turn() -> Iterator[Any]:
    """Every look at every table; the ordinary run takes one look per table, in turn."""
    for at, thread in enumerate(THREADS.values()):
        looks = looks_at(thread)
        for look in looks:
            marks = [pytest.mark.full] * (look != looks[at % len(looks)])
            yield pytest.param(thread, look, id=f"{thread.name}-{look}", marks=marks)


@pytest.mark.parametrize(("thread", "look"), [*in_turn()])
def test_a_table_of_texts_gives_a_table_a_figure_or_a_documented_error(thread: Thread, look: str) -> None:
    before = thread.table.copy(deep=True)
    got = outcome(lambda: LOOKS[look](thread.table))
    pd.testing.assert_frame_equal(thread.table, before)
    if look == "place_comments":
        assert len(got) == len(before)
        assert got["depth"].dropna().ge(1).all()


@pytest.mark.parametrize("name", [pytest.param(n, marks=[pytest.mark.full] * (n not in REPORTED)) for n in THREADS])
def test_a_report_is_a_page_or_a_documented_error(name: str, tmp_path: Path) -> None:
    thread = THREADS[name]
    got = outcome(lambda: write_report(thread.table, tmp_path / "page.html"))
    if isinstance(got, Exception):
        assert thread.table["kind"].eq("article").sum() != 1, str(got)
        return
    page = got.read_text(encoding="utf-8")
    assert len(page.encode("utf-8")) < 2_000_000
    assert page.lower().count("<script") == 1  # the search of the report itself
    assert "<img src=x" not in page


@pytest.mark.parametrize("thread", THREADS.values(), ids=THREADS)
def test_a_saved_corpus_loads_unchanged_or_is_refused(thread: Thread, tmp_path: Path) -> None:
    about = LICENCE | {"creator": thread.table["author"].iloc[0] if len(thread.table) and thread.stored else "Somebody"}
    about |= {"language": thread.table["language"].iloc[0]} if thread.stored else {}
    got = outcome(lambda: save_corpus(thread.table, "own", about, folder=tmp_path))
    assert isinstance(got, Path) or not thread.stored, str(got)
    if isinstance(got, Exception):
        assert not list(tmp_path.iterdir())
        return
    back, saved = toolkit.load_corpus("own", folder=tmp_path), thread.table.reset_index(drop=True)
    if saved["author"].isna().iloc[0]:
        saved.loc[0, "author"] = about["creator"]  # recorded in `about` alone
    for name in ("kind", "author", "posted", "likes", "language", "text"):
        assert back[name].equals(saved[name]), name


def test_every_public_figure_was_tried() -> None:
    assert {name for name in toolkit.__all__ if name.startswith("plot_")} <= set(LOOKS)


def test_a_figure_of_hostile_texts_is_shown_with_its_words_and_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    figure = toolkit.plot_structure(THREADS["a thread called after markup"].table)
    drawn(figure)
    show(figure)
    assert figure.alt_text in capsys.readouterr().out


# ---- any table with the right columns

lines = st.sampled_from(
    ["", "a", "war", "The bridge is bad.", "$5 and $10", "# T", "\U0001f525", "=1+1", "\r", "<b>x", "NA"]
) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
some_id = st.sampled_from([None, "own/article", "own/c1", "own/c2", "c3", "", "a/b/c", "\U0001f525", "=1"])
moments = st.none() | st.datetimes().map(lambda moment: moment.isoformat())
table_rows = st.fixed_dictionaries(
    {
        "text_id": some_id, "thread_id": st.sampled_from([None, "own", "two", "<b>"]),
        "kind": st.sampled_from([None, "article", "comment", "x"]), "reply_to": some_id, "author": st.none() | lines,
        "posted": moments, "likes": st.none() | st.integers(-(2**63), 2**63 - 1),
        "language": st.sampled_from([None, "en", "de", "xx"]), "text": st.none() | lines,
    }
)  # fmt: skip


def texts_of(rows: list[dict[str, Any]]) -> pd.DataFrame:
    cells = {name: [row[name] for row in rows] for name in TEXT_COLUMNS}
    cells["likes"] = pd.array(cells["likes"], dtype="Int64")  # type: ignore[assignment]
    cells["posted"] = pd.to_datetime(  # type: ignore[assignment]
        pd.Series(cells["posted"], dtype="string"), utc=True, format="ISO8601"
    ).astype("datetime64[us, UTC]")
    return pd.DataFrame(cells).astype(TEXT_COLUMNS)


@settings(phases=PHASES, suppress_health_check=[HealthCheck.too_slow], max_examples=8)
@example(rows=[dict.fromkeys(TEXT_COLUMNS)])
@given(rows=st.lists(table_rows, max_size=6))
def test_any_table_content_is_measured_and_placed_or_refused(rows: list[dict[str, Any]]) -> None:
    texts = texts_of(rows)
    assert len(toolkit.place_comments(texts)) == len(texts)
    measured = measure(texts, ["sentiment", "words"])
    assert len(measured) == len(texts)
    both = {"article", "comment"} <= set(texts["kind"].dropna())
    compared = outcome(lambda: compare(measured, metrics=["sentiment", "words"]))
    assert isinstance(compared, pd.DataFrame) == both
    for draw in (toolkit.plot_tone, toolkit.plot_metric, toolkit.plot_conversation, toolkit.plot_structure):
        outcome(lambda draw=draw: drawn(draw(measured)))  # type: ignore[misc]
    if both:
        drawn(toolkit.plot_comparison(compared))


@settings(SLOW, max_examples=40)
@given(rows=st.lists(table_rows, max_size=4), fit=st.booleans())
def test_any_table_content_is_restored_or_refused(rows: list[dict[str, Any]], fit: bool, tmp_path: Path) -> None:
    if fit:  # nearly a corpus, so that what is refused is one cell and not the table
        same = {"thread_id": "own", "language": "en", "reply_to": None}
        kinds = ["article", *["comment"] * 4]
        rows = [
            row | same | {"kind": kinds[at], "text_id": f"own/{at or 'article'}", "author": f"Reader {at + 1:02d}"}
            for at, row in enumerate(rows)
        ]
    texts = texts_of(rows)
    about = LICENCE | {"creator": "Reader 01"}
    got = outcome(lambda: save_corpus(texts, "own", about, folder=tmp_path, replace=True))
    if isinstance(got, Path):
        back = toolkit.load_corpus("own", folder=tmp_path)
        assert back["text"].tolist() == texts["text"].tolist()
        assert back["likes"].equals(texts["likes"])


INFINITE, NEARLY = (
    pd.DataFrame({"kind": ["article", *["comment"] * len(tones)], "text_id": "a", "sentiment": [0.0, *tones]})
    for tones in ([math.inf], [1.7e308] * 2)
)


@settings(phases=PHASES, max_examples=15)
@example(table=INFINITE)
@example(table=NEARLY)
@given(
    table=data_frames(
        [
            column("kind", elements=st.sampled_from(["article", "comment"]), dtype=object),
            column("text_id", elements=st.sampled_from(["a", "b", "c"]), dtype=object),
            column("sentiment", elements=st.floats(allow_nan=True, allow_infinity=True), dtype=float),
        ],
        index=range_indexes(max_size=9),
    )
)
def test_comparing_any_numbers_gives_a_share_or_none(table: pd.DataFrame) -> None:
    got = outcome(lambda: compare(table, metrics=["sentiment"]))
    if isinstance(got, pd.DataFrame):
        share = float(got["share_higher"].iloc[0])
        assert math.isnan(share) or 0 <= share <= 1
        drawn(toolkit.plot_comparison(got))


# ---- pages and people


def outputs_of(made: dict[str, Any]) -> str:
    """The HTML in the outputs of a notebook that is made ready for a page."""
    cells = readable(nbformat.from_dict(made)).cells
    return "".join(output.data.get("text/html", "") for cell in cells for output in cell.get("outputs", []))


@pytest.mark.parametrize(("name", "made"), [pytest.param(*each, id=each[0]) for each in notebooks(SMALL)])
def test_of_hostile_outputs_only_text_tables_and_pictures_are_left_on_a_page(name: str, made: dict[str, Any]) -> None:
    cells = readable(nbformat.from_dict(made)).cells
    kinds = {kind for cell in cells for output in cell.get("outputs", []) for kind in output.data}
    assert kinds <= {"text/html", "text/plain", "image/png"}, name
    assert not re.search(r"<(script|iframe|object|embed|form)|https?://", outputs_of(made), re.IGNORECASE), name


def test_planted_people_are_in_no_table_log_corpus_page_figure_or_error(tmp_path: Path) -> None:
    path = tmp_path / "comments.csv"
    path.write_text(planted_comments(), encoding="utf-8", newline="")
    texts = read_thread(ARTICLE, path, quiet=True, name="own")
    shown = [texts.to_csv(), json.dumps(texts.attrs["report"]), import_summary(texts)]
    place = save_corpus(texts, "own", LICENCE | {"creator": "Nobody"}, folder=tmp_path / "corpora")
    shown += [file.read_text(encoding="utf-8") for file in place.iterdir()]
    page = write_report(texts, tmp_path / "page.html").read_text(encoding="utf-8")
    shown.append(re.sub(r"base64,[A-Za-z0-9+/=]+", "", page))  # pictures: letters of no meaning
    measured = sentences_of(texts)
    figures = [
        toolkit.plot_conversation(measured), toolkit.plot_metric(measured), toolkit.plot_word_shift(texts),
        toolkit.plot_keyness(keyness(texts, permutations=19)), toolkit.plot_tone(measured),
    ]  # fmt: skip
    shown += [str(figure._repr_mimebundle_()["text/plain"]) for figure in figures]
    shown += errors_of(path.read_text(encoding="utf-8"), tmp_path)
    assert [
        (name, said[max(0, said.lower().index(name) - 60) :][:130])
        for name in TELLTALE
        for said in shown
        if name in said.lower()
    ] == []


def errors_of(table: str, folder: Path) -> list[str]:
    """What is said of the same table where it is damaged in different ways."""
    damaged = {
        "no-header.csv": table.split("\n", 1)[1],
        "open.csv": table + '9,,"',
        "other.csv": table.replace("text", "said", 1),
        "twice.csv": table.replace("likes", "text", 1),
        "cut.json": '[{"author":"Zebulon Quagmire","text":"' + table.replace('"', "'"),
        "cut.xml": "<rss><Zebulon Quagmire>" + html.escape(table),
    }
    said = []
    for name, content in damaged.items():
        (folder / name).write_text(content, encoding="utf-8", newline="")
        got = outcome(lambda name=name: read_comments_of(folder / name))  # type: ignore[misc]
        said.append(str(got) if isinstance(got, Exception) else got.to_csv() + json.dumps(got.attrs["report"]))
    return said


def test_in_a_browser_a_page_of_markup_runs_and_fetches_nothing_and_names_nobody(page: Watched, tmp_path: Path) -> None:
    path = tmp_path / "comments.csv"
    path.write_text(planted_comments(), encoding="utf-8", newline="")
    hostile = THREADS["markup"].table["text"].iloc[0]
    texts = read_thread(
        hostile + "\n\nIt cost $5 yesterday and $10 today.\n", path, quiet=True, article_format="Markdown"
    )
    written_page = write_report(texts, tmp_path / "page.html")
    asked: list[str] = []
    page.page.on("request", lambda request: asked.append(request.url))
    page.page.on("dialog", lambda dialog: page.errors.append(dialog.message))
    page.page.goto(written_page.as_uri())
    page.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    page.page.wait_for_timeout(300)
    assert [url for url in asked if not url.startswith(("data:", written_page.as_uri()))] == []
    assert page.errors == []
    assert page.page.evaluate(
        "[window.__pwned === undefined, document.scripts.length, "
        "document.querySelectorAll('iframe,form,object,embed,base').length]"
    ) == [True, 1, 0]  # the search of the report itself
    assert (
        page.page.evaluate(
            "[...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()).filter(n => n.startsWith('on'))"
        )
        == []
    )
    seen = page.page.inner_text("body")
    assert page.page.locator("mjx-container, .MathJax, math").count() == 0
    assert "$5 yesterday and $10 today" in seen
    words = re.sub(r"base64,[A-Za-z0-9+/=]+", "", page.page.content()).lower()
    assert [name for name in TELLTALE if name in words] == []


def test_in_a_real_browser_the_outputs_of_a_hostile_notebook_run_nothing(page: Watched, tmp_path: Path) -> None:
    for at, (name, made) in enumerate(notebooks(0.0001)):
        place = tmp_path / f"{at}.html"
        place.write_text(outputs_of(made), encoding="utf-8")
        page.page.goto(place.as_uri())
        assert page.page.evaluate("window.__pwned === undefined"), name
    pages = tuple(place.as_uri() for place in tmp_path.iterdir())
    assert [url for url in page.strangers if not url.startswith(pages)] == []
