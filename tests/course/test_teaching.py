"""The pages for teachers: minutes add up, links resolve, output and glossary are computed.

`python tests/course/test_teaching.py` rewrites the tables of notebooks/teaching/glossary.md.
"""

import html
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from toolkit import explain_sentiment, glossary, load_corpus, sentiment

if TYPE_CHECKING:
    from helpers.browser import Browser  # not found when this file is run as a script

TEACHING = Path(__file__).resolve().parents[2] / "notebooks" / "teaching"
PAGES = sorted(TEACHING.glob("*.md"))
LESSONS = {"lesson-45-minutes": [45], "lesson-90-minutes": [90], "unit-four-lessons": [45] * 5}
PARTS = [
    "Goals", "Prepare", "Discussion questions", "What to expect", "Assessment rubric", "Where it meets the frameworks",
    "Works cited",
]  # fmt: skip
FRAMEWORKS = ("Civic Online Reasoning", "NAMLE", "UNESCO")
QUESTIONS = ("Who is behind the information?", "What is the evidence?", "What do other sources say?")
MARK = "<!-- from here on made from METRICS: python tests/course/test_teaching.py -->\n"
TIMING = re.compile(r"^\| minutes \|.*\n\| ---.*\n((?:\|.*\n)+)", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)[^)]*\)")


def page(name: str) -> str:
    return (TEACHING / name).read_text(encoding="utf-8")


# The lessons


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_has_minutes_that_add_up_every_part_and_the_three_frameworks(name: str) -> None:
    text = page(f"{name}.md")
    tables = [re.findall(r"^\| (\d+) \|", table, re.MULTILINE) for table in TIMING.findall(text)]
    assert [sum(map(int, minutes)) for minutes in tables] == LESSONS[name]
    assert all(len(minutes) >= 4 for minutes in tables)
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert [part for part in PARTS if part not in headings] == []
    mapping = text.partition(f"## {PARTS[-2]}")[2]
    assert [framework for framework in FRAMEWORKS if framework not in mapping] == []


def test_the_frameworks_page_has_all_three_questions_and_all_ten_principles() -> None:
    text = page("frameworks.md")
    assert [question for question in QUESTIONS if question not in text] == []
    assert re.findall(r"^\| (\d+)\. ", text, re.MULTILINE) == [str(number) for number in range(1, 11)]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_link_leads_to_a_file_and_every_section_that_is_named_to_a_heading_of_its_notebook(path: Path) -> None:
    """`Notebook 05 to *One number with a meaning*`: the names in italics are headings there."""
    text = path.read_text(encoding="utf-8")
    assert [target for target in LINK.findall(text) if not (TEACHING / target).is_file()] == []
    for number, rest in re.findall(r"[Nn]otebook (0\d)(?: \w+)*?[, ]+([^|\n]*)", text):
        notebook = next(TEACHING.parent.glob(f"{number}-*.ipynb")).read_text(encoding="utf-8")
        for section in re.findall(r"\*([A-Z][^*]+)\*", rest):
            assert f"## {section}" in notebook


# The page to print


@pytest.fixture
def printed() -> str:
    return html.unescape(page("printable-one-page.html"))


def cells(printed: str, table: str) -> list[list[str]]:
    body = re.search(rf'id="{table}">.*?<tbody>(.*?)</tbody>', printed, re.DOTALL)
    assert body is not None
    rows = re.findall(r"<tr>(.*?)</tr>", body[1])
    return [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in rows]


def passage(printed: str) -> list[str]:
    found = re.search(r'id="passage">(.*?)</ol>', printed, re.DOTALL)
    assert found is not None
    return re.findall(r"<li>(.*?)</li>", found[1])


def signed(value: float, places: int) -> str:
    return f"{value:+.{places}f}".replace("-", "−") if round(value, places) else f"{0:.{places}f}"


def test_words_scores_and_mean_on_the_page_to_print_are_computed(printed: str) -> None:
    sentences = passage(printed)
    tokens = explain_sentiment(" ".join(sentences))
    known = tokens[tokens.valence.notna()]
    wanted = [
        [str(row.sentence), re.sub(r"\W", "", row.token).lower(), signed(row.valence, 1), signed(row.value, 2)]  # type: ignore[arg-type]
        for row in known.itertuples()
    ]
    assert cells(printed, "words") == wanted
    scores = [[str(number), signed(sentiment(text), 2), ""] for number, text in enumerate(sentences, 1)]
    assert cells(printed, "sentences") == scores
    assert f'<span id="mean">{signed(sentiment(" ".join(sentences)), 2)}</span>' in printed


def test_the_page_to_print_needs_nothing_but_itself(printed: str) -> None:
    assert re.findall(r"<(?:script|link|img|iframe)\b|url\(|@import", printed) == []
    assert "</html>" in printed


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_page_to_print_fits_on_one_sheet_and_a_telephone(paper: str, browser: "Browser") -> None:
    context = browser.new_context()
    shown = context.new_page()
    shown.goto((TEACHING / "printable-one-page.html").as_uri())
    pdf = shown.pdf(format=paper, prefer_css_page_size=False)
    for width in (320, 390, 559):  # telephones, and A5
        shown.set_viewport_size({"width": width, "height": 800})
        assert shown.evaluate("document.documentElement.scrollWidth") == width
    context.close()
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


# The second account of the library's plan


def test_the_report_on_the_library_adds_up_as_the_articles_list_does_and_reports_no_more_than_the_page() -> None:
    now = {"early": 0, "day": 5 * 7 + 3, "evening": 5 * 3}
    planned = {"early": 6, "day": 5 * 7 + 7 + 4, "evening": 3}
    report = load_corpus("library-notice").text[0]
    assert f"from {sum(now.values())} hours a week to {sum(planned.values())}" in report
    assert (now["evening"], planned["evening"]) == (15, 3)
    assert "open for fifteen hours a week today, and will be open for three" in report
    page_of_article = " ".join(load_corpus("library-hours").text)
    assert set(re.findall(r'"([^"]*)"', report)) == {"moving our hours to where they are", "other"}
    shared = (
        "moving our hours to where they are", "eleven visitors an hour", "page four", "forty-six people", "23 October",
    )  # fmt: skip
    assert [words for words in shared if words not in report or words not in page_of_article] == []


# The glossary


def glossary_tables() -> str:
    """The glossary of METRICS in Markdown: a table for each family."""
    table = glossary()
    return "".join(
        f"\n## {family[0].upper()}{family[1:]}\n\n{_rows(rows)}"  # type: ignore[index, str-bytes-safe, union-attr]
        for family, rows in table.groupby("family", sort=False)
    )


def _rows(rows: Any) -> str:
    lines = [["measure", "what it is", "unit", "higher means", "fewest words", "source"]]
    lines.append(["---", "---", "---", "---", "---:", "---"])
    for name, label, _, unit, higher_means, fewest, definition, reference in rows.itertuples(index=False):
        lines.append([f"**{label}**<br>`{name}`", definition, unit, higher_means, str(fewest or "–"), reference])
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def test_the_glossary_is_the_one_of_the_metrics() -> None:
    assert page("glossary.md").partition(MARK)[2] == glossary_tables()


def write_glossary() -> None:
    """Rewrite the tables below the mark; the words above it are written by hand."""
    words = page("glossary.md").partition(MARK)[0]
    (TEACHING / "glossary.md").write_text(words + MARK + glossary_tables(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_glossary()
