"""save_corpus: the same table back, written whole or not at all; formula-like cells guarded, and freed on loading."""

import csv
import os
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from helpers.synthetic_threads import thread_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit import list_corpora, load_corpus, save_corpus
from toolkit._files import locked
from toolkit.corpora.load import TEXT_COLUMNS

LICENCE = {"licence": "Written for a test.", "creator": "Somebody"}
NAMES = list_corpora()["name"].tolist()
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'=1", "''@x", "'''", "'tis", "'-", "-", "="]
pytestmark = pytest.mark.usefixtures("quick_disk")


def about(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "own" / "about.toml").read_text(encoding="utf-8"))


# The way there and back


@pytest.mark.parametrize("name", NAMES)
def test_every_corpus_can_be_saved_and_is_the_same_table_again(name: str, tmp_path: Path) -> None:
    texts = load_corpus(name)
    assert save_corpus(texts, name, {"licence": "A test's."}, folder=tmp_path) == tmp_path / name
    pd.testing.assert_frame_equal(load_corpus(name, folder=tmp_path), texts)


hostile = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(lambda text: text.strip())
beginnings = st.sampled_from([*FORMULAS, "", "", '"', "\ufeff", "\0", "\r\n", "\x1a", "NA", "007", "<!-- promo -->\n"])
words = st.builds(lambda start, rest: start + rest, beginnings, hostile)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(article=words, comments=st.lists(words, max_size=5), note=st.text(st.characters(exclude_categories=["Cs"])))
def test_any_texts_come_back_unchanged(tmp_path: Path, article: str, comments: list[str], note: str) -> None:
    texts = thread_of(*comments, article=article)
    save_corpus(texts, "own", LICENCE | {"title": "T", "notes": note}, folder=tmp_path, replace=True)
    pd.testing.assert_frame_equal(load_corpus("own", folder=tmp_path), texts)
    assert about(tmp_path)["notes"] == note


def test_dates_likes_and_replies_come_back_to_the_last_digit(tmp_path: Path) -> None:
    texts = thread_of("a", "b")
    texts["posted"] = pd.to_datetime(
        ["2025-11-29", "2025-11-29T10:00:00.000001Z", ""], utc=True, format="ISO8601"
    ).astype("datetime64[us, UTC]")
    texts["likes"] = pd.array([7, 999_999_999_999_999_999, -3], dtype="Int64")
    texts.loc[2, "reply_to"] = "own/c0"
    save_corpus(texts, "own", LICENCE, folder=tmp_path)
    pd.testing.assert_frame_equal(load_corpus("own", folder=tmp_path), texts)
    assert about(tmp_path)["published"] == "2025-11-29"


def test_under_another_name_only_the_names_of_thread_and_texts_are_others(tmp_path: Path) -> None:
    texts = load_corpus("library-hours")
    save_corpus(texts, "other-name", {"licence": "A test's."}, folder=tmp_path)
    renamed = texts.assign(thread_id=texts["thread_id"].str.replace("library-hours", "other-name")).assign(
        **{key: texts[key].str.replace("library-hours/", "other-name/") for key in ("text_id", "reply_to")}
    )
    pd.testing.assert_frame_equal(load_corpus("other-name", folder=tmp_path), renamed.astype(TEXT_COLUMNS))


def test_no_cell_of_the_file_begins_like_a_formula(tmp_path: Path) -> None:
    save_corpus(thread_of(*(text + "x" for text in FORMULAS)), "own", LICENCE, folder=tmp_path)
    with (tmp_path / "own" / "comments.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r") and cell]


def test_about_contains_given_values_and_those_of_the_article(tmp_path: Path) -> None:
    given_facts = LICENCE | {"url": "https://example.org/a", "composed": True, "retrieved": "2025-12-02"}
    save_corpus(thread_of("a"), "own", given_facts, folder=tmp_path)
    facts = about(tmp_path)
    assert facts | given_facts == facts
    assert (facts["title"], facts["language"], facts["published"]) == ("A title", "en", "")
    assert set(facts["sha256"]) == {"article.md", "comments.csv"}


# What is refused


