"""The corpora: loaded by a safe name, unchanged since recorded, word for word, one plain table."""

import csv
import hashlib
import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from toolkit import measure, read_thread, split_sentences
from toolkit.corpora import load as corpora
from toolkit.corpora.load import TEXT_COLUMNS, corpora_folder, list_corpora, load_corpus, provenance

FEATURED, WIRE, LIBRARY = "nato-preemptive-strike", "nato-wire-report", "library-hours"
NAMES = sorted(each.name for each in corpora_folder().iterdir() if each.is_dir() and each.name[0] != ".")
HEADER = "comment_id,reply_to,author,posted,likes,text\n"
COLUMNS = ["text_id", "thread_id", "kind", "reply_to", "author", "posted", "likes", "language", "text"]


def about(name: str, folder: Path | None = None) -> dict[str, Any]:
    return tomllib.loads(((folder or corpora_folder()) / name / "about.toml").read_text(encoding="utf-8"))


@pytest.fixture
def own(tmp_path: Path) -> Any:
    """Write a small corpus `own` with the given comments.csv; returns its folder of corpora."""

    def write(comments: str | bytes, article: str = "# A title\n\nA line.\n", more: str = "") -> Path:
        content = comments if isinstance(comments, bytes) else comments.encode("utf-8")
        files = {"article.md": article.encode("utf-8"), "comments.csv": content}
        (tmp_path / "own").mkdir(exist_ok=True)
        lines = ['title = "A title"', 'creator = "Somebody"', 'licence = "free"', 'language = "en"', more]
        lines += ["composed = true", "[sha256]"]
        for file, data in files.items():
            (tmp_path / "own" / file).write_bytes(data)
            lines.append(f'"{file}" = "{hashlib.sha256(data).hexdigest()}"')
        (tmp_path / "own" / "about.toml").write_text("\n".join(lines), encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(corpora_folder(), tmp_path / "corpora")
    return tmp_path / "corpora"


# Names


@pytest.mark.parametrize(
    "name",
    [
        "../toolkit", "..", ".", "", "/etc", "a/b", "a\\b", "NATO-wire-report", "nato-wire-report\n", "nato\0wire",
        "-nato", "nato_wire", "nató", "n" * 65, "n" * 1_000_000,
    ],
)  # fmt: skip
def test_a_malformed_name_is_refused_before_any_path_is_made(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpora, "_place", lambda folder: pytest.fail("a path was made"))
    for function in (load_corpus, provenance):
        with pytest.raises(ValueError, match="cannot be the name of a corpus") as error:
            function(name)
        assert len(str(error.value)) < 500


@pytest.mark.parametrize("name", [None, 7, b"nato-wire-report", Path("nato-wire-report")])
def test_a_name_that_is_not_a_string_is_a_type_error(name: Any) -> None:
    with pytest.raises(TypeError, match=f"not {type(name).__name__}"):
        load_corpus(name)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("nato-wire-reprot", f"no corpus 'nato-wire-reprot'. Did you mean {WIRE}"),
        *((name, f"There is no corpus .*There are: .*{FEATURED}, {WIRE}") for name in ("zzz", "n" * 64)),
    ],
)
def test_a_wrong_name_is_answered_with_the_nearest_right_one_or_with_all(name: str, hint: str) -> None:
    with pytest.raises(ValueError, match=hint):
        load_corpus(name)


def test_a_missing_folder_is_named_with_the_next_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit._packaging.PACKAGE", tmp_path / "toolkit")
    with pytest.raises(FileNotFoundError, match="work inside a checkout"):
        corpora_folder()


# The table


@pytest.mark.parametrize("name", NAMES)
def test_every_corpus_loads_as_a_texts_table(name: str) -> None:
    texts = load_corpus(name)
    assert list(texts.columns) == COLUMNS
    assert {column: str(dtype) for column, dtype in texts.dtypes.items()} == TEXT_COLUMNS
    assert texts["text_id"].is_unique
    assert texts["text_id"].str.startswith(f"{name}/").all()
    assert texts["thread_id"].eq(name).all()
    assert texts["kind"].tolist() == ["article"] + ["comment"] * (len(texts) - 1)
    assert texts["reply_to"].dropna().isin(texts["text_id"]).all()
    assert texts["author"][1:].dropna().str.fullmatch(r"Reader \d{2,}").all()
    assert texts["text"].str.strip().ne("").all()
    assert texts.attrs == {}


@pytest.mark.parametrize("name", NAMES)
def test_every_corpus_has_the_recorded_files_and_cites_what_it_is(name: str) -> None:
    line, facts = provenance(name), about(name)
    assert set(facts["sha256"]) == {"article.md", "comments.csv"}
    for file, digest in facts["sha256"].items():
        content = (corpora_folder() / name / file).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest
        assert b"\r" not in content
        assert content.endswith(b"\n")
    assert line.startswith(facts["creator"])
    assert facts["title"] in line
    assert ("Composed for teaching; not a real publication." in line) == facts["composed"]
    assert facts["sha256"]["article.md"][:12] in line
    assert "\n" not in line


