"""The course: every exercise accepts its answer and refuses a wrong one, nothing is given away, nothing breaks."""

import errno
import itertools
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import nbformat
import numpy as np
import pandas as pd
import pytest

import toolkit
import toolkit.course.exercises as kinds
from toolkit import check, load_corpus
from toolkit.cli.main import main
from toolkit.course.check import UNFILLED, exercises, is_unfilled, judge
from toolkit.course.compare_answers import difference
from toolkit.course.exercises import Choice, Exercise, Finding, Number, Reason, Table, Verdict
from toolkit.course.sealed_answers import normalised, seal
from toolkit.course.student_copies import student_copies, without_solutions

CHECKOUT = Path(__file__).resolve().parents[2]
CORPORA = ("nato-preemptive-strike", "library-hours")
ROWS = list(exercises().values())
LESSONS = sorted({row.id[:2] for row in ROWS})
NOTEBOOKS = [path for lesson in LESSONS for path in sorted((CHECKOUT / "notebooks").glob(f"{lesson}-*.ipynb"))]
ANY_SENTENCE = "Because two people who felt moved to write are not all the people who read."
EACH_ROW = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
EACH_CHOICE, EACH_NUMBER, EACH_WITH_HINTS = (
    pytest.mark.parametrize("row", [row for row in ROWS if isinstance(row, kind)], ids=lambda row: row.id)
    for kind in (Choice, Number, Choice | Number | Table)
)
EACH_CORPUS = pytest.mark.parametrize("corpus", CORPORA)
EACH_NOTEBOOK = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)

# A finding has many right answers: here is one of each, and a wrong one.
FINDINGS = {
    "00-d": ("You killed it on stage, you wicked old devil!", "What a lovely day, thank you."),
    "01-e": ("She lives in the U.S. and likes it.", "He came late."),
    "03-b": ("great", "fine"),
    "03-c": ("This is not of a friend.", "This is not the language of a friend."),
    "04-c": ("- The 🎉 hall is open again\n- Bring a friend", "- 🎉 The hall is open again\n- Bring a friend"),
    "04-d": ("I like this song 💣💣💣", "I like this song 🎵"),
    "08-c": (
        "The library has been closed on every day of the week since spring.",
        "What a terrible lie, my dear friends!",
    ),
    "10-b": (
        "“A Sunday afternoon among books is a gift”? “Now openly considering offensive action”? Why?",
        "I do not agree with this article at all.",
    ),
}


@pytest.fixture(scope="module", autouse=True)
def remembered() -> Iterator[None]:
    """Some references resample comments for seconds: each works once per table, and combinations per set of texts."""
    known: dict[Any, Any] = {}
    compute = kinds.value_of

    def value_of(given: Any, texts: pd.DataFrame) -> Any:
        if not callable(given):
            return given
        if (given, id(texts)) not in known:
            known[given, id(texts)] = compute(given, texts), texts  # kept, so that its id is not given away
        return known[given, id(texts)][0]

    def robustness(texts: pd.DataFrame, metric: str = "sentiment") -> pd.DataFrame:
        if (key := (*texts["text"], metric)) not in known:
            known[key] = toolkit.robustness(texts, metric)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("toolkit.course.exercises.value_of", value_of)
        patch.setattr("toolkit.course.lesson_06.robustness", robustness)
        yield


@pytest.fixture(scope="module")
def texts() -> dict[str, pd.DataFrame]:
    return {name: load_corpus(name) for name in CORPORA}


def answers(row: Exercise, texts: pd.DataFrame) -> tuple[Any, Any]:
    """A right answer and a wrong one."""
    match row:
        case Choice():
            return tuple(sorted(row.options, key=lambda option: not row.weigh(option, texts).right)[:2])  # type: ignore[return-value]
        case Number():
            right = kinds.value_of(row.reference, texts)
            return right, right + 1
        case Table():
            right = kinds.value_of(row.reference, texts)
            return right, list(right)[1:]
        case Finding():
            return FINDINGS[row.id]
    return ANY_SENTENCE, "no"


# --- every exercise ---------------------------------------------------------------------------------------