@pytest.mark.parametrize("name", ["../own", "Own", "", "-own", "a/b", "own\n", "n" * 65])
def test_a_name_that_is_not_well_formed_makes_no_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be the name of a corpus"):
        save_corpus(thread_of("a"), name, LICENCE, folder=tmp_path / "corpora")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"creator": "Somebody"}, "about needs licence"),
        (LICENCE | {"creator": "Somebody else"}, "about gives creator = 'Somebody else', but the article in texts"),
        (LICENCE | {"published": "yesterday"}, r"about\['published'\] must be a date"),
        (LICENCE | {"composed": "yes"}, r"about\['composed'\] must be True"),
        (LICENCE | {"sha256": "x"}, "about cannot have the key 'sha256'"),
        (LICENCE | {"a b": "x"}, "about cannot have the key 'a b'"),
        (LICENCE | {"notes": ["x"]}, r"about\['notes'\] must be a string"),
        (LICENCE | {"language": "de"}, "about gives language = 'de'"),
    ],
)
def test_faults_of_about_are_named_and_nothing_is_written(facts: dict[str, Any], fault: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=fault):
        save_corpus(thread_of("a"), "own", facts, folder=tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("texts", "fault"),
    [
        (thread_of("a").iloc[1:], "one article, in the first row"),
        (thread_of("a").iloc[::-1], "one article, in the first row"),
        (thread_of("a").iloc[:0], "one article, in the first row"),
        (thread_of("a").drop(columns="likes"), "needs the column 'likes'; it has"),
        (thread_of("a", author=["Somebody", "Jane Roe"]), "row 1 is not a pseudonym"),
        (thread_of("a", thread_id=["own", "other"]), "one thread in one language"),
        (thread_of(" "), "text is empty: row 2"),
        (thread_of("a", text_id=["own/article", "own/c 1"]), "comment_id must be letters"),
        (thread_of("a", text_id=["own/start", "own/c1"]), "Row 0: text_id cannot be stored"),
        (thread_of("a", reply_to=[None, "own/c9"]), "reply_to is not a comment_id"),
    ],
)
def test_texts_that_would_not_come_back_are_not_written(texts: pd.DataFrame, fault: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=fault) as error:
        save_corpus(texts, "own", LICENCE, folder=tmp_path)
    assert "Jane" not in str(error.value)
    assert not list(tmp_path.iterdir())


def test_anything_but_a_table_and_a_mapping_is_a_type_error(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match=r"A table is needed, not list\. read_thread"):
        save_corpus(["a"], "own", LICENCE, folder=tmp_path)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"about must be a dict such as .*, not 'licence'"):
        save_corpus(thread_of("a"), "own", "licence", folder=tmp_path)  # type: ignore[arg-type]


# Whole or not at all


def test_a_corpus_is_replaced_only_when_that_is_asked_for_and_its_codings_stay(tmp_path: Path) -> None:
    save_corpus(thread_of("a"), "own", LICENCE, folder=tmp_path)
    with pytest.raises(FileExistsError, match="replace=True"):
        save_corpus(thread_of("b"), "own", LICENCE, folder=tmp_path)
    assert load_corpus("own", folder=tmp_path)["text"][1] == "a"
    (tmp_path / "own" / "codings.csv").write_text("unit_id,coder,question,answer\n")
    save_corpus(thread_of("b"), "own", LICENCE, folder=tmp_path, replace=True)
    assert load_corpus("own", folder=tmp_path)["text"][1] == "b"
    assert [each.name for each in tmp_path.iterdir()] == ["own"]
    assert (tmp_path / "own" / "codings.csv").read_text() == "unit_id,coder,question,answer\n"