def test_the_list_has_one_row_per_corpus_and_none_for_an_empty_folder(tmp_path: Path) -> None:
    listed = list_corpora()
    assert list(listed.columns) == ["name", "title", "creator", "composed", "articles", "comments"]
    assert listed["name"].tolist() == NAMES
    rows = {name: counts for name, _, *counts in listed.itertuples(index=False)}
    assert rows[FEATURED] == ["Patrick Lancaster", False, 1, 2]
    assert rows[WIRE] == ["Below the Line", True, 1, 0]
    assert rows[LIBRARY] == ["Below the Line", True, 1, 60]
    listed = list_corpora(folder=tmp_path)
    assert listed.empty
    assert listed["composed"].dtype == bool


# The featured article


def test_what_the_featured_page_does_not_give_stays_missing_and_is_cited_without_a_date() -> None:
    texts = load_corpus(FEATURED)
    assert texts["author"].tolist()[0] == "Patrick Lancaster"
    assert texts.loc[1:, "author"].isna().all()
    assert texts[["posted", "likes", "reply_to"]].isna().all(axis=None)
    assert provenance(FEATURED) == (
        "Patrick Lancaster (n.d.). Breaking: NATO Preemptive Strike on Russia Could Be Defensive. What Does "
        "This Really Mean? Substack. https://patricklancasternewstoday.substack.com. "
        f"SHA-256: article.md {about(FEATURED)['sha256']['article.md'][:12]}, "
        f"comments.csv {about(FEATURED)['sha256']['comments.csv'][:12]}."
    )


# Damage


@pytest.mark.parametrize("file", ["article.md", "comments.csv"])
def test_one_changed_byte_is_an_error_that_names_both_digests(copy: Path, file: str) -> None:
    path = copy / FEATURED / file
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    with pytest.raises(ValueError, match=f"{FEATURED}/{file} is not the file") as error:
        load_corpus(FEATURED, folder=copy)
    message = str(error.value)
    assert about(FEATURED)["sha256"][file] in message
    assert hashlib.sha256(content).hexdigest() in message
    assert "git checkout" in message
    with pytest.raises(ValueError, match="is not the file"):
        list_corpora(folder=copy)


def test_a_digest_that_was_not_recorded_is_given_and_a_missing_file_named(copy: Path) -> None:
    path = copy / WIRE / "about.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index('"comments.csv"')], encoding="utf-8")
    with pytest.raises(ValueError, match="expected: none") as error:
        load_corpus(WIRE, folder=copy)
    assert f'"comments.csv" = "{about(WIRE)["sha256"]["comments.csv"]}"' in str(error.value)
    (copy / WIRE / "comments.csv").unlink()
    with pytest.raises(FileNotFoundError, match=f"{WIRE}/comments.csv is missing"):
        load_corpus(WIRE, folder=copy)


@pytest.mark.parametrize("key", ["title", "creator", "licence", "composed", "language"])
def test_a_key_missing_from_about_is_named(own: Any, key: str) -> None:
    folder = own(HEADER)
    path = folder / "own" / "about.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line for line in lines if not line.startswith(key)), encoding="utf-8")
    with pytest.raises(ValueError, match=f"own/about.toml needs {key}"):
        load_corpus("own", folder=folder)


@pytest.mark.parametrize("line", ["title = ", f"deep = {'[' * 5_000}{']' * 5_000}"])
def test_an_about_that_is_not_toml_is_named(own: Any, line: str) -> None:
    folder = own(HEADER, more=line)
    for function in (provenance, load_corpus):
        with pytest.raises(ValueError, match=r"own/about\.toml is not TOML"):
            function("own", folder=folder)


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ("a,,,,,one\nb,,,,,two\na,,,,,three\n", "comment_id occurs more than once: row 2, 4"),
        ("a,,,,,one\nb,zz,,,,two\n", "reply_to is not a comment_id in this file: row 3"),
        ("a,b,,,,one\nb,a,,,,two\nc,,,,,three\n", "reply_to never leads back to the article: row 2, 3"),
        ("a,a,,,,one\n", "reply_to never leads back to the article: row 2"),
        (",,,,,one\n", "comment_id must be .*: row 2"), ("article,,,,,one\n", "comment_id must be .*: row 2"),
        ("../a,,,,,one\n", "comment_id must be .*: row 2"),
        ("a,,,yesterday,,one\n", "posted is not an ISO 8601 date: row 2"),
        ("a,,,,1.5,one\n", "likes is not a whole number: row 2"), ("a,,,,,one\nb,,,,,  \n", "text is empty: row 3"),
        ("a,,,,,one\nb,,x\n", "text is empty: row 3"), ("a,,,,,one,more\n", "not a comma-separated table"),
        ('a,,,,,"one\n', "not a comma-separated table"),
        ("".join(f"a,,,,,{number}\n" for number in range(12)), "row 2, .*, 11 and 2 more"),
    ],
)  # fmt: skip
def test_a_faulty_table_of_comments_is_reported_with_its_rows(own: Any, rows: str, fault: str) -> None:
    with pytest.raises(ValueError, match=f"own/comments.csv.*{fault}"):
        load_corpus("own", folder=own(HEADER + rows))


