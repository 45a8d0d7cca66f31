"""read_thread: from files to one table of texts; nothing lost silently, nobody named."""

import json
import pickle
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import toolkit
from toolkit import import_summary, load_corpus, measure, read_thread, save_corpus, split_sentences, write_report
from toolkit.corpora.load import TEXT_COLUMNS

SAMPLES = Path(__file__).parents[1] / "samples"
EXPORTS = sorted(path for path in SAMPLES.iterdir() if path.is_file())
PAGES = sorted(each for each in (SAMPLES / "pages").iterdir() if each.is_file())
PLANTED = ("ilhelmina", "astellanos", "Otto", "randvold", "Ines", "uintanar", "203.0.113", "010-4477", "Planted Name")
ARTICLE = (
    "# A Bridge Too Few\n\nThe old bridge isn't safe. Nobody likes to hear that!\n\nIt costs $5 now and $10 later.\n"
)
COMMENTS = "id,name,text,likes\n1,Jane Roe,I am for it.,3\n2,Guest,@Jane Roe so am I.,\n3,Jane Roe,  ,1\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "article.md").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "comments.csv").write_text(COMMENTS, encoding="utf-8")
    return tmp_path


def named_in(*outputs: object) -> list[str]:
    shown = "\n".join(map(str, outputs))
    return [name for name in PLANTED if name in shown]


# The table


def test_an_article_and_its_comments_become_one_table(files: Path) -> None:
    texts = read_thread(files / "article.md", files / "comments.csv", quiet=True)
    assert {column: str(dtype) for column, dtype in texts.dtypes.items()} == TEXT_COLUMNS
    assert texts["text_id"].tolist() == [f"a-bridge-too-few/{name}" for name in ("article", "1", "2")]
    assert texts["kind"].tolist() == ["article", "comment", "comment"]
    assert texts["author"].tolist() == [pd.NA, "Reader 01", pd.NA]
    assert texts["text"].tolist() == [ARTICLE, "I am for it.", "@Reader 01 so am I."]
    assert texts["likes"].tolist() == [pd.NA, 3, pd.NA]


@pytest.mark.parametrize("declared", ["", ' lang="de"', ' lang="en"'])
def test_an_article_in_another_language_is_noted_whatever_its_page_declares(declared: str) -> None:
    german = "<p>Der Stadtrat hat am Dienstag beschlossen, die Zweigstelle zu schließen, weil niemand mehr kommt.</p>"
    for words, noted in (
        (german, True),
        (german.replace("Der", "The"), True),
        ("<p>The hall is open again.</p>", False),
    ):
        page = f"<html{declared}><body><article><h1>Lights</h1>{words * 3}</article></body></html>"
        assert ("The article is not in English" in import_summary(read_thread(page, quiet=True))) == noted


def test_an_article_of_a_few_words_is_not_called_foreign() -> None:
    assert read_thread("# Ada\n\nAda Lovelace.\n", quiet=True)["language"].tolist() == ["en"]


@pytest.mark.parametrize("declared", ["", ' lang="de"', ' lang="en"'])
def test_comments_in_the_language_of_the_article_are_kept_whatever_its_page_declares(declared: str) -> None:
    german = "Der Stadtrat hat am Dienstag beschlossen, die Zweigstelle zu schließen, weil niemand mehr kommt."
    page = f"<html{declared}><body><article><h1>Lights</h1>{f'<p>{german}</p>' * 3}</article></body></html>"
    texts = read_thread(page, pd.DataFrame({"author": ["Al"], "text": [german]}), quiet=True)
    assert texts["text"].tolist()[1:] == [german]


