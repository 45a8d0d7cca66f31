"""Coding by hand: every answer is on disk before the next sentence is shown, whatever happens then."""

import base64
import csv
import errno
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import Mock

import pandas as pd
import pytest

from toolkit._files import locked
from toolkit.annotation import session as session_module
from toolkit.annotation.codings import SCHEMES, Scheme, read_codings
from toolkit.annotation.session import CodingSession
from toolkit.explorers.coding_panel import CodingPanel, code_units
from toolkit.text.units import split_sentences

CHECKOUT = Path(__file__).resolve().parents[2]
CODE_WITHOUT_END = """
import sys, itertools, pandas as pd
from toolkit.annotation.codings import SCHEMES
from toolkit.annotation.session import CodingSession
units = pd.DataFrame({"unit_id": [f"u{n}" for n in range(2_000)], "text": "Words."})
session = CodingSession(units, SCHEMES["tone"], "Ada", sys.argv[1])
for answer in itertools.cycle(SCHEMES["tone"].answers):
    session.answer(answer)
    print(session.done, flush=True)
"""


@pytest.fixture
def units() -> pd.DataFrame:
    texts = ["One is good. Two is bad.", "Three <b>bold</b> costs $5.\n\nFour."]
    return split_sentences(pd.DataFrame({"text_id": ["0", "1"], "text": texts}))


@pytest.fixture
def session(units: pd.DataFrame, tmp_path: Path) -> CodingSession:
    return CodingSession(units, SCHEMES["tone"], "Ada", tmp_path / "ada.csv")


@pytest.fixture
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def panel(units: pd.DataFrame, tmp_path: Path) -> CodingPanel:
    return code_units(units, coder="Ada", path=tmp_path / "ada.csv")


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def again(session: CodingSession) -> CodingSession:
    return CodingSession(session.units, session.scheme, session.coder, session.path)


def press(panel: CodingPanel, do: str, value: str = "") -> None:
    current = panel.session.current if panel.session else ""
    panel.act({"do": do, "value": value, "about": current})


# ---- the session


def test_a_reopened_session_resumes_and_undo_removes_an_answer(session: CodingSession) -> None:
    session.answer("1")
    session.skip()
    resumed = again(session)
    assert (resumed.current, resumed.done, resumed.skipped, resumed.total) == ("1#s1", 2, 1, 4)
    assert resumed.undo() == "0#s2"
    assert resumed.current == "0#s2"
    assert rows_of(session.path) == [["0#s1", "Ada", "tone", "1"]]
    assert resumed.undo() == "0#s1"
    assert resumed.undo() is None


def test_other_questions_and_other_coders_in_the_file_stay_as_they_are(session: CodingSession) -> None:
    session.answer("1")
    other = CodingSession(session.units, SCHEMES["speech act"], "Ben", session.path)
    other.answer("claim")
    session.answer("2")
    session.undo()
    assert rows_of(session.path) == [["0#s1", "Ada", "tone", "1"], ["0#s1", "Ben", "speech act", "claim"]]


def test_a_shuffled_order_is_repeatable_and_contains_every_unit(units: pd.DataFrame, tmp_path: Path) -> None:
    def order(seed: int) -> list[str | None]:
        session = CodingSession(units, SCHEMES["tone"], "Ada", tmp_path / "none.csv", seed)
        return [session.current, *session._order]

    assert order(3) == order(3)
    assert sorted(filter(None, set(order(3)))) == sorted(units["unit_id"])


def test_a_unit_id_that_a_spreadsheet_would_calculate_is_stored_as_text_and_found_again(tmp_path: Path) -> None:
    units = pd.DataFrame({"unit_id": ["=1+1#s1", "'=x"], "text": ["One.", "Two."]})
    session = CodingSession(units, SCHEMES["tone"], "Ada", tmp_path / "ada.csv")
    session.answer("1")
    session.answer("2")
    assert [row[0] for row in rows_of(session.path)] == ["'=1+1#s1", "''=x"]
    assert read_codings(session.path)["unit_id"].tolist() == ["=1+1#s1", "'=x"]
    assert again(session).current is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_nothing_is_lost_when_the_kernel_is_killed_in_the_middle(tmp_path: Path) -> None:
    path = tmp_path / "ada.csv"
    command = [sys.executable, "-c", CODE_WITHOUT_END, str(path)]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        told = [next(process.stdout) for _ in range(25)]
        process.send_signal(signal.SIGKILL)
        told += list(process.stdout)
    rows = rows_of(path)
    assert len(rows) in (len(told), len(told) + 1)  # every answer that was confirmed, and at most the one in hand
    assert [row[0] for row in rows] == [f"u{number}" for number in range(len(rows))]
    units = pd.DataFrame({"unit_id": [f"u{number}" for number in range(100)], "text": "Words."})
    assert CodingSession(units, SCHEMES["tone"], "Ada", path).current == f"u{len(rows)}"


