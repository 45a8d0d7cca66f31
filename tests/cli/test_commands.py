"""The command line: usable help, each command on valid and invalid files, no half-written file."""

import argparse
import contextlib
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from toolkit._terminal import harmless
from toolkit.cli.console import one_line
from toolkit.cli.main import COMMANDS, INTERRUPTED, WRONG, main
from toolkit.cli.measure import _parquet
from toolkit.importers.privacy.masking import mask
from toolkit.importers.privacy.pseudonyms import Pseudonyms

CHECKOUT = Path(__file__).resolve().parents[2]
SAMPLE = str(CHECKOUT / "tests" / "samples" / "table.csv")
ARTICLE = "# A Bridge Too Few\n\nThe old bridge isn't safe. Nobody likes to hear that! It costs $5 now.\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with an article: commands work in any folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "article.md").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


# Help


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS), ["corpus", "add"], ["corpus", "check"]])
def test_every_command_explains_itself(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([*command, "--help"])
    assert left.value.code == 0
    out = capsys.readouterr().out
    assert out.startswith("usage: below-the-line")
    assert len(out) > 300


def test_the_program_is_installed_under_its_name() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"below-the-line": "toolkit.cli.main:main"}


def test_without_a_command_the_main_job_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []

    def run(arguments: argparse.Namespace) -> int:
        asked.append(arguments.output)
        return 0

    monkeypatch.setattr(COMMANDS["results"], "run", run)
    assert main([]) == main(["-o", "there"]) == main(["results", "-o", "too"]) == 0
    assert asked == [CHECKOUT / "results", Path("there"), Path("too")]


# Good files


def test_report_writes_one_page(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "article.md", SAMPLE, "-o", "page.html"]) == 0
    said = capsys.readouterr()
    assert said.out == "Page: page.html\n"
    assert "5 read, 4 kept, 1 left out" in said.err
    assert "measuring 5 texts ..." in said.err
    assert sorted(each.name for each in here.iterdir()) == ["article.md", "page.html"]
    assert "A Bridge Too Few" in (here / "page.html").read_text(encoding="utf-8")


def test_measure_writes_a_table_of_files_and_corpora_without_their_texts(here: Path) -> None:
    assert main(["measure", "article.md", SAMPLE, "nato-wire-report", "-o", "m.csv", "--metric", "words"]) == 0
    made = pd.read_csv(here / "m.csv")
    assert made["thread_id"].unique().tolist() == ["a-bridge-too-few", "file-2", "nato-wire-report"]
    assert "text" not in made.columns
    assert made["words"].sum() > 100


def test_measure_counts_no_file_twice(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["measure", "article.md", f".{os.sep}article.md", "-o", "m.csv"]) == 2
    assert "article.md is given twice" in capsys.readouterr().err


def test_measure_splits_into_the_requested_units(here: Path) -> None:
    for units, rows in (("texts", 1), ("blocks", 2), ("sentences", 3), ("passages", 1)):
        assert main(["measure", "article.md", "-o", "m.parquet", "--units", units, "--with-text"]) == 0
        made = pd.read_parquet(here / "m.parquet")
        assert len(made) == rows
        assert made["text"].str.len().gt(5).all()