def test_what_was_left_out_is_reported_by_row_and_printed(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = read_thread(files / "article.md", files / "comments.csv")
    report = texts.attrs["report"]["comments"]
    assert (report["read"], report["kept"]) == (3, 2)
    assert report["left_out"] == [{"what": "empty", "rows": [4]}]
    out = capsys.readouterr().out
    assert "comments.csv (table with commas): 3 read, 2 kept, 1 left out." in out
    assert "Left out: empty: 1 (row 4)" in out
    assert out == import_summary(texts) + "\n"


def test_a_table_in_memory_is_read_as_one_in_a_file(files: Path) -> None:
    said = ["I am for it.", "@Jane Roe so am I.", " "]
    frame = pd.DataFrame(
        {"id": [1, 2, 3], "name": ["Jane Roe", "Guest", "Jane Roe"], "text": said, "likes": [3, None, 1]}
    )
    from_file = read_thread(files / "article.md", files / "comments.csv", quiet=True)
    pd.testing.assert_frame_equal(read_thread(ARTICLE, frame, quiet=True), from_file, check_like=True)


@pytest.mark.parametrize("export", EXPORTS, ids=lambda path: path.name)
def test_exports_name_nobody_and_are_kept(export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = read_thread(ARTICLE, export, name="own")
    one_person = ("facebook", "tiktok", "instagram", "threads", "youtube_takeout")
    own = export.stem in one_person  # three comments
    assert len(texts) == (4 if own else 5)
    assert texts["author"][1:].dropna().str.fullmatch(r"Reader \d\d").all()
    save_corpus(texts, "own", {"licence": "A test's.", "creator": "Ann Writer"}, folder=tmp_path)
    loaded = load_corpus("own", folder=tmp_path)
    pd.testing.assert_frame_equal(loaded.iloc[1:], texts.iloc[1:])
    stored = [path.read_text(encoding="utf-8") for path in (tmp_path / "own").iterdir()]
    assert named_in(texts.to_csv(), texts.attrs, capsys.readouterr().out, *stored) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_comments_in_a_page_are_offered_and_taken_only_when_asked_for(page: Path) -> None:
    without = read_thread(page, quiet=True)
    offered = without.attrs["report"]["offered"]
    assert offered > 0
    assert without["kind"].tolist() == ["article"]
    assert (
        f"The article's file also has comments ({offered}), which were not read. To read them, pass comments='page'."
        in import_summary(without)
    )
    taken = read_thread(page, "page", quiet=True)
    assert 0 < len(taken) - 1 <= offered
    assert named_in(taken.to_csv(), taken.attrs, import_summary(taken), without.to_csv(), without.attrs) == []


@pytest.mark.parametrize("how", [{"columns": {"text": "body"}}, {"format": "csv"}])
def test_columns_and_a_format_that_a_page_does_not_need_are_noted(how: dict[str, Any]) -> None:
    plain, given = (read_thread(PAGES[0], "page", quiet=True, **each) for each in ({}, how))
    assert given["text"].tolist() == plain["text"].tolist()
    (note,) = set(given.attrs["report"]["comments"]["notes"]) - set(plain.attrs["report"]["comments"]["notes"])
    assert "are for a file of comments" in note


def test_a_field_named_like_an_address_is_shown_by_number(tmp_path: Path) -> None:
    path = tmp_path / "comments.json"
    path.write_text(json.dumps([{"mia@example.org": "It is late, and we go home.", "number": 1}]), encoding="utf-8")
    with pytest.raises(ValueError, match="Found: column 1, number") as error:
        read_thread(ARTICLE, path)
    assert "mia" not in str(error.value)


def test_the_writer_of_the_article_keeps_the_name_and_the_date() -> None:
    texts = read_thread(SAMPLES / "pages" / "pasted_page.txt", "page", quiet=True)
    assert texts["author"][0] == "Ana Sample"
    assert texts["posted"][0] == pd.Timestamp("2025-03-04", tz="UTC")
    assert texts["author"].tolist()[1:] == ["Reader 01", "Reader 02"]


# The report rides with the table


def test_the_report_is_plain_and_survives_what_one_does_with_tables(files: Path) -> None:
    texts = read_thread(files / "article.md", files / "comments.csv", quiet=True)
    report = texts.attrs["report"]
    assert json.loads(json.dumps(report)) == report
    for same in (
        texts.copy(),
        texts[texts["kind"] == "comment"],
        texts.assign(x=1),
        pickle.loads(pickle.dumps(texts)),
    ):
        assert same.attrs["report"] == report
    toolkit.compare(measure(split_sentences(texts)))
    assert len(pd.concat([texts, texts])) == 6
    assert texts.merge(texts, on="text_id").shape[0] == 3


def test_a_summary_needs_a_report() -> None:
    with pytest.raises(ValueError, match="has no import report"):
        import_summary(load_corpus("library-hours"))


# Names on request, and wrong input


def test_times_and_names_are_kept_only_when_asked_for_and_with_a_warning(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="holds the names of commenters"):
        texts = read_thread(ARTICLE, SAMPLES / "table.csv", keep_authors=True, exact_times=True, quiet=True)
    assert texts["author"][1] == "Wilhelmina Castellanos"
    assert texts["text"][2] == "@Wilhelmina Castellanos I agree with you about the hours."
    assert "[e-mail]" in texts["text"][1]
    assert str(texts["posted"][1]) == "2025-03-01 10:01:00+00:00"
    assert "Do not pass this table on." in import_summary(texts)
    with pytest.raises(ValueError, match="without keep_authors") as error:
        save_corpus(texts, "own", {"licence": "x", "creator": "Somebody"}, folder=tmp_path / "corpora")
    assert named_in(error.value) == []


@pytest.mark.parametrize(
    ("article", "comments", "options", "error", "message"),
    [
        ("nowhere.html", None, {}, FileNotFoundError, "There is no file nowhere.html"),
        (ARTICLE, "nowhere.csv", {}, FileNotFoundError, "There is no file nowhere.csv"),
        (7, None, {}, TypeError, "a path or a text, not int"),
        (ARTICLE, 7, {}, TypeError, "a path, a table or 'page', not int"),
        (ARTICLE, "page", {}, ValueError, "No comments were found in the page"),
        (ARTICLE, None, {"name": "Not A Name"}, ValueError, "cannot be the name of a corpus"),
        (ARTICLE, SAMPLES / "table.csv", {"format": "xyz"}, ValueError, "format must be .*'csv'.*, not 'xyz'"),
        (ARTICLE, pd.DataFrame({"a": [1]}), {}, ValueError, "text"),
    ],
)
def test_wrong_input_is_one_error_that_names_what_was_given(
    article: Any, comments: Any, options: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message) as caught:
        read_thread(article, comments, quiet=True, **options)
    assert named_in(caught.value) == []


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.mht", "From: <Saved by Blink>\nSnapshot-Content-Location: https://a.test/", "is a saved page"),
        ("b", 'From: "Saved by Internet Explorer 11"\nSubject: Hours', "is a saved page"),
        ("c", "bplist00\0\1", "is a saved page"),
        ("e.html", "<!doctype html><html><body><p>Nobody was asked about it.</p></body></html>", "is a saved page"),
        ("d.txt", r"{\rtf1\ansi Good plan.}", "is an RTF document"),
    ],
)
def test_a_document_given_as_comments_is_named_in_the_error(
    tmp_path: Path, name: str, content: str, message: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        read_thread(ARTICLE, tmp_path / name, quiet=True)


def test_a_page_given_for_the_comments_is_read_for_those_in_it() -> None:
    texts = read_thread(ARTICLE, SAMPLES / "pages" / "news_page.html", quiet=True)
    log = texts.attrs["report"]["comments"]
    assert (log["source"], log["read"], log["kept"]) == ("news_page.html", 2, 2)
    assert [*texts["author"][1:]] == ["Reader 01", "Reader 02"]


def test_an_export_of_deleted_comments_alone_is_no_reason_to_warn(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("author,text\nMira,[deleted]\nJo,[deleted]\n", encoding="utf-8")
    log = read_thread(ARTICLE, tmp_path / "c.csv", quiet=True).attrs["report"]["comments"]
    assert (log["read"], log["kept"], len(log["left_out"])) == (2, 0, 1)


def test_an_import_that_keeps_no_comment_warns_of_it(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("author,text\nMira,[deleted]\nJo,\n", encoding="utf-8")
    with pytest.warns(UserWarning, match="no comment was kept"):
        comments = read_thread(ARTICLE, tmp_path / "c.csv", quiet=True).attrs["report"]["comments"]
    assert (comments["read"], comments["kept"]) == (2, 0)


def test_a_page_made_of_an_export_names_nobody_and_reports_what_was_left_out(tmp_path: Path) -> None:
    texts = read_thread(ARTICLE, SAMPLES / "table.csv", quiet=True)
    html = write_report(texts, tmp_path / "page.html").read_text(encoding="utf-8")
    assert named_in(html) == []
    assert "deleted" in html
    assert "Unused columns dropped: Email, IP" in html
    assert "$5 now and $10 later" in html


@pytest.mark.parametrize("name", ["table.csv", "reddit.json", "lines.jsonl", "disqus.xml"])
def test_comments_given_as_the_article_are_refused_without_showing_names(name: str) -> None:
    with pytest.raises(ValueError, match=rf"{name} looks like a table or a comment export.*Give it second"):
        read_thread(SAMPLES / name)
