"""Errors on the command line propose its own options, and outputs have default names."""

import pytest

from toolkit.cli.console import on_the_command_line
from toolkit.cli.inputs_and_outputs import default_output


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("Say it with columns={'text': 'Body'}.", "Say it with --column text=Body."),
        ("columns={'text': '...', 'author': 'My name'}", '--column text=... --column author="My name"'),
        (
            """columns={'text': "What's new, for $5?", 'author': 'Wer?'}""",
            """--column text='What'"'"'s new, for $5?' --column author="Wer?\"""",
        ),
        ("""columns={'text': "Don't"}""", '--column text="Don\'t"'),
        ("such as encoding='koi8-r'.", "such as --encoding koi8-r."),
        ("give article_encoding='cp1252'", "give --article-encoding cp1252"),
        ("columns={} has no part 'body'", "--column has no part 'body'"),
        ("not read. To read them, pass comments='page'.", "not read. To read them, use report ARTICLE page."),
        ("list_corpora() lists the corpora.", "corpus list shows the corpora."),
        ("or pass replace=True.", "or give --replace."),
        (
            "about needs creator as a string that is not empty: about={'creator': '...'}.",
            "Name the writer: --creator 'A. Writer'.",
        ),
        (
            "about gives creator = 'A. B.', but the article in texts has 'Jo. C.'. Make them agree.",
            "The article names 'Jo. C.', not 'A. B.'. Leave out --creator, or correct it in the file.",
        ),
        ("format must be 'csv' or 'xlsx', not 'x'.", "--format must be 'csv' or 'xlsx', not 'x'."),
        ("no columns here", "no columns here"),
    ],
)
def test_an_error_speaks_the_language_of_the_command_line(message: str, shown: str) -> None:
    assert on_the_command_line(message) == shown


def test_outputs_are_named_after_the_first_input_in_the_current_folder() -> None:
    assert str(default_output("/somewhere/article.html", "-report.html")) == "article-report.html"
    assert str(default_output("RC_2024.jsonl.gz", "-measured.csv")) == "RC_2024-measured.csv"
    assert str(default_output("library-hours", "-report.html")) == "library-hours-report.html"