def archive(here: Path) -> Path:
    lines = [f'{{"body": "Number {number} is a good one."}}' for number in range(50)] + ["{broken"]
    (here / "a.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return here / "a.jsonl"


def test_measure_takes_an_archive_into_a_folder(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["measure", str(archive(here)), "-o", "measured", "--units", "texts", "--column", "text=body"]
    assert main([*command, "--metric", "words"]) == 0
    assert pd.read_parquet(here / "measured" / "data")["words"].tolist() == [6.0] * 50
    assert "50 texts in measured/data" in capsys.readouterr().out.replace("\\", "/")
    assert main([*command, "--metric", "sentiment"]) == WRONG  # the folder holds another measure
    assert "other options and metrics: metrics" in capsys.readouterr().err
    assert main(["measure", str(here / "a.jsonl"), "-o", "none", "--metric", "words"]) == 1  # without --column
    assert "No row could be measured" in capsys.readouterr().err


def test_a_cluster_of_this_machine_gives_the_same(here: Path) -> None:
    command = ["measure", str(archive(here)), "--metric", "sentiment", "--column", "text=body", "--workers", "1"]
    assert main([*command, "-o", "one"]) == 0
    done = subprocess.run(
        [sys.executable, "-m", "toolkit", *command, "-o", "two", "--cluster"],
        cwd=here,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    one, two = (pd.read_parquet(here / out / "data") for out in ("one", "two"))
    pd.testing.assert_frame_equal(one, two, check_exact=True)


def test_measure_reads_a_parquet_table_as_it_is_and_guards_formulas(here: Path) -> None:
    said = ["=A good day, jo@x.org.", "Ask jo@x.org."]
    pd.DataFrame({"text": said, "kind": ["comment", "article"]}).to_parquet(here / "own.parquet")
    assert main(["measure", "own.parquet", "-o", "m.csv", "--units", "texts", "--with-text", "--metric", "words"]) == 0
    assert pd.read_csv(here / "m.csv").values.tolist() == [
        ["'=A good day, [e-mail].", "comment", 4],
        ["Ask jo@x.org.", "article", 1],  # as read_thread leaves it; an address is not a word
    ]


def test_comments_without_contacts_stay_as_they_are_and_missing_kinds_are_comments(here: Path) -> None:
    odd = ["So.", None, "@Zeb Quag: no", "A\x0bb", "Call 020 7946 0127", "S.\u200bo", "see facebook.com/zebq", "So."]
    pd.DataFrame({"text": odd}).to_parquet(here / "odd.parquet")
    expected = [each and mask(each, Pseudonyms()) for each in odd]
    assert expected[2:5:2] == ["@someone: no", "Call [phone]"]
    assert _parquet(here / "odd.parquet", 1, 1)["text"].astype(object).replace(np.nan, None).tolist() == expected
    named = {"text": ["Mira Kowal is right.", "So."], "author": ["Reader 01", "Mira Kowal"]}
    kinds = pd.array(["comment", None], dtype="string")
    pd.DataFrame(named).assign(kind=kinds).to_parquet(here / "named.parquet")
    assert "Kowal" not in _parquet(here / "named.parquet", 1, 1).to_csv()


def test_measure_gives_pseudonyms_to_the_names_in_a_parquet_table(here: Path) -> None:
    table = pd.DataFrame({"text": ["A good day.", "Mira Kowal is right."], "User Name": ["Mira Kowal", "Jo Sand"]})
    table.to_parquet(here / "named.parquet")
    measuring = ["measure", "named.parquet", "-o", "m.csv", "--units", "texts", "--with-text", "--metric", "words"]
    assert main(measuring) == 0
    made = pd.read_csv(here / "m.csv")
    assert made["author"].tolist() == ["Reader 01", "Reader 02"]
    assert made["text"].tolist() == ["A good day.", "Reader 01 is right."]


def test_a_corpus_can_be_added_listed_checked_and_reported(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    adding = ["corpus", "add", "own", "article.md", SAMPLE, "--licence", "A test's.", "--creator", "Ann Writer"]
    assert main([*adding, "--folder", "corpora"]) == 0
    assert main(["corpus", "list", "--folder", "corpora"]) == 0
    assert main(["corpus", "check", "--folder", "corpora"]) == 0
    assert "own: intact, 4 comments" in capsys.readouterr().out
    (here / "corpora" / "own" / "article.md").write_text("changed", encoding="utf-8")
    assert main(["corpus", "check", "--folder", "corpora"]) == 1
    assert "is not the file that about.toml records" in capsys.readouterr().out
    assert main([*adding, "--folder", "corpora"]) == WRONG
    head = '<link rel="canonical" href="https://example.org/plan"><meta property="og:site_name" content="The Bell">'
    page = f"<html lang=en><head>{head}</head><body><article><h1>Plan</h1><p>A good plan, at last.</p></article>"
    (here / "page.html").write_text(page, encoding="utf-8")
    adding[3] = "page.html"
    assert main([*adding, "--folder", "corpora", "--replace"]) == 0
    recorded = (here / "corpora/own/about.toml").read_text(encoding="utf-8")
    assert 'publisher = "The Bell"\nurl = "https://example.org/plan"\n' in recorded
    assert main([*adding, "--folder", "corpora", "--replace", "--url", ""]) == 0
    assert 'url = ""' in (here / "corpora/own/about.toml").read_text(encoding="utf-8")
    assert main(["corpus", "list", "--folder", "."]) == 0


# Wrong ones


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (["report", "nowhere.html", "-o", "x.html"], "There is no file nowhere.html"),
        (["report", "article.md", "nowhere.csv", "-o", "x.html"], "There is no file nowhere.csv"),
        (["report", "article.md", "article.md", "-o", "x.html"], "article.md"),
        (["report", "article.md", "page", "-o", "x.html"], "Give a file of comments, or the article alone"),
        (["report", "article.md", "-o", "nowhere/x.html"], "There is no folder nowhere"),
        (["report", "article.md", "-o", "."], "is a folder"),
        (["report", "article.md", SAMPLE, "--column", "text", "-o", "x.html"], "--column takes WHAT=NAME"),
        (["report", "library-hours", SAMPLE, "-o", "x.html"], "is a corpus, which has its own comments"),
        (["course", "-o", "article.md"], "article.md cannot be written: File exists. Name a folder"),
        (["measure", "article.md", "-o", "x.xls"], "ends in .csv or .parquet, not 'x.xls'"),
        (["report", "article.md", "-o", "notes.docx"], "ends in .html or .htm, not 'notes.docx'"),
        (["report", "article.md", "-o", "page"], "ends in .html or .htm, not 'page'"),
        (["measure", "article.md", "-o", "x.csv", "--cluster"], "name of a folder"),
        (["measure", "nowhere.csv", "-o", "x.csv"], "There is no file nowhere.csv"),
        (["measure", "libary-hours", "-o", "x.csv"], "Did you mean library-hours"),
        (["report", "libary-hours", "-o", "x.html"], "Did you mean library-hours"),
        (["measure", "nowhere.parquet", "-o", "x.csv"], "There is no file nowhere.parquet"),
        (["measure", "article.md", "--metric", "sentimnet", "-o", "x.csv"], "Did you mean sentiment"),
        (["measure", "article.md", "--metric", "zzz", "-o", "x.csv"], "'zzz' is not a metric. There are: flesch"),
        (["measure", "article.md", "-o", "nowhere/x.csv"], "There is no folder nowhere"),
        (["measure", "article.md", "-o", "article.md/x.csv"], "Part of this path is a file; choose a folder"),
        (["measure", "article.md", "-o", f"{'x' * 300}.csv"], "Give it a shorter name"),
        (["measure", "x" * 300, "-o", "x.csv"], "There is no file xxx"),
        (["measure", ".", "-o", "x.csv"], ". is a folder"),
        (["measure", SAMPLE, "-o", "x.csv", "--column", "text="], "--column takes WHAT=NAME, such as text=Message"),
        (["measure", SAMPLE, "--column", "text=a", "--column", "text=b"], "two columns for text: 'a' and 'b'"),
        (["measure", SAMPLE, "-o", "folder", "--column", "body=a"], "The first part of --column must be 'text_id', "),
        (["measure", SAMPLE, "-o", "x.csv", "--workers", "5000"], "--workers must be a whole number from 1 to "),
        (["measure", SAMPLE, "-o", "folder", "--cluster", "tcp://a", "--workers", "2"], "--workers would do nothing."),
        (["measure", SAMPLE, "-o", "folder", "--with-text", "--format", "csv"], "--format and --with-text would do "),
        (["measure", "article.md", "-o", "x.csv", "--format", "zzz"], "--format must be 'web page', "),
        (["measure", "article.md", "-o", "x.csv", "--column", "text=a"], "--column would do nothing."),
        (["measure", "library-hours", "-o", "x.csv", "--encoding", "utf-8"], "--encoding would do nothing."),
        (["report", "library-hours", "-o", "x.html", "--keep-authors"], "is a corpus, which is read as it was saved"),
        (["report", "article.md", "-o", "x.html", "--only", "A"], "--only would do nothing. No file of comments"),
        (["report", "article.md", "page", "-o", "x.html", "--only", "A"], "--only would do nothing. Comments saved"),
        (["report", "article.md", SAMPLE, "-o", "x.html", "--only", "A"], "so --only A would do nothing"),
        (["figures", "tone"], "No figure is named 'tone'. "),
        (["corpus", "list", "--folder", "nowhere"], "There is no folder nowhere"),
        (["corpus", "check", "--folder", "article.md"], "There is no folder article.md"),
        (
            ["corpus", "add", "own", "article.md", "--licence", "x", "--creator", "A", "--published", "May"],
            "--published must be a date ('2025-11-29') or empty, not 'May'",
        ),
        (["corpus", "add", "Own", "article.md", "--licence", "x"], "cannot be the name of a corpus"),
        (["corpus", "add", "own", "article.md", "--licence", "x", "--folder", "f"], "Name the writer: --creator"),
    ],
)
def test_an_invalid_file_gives_one_line_on_standard_error_and_exit_code_2(
    command: list[str], message: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command) == WRONG
    said = capsys.readouterr()
    last = said.err.splitlines()[-1]
    assert last.startswith("below-the-line: ")
    assert message in last
    assert "Traceback" not in said.err
    left = {"article.md"} | ({"f"} if "f" in command else set())
    assert {each.name for each in here.iterdir()} == left


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("class", "python3 run.py class"),
        ("lab", "python3 run.py lab"),
        ("reprot", "invalid choice: 'reprot'. Did you mean report? report --help shows what it takes."),
        ("tset", "Did you mean test? test is started in a checkout of the project: python3 run.py test"),
        ("nothing-like-it", "invalid choice: 'nothing-like-it'"),
        ("report a.html b.json c.json", "below-the-line report: error: unrecognized arguments: c.json"),
        ("corpus list --all", "below-the-line corpus list: error: unrecognized arguments: --all"),
        ("measure a.csv --workers two", "argument --workers: must be a whole number, not 'two'"),
        ("measure a.csv -o=", "argument -o/--output: expected a value, not ''; give one, or leave the option out"),
        ("figures --check -o f", "argument -o/--output: not allowed with argument --check"),
        ("course --with-outputs --without-outputs", "not allowed with argument --with-outputs"),
        ("-o site --stored results", "write these options after the command: results -o site --stored"),
        ("--debug --stored report a.md", "write these options after the command: report --stored"),
    ],
)
def test_a_command_explains_wrong_arguments(command: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(command.split())
    assert left.value.code == WRONG
    assert message in capsys.readouterr().err


def test_debug_shows_where_errors_arose_and_names_stay_if_asked(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(FileNotFoundError):
        main(["report", "nowhere.html", "-o", "x.html", "--debug"])
    assert main(["report", "article.md", SAMPLE, "-o", "page.html", "--keep-authors"]) == 0
    assert "holds the names of commenters" in capsys.readouterr().err


def test_interrupted_it_leaves_the_file(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "page.html").write_text("earlier", encoding="utf-8")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupted)
    assert main(["report", "article.md", "-o", "page.html"]) == INTERRUPTED
    assert (here / "page.html").read_text(encoding="utf-8") == "earlier"
    assert sorted(each.name for each in here.iterdir()) == ["article.md", "page.html"]
    assert "Interrupted" in capsys.readouterr().err


def test_an_error_is_shown_without_line_feeds_and_control_characters() -> None:
    assert one_line(ValueError("a\nb \x1b[31m")) == "a b \N{REPLACEMENT CHARACTER}[31m"
    assert one_line(ValueError()) == "ValueError"
    closed = PermissionError(13, "Permission denied", "a.csv")
    assert one_line(closed) == "a.csv cannot be opened: Permission denied. Allow access to it, or name another file."
    assert len(one_line(ValueError("x" * 10_000))) < 1_100
    text = "👩\u200d👩\u200d👧 é ﬁ שלום\u00a0ไทย\tx\ny"
    assert harmless(text) == text  # emoji and letters of every script


def test_a_reader_that_stops_early_is_no_error() -> None:
    code = "import sys\nfrom toolkit.__main__ import main\nsys.exit(main(['corpus', 'check']))"
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as done:
        assert done.stdout is not None
        assert done.stderr is not None
        done.stdout.close()
        assert b"Traceback" not in done.stderr.read()
        assert done.wait(60) == 0


# What files hold, on a terminal

ESCAPES = "\x1b]0;OWNED\x07\x1b]52;c;cm0gLXJmIH4=\x07\x1b[2J\x9b2J\u202egnorw\r"


@pytest.mark.parametrize(
    "command",
    [
        "report a.md c.csv -o p.html",
        "measure c.csv -o m.csv",
        "measure c.csv d.csv -o archive --column text=nothing",
        "corpus add x1 a.md c.csv --licence x --folder corp --creator {}",
        "corpus list --folder corp",
        "corpus check --folder corp",
        "report no{}.md -o q.html",
        "measure c.csv -o m.csv --{}",
        "course --student -o none --corpus {}",
    ],
)
def test_no_command_reaches_the_terminal(command: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a.md").write_text(f"# T {ESCAPES}\n\nThe bridge is bad and we want a new one.\n", encoding="utf-8")
    rows = f"id,author,text,extra {ESCAPES},post\n1,Bob,war is bad.,x,A {ESCAPES}\n2,Ann,war is sad.,x,B\n"
    for name in ("c.csv", "d.csv"):
        (here / name).write_text(rows, encoding="utf-8")
    if "list" in command or "check" in command:
        about = ["--licence", "x", "--creator", f"C {ESCAPES}", "--folder", "corp"]
        assert main(["corpus", "add", "x1", "a.md", "c.csv", *about]) == 0
    with contextlib.suppress(SystemExit):  # argparse's own
        main([word.format(ESCAPES) for word in command.split()])
    said = "".join(capsys.readouterr())
    assert said.strip()
    assert not set("\x1b\x07\x9b\u202e\r") & set(said)


# Inputs are kept, and two files have two sets of readers


@pytest.mark.parametrize(
    "command", ["measure c.csv -o c.csv", "report a.html -o a.html", "report a.html c.csv -o c.csv"]
)
def test_an_output_that_is_an_input_is_refused(command: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "c.csv").write_text("id,author,text\n1,Bob,The bridge is bad.\n", encoding="utf-8")
    (here / "a.html").write_text("<article><p>The bridge is bad. We want a new one.</p></article>", encoding="utf-8")
    before = {each: each.read_bytes() for each in here.iterdir()}
    assert main(command.split()) == WRONG
    assert "is one of the files to be read" in capsys.readouterr().err
    assert {each: each.read_bytes() for each in here.iterdir()} == before


def test_two_files_have_two_sets_of_readers(here: Path) -> None:
    for name, people in (("a", "Ann Bob Ann"), ("b", "Cid Ann Dora")):
        rows = "".join(f"{n},{who},The bridge is bad and sad.\n" for n, who in enumerate(people.split()))
        (here / f"{name}.csv").write_text("id,author,text\n" + rows, encoding="utf-8")
    assert main("measure a.csv b.csv --units texts --metric words -o o.csv".split()) == 0
    authors = pd.read_csv(here / "o.csv")["author"].tolist()
    assert authors == ["Reader 01", "Reader 02", "Reader 01", "Reader 03", "Reader 04", "Reader 05"]
