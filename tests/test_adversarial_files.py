"""Every nasty file, name and table through all that reads, draws, compares and stores: a value or a documented error.

The ordinary run takes the corpus at a hundredth of its size; ``-m full`` takes it whole and holds the bounds on time
and memory.
"""

from __future__ import annotations

import html
import json
import math
import re
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lxml.html
import nbformat
import pandas as pd
import pytest
from adversarial_articles import article_files, notebooks, planted_comments
from adversarial_files import TOLD_BY, File, Thread, archive_files, comment_files
from adversarial_threads import bridge, names, threads
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.pandas import column, data_frames, range_indexes

import toolkit
from toolkit import (
    compare,
    compare_threads,
    keyness,
    load_corpus,
    measure,
    measure_files,
    place_comments,
    read_thread,
    robustness,
    save_corpus,
    show,
    split_sentences,
    summarise_threads,
    word_shift,
    write_report,
)
from toolkit.corpora import TEXT_COLUMNS
from toolkit.importers import import_summary
from toolkit.pages import page_of

if TYPE_CHECKING:
    from conftest import Watched

SMALL = 0.01
DOCUMENTED = (ValueError, TypeError, FileNotFoundError, ImportError)
LONGEST_MESSAGE = 2_000  # characters: an error that prints a file is none that helps
# CPU time of reading at full scale: 2 seconds a case, and for each row (or twenty bytes of a long text) so much more.
# Measured on two cores of a server: 12 to 18 microseconds a row.
SECONDS_A_CASE, SECONDS_A_ROW = 2.0, 30e-6
PHASES = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)  # to explain a failure takes minutes here
HANGS_AFTER = 20.0  # seconds of CPU time, of a small case
ARTICLE = "# The bridge\n\nThe bridge is bad. We want a new one.\n"
LICENCE = {"licence": "A test's.", "title": "T", "creator": "Somebody", "language": "en"}


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting for the disk is right, and slow."""
    monkeypatch.setattr("os.fsync", lambda handle: None)


def outcome(work: Callable[[], Any]) -> Any:
    """What comes of it: a value, or the error, if it is one of those that are documented, and says something."""
    try:
        return work()
    except DOCUMENTED as error:
        documented = error
    raised_in = Path(traceback.extract_tb(documented.__traceback__)[-1].filename)
    ours = Path(toolkit.__file__).parent in raised_in.parents
    assert ours, f"{documented!r} is what a library says, no error of ours"
    assert type(documented) in DOCUMENTED, repr(documented)
    assert 10 < len(str(documented)) < LONGEST_MESSAGE, str(documented)[:200]
    return documented


def written(file: File, folder: Path) -> Path:
    path = folder / f"file{file.ending}"
    path.write_bytes(file.content())
    return path


def cases_of(files: Callable[[float], Iterator[File]]) -> list[Any]:
    return [pytest.param(file, id=file.name) for file in files(SMALL)]


def check(file: File, got: Any, found: int) -> None:
    """Hold what came of a file against what must come of it."""
    if isinstance(got, Exception):
        assert file.texts in (None, -1), str(got)
        assert file.says in str(got)
    else:
        assert file.texts in (found, -1), f"{found} texts"


# ---- files


def read_comments_of(path: Path) -> pd.DataFrame:
    return read_thread(ARTICLE, path, quiet=True)


@pytest.mark.parametrize("file", cases_of(comment_files))
def test_a_file_of_comments_is_read_or_refused_with_one_documented_error(file: File, tmp_path: Path) -> None:
    path = written(file, tmp_path)
    start = time.process_time()
    got = outcome(lambda: read_comments_of(path))
    assert time.process_time() - start < HANGS_AFTER
    check(file, got, -1 if isinstance(got, Exception) else len(got) - 1)
    if not isinstance(got, Exception):
        check_read(got)


def check_read(texts: pd.DataFrame) -> None:
    """A table that was read keeps the promises of the house, and its ledger counts each row once."""
    assert texts.dtypes.astype(str).to_dict() == dict(TEXT_COLUMNS)
    assert texts["text_id"].is_unique
    assert set(texts["reply_to"].dropna()) <= set(texts["text_id"])
    assert all(texts["text"].str.strip())
    told = texts.attrs["report"]["comments"]
    if told:
        assert told["read"] == told["kept"] + sum(len(each["rows"]) for each in told["left_out"])
    assert import_summary(texts)
    json.dumps(texts.attrs["report"], allow_nan=False).encode("utf-8")


@pytest.mark.parametrize("file", cases_of(article_files))
def test_a_file_of_an_article_is_read_or_refused_with_one_documented_error(file: File, tmp_path: Path) -> None:
    path = written(file, tmp_path)
    start = time.process_time()
    got = outcome(lambda: read_thread(path, quiet=True))
    assert time.process_time() - start < HANGS_AFTER
    check(file, got, -1 if isinstance(got, Exception) else len(got))
    if not isinstance(got, Exception):
        check_read(got)
        offered = got.attrs["report"]["offered"]
        taken = outcome(lambda: read_thread(path, "page", quiet=True))
        assert isinstance(taken, Exception) == (not offered)


@pytest.mark.parametrize("file", cases_of(archive_files))
def test_an_archive_is_measured_row_by_row_or_refused(file: File, tmp_path: Path) -> None:
    path = written(file, tmp_path)
    got = outcome(lambda: measure_files(path, tmp_path / "out", metrics=["words", "sentiment"]))
    check(file, got, -1 if isinstance(got, Exception) else int(got["texts"].sum()))
    if not isinstance(got, Exception):
        assert (got["rows"] == got["texts"] + got["rejects"]).all()


@pytest.mark.parametrize("name", names(), ids=ascii)
def test_an_untrusted_name_reaches_no_file_and_makes_none(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    is_text = "\n" in name or name.startswith("<")  # several lines, or markup: the article itself, as documented
    assert isinstance(outcome(lambda: read_thread(name, quiet=True)), Exception) != is_text
    for work in (
        lambda: read_thread(ARTICLE, name, quiet=True),
        lambda: load_corpus(name),
        lambda: measure_files(name, tmp_path / "out"),
    ):
        assert isinstance(outcome(work), Exception), name
    got = outcome(lambda: save_corpus(bridge("a"), name, LICENCE, folder=tmp_path / "corpora"))
    assert isinstance(got, Exception) != (name in ("page", "nul"))
    allowed_file = {"about.toml", "article.md", "comments.csv"} if isinstance(got, Path) else set()
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == allowed_file


@pytest.mark.skipif(sys.platform == "win32", reason="files of this kind are Unix's")
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/proc/self/mem", "/proc/self/environ", "/"])
def test_what_is_no_ordinary_file_is_not_read(device: str) -> None:
    for work in (lambda: read_thread(device, quiet=True), lambda: read_thread(ARTICLE, device, quiet=True)):
        got = outcome(work)
        if device != "/proc/self/environ":
            assert isinstance(got, Exception)


ENDINGS = [".csv", ".tsv", ".json", ".jsonl", ".xml", ".xlsx", ".html", ".md", ".txt", ".docx", ".pdf", ".csv.gz"]
BEGINNINGS = [
    b"",
    b"id,text\n1,",
    b"[{",
    b'{"text":"a"}\n{',
    b"<rss>",
    b"<!doctype html><p>",
    b"PK\x03\x04",
    b"%PDF-1.4\n",
    b"\x1f\x8b\x08",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"# T\n\n",
    b"---\n",
    b'<script type="application/ld+json">',
]


@settings(
    phases=PHASES, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=150
)
@given(
    ending=st.sampled_from(ENDINGS),
    start=st.sampled_from(BEGINNINGS),
    rest=st.binary(max_size=200) | st.text(max_size=99).map(lambda text: text.encode("utf-8", "surrogatepass")),
)
def test_whatever_bytes_a_file_holds_readers_raise_only_documented_errors(
    ending: str, start: bytes, rest: bytes, tmp_path: Path
) -> None:
    path = tmp_path / f"file{ending}"
    path.write_bytes(start + rest)
    for work in (lambda: read_thread(path, quiet=True), lambda: read_comments_of(path)):
        got = outcome(work)
        if isinstance(got, pd.DataFrame):
            check_read(got)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=9)
    | st.sampled_from(["t1", "more", "Listing", "war"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "id text body comments replies children data kind items snippet hits objectID story_id author_name "
                "content cid votes type topLevelComment reactions ancestor_path created_at_i author date likes "
                "title parent_id name rendered status".split()
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=12,
)


@settings(
    phases=PHASES, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=120
)
@given(document=json_values)
def test_whatever_json_a_file_holds_it_is_read_or_refused(document: Any, tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    got = outcome(lambda: read_comments_of(path))
    if isinstance(got, pd.DataFrame):
        check_read(got)


# ---- tables of texts


LIVE = (
    "//script | //iframe | //object | //embed | //form | //a | //*[@*[starts-with(name(), 'on')]]"
    " | //img[not(starts-with(@src, 'data:image/'))]"
)
"""Elements that a text of somebody else could do something with, if its markup were left alive."""


def drawn(figure: Any) -> None:
    """A figure can be shown, drawn and told in words; its HTML holds no markup of a text."""
    bundle = figure._repr_mimebundle_()
    assert bundle["text/plain"].strip()
    bundle["text/plain"].encode("utf-8")
    page = lxml.html.document_fromstring(bundle["text/html"])
    assert page.xpath(LIVE) == [], bundle["text/html"]


MEASURED: dict[int, tuple[pd.DataFrame, Any]] = {}


def sentences_of(texts: pd.DataFrame) -> pd.DataFrame:
    """The sentences of a table, measured once for all looks at it."""
    if id(texts) not in MEASURED:
        MEASURED[id(texts)] = (
            texts,
            measure(split_sentences(texts), ["sentiment", "words_per_sentence", "emoji_density"]),
        )
    return MEASURED[id(texts)][1]


def per_thread(compared: pd.DataFrame) -> None:
    summarise_threads(compared)
    drawn(toolkit.plot_threads(compared))


LOOKS: dict[str, Callable[[pd.DataFrame], Any]] = {
    "place_comments": place_comments,
    "compare": lambda texts: compare(sentences_of(texts), metrics=["sentiment"]),
    "word_shift": word_shift,
    "plot_structure": lambda texts: drawn(toolkit.plot_structure(texts)),
    "plot_tone": lambda texts: drawn(toolkit.plot_tone(sentences_of(texts))),
    "plot_metric": lambda texts: drawn(toolkit.plot_metric(sentences_of(texts))),
    "plot_comparison": lambda texts: drawn(
        toolkit.plot_comparison(compare(sentences_of(texts), metrics=["sentiment"]))
    ),
    "plot_conversation": lambda texts: drawn(toolkit.plot_conversation(sentences_of(texts))),
    "plot_threads": lambda texts: per_thread(compare_threads(sentences_of(texts))),
    "plot_word_shift": lambda texts: drawn(toolkit.plot_word_shift(texts)),
    "plot_keyness": lambda texts: drawn(toolkit.plot_keyness(keyness(texts, permutations=19))),
    "plot_robustness": lambda texts: drawn(toolkit.plot_robustness(robustness(texts))),
    "voice_agreement": toolkit.voice_agreement,
}
IN_REPORT = ("plot_structure", "plot_tone", "plot_comparison", "plot_word_shift")
SMALL_THREADS = [pytest.param(each, id=each.name) for each in threads(SMALL)]


def tried() -> Iterator[Any]:
    """Each table with each look; every other pair is left to the long checks, each look's and each table's half."""
    for at, thread in enumerate(threads(SMALL)):
        for turn, look in enumerate(LOOKS):
            if look not in IN_REPORT or thread.table["kind"].eq("article").sum() != 1:
                later = [pytest.mark.full] * ((at + turn) % 2)
                yield pytest.param(thread, look, id=f"{thread.name}-{look}", marks=later)


@pytest.mark.parametrize(("thread", "look"), list(tried()))
def test_a_table_of_texts_ends_in_a_table_a_figure_or_a_documented_error(thread: Thread, look: str) -> None:
    before = thread.table.copy(deep=True)
    got = outcome(lambda: LOOKS[look](thread.table))
    pd.testing.assert_frame_equal(thread.table, before)
    if look == "place_comments":
        assert len(got) == len(before)
        assert got["depth"].dropna().ge(1).all()


@pytest.mark.parametrize("thread", SMALL_THREADS)
def test_a_report_is_a_page_or_a_documented_error(thread: Thread, tmp_path: Path) -> None:
    got = outcome(lambda: write_report(thread.table, tmp_path / "page.html"))
    if isinstance(got, Exception):
        assert thread.table["kind"].eq("article").sum() != 1, str(got)
        return
    page = got.read_text(encoding="utf-8")
    assert len(page.encode("utf-8")) < 2_000_000
    assert "<script" not in page.lower()
    assert "<img src=x" not in page


@pytest.mark.parametrize("thread", SMALL_THREADS)
def test_a_corpus_comes_back_as_it_was_saved_or_is_refused(thread: Thread, tmp_path: Path) -> None:
    about = LICENCE | {"creator": thread.table["author"].iloc[0] if len(thread.table) and thread.stored else "Somebody"}
    about |= {"language": thread.table["language"].iloc[0]} if thread.stored else {}
    got = outcome(lambda: save_corpus(thread.table, "own", about, folder=tmp_path))
    assert isinstance(got, Path) or not thread.stored, str(got)
    if isinstance(got, Exception):
        assert not list(tmp_path.iterdir())
        return
    back, saved = load_corpus("own", folder=tmp_path), thread.table.reset_index(drop=True)
    if saved["author"].isna().iloc[0]:
        saved.loc[0, "author"] = about["creator"]  # told by `about` alone
    for name in ("kind", "author", "posted", "likes", "language", "text"):
        assert back[name].equals(saved[name]), name


def test_every_public_figure_was_tried() -> None:
    assert {name for name in toolkit.__all__ if name.startswith("plot_")} <= set(LOOKS)


@pytest.mark.parametrize("name", ["markup", "a thread called after markup"])
def test_a_figure_of_hostile_texts_is_shown_with_its_words_and_no_markup(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    figure = toolkit.plot_structure(next(thread for thread in threads(SMALL) if thread.name == name).table)
    drawn(figure)
    show(figure)
    assert figure.alt_text in capsys.readouterr().out


@pytest.mark.parametrize("explain", [toolkit.explain_sentiment, toolkit.explain_readability, toolkit.tone_by_voice])
def test_texts_can_be_explained(explain: Callable[[str], Any]) -> None:
    from adversarial import cases

    for case in list(cases(SMALL / 10))[::4]:
        got = outcome(lambda case=case: explain(case.text))  # type: ignore[misc]
        assert isinstance(got, pd.DataFrame), case.name


# ---- any table with the right columns

lines = st.sampled_from(
    ["", "a", "war", "The bridge is bad.", "$5 and $10", "# T", "\U0001f525", "=1+1", "\r", "<b>x", "NA"]
) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
some_id = st.sampled_from([None, "own/article", "own/c1", "own/c2", "c3", "", "a/b/c", "\U0001f525", "=1"])
moments = st.none() | st.datetimes().map(lambda moment: moment.isoformat())
table_rows = st.fixed_dictionaries(
    {
        "text_id": some_id,
        "thread_id": st.sampled_from([None, "own", "two", "<b>"]),
        "kind": st.sampled_from([None, "article", "comment", "x"]),
        "reply_to": some_id,
        "author": st.none() | lines,
        "posted": moments,
        "likes": st.none() | st.integers(-(2**63), 2**63 - 1),
        "language": st.sampled_from([None, "en", "de", "xx"]),
        "text": st.none() | lines,
    }
)


def texts_of(rows: list[dict[str, Any]]) -> pd.DataFrame:
    cells = {name: [row[name] for row in rows] for name in TEXT_COLUMNS}
    cells["likes"] = pd.array(cells["likes"], dtype="Int64")  # type: ignore[assignment]
    cells["posted"] = pd.to_datetime(  # type: ignore[assignment]
        pd.Series(cells["posted"], dtype="string"), utc=True, format="ISO8601"
    ).astype("datetime64[us, UTC]")
    return pd.DataFrame(cells).astype(TEXT_COLUMNS)


@settings(phases=PHASES, suppress_health_check=[HealthCheck.too_slow], max_examples=8)
@given(rows=st.lists(table_rows, max_size=6))
def test_whatever_a_table_holds_it_is_measured_and_placed_and_else_refused(rows: list[dict[str, Any]]) -> None:
    texts = texts_of(rows)
    assert len(place_comments(texts)) == len(texts)
    measured = measure(texts, ["sentiment", "words"])
    assert len(measured) == len(texts)
    both = {"article", "comment"} <= set(texts["kind"].dropna())
    compared = outcome(lambda: compare(measured, metrics=["sentiment", "words"]))
    assert isinstance(compared, pd.DataFrame) == both
    for draw in (toolkit.plot_tone, toolkit.plot_metric, toolkit.plot_conversation, toolkit.plot_structure):
        outcome(lambda draw=draw: drawn(draw(measured)))  # type: ignore[misc]
    if both:
        drawn(toolkit.plot_comparison(compared))


@settings(
    phases=PHASES, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=40
)
@given(rows=st.lists(table_rows, max_size=4), fit=st.booleans())
def test_whatever_a_table_holds_it_comes_back_from_a_corpus_or_is_refused(
    rows: list[dict[str, Any]], fit: bool, tmp_path: Path
) -> None:
    if fit:  # nearly a corpus, so that what is refused is one cell and not the table
        same = {"thread_id": "own", "language": "en", "reply_to": None}
        rows = [
            row
            | same
            | {
                "kind": "comment" if at else "article",
                "text_id": f"own/{at or 'article'}",
                "author": f"Reader {at + 1:02d}",
            }
            for at, row in enumerate(rows)
        ]
    texts = texts_of(rows)
    about = LICENCE | {"creator": "Reader 01"}
    got = outcome(lambda: save_corpus(texts, "own", about, folder=tmp_path, replace=True))
    if isinstance(got, Path):
        back = load_corpus("own", folder=tmp_path)
        assert back["text"].tolist() == texts["text"].tolist()
        assert back["likes"].equals(texts["likes"])


@settings(phases=PHASES, max_examples=15)
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
def test_whatever_numbers_a_measured_table_holds_comparing_ends_in_a_share_or_none(table: pd.DataFrame) -> None:
    got = outcome(lambda: compare(table, metrics=["sentiment"]))
    if isinstance(got, pd.DataFrame):
        share = float(got["share_higher"].iloc[0])
        assert math.isnan(share) or 0 <= share <= 1
        drawn(toolkit.plot_comparison(got))


# ---- pages and people


@pytest.mark.parametrize(("name", "made"), [pytest.param(*each, id=each[0]) for each in notebooks(SMALL)])
def test_a_notebook_with_hostile_outputs_becomes_a_page_without_scripts(name: str, made: dict[str, Any]) -> None:
    start = time.process_time()
    page = page_of(nbformat.from_dict(made), name)
    assert "<script" not in page.lower()
    assert "default-src 'none'" in page
    assert time.process_time() - start < 4.0


def test_planted_people_are_in_no_table_ledger_corpus_page_figure_or_error(tmp_path: Path) -> None:
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
        toolkit.plot_conversation(measured),
        toolkit.plot_metric(measured),
        toolkit.plot_word_shift(texts),
        toolkit.plot_keyness(keyness(texts, permutations=19)),
        toolkit.plot_tone(measured),
    ]
    shown += [str(figure._repr_mimebundle_()["text/plain"]) for figure in figures]
    shown += errors_of(path.read_text(encoding="utf-8"), tmp_path)
    assert [
        (told, said[max(0, said.lower().index(told) - 60) :][:130])
        for told in TOLD_BY
        for said in shown
        if told in said.lower()
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


@pytest.mark.browser
def test_in_a_real_browser_a_page_of_all_markup_runs_nothing_asks_for_nothing_and_names_nobody(
    page: Watched, tmp_path: Path
) -> None:
    path = tmp_path / "comments.csv"
    path.write_text(planted_comments(), encoding="utf-8", newline="")
    hostile = next(thread for thread in threads(SMALL) if thread.name == "markup").table["text"].iloc[0]
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
    ) == [True, 0, 0]
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
    assert [told for told in TOLD_BY if told in words] == []


@pytest.mark.browser
def test_in_a_real_browser_a_page_of_a_hostile_notebook_runs_nothing(page: Watched, tmp_path: Path) -> None:
    blocked: list[str] = []
    page.page.on("requestfailed", lambda request: blocked.append(request.url) if request.failure == "csp" else None)
    for at, (name, made) in enumerate(notebooks(0.0001)):
        place = tmp_path / f"{at}.html"
        place.write_bytes(page_of(nbformat.from_dict(made), name).encode("utf-8", "replace"))
        page.page.goto(place.as_uri())
        assert page.page.evaluate("window.__pwned === undefined"), name
    pages = tuple(place.as_uri() for place in tmp_path.iterdir())
    assert [url for url in page.strangers if not url.startswith(pages) and url not in blocked] == []


# ---- the corpus at full size


def allowed(file: File) -> float:
    return SECONDS_A_CASE + SECONDS_A_ROW * file.rows


def slow(files: Callable[[float], Iterator[File]], read: Callable[[Path], Any], folder: Path) -> dict[str, float]:
    took = {}
    for file in files(1.0):
        path = written(file, folder)
        start = time.process_time()
        outcome(lambda path=path: read(path))  # type: ignore[misc]
        spent = time.process_time() - start
        if spent > allowed(file):
            took[file.name] = round(spent, 1)
        path.unlink()
    return took


@pytest.mark.full
def test_comments_of_full_size_are_read_in_two_seconds_and_thirty_microseconds_a_row(tmp_path: Path) -> None:
    assert slow(comment_files, read_comments_of, tmp_path) == {}


@pytest.mark.full
def test_articles_of_full_size_are_read_in_two_seconds_and_thirty_microseconds_a_row(tmp_path: Path) -> None:
    assert slow(article_files, lambda path: read_thread(path, quiet=True), tmp_path) == {}


@pytest.mark.full
@pytest.mark.parametrize("name", ["replies in a chain", "a long thread", "blocks without end", "words without end"])
def test_threads_of_full_size_are_placed_and_reported_or_refused_in_time(name: str, tmp_path: Path) -> None:
    table = next(thread for thread in threads(1.0) if thread.name == name).table
    start = time.process_time()
    place_comments(table)
    assert time.process_time() - start < SECONDS_A_CASE
    start = time.process_time()
    outcome(lambda: save_corpus(table, "own", LICENCE, folder=tmp_path))
    assert time.process_time() - start < SECONDS_A_CASE + SECONDS_A_ROW * len(table)


MEMORY = """
import pathlib, re, resource, sys
sys.path.insert(0, sys.argv[1])
from toolkit import read_thread

