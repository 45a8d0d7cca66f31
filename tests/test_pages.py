"""Notebooks as pages: solutions are folded, links lead to pages, and nothing runs."""

from __future__ import annotations

from typing import Any

import nbformat
from lxml import html

from toolkit.pages import page_of


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


def test_a_script_in_an_output_is_left_out() -> None:
    cell = nbformat.v4.new_code_cell("1", outputs=[])
    cell.outputs.append(
        nbformat.v4.new_output("display_data", data={"text/html": "<p>seen</p><script>alert(1)</script>"})
    )
    page: Any = html.fromstring(page_of(nbformat.v4.new_notebook(cells=[cell]), "A page"))
    assert "seen" in page.text_content()
    assert list(page.iter("script")) == []