def test_every_exercise_has_an_id_of_its_own_under_its_lesson() -> None:
    for lesson in LESSONS:
        names = [row.id for row in ROWS if row.id.startswith(lesson)]
        assert names == [f"{lesson}-{letter}" for letter in "abcdefghij"[: len(names)]]
        assert len(names) >= 3


@EACH_CORPUS
@EACH_ROW
def test_right_answers_pass_and_wrong_ones_get_hints(
    row: Exercise, corpus: str, texts: dict[str, pd.DataFrame]
) -> None:
    right, wrong = (row.weigh(answer, texts[corpus]) for answer in answers(row, texts[corpus]))
    assert right.right is (None if isinstance(row, Reason) else True)
    assert row.why in right.words
    assert wrong.right is False
    assert len(wrong.words.split()) > 3
    assert row.why not in wrong.words


@EACH_CHOICE
def test_a_choice_has_one_right_option_and_it_is_not_written_down(row: Choice, texts: dict[str, pd.DataFrame]) -> None:
    for table in texts.values():
        assert sum(bool(row.weigh(option, table).right) for option in row.options) == 1
    assert bool(row.sealed) != (row.reference is not None)
    assert re.fullmatch(r"[0-9a-f]{32}|", row.sealed)


@EACH_CORPUS
@EACH_NUMBER
def test_no_hint_holds_the_number_that_is_asked_for(row: Number, corpus: str, texts: dict[str, pd.DataFrame]) -> None:
    target = float(kinds.value_of(row.reference, texts[corpus]))
    written = {f"{target:g}", *(f"{target:.{places}f}" for places in range(4))} - {"0", "-0", "nan"}
    for hint in (row.again, *row.hints):
        assert not written & set(re.findall(r"-?\d+(?:\.\d+)?", hint))


@EACH_WITH_HINTS
def test_every_likely_mistake_gets_its_own_hint_on_some_corpus(row: Exercise, texts: dict[str, pd.DataFrame]) -> None:
    for hint, mistake in row.hints.items():
        assert any(hint in row.weigh(kinds.value_of(mistake, table), table).words for table in texts.values())


def test_a_sentence_without_a_score_is_not_called_unpleasant_and_names_are_not_broken(
    capsys: pytest.CaptureFixture[str],
) -> None:
    check("08-c", "Библиотека уже год стоит прямо на луне.")
    check("08-a", 8.4, corpus="nope")
    score, corpora = capsys.readouterr().out.split("There is no corpus")
    assert "English words only" in score
    assert "nato-wire-report" in corpora


@EACH_ROW
def test_the_corpus_is_asked_for_where_the_answer_depends_on_it(row: Exercise, texts: dict[str, pd.DataFrame]) -> None:
    one, other = texts.values()
    if row.weigh(answers(row, one)[0], other).right is False:
        assert row.needs_corpus


STRANGE: tuple[Any, ...] = (
    True, 10**400, -1, math.nan, math.inf, "", "7", "seven", "x" * 5000, b"x", [], [1, [2]], {}, {"a": {"b": 1}},
    {1, 2}, object(), len, pd.NA, pd.NaT, pd.Series(dtype=float), pd.Series([1, 2]), pd.Series([1, 2], index=[*"aa"]),
    pd.DataFrame(), pd.DataFrame({"a": [1, 2]}), np.array([[1, 2], [3, 4]]), np.float64(3), iter("ab"), 1 + 2j,
)  # fmt: skip


@EACH_ROW
def test_any_answer_gets_a_sentence_and_no_traceback(row: Exercise, texts: dict[str, pd.DataFrame]) -> None:
    for answer in STRANGE:
        verdict = row.weigh(answer, texts["library-hours"])
        assert verdict.words.strip()


# --- what check says --------------------------------------------------------------------------------------


