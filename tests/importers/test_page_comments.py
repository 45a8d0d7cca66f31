"""Comments of saved pages whose markup is their own: rows of a table, and lists inside lists."""

from __future__ import annotations

from toolkit.importers.article_formats import read_article

TEXT = (
    "The town library will close two hours earlier from March, the council said on Monday, and nobody at the desk "
    "knew why it had been decided."
)


def row(number: int, indent: int, author: str, text: str) -> str:
    return (
        f"<tr class='athing comtr' id='{number}'><td><table><tr><td class='ind' indent='{indent}'></td>"
        f"<td class='default'><span class='comhead'><a class='hnuser' href='user?id={author}'>{author}</a> "
        f"<span class='age' title='2024-05-01T10:0{indent}:00 1714557600'><a>2 hours ago</a></span></span>"
        f"<div class='comment'><div class='commtext c00'>{text}</div><div class='reply'>reply</div></div></td></tr>"
        "</table></td></tr>"
    )


def test_comments_in_rows_of_a_table_answer_the_row_that_is_indented_less() -> None:
    rows = [(11, 0, "ana", "First."), (12, 1, "bo", "Second."), (13, 2, "cy", "Third."), (14, 1, "di", "Fourth.")]
    table = "".join(row(*each) for each in (*rows, (15, 0, "el", "Fifth.")))
    page = f"<html><body><div class='toptext'><p>{TEXT}</p><p>{TEXT}</p></div><table>{table}</table></body></html>"
    article = read_article(page)
    assert [(each.comment_id, each.reply_to, each.author, each.text) for each in article.comments] == [
        ("11", "", "ana", "First."), ("12", "11", "bo", "Second."), ("13", "12", "cy", "Third."),
        ("14", "11", "di", "Fourth."), ("15", "", "el", "Fifth."),
    ]  # fmt: skip
    assert article.comments[1].posted == "2024-05-01T10:01:00"
    assert "Third" not in article.markdown


def test_comments_of_things_inside_things_are_read_with_names_days_and_replies() -> None:
    def thing(name: str, author: str, text: str, inner: str = "") -> str:
        return (
            f"<div class='thing comment' data-fullname='t1_{name}'><p class='tagline'><a class='author'>{author}</a>"
            "<time datetime='2024-05-01T10:00:00+00:00'>1 day ago</time></p><form class='usertext'>"
            f"<div class='usertext-body'><div class='md'><p>{text}</p></div></div></form>"
            f"<div class='child'>{inner}</div></div>"
        )

    comments = thing("a1", "ana", "First.", thing("b2", "bo", "Second.")) + thing("c3", "cy", "Third.")
    post = f"<div class='thing link'><p class='title'>Hours</p><div class='md'><p>{TEXT}</p><p>{TEXT}</p></div></div>"
    article = read_article(f"<html><body>{post}<div class='commentarea'>{comments}</div></body></html>")
    assert [(each.comment_id, each.reply_to, each.author, each.text) for each in article.comments] == [
        ("a1", "", "ana", "First."),
        ("b2", "a1", "bo", "Second."),
        ("c3", "", "cy", "Third."),
    ]
    assert {each.posted for each in article.comments} == {"2024-05-01T10:00:00+00:00"}
    assert "Second" not in article.markdown