def peak():
    told = pathlib.Path("/proc/self/status")  # what getrusage tells may be that of the process that started this one
    if told.exists():
        return 1024 * int(re.search(r"VmHWM:\\s+(\\d+)", told.read_text())[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)

article, path = "# T\\n\\nThe bridge is bad.\\n", pathlib.Path(sys.argv[2])
comments = path.with_name("little.csv")
comments.write_text("id,text\\n1,war is bad\\n")
read_thread(article, comments, quiet=True)
page = path.with_name("little.html")
page.write_text("<html><body><article><p>The bridge is bad and we want a new one.</p></article></body></html>")
read_thread(page, quiet=True)
before = peak()
try:
    read_thread(path, quiet=True) if sys.argv[3] == "article" else read_thread(article, path, quiet=True)
except ValueError:
    pass
print(peak() - before)
"""
BASIC_MEMORY = 300_000_000  # bytes at the peak, and for each byte of the file, unpacked up to its bound, so many more:
BYTES_A_BYTE = {
    ("comments", "many rows"): 20,
    ("comments", "many tiny comments"): 20,
    ("comments", "a long cell"): 40,
    ("comments", "many objects without text"): 40,
    ("comments", "WordPress, many"): 20,
    ("comments", "many rows of a sheet"): 100,
    ("comments", "a row far away"): 0,
    ("comments", "lists in lists"): 20,
    ("article", "many paragraphs"): 100,
    ("article", "a page of ten million letters"): 20,
    ("article", "a line of an article, long"): 20,
    ("article", "a document of many paragraphs"): 1000,
}
UNPACKED = {
    ("comments", "packed, and much"): 500_000_000,
    ("article", "an article that unpacks to very much"): 40_000_000,
}
"""What is unpacked of an archive, before it is refused: the bound of a file of comments, and that of an article."""


@pytest.mark.full
@pytest.mark.skipif(sys.platform == "win32", reason="the peak of memory is asked of a Unix system")
@pytest.mark.parametrize("key", [*BYTES_A_BYTE, *UNPACKED], ids=": ".join)
def test_memory_at_the_peak_stays_within_a_multiple_of_the_file(key: tuple[str, str], tmp_path: Path) -> None:
    what, name = key
    files = comment_files if what == "comments" else article_files
    path = written(next(file for file in files(1.0) if file.name == name), tmp_path)
    command = [sys.executable, "-c", MEMORY, str(Path(__file__).parents[1]), str(path), what]
    told = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    more = UNPACKED[key] if key in UNPACKED else BYTES_A_BYTE[key] * path.stat().st_size
    assert int(told.stdout) <= BASIC_MEMORY + more, f"{int(told.stdout):,} bytes for a file of {path.stat().st_size:,}"