@pytest.mark.parametrize("unfilled", [..., None, [..., 1], {"title": ..., "paragraph": 2}])
def test_an_answer_that_is_not_filled_in_is_asked_for(unfilled: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert is_unfilled(unfilled)
    check("00-a", unfilled)
    assert capsys.readouterr().out == f"{UNFILLED}\n"


def test_check_prints_and_returns_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    shown: object = check("00-a", "more comments")  # type: ignore[func-returns-value]
    said = capsys.readouterr()
    assert shown is None
    assert said.out.startswith("Right. ")
    assert max(map(len, said.out.splitlines())) <= 100
    assert said.err == ""


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (("01-z", 1), "Choose one of 01-a, 01-b, 01-c, 01-d, 01-e, 01-f."),
        ((3.5, "01-a"), "There is no exercise 3.5."),
        (("00-b", 2), "corpus=CORPUS"),
        (("00-b", 2, "libary-hours"), "library-hours"),
    ],
)
def test_answers_that_cannot_be_assessed_get_a_message_that_lists_the_options(
    asked: tuple[Any, ...], says: str
) -> None:
    verdict = judge(*asked)
    assert verdict.right is False
    assert says in verdict.words


def test_own_texts_may_stand_for_a_corpus() -> None:
    own = load_corpus("library-hours").head(6)
    assert judge("00-b", 4, own) == judge("00-b", "4", own)
    assert judge("00-b", 4, own).right


# --- each kind of answer ----------------------------------------------------------------------------------

HALF = Number(id="x", reference=lambda texts: 0.125, why="w.", again="a.")
SLIPS: list[tuple[Any, str]] = [
    (0.125, "Right."), (0.13, "Right."), ("0,125", "Right."), (np.array([0.125]), "Right."),
    (pd.Series([0.125]), "Right."), (-0.125, "sign"), ("−0.125", "sign"), (12.5, "percentage"), (0.11, "decimal"),
    (math.nan, "no number"), (3, "a."), ([1, 2], "single number"), (True, "True or False"), ("half", "single number"),
    (len, "function"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "expected"), SLIPS, ids=lambda value: repr(value)[:20])
def test_a_number_is_accepted_in_any_form_and_likely_mistakes_get_a_hint(answer: Any, expected: str) -> None:
    assert expected in HALF.weigh(answer, pd.DataFrame()).words


def test_a_choice_is_accepted_whatever_its_capitals_spaces_and_marks() -> None:
    assert normalised(" “More   Comments.” ") == normalised("more comments")
    assert seal("00-a", "More comments!") == seal("00-a", "more comments") != seal("00-b", "more comments")


COUNTS = pd.Series({"article": 4, "comment": 1}, name="n")
TABLE = pd.DataFrame({"n": [1, 2], "m": [0.5, math.nan]}, index=["a", "b"])
SAME: list[Any] = [
    COUNTS, COUNTS[::-1], COUNTS.astype("Int64"), COUNTS.to_frame(), COUNTS.rename_axis("kind").reset_index(),
    COUNTS.to_dict(), {"comment": "1", "article": 4.0}, COUNTS.to_frame().assign(m=COUNTS)[["m", "n"]],
]  # fmt: skip
DIFFERENCES: list[tuple[Any, Any, str]] = [
    *((same, COUNTS, "") for same in SAME),
    ({"article": 4, "comment": 2}, COUNTS, "row comment"), ({"article": 4}, COUNTS, "missing"),
    ({"article": 4, "comment": 1, "promo": 2}, COUNTS, "does not belong here: promo"),
    ([4, 1], COUNTS, "names of the rows"), (TABLE.assign(x="y")[["x", "m", "n"]].iloc[::-1], TABLE, ""),
    (TABLE[["n"]].assign(x=1), TABLE, "column is missing: m"), (TABLE.assign(n=1), TABLE, "row b, column n"),
    (("b", "a"), ["a", "b"], ""), (["a", "b", "b"], ["a", "b"], "many"), (["a", "c"], ["a", "b"], "differ"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "wanted", "said"), DIFFERENCES, ids=range(len(DIFFERENCES)))
def test_a_table_is_accepted_in_any_order_and_type_and_differences_are_explained(
    answer: Any, wanted: Any, said: str
) -> None:
    found = difference(answer, wanted, 0.001)
    assert said in found if said else found == ""


def test_a_reason_gets_a_checklist_and_is_not_judged() -> None:
    row = Reason(id="x", checklist=("It names one.", "It says why."), why="Well.", again="Which?")
    assert row.weigh(ANY_SENTENCE, pd.DataFrame()) == Verdict(
        None, "You are the judge. Does your answer do this?\n  [ ] It names one.\n  [ ] It says why.\nWell."
    )
    assert row.weigh("no", pd.DataFrame()).right is False