# ---- what is refused

TONE = SCHEMES["tone"]
REFUSED: list[tuple[Callable[[pd.DataFrame], object], str]] = [
    *(
        (lambda units, name=name: CodingSession(units, TONE, name, "x.csv"), "cannot be the name of a coder")
        for name in ("../Ada", "", "=Ada", "a/b", "x" * 60, "C:\\Ada")
    ),
    (lambda units: CodingSession(units, TONE, "Ada", "x.csv").answer("7"), "answer to 'tone' must be .* not '7'"),
    (lambda units: code_units(units.drop(columns="unit_id")), r"needs the column 'unit_id'; it has"),
    (lambda units: code_units(units.assign(text=None)), "no unit has a text"),
    (lambda units: code_units(units.assign(unit_id="a")), "'a' occurs twice"),
    (lambda units: code_units(units, "mood"), "scheme must be 'tone', 'speech act', .*, not 'mood'"),
    (lambda units: Scheme("mine", "What?", {"one": "1"}), "2 to 9 answers"),
    (lambda units: Scheme("mine", "What?", {"=1": "x", "b": "y"}), "cannot be an answer"),
    (lambda units: Scheme("mine", "What?", {"": "x", "b": "y"}), "cannot be an answer"),
]


@pytest.mark.parametrize(("act", "error"), REFUSED)
def test_invalid_names_tables_and_schemes_are_errors_before_coding_begins(
    act: Callable[[pd.DataFrame], object], error: str, units: pd.DataFrame, in_a_folder: Path
) -> None:
    with pytest.raises(ValueError, match=error):
        act(units)
    assert list(in_a_folder.iterdir()) == []


# ---- the panel, without a browser


def test_a_dict_is_a_scheme_with_its_keys_as_answers(units: pd.DataFrame, tmp_path: Path) -> None:
    own = {"thanks": "Thanks somebody", "none": "Does not"}
    panel = code_units(units, own, "Ada", tmp_path / "x.csv", context=False)
    assert "One is good." in panel.parts["unit"]
    assert "Two is bad." not in panel.parts["unit"]  # without context the sentence is shown alone
    press(panel, "answer", "thanks")
    assert rows_of(tmp_path / "x.csv") == [["0#s1", "Ada", "own", "thanks"]]


def test_coders_can_save_only_their_own_answers(units: pd.DataFrame, tmp_path: Path) -> None:
    shared = tmp_path / "shared.csv"
    ada, ben = (code_units(units, coder=coder, path=shared) for coder in ("Ada", "Ben"))
    assert "download" not in ben.parts["head"]
    press(ada, "answer", "1")
    press(ben, "answer", "-2")
    found = re.search(r'download="shared.csv" href="data:text/csv;base64,([\w+/=]+)"', ben.parts["head"])
    assert found
    saved = tmp_path / "saved.csv"
    saved.write_bytes(base64.b64decode(found[1]))
    assert rows_of(saved) == [["0#s1", "Ben", "tone", "-2"]]
    assert len(rows_of(shared)) == 2


def test_the_panel_asks_for_a_name_and_shows_a_sentence_in_its_block(units: pd.DataFrame, in_a_folder: Path) -> None:
    panel = code_units(units)
    press(panel, "answer", "1")  # nobody has begun: nothing happens
    assert "Who is coding?" in panel.parts["head"]
    press(panel, "name", "Ada Lovelace")
    assert "<mark>One is good.</mark> Two is bad." in panel.parts["unit"]
    press(panel, "answer", "1")
    assert rows_of(in_a_folder / "codings-Ada-Lovelace.csv") == [["0#s1", "Ada Lovelace", "tone", "1"]]
    assert "1 of 4 done" in panel.parts["head"]
    assert "Saved: somewhat positive." in panel.parts["status"]


