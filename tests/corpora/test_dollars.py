"""In a table of texts a dollar is a dollar, and never the beginning of a formula."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from toolkit import load_corpus, measure, read_thread, split_sentences

ARTICLE = "# Prices\n\nIt cost $5 then $6. Nobody knew why."


def own_files(folder: Path) -> pd.DataFrame:
    (folder / "c.csv").write_text("id,author,text\n1,Ann,It was $7 and $8.\n", encoding="utf-8")
    return read_thread(ARTICLE, folder / "c.csv", quiet=True)


@pytest.mark.parametrize("read", [lambda _: load_corpus("library-hours"), own_files])
def test_mathjax_leaves_tables_of_texts_alone(read: Callable[[Path], pd.DataFrame], tmp_path: Path) -> None:
    with pd.option_context("display.html.use_mathjax", True):
        texts = read(tmp_path)
        for table in (texts, split_sentences(texts), measure(texts, ["words"])):
            assert "tex2jax_ignore" in table.to_html(notebook=True) or "mathjax_ignore" in table.to_html(notebook=True)