def test_a_finding_wants_a_text_that_holds_something() -> None:
    row = Finding(id="x", accepts=lambda answer, texts: "", why="w.", again="a.")
    assert [row.weigh(answer, pd.DataFrame()).right for answer in ("a", " ", 3)] == [True, False, False]


# --- the exercises in the notebooks -----------------------------------------------------------------------


def checked(source: str) -> list[str]:
    return re.findall(r'check\(\s*"(\d\d-[a-z])"', source)


@EACH_NOTEBOOK
def test_a_notebook_asks_each_of_its_exercises_in_order(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    asked = [
        name
        for cell in cells
        for name in checked(cell.source)
        if cell.cell_type == "code" and "solution" not in cell.metadata.get("tags", [])
    ]
    assert asked == [row.id for row in ROWS if row.id[:2] == path.name[:2]]


@EACH_NOTEBOOK
def test_every_exercise_that_is_judged_has_a_folded_solution_that_is_right(path: Path) -> None:
    solved: dict[str, str] = {}
    for cell in nbformat.read(path, as_version=4).cells:
        if "solution" in cell.metadata.get("tags", []):
            assert cell.source.startswith("# A solution")  # JupyterLab shows the first line of a folded cell
            assert cell.metadata.jupyter == {"source_hidden": True, "outputs_hidden": True}
            said = "".join(output.get("text", "") for output in cell.outputs)
            solved |= dict.fromkeys(checked(cell.source), said)
    for row in ROWS:
        if row.id[:2] == path.name[:2] and not isinstance(row, Reason):
            assert "Right. " in solved[row.id]


def test_the_start_page_leads_to_every_notebook_and_every_explorer() -> None:
    start = nbformat.read(CHECKOUT / "notebooks" / "00-start-here.ipynb", as_version=4)
    prose = "\n".join(cell.source for cell in start.cells if cell.cell_type == "markdown")
    notebooks = sorted(path.name for path in (CHECKOUT / "notebooks").glob("0[1-9]-*.ipynb"))
    assert [name for name in notebooks if f"]({name})" not in prose] == []
    explorers = [name for name in toolkit.__all__ if name.startswith("explore_")]
    assert [name for name in explorers if f"`{name}`" not in prose] == []
    for link in re.findall(r"\]\(([\w/.-]+)\)", prose):
        assert (CHECKOUT / "notebooks" / link).is_file()


def test_each_notebook_ends_with_links_to_its_neighbours() -> None:
    names = [path.name for path in NOTEBOOKS]
    for before, name, after in zip([None, *names], names, [*names[1:], None], strict=False):
        last = nbformat.read(CHECKOUT / "notebooks" / name, as_version=4).cells[-1].source.splitlines()[-1]
        assert re.findall(r"\(([\w-]+\.ipynb)\)", last) == [each for each in (before, after) if each], name


# --- copies for students ----------------------------------------------------------------------------------


@pytest.mark.parametrize("outputs", [True, False])
def test_student_copies_hold_everything_but_the_solutions(tmp_path: Path, outputs: bool) -> None:
    folder = tmp_path / "for my class 🎒"
    for path in student_copies(folder, outputs=outputs):
        copy = nbformat.read(path, as_version=4)
        nbformat.validate(copy)
        original = nbformat.read(CHECKOUT / "notebooks" / path.relative_to(folder), as_version=4)
        kept = [cell for cell in original.cells if "solution" not in cell.metadata.get("tags", [])]
        assert len(copy.cells) == len(kept)
        for cell, before in zip(copy.cells, kept, strict=True):
            assert cell.source == before.source or before.cell_type == "markdown"
        links = [link for cell in copy.cells for link in re.findall(r"\]\(([\w/.-]+)\)", cell.source)]
        assert [link for link in links if not (path.parent / link).is_file()] == []
        assert any(cell.get("outputs") for cell in copy.cells) is outputs
        for asked, cell in itertools.pairwise(copy.cells):
            assert not ("Your guess first" in asked.source and cell.get("outputs")), cell.source
    assert len(list(folder.glob("*.ipynb"))) == len(list((CHECKOUT / "notebooks").glob("*.ipynb")))


def test_a_notebook_is_not_changed_by_copying_it() -> None:
    cell = nbformat.v4.new_code_cell("1", execution_count=1, outputs=[nbformat.v4.new_output("stream", text="1")])
    notebook = nbformat.v4.new_notebook(cells=[cell])
    assert without_solutions(notebook, outputs=False).cells[0].outputs == []
    assert notebook.cells[0].execution_count == 1
    assert notebook.cells[0].outputs != []


def test_originals_are_never_overwritten_and_unknown_names_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="another folder"):
        student_copies(CHECKOUT / "notebooks")
    with pytest.raises(FileNotFoundError, match="no notebook"):
        student_copies(tmp_path / "out", notebooks=tmp_path)
    with pytest.raises(ValueError, match="library-hours"):
        student_copies(tmp_path / "out", corpus="library-hour")
    assert not (tmp_path / "out").exists()