@pytest.mark.parametrize(
    ("content", "fault"),
    [("", "is not a comma-separated table"), ((HEADER + "a,,,,,café\n").encode("cp1252"), "is not UTF-8"),
     *((each, "needs the header") for each in ("id,text\n", "id\na,b\n", HEADER.upper(), HEADER.replace(",", ";")))],
)  # fmt: skip
def test_a_table_of_comments_with_another_header_or_encoding_is_refused(own: Any, content: str, fault: str) -> None:
    with pytest.raises(ValueError, match=rf"own/comments\.csv {fault}"):
        load_corpus("own", folder=own(content))


# Cells


@pytest.mark.parametrize(
    "text", ["NA", "null", "007", "1e5", " spaced ", "two\nlines, a comma", 'she said "no"', "=1+1", "🕯", "nan"]
)
def test_a_comment_keeps_its_words_exactly(own: Any, tmp_path: Path, text: str) -> None:
    with (tmp_path / "rows.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(["007", "", "", "", "", text])
    texts = load_corpus("own", folder=own(HEADER + (tmp_path / "rows.csv").read_bytes().decode("utf-8")))
    assert texts["text"].tolist() == ["# A title\n\nA line.\n", text]
    assert texts["text_id"].tolist() == ["own/article", "own/007"]


def test_line_ends_of_either_kind_are_read(own: Any) -> None:
    rows = HEADER + "a,,,,,one\nb,a,,,,two\n"
    assert load_corpus("own", folder=own(rows.replace("\n", "\r\n")))["text"].tolist()[1:] == ["one", "two"]


def test_commenters_become_pseudonyms_in_order_of_appearance_and_pseudonyms_stay(own: Any) -> None:
    authors = ["Jane Roe", "Reader 02", "", "John Doe", "Jane Roe ", "Reader 1"]
    rows = "".join(f"c{number},,{author},,,text\n" for number, author in enumerate(authors))
    found = load_corpus("own", folder=own(HEADER + rows))["author"].tolist()
    assert found == ["Somebody", "Reader 01", "Reader 02", pd.NA, "Reader 03", "Reader 01", "Reader 04"]


@pytest.mark.parametrize("is_corpus", [True, False])
def test_mathjax_leaves_the_dollars_of_tables_of_texts_alone(own: Any, is_corpus: bool) -> None:
    folder = own(HEADER + "a,,,,,It was $7 and $8.\n")
    (folder / "c.csv").write_text("id,author,text\n1,Ann,It cost $5 or $6.\n", encoding="utf-8")
    with pd.option_context("display.html.use_mathjax", True):
        read = (
            load_corpus("own", folder=folder) if is_corpus else read_thread("# A\n\n$1.", folder / "c.csv", quiet=True)
        )
        for table in (read, split_sentences(read), measure(read, ["words"])):
            assert re.search("tex2jax_ignore|mathjax_ignore", table.to_html(notebook=True))


def test_times_are_read_as_utc_and_likes_as_whole_numbers(own: Any) -> None:
    rows = "a,,,2025-11-30T10:00:00+02:00,9007199254740993,x\nb,a,,2025-11-30 09:00,-2,y\n"
    texts = load_corpus("own", folder=own(HEADER + rows, more='published = "2025-11-29"'))
    moments = ["2025-11-29T00:00Z", "2025-11-30T08:00Z", "2025-11-30T09:00Z"]
    assert texts["posted"].tolist() == [pd.Timestamp(moment) for moment in moments]
    assert texts["likes"].tolist() == [pd.NA, 9007199254740993, -2]
    assert texts["reply_to"].tolist() == [pd.NA, pd.NA, "own/a"]


def test_a_thread_ten_thousand_deep_is_read(own: Any) -> None:
    rows = ["c0,,,,,x\n", *(f"c{number},c{number - 1},,,,x\n" for number in range(1, 10_000))]
    assert len(load_corpus("own", folder=own(HEADER + "".join(rows)))) == 10_001


def test_a_citation_has_the_year_the_publisher_the_address_and_the_day_of_retrieval(own: Any) -> None:
    more = 'published = "2025-11-29"\npublisher = "The Paper"\nurl = "https://example.org/a"\n'
    line = provenance("own", folder=own(HEADER, more=more + 'retrieved = "2025-12-02"'))
    assert line.startswith(
        "Somebody (2025). A title. The Paper. https://example.org/a. Retrieved 2025-12-02. "
        "Composed for teaching; not a real publication. SHA-256: article.md "
    )


@pytest.mark.parametrize("line", ['likes = "many"', "likes = 1.5", "likes = true", "likes = 99999999999999999999"])
def test_likes_of_an_article_are_a_whole_number(own: Any, line: str) -> None:
    folder = own(HEADER, more=line)
    with pytest.raises(ValueError, match=r"own/about.toml: likes must be a whole number, not"):
        load_corpus("own", folder=folder)
