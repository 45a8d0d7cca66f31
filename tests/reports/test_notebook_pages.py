"""Notebooks as pages: solutions are folded, links lead to pages, and nothing runs."""

from __future__ import annotations

import re
from typing import Any

import nbformat
import pytest
from lxml import html

from toolkit.reports.notebook_pages import page_of


def test_a_solution_is_folded_and_nothing_else_is() -> None:
    cells = [
        nbformat.v4.new_markdown_cell("See [the next](01-next.ipynb#part)."),
        nbformat.v4.new_code_cell("question = 1"),
        nbformat.v4.new_code_cell("answer = 42", metadata={"tags": ["solution"]}),
    ]
    page: Any = html.fromstring(page_of(nbformat.v4.new_notebook(cells=cells), "A page"))
    (fold,) = page.iter("details")
    assert fold.text_content().split() == ["A", "solution", "answer", "=", "42"]
    assert fold.get("open") is None
    assert "question = 1" in page.text_content()
    assert [link.get("href") for link in page.iter("a")] == ["index.html", "01-next.html#part"]


def page_with(source: str, **data: str) -> Any:
    """The page of one cell with one output."""
    cell = nbformat.v4.new_code_cell(source)
    cell.outputs = [nbformat.v4.new_output("display_data", data={f"text/{kind}": text for kind, text in data.items()})]
    return html.fromstring(page_of(nbformat.v4.new_notebook(cells=[cell]), "A page"))


def test_code_and_output_are_told_apart_and_a_wide_table_can_be_reached_with_the_keyboard() -> None:
    page = page_with("table", html="<table><tr><th></th><th>words</th></tr><tr><th>0</th><td>7</td></tr></table>")
    code, output = (page.find(f".//div[@aria-label='{name}']") for name in ("Code", "Output"))
    assert (code.get("role"), code.text_content().strip()) == ("group", "table")
    assert (output.get("role"), output.get("tabindex")) == ("group", "0")
    assert [heading.text for heading in page.iter("th")] == ["words", "0"]
    assert page_with("1", plain="1").find(".//div[@aria-label='Output']").get("tabindex") is None


def test_a_figure_has_its_words_and_numbers_beneath_it() -> None:
    page = page_with("show(figure)", html='<figure><img alt="Bars."></figure>', plain="Bars.\nx 1 <2>")
    (fold,) = page.iter("details")
    assert fold.text_content() == "This figure in words and numbersBars.\nx 1 <2>"


def test_where_a_widget_stood_the_page_says_so_in_the_same_words_on_every_run() -> None:
    widget = {"application/vnd.jupyter.widget-view+json": {"model_id": "1", "version_major": 2, "version_minor": 0}}
    cell = nbformat.v4.new_code_cell("explore_text()")
    cell.outputs = [nbformat.v4.new_output("display_data", data=widget)]
    state: dict[str, Any] = {"application/vnd.jupyter.widget-state+json": {"state": {"1": {}}}}
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata={"widgets": state})
    first, again = (page_of(notebook, "A page") for _ in range(2))
    assert "Here the notebook has controls to play with." in first
    assert first == again  # without the id that is another one each time


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_of_code_stands_out_from_the_paper(scheme: str) -> None:
    style = page_of(nbformat.v4.new_notebook(), "A page")
    papers = re.findall(r"--code: #(\w{6})", style)
    rules = re.findall(r"@media [^{]*: (light|dark)\)[^{]*\{([^@]*)", style)
    colours = {
        colour
        for name, text in rules
        if name == scheme
        for colour in re.findall(r"\.highlight \.\w+ \{ color: #(\w{3,6})", text)
    }
    assert len(colours) > 5
    assert len(papers) == 2
    paper = papers[scheme == "dark"]
    assert {colour for colour in colours if contrast(colour, paper) < 4.5} == set()


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21 (WCAG 2.1)."""
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = [
        int(part, 16) / 255 for part in re.findall("..", colour if len(colour) == 6 else "".join(c * 2 for c in colour))
    ]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_script_in_an_output_is_left_out() -> None:
    cell = nbformat.v4.new_code_cell("1", outputs=[])
    cell.outputs.append(
        nbformat.v4.new_output("display_data", data={"text/html": "<p>seen</p><script>alert(1)</script>"})
    )
    page: Any = html.fromstring(page_of(nbformat.v4.new_notebook(cells=[cell]), "A page"))
    assert "seen" in page.text_content()
    assert list(page.iter("script")) == []