@pytest.mark.parametrize("moment", ["write", "check", "move"])
def test_an_interrupted_save_leaves_the_corpus_unchanged(
    moment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_corpus(thread_of("a"), "own", LICENCE, folder=tmp_path)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    rename = Path.rename

    def move(self: Path, target: Path) -> Path:
        if target.name == "own" and self.parent.parent == tmp_path:
            raise KeyboardInterrupt
        return rename(self, target)

    if moment == "move":
        monkeypatch.setattr(Path, "rename", move)
    else:
        monkeypatch.setattr(
            "toolkit.corpora.save." + {"write": "write_atomic", "check": "_check_the_same"}[moment], interrupted
        )
    with pytest.raises(KeyboardInterrupt):
        save_corpus(thread_of("b"), "own", LICENCE, folder=tmp_path, replace=True)
    assert [each.name for each in tmp_path.iterdir()] == ["own"]
    assert load_corpus("own", folder=tmp_path)["text"][1] == "a"


def test_a_corpus_whose_replacement_was_killed_comes_back(tmp_path: Path) -> None:
    save_corpus(thread_of("a"), "own", LICENCE, folder=tmp_path)
    (tmp_path / "own").rename(tmp_path / ".own-before")
    (tmp_path / ".other-saving-ab12_xyz" / "other").mkdir(parents=True)
    (tmp_path / ".mine").mkdir()
    assert list_corpora(folder=tmp_path)["name"].tolist() == ["own"]
    assert load_corpus("own", folder=tmp_path)["text"][1] == "a"
    shutil.copytree(tmp_path / "own", tmp_path / ".own-before")
    save_corpus(thread_of("b"), "own", LICENCE, folder=tmp_path, replace=True)
    assert sorted(each.name for each in tmp_path.iterdir()) == [".mine", "own"]


def test_a_save_in_progress_is_left_alone(tmp_path: Path) -> None:
    save_corpus(thread_of("a"), "own", LICENCE, folder=tmp_path)
    (tmp_path / ".own-saving-abcdefgh").mkdir()
    with locked(tmp_path):
        assert load_corpus("own", folder=tmp_path)["text"][1] == "a"
        assert (tmp_path / ".own-saving-abcdefgh").exists()


def test_the_writer_of_the_article_may_answer_in_the_comments(tmp_path: Path) -> None:
    texts = load_corpus("library-hours")
    texts.loc[texts.index[2], "author"] = texts["author"].iloc[0]
    save_corpus(texts, "answered", {"licence": "A test's."}, folder=tmp_path)
    loaded = load_corpus("answered", folder=tmp_path)
    assert loaded["author"].tolist() == texts["author"].tolist()
    stored = (tmp_path / "answered" / "comments.csv").read_text(encoding="utf-8")
    texts.loc[texts.index[2], "author"] = "Jane Doe"
    with pytest.raises(ValueError, match="row 2 is not a pseudonym"):
        save_corpus(texts, "named", {"licence": "A test's."}, folder=tmp_path)
    assert texts["author"].iloc[0] in stored


SAVE = """
import sys
from toolkit import load_corpus, save_corpus
texts = load_corpus("library-hours")
about = {"licence": "x", "title": "T", "creator": texts.author.iloc[0]}
print("ready", flush=True)
sys.stdin.readline()
for _ in range(int(sys.argv[2])):
    save_corpus(texts, "own", about, folder=sys.argv[1], replace=True)
"""


def saving(folder: Path, times: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SAVE, str(folder), str(times)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdin
    process.stdout.readline()
    process.stdin.write("go\n")
    process.stdin.flush()
    return process


def test_two_who_save_at_once_both_save(tmp_path: Path) -> None:
    both = [saving(tmp_path, 10) for _ in range(2)]
    for process in both:
        process.communicate()
    assert [process.returncode for process in both] == [0, 0]
    assert [each.name for each in tmp_path.iterdir()] == ["own"]


def test_killed_saves_leave_nothing_behind_and_the_corpus_whole(tmp_path: Path) -> None:
    save_corpus(thread_of("a"), "own", LICENCE, folder=tmp_path)
    for wait in (0.0, 0.03, 0.07):
        process = saving(tmp_path, 1_000)
        time.sleep(wait)
        process.kill()
        process.communicate()
        assert len(load_corpus("own", folder=tmp_path)) in (2, 61)
        assert [each.name for each in tmp_path.iterdir()] == ["own"]


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes as on POSIX")
def test_a_linked_corpus_stays_linked_and_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    save_corpus(thread_of("a"), "own", LICENCE, folder=tmp_path / "elsewhere")
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "own").symlink_to(tmp_path / "elsewhere" / "own")
    save_corpus(thread_of("b"), "own", LICENCE, folder=tmp_path / "here", replace=True)
    assert (tmp_path / "here" / "own").is_symlink()
    assert load_corpus("own", folder=tmp_path / "elsewhere")["text"][1] == "b"
    (tmp_path / "pipes" / "x").mkdir(parents=True)
    os.mkfifo(tmp_path / "pipes" / "x" / "about.toml")
    with pytest.raises(ValueError, match="is not a file"):
        list_corpora(folder=tmp_path / "pipes")