def test_a_second_press_codes_nothing_and_a_sentence_is_text_not_markup(panel: CodingPanel, tmp_path: Path) -> None:
    twice = {"do": "answer", "value": "1", "about": "0#s1"}
    panel.act(twice)
    panel.act(twice)
    assert len(rows_of(tmp_path / "ada.csv")) == 1
    press(panel, "skip")
    assert "&lt;b&gt;bold&lt;/b&gt; costs <span>$</span>5" in panel.parts["unit"]
    assert "<b>" not in "".join(panel.parts.values())


def full_disk(path: Path, held: ExitStack) -> None:
    fsync = Mock(side_effect=OSError(errno.ENOSPC, "No space left on device"))
    held.enter_context(pytest.MonkeyPatch.context()).setattr(os, "fsync", fsync)


def locked_folder(path: Path, held: ExitStack) -> None:
    held.enter_context(pytest.MonkeyPatch.context()).setattr(session_module, "_PATIENCE", 0.1)
    held.enter_context(locked(path.parent))


@pytest.mark.parametrize(
    ("obstacle", "said"),
    [
        (lambda path, _: path.write_text("spoiled", encoding="utf-8"), "a.csv needs the header"),
        (lambda path, _: path.unlink(), "a.csv is gone, and your answers with it"),
        (lambda path, _: shutil.rmtree(path.parent), "a.csv is gone"),
        (full_disk, "{path} cannot be written: No space left on device. Make space"),
        (locked_folder, "Another program has locked this folder"),
    ],
    ids=["spoiled", "deleted", "folder deleted", "full", "locked"],
)
def test_an_answer_that_could_not_be_saved_is_reported_and_asked_for_again(
    obstacle: Callable[[Path, ExitStack], object], said: str, units: pd.DataFrame, tmp_path: Path
) -> None:
    path = tmp_path / "class" / "a.csv"
    panel = code_units(units, coder="Ada", path=path)
    press(panel, "answer", "1")
    with ExitStack() as held:
        obstacle(path, held)
        before = path.read_bytes() if path.exists() else None
        press(panel, "answer", "2")
    assert f"Not saved. {said.format(path=path)}" in re.sub(r"\[Errno \d+\] ", "", panel.parts["status"])
    assert panel.session is not None
    assert (panel.session.done, panel.session.current) == (1, "0#s2")
    assert (path.read_bytes() if path.exists() else None) == before


def test_the_last_answer_ends_the_work_and_undo_still_takes_it_back(panel: CodingPanel, tmp_path: Path) -> None:
    for _ in range(6):
        press(panel, "answer", "0")
    assert len(rows_of(tmp_path / "ada.csv")) == 4
    assert "All 4 are coded." in panel.parts["unit"]
    assert panel.parts["answers"].count('aria-disabled="true"') == 6
    press(panel, "undo")
    assert "<mark>Four.</mark>" in panel.parts["unit"]


# Several people, and one name twice

CODE_SIXTY = """
import sys, pandas as pd
from toolkit.annotation.codings import SCHEMES
from toolkit.annotation.session import CodingSession
units = pd.DataFrame({"unit_id": [f"u{n}" for n in range(100)], "text": "Words."})
session = CodingSession(units, SCHEMES["tone"], sys.argv[2], sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
said = 0
for _ in range(60):
    try:
        session.answer("1")
        said += 1
    except ValueError:
        break
print(said, flush=True)
"""