def test_a_copy_that_someone_has_worked_in_is_never_overwritten(tmp_path: Path) -> None:
    originals = tmp_path / "originals"
    (originals / "more").mkdir(parents=True)
    for place in ("a.ipynb", "more/b.ipynb"):
        nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("check(...)")]), originals / place)
    first, second = student_copies(tmp_path / "class", notebooks=originals)
    assert student_copies(tmp_path / "class", notebooks=originals) == [first, second]  # nobody has worked in them yet
    second.write_text(second.read_text(encoding="utf-8").replace("...", "42"), encoding="utf-8")
    first.unlink()
    with pytest.raises(
        FileExistsError, match=r"^1 notebook in .* may hold a learner's work, b\.ipynb\. Nothing.*another folder"
    ):
        student_copies(tmp_path / "class", notebooks=originals)
    assert "42" in second.read_text(encoding="utf-8")
    assert not first.exists()


def test_a_copy_without_space_on_the_disk_can_be_made_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    originals = tmp_path / "originals"
    originals.mkdir()
    nbformat.write(nbformat.v4.new_notebook(), originals / "a.ipynb")
    with monkeypatch.context() as full:
        full.setattr("os.fsync", Mock(side_effect=OSError(errno.ENOSPC, "No space left on device")))
        with pytest.raises(OSError, match=r"a\.ipynb cannot be written: No space left"):
            student_copies(tmp_path / "class", notebooks=originals)
    assert list((tmp_path / "class").iterdir()) == []
    assert len(student_copies(tmp_path / "class", notebooks=originals)) == 1


@pytest.mark.parametrize("options", [[], ["--student", "--without-outputs"]])
def test_the_command_writes_the_copies(options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["course", "-o", str(tmp_path / "my class"), *options]) == 0
    *named, _, opens = capsys.readouterr().out.splitlines()
    assert opens == f'To open the first: python3 run.py lab "{named[0]}"'
    assert named == [str(path) for path in sorted((tmp_path / "my class").rglob("*.ipynb"))]


def test_copies_for_a_corpus_open_on_it_without_results_or_prose_of_another(tmp_path: Path) -> None:
    offer = "**Choose a text.**"
    for path in student_copies(tmp_path / "out", corpus="library-hours", outputs=True):
        copy = nbformat.read(path, as_version=4)
        lines = [line for cell in copy.cells for line in cell.source.splitlines() if line.startswith("CORPUS = ")]
        assert lines in ([], ['CORPUS = "library-hours"'])
        opens_on_it = path.name.startswith("10-")
        shown = any(cell.get("outputs") for cell in copy.cells)
        assert shown == (not lines or opens_on_it), path.name
        cells = [cell for cell in copy.cells if cell.cell_type == "markdown"]
        assert all(cell.source.strip() for cell in cells), path.name
        assert not any("nato" in cell.source.lower() or offer in cell.source for cell in cells), path.name
    originals = [nbformat.read(path, as_version=4) for path in NOTEBOOKS]
    assert sum(offer in cell.source for notebook in originals for cell in notebook.cells) >= 7