def saved_by_two_at_once(path: Path, names: list[str]) -> list[int]:
    command = [sys.executable, "-c", CODE_SIXTY, str(path)]
    both = [
        subprocess.Popen([*command, name], cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for name in names
    ]
    for each in both:
        assert each.stdout
        assert each.stdout.readline() == "ready\n"
    for each in both:
        assert each.stdin
        each.stdin.write("go\n")
        each.stdin.flush()
    return [int(each.communicate()[0]) for each in both]


def test_two_people_who_share_a_file_lose_no_answer(tmp_path: Path) -> None:
    said = saved_by_two_at_once(tmp_path / "codings.csv", ["Ada", "Ben"])
    assert said == [60, 60]
    coders = [row[1] for row in rows_of(tmp_path / "codings.csv")]
    assert (coders.count("Ada"), coders.count("Ben")) == (60, 60)
    assert [path.name for path in tmp_path.iterdir()] == ["codings.csv"]


def test_of_one_name_in_two_pages_each_answer_that_was_said_to_be_saved_is_in_the_file(tmp_path: Path) -> None:
    said = saved_by_two_at_once(tmp_path / "codings.csv", ["Ada", "Ada"])
    assert sum(said) == len(rows_of(tmp_path / "codings.csv"))
    assert max(said) == 60 > min(said)


def test_nobody_overwrites_or_takes_back_the_answer_of_another_page(session: CodingSession) -> None:
    session.answer("1")
    other = again(session)
    other.answer("2")
    for step in (lambda: session.answer("-2"), session.skip, session.undo):
        with pytest.raises(ValueError, match="Another page has saved answers as 'Ada'"):
            step()
    assert [row[3] for row in rows_of(session.path)] == ["1", "2"]
    other.undo()
    session.answer("-1")
    assert [row[3] for row in rows_of(session.path)] == ["1", "-1"]


def test_a_name_that_was_just_used_is_asked_for_twice(units: pd.DataFrame, in_a_folder: Path) -> None:
    first, second = code_units(units), code_units(units)
    press(first, "name", "Ada")
    assert "Saved to codings-Ada.csv" in first.parts["status"]
    press(first, "answer", "1")
    press(second, "name", "Ada")
    assert second.session is None
    assert "Someone saved an answer as Ada a moment ago" in second.parts["status"]
    press(second, "name", "Ada")
    assert "Welcome back: 1 answer of yours was found in" in second.parts["status"]
    third = code_units(units)
    long_ago = time.time() - 1_000
    os.utime(in_a_folder / "codings-Ada.csv", (long_ago, long_ago))
    press(third, "name", "Ada")
    assert "Welcome back: 1 answer of yours was found in" in third.parts["status"]


def test_a_panel_answers_when_the_page_asks_if_it_is_there(panel: CodingPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[object] = []
    monkeypatch.setattr(panel, "send", sent.append)
    panel._handle_custom_msg({"do": "are you there"}, [])
    assert sent == [{"here": True}]
    panel._handle_custom_msg({"do": "answer", "value": "1", "about": panel.session.current}, [])  # type: ignore[union-attr]
    assert (len(sent), panel.session.done) == (1, 1)  # type: ignore[union-attr]


# The answers of a class


@pytest.mark.usefixtures("in_a_folder")
def test_the_class_is_shown_on_request_and_follows_the_answers(units: pd.DataFrame) -> None:
    teacher = code_units(units)
    assert "alpha" not in teacher.parts["class"]  # coders decide before they look
    teacher.act({"do": "class"})
    assert "0 people, 0 answers" in teacher.parts["class"]
    coders = {"Ann": ["-1", "2"], "Ben": ["-1", "2"], "Cid": ["-1", "-2"]}
    panels = [code_units(units, coder=name) for name in coders]
    press(panels[0], "answer", coders["Ann"].pop(0))
    teacher.look_again()
    assert "1 person, 1 answer." in teacher.parts["class"]
    for panel, answers in zip(panels, coders.values(), strict=True):
        for answer in answers:
            press(panel, "answer", answer)
    teacher.look_again()
    shown = teacher.parts["class"]
    assert "3 people, 6 answers" in shown
    assert "Two is bad." in shown
    assert "One is good." not in shown  # all three agree
    assert "very negative: 1 · very positive: 2" in shown
    assert "alpha): -0.12 (2 units coded by two or more people; an interval needs 8)" in shown  # by hand: 1 - 6.75 / 6
    press(panels[0], "answer", "0")
    teacher.look_again()
    assert "3 people, 7 answers" in teacher.parts["class"]
    teacher.act({"do": "class"})
    assert "people" not in teacher.parts["class"]


def test_a_file_that_is_not_a_table_of_codings_is_reported_and_stops_nothing(
    units: pd.DataFrame, in_a_folder: Path
) -> None:
    (in_a_folder / "codings-Bad.csv").write_text("<b>nothing</b>", encoding="utf-8")
    panel = code_units(units, coder="Ann")
    panel.act({"do": "class"})
    assert "cannot be shown. codings-Bad.csv" in panel.parts["class"]
    assert "<b>" not in panel.parts["class"]
    press(panel, "answer", "0")
    assert "1 of 4 done" in panel.parts["head"]
