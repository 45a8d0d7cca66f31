"""Articles of every format: blocks kept, comments offered, no accidental marks, one clear error for bad files."""

import io
import socket
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from toolkit import import_summary, read, read_thread
from toolkit.importers.article_formats import ARTICLE_FORMATS, read_article
from toolkit.importers.documents.markdown_writer import Piece, write_markdown

PAGES = Path(__file__).parents[1] / "samples" / "pages"
PARAGRAPH = "<p>The town library will close two hours earlier from March, the council said, and nobody asked why.</p>"


def kinds(text: str) -> list[str]:
    return [block.kind for block in read(text).blocks]


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html lang='en'><head><title>A page</title>{head}</head><body>{body}</body></html>"


SUBSTACK = (
    ["title", "paragraph", "heading", "paragraph", "list_item", "list_item", "list_item", "quote", "promo", "heading"]
    + ["paragraph"] * 3,
    [("501", "", "", "I counted them on Monday.\n\nThere were nine 🚗."), ("502", "501", "", "Nine is not many.")],
)
WORDPRESS = (
    None,
    [("11", "", "Planted Name One", "Bring a flask.\n\nAnd a lid."),
     ("12", "11", "Planted Name Two", "The leaflet bans lids <3"), ("13", "", "Planted Name One", "Then coffee.")],
)  # fmt: skip
NEWS = (  # without an <article> element, and with comments in JSON-LD
    ["title", "paragraph", "paragraph", "paragraph"],
    [("#c1", "", "", "Open it on Sundays instead."), ("#c2", "#c1", "", "Who would pay for that?")],
)


@pytest.mark.parametrize(
    ("name", "blocks", "comments"),
    [("substack_post", *SUBSTACK), ("wordpress_post", *WORDPRESS), ("news_page", *NEWS)],
)
def test_a_page_gives_blocks_and_comments(name: str, blocks: list[str] | None, comments: list[tuple[str, ...]]) -> None:
    article = read_article(PAGES / f"{name}.html")
    assert blocks in (None, kinds(article.markdown))
    found = article.comments
    named = [each.author if name == "wordpress_post" else "" for each in found]
    assert [(it.comment_id, it.reply_to, who, it.text) for it, who in zip(found, named, strict=True)] == comments
    assert [each.row for each in found] == [*range(1, len(found) + 1)]
    for foreign in (comments[-1][-1], "not for readers", "Share", "Sport", "Dog finds ring", "Copyright"):
        assert foreign not in article.markdown
    assert "Planted" not in repr(article)


def test_what_a_page_says_about_itself_its_comments_and_its_pictures_of_emoji_is_read() -> None:
    article, blog, news = (read_article(PAGES / f"{n}.html") for n in ("substack_post", "wordpress_post", "news_page"))
    assert (article.title, article.author) == ("The Bridge That Nobody Asked For", "Ana Sample")
    assert (article.url, str(article.published)) == ("https://rivernotes.example/p/the-bridge", "2025-03-04")
    assert (article.language, article.format) == ("en", "web page")
    assert [each.posted for each in article.comments] == ["Mar 5, 2025", "Mar 6, 2025"]
    assert blog.comments[2].posted == "2024-11-04T10:30:00+00:00"
    assert "I asked the depot why 🙂 and got a leaflet." in blog.markdown
    assert [each.likes for each in news.comments] == ["4", ""]


def test_microdata_comments_are_offered() -> None:
    comment = "<div itemtype='https://schema.org/Comment'><b itemprop='author'>A B</b><p itemprop='text'>No.</p></div>"
    article = read_article(page(f"<article>{PARAGRAPH}</article>{comment}"))
    assert [(each.author, each.text) for each in article.comments] == [("A B", "No.")]
    assert article.notes[-1] == "1 comment was found in the page; it is not part of the article."


@pytest.mark.parametrize(
    "text", ["# no heading", "- no item", "1. no item", "> no quote", "<!-- promo -->", "・- 1) x"]
)
def test_text_that_looks_like_a_mark_stays_a_paragraph(text: str) -> None:
    escaped = text.replace("<", "&lt;")
    article = read_article(page(f"<article><h1>A page</h1><p>{escaped}</p>{PARAGRAPH}</article>"))
    assert kinds(article.markdown) == ["title", "paragraph", "paragraph"]


@settings(max_examples=200, deadline=None)
@example([("heading", "»"), ("list_item", "» on"), ("quote", "» off"), ("heading", "« on » off")])
@given(st.lists(st.tuples(st.sampled_from(["paragraph", "heading", "list_item", "quote"]), st.text(max_size=40))))
def test_any_text_written_as_markdown_gets_no_mark_of_its_own(blocks: list[tuple[str, str]]) -> None:
    written = write_markdown([Piece(kind, text) for kind, text in blocks], "A title")
    allowed = {"title", "promo", *(kind for kind, _ in blocks)}
    assert {block.kind for block in read(written).blocks} <= allowed


def test_a_page_is_read_in_the_encoding_that_its_meta_tag_or_its_bytes_say() -> None:
    for head in ("", "<meta charset='windows-1252'>", "<meta charset='utf-8'>"):
        content = page(f"<article><p>It isn’t a café — it costs €5.</p>{PARAGRAPH}</article>", head).encode("cp1252")
        assert "It isn’t a café — it costs €5." in read_article(content).markdown
    head = "<meta http-equiv='Content-Type' content='text/html; charset=koi8-r'>"
    content = page(f"<article><p>Это война, и она ужасна.</p>{PARAGRAPH}</article>", head).encode("koi8-r")
    assert "Это война, и она ужасна." in read_article(content).markdown


def test_an_article_that_trafilatura_would_read_too_slowly_is_read_plainly_and_the_notes_say_so() -> None:
    article = read_article(page("<article>" + "<p>The <b>bus</b> is late.</p>" * 6_000 + "</article>"))
    assert "more than 10,000 elements" in article.notes[0]
    deep = read_article(page("<article>" + "<div>" * 300 + PARAGRAPH))
    assert "nested more than 200 deep" in deep.notes[0]
    assert read(article.markdown).words == 4 * 6_000


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("<html>" + "<b>x" * 5_000, "nested more than 2,000 deep"),
        ("<p " + " ".join(f"a{i}=1" for i in range(20_000)) + ">x", "more than 500 attributes"),
        ("<p " + "".join(f"a{i}='1'" for i in range(20_000)) + ">x", "more than 500 attributes"),
        ('<p x" ' + " ".join(f"a{i}" for i in range(20_000)) + ' y">x', "more than 500 attributes"),
        ("<html><body><script>alert(1)</script></body></html>", "no article in this page"),
        ("<html><!-- nothing --></html>", "no article in this page|no HTML"),
        ("<p>" + "x" * 10_000_000, "more than 10,000,000 characters"),
        ("<br>" * 300_001, "more than 100,000 tags.*Save the page again"),
        ("<p>a" * 32_001, "more than 31,600 elements without comments"),
        ("<p>" + "It is warm. " * 210_000, "more than 2,500,000 characters to read"),
        (f"<script type='application/ld+json'>[{'[],' * 80_000}1]</script>", "more than 80,000 objects and lists"),
        ("  ", "empty"),
        ("word " * 500, "line break"),
        (3, "not int"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "picture"),
        ("x\n" * 5_000_001, "the limit is 10,000,000"),
        ("x\n" * 100_001, "the limit is 100,000"),
        (PAGES, "folder"),
        ("no such file.html", "There is no file"),
    ],
)
def test_what_is_no_article_or_cannot_be_read_whole_or_in_time_gets_one_clear_error(given: Any, message: str) -> None:
    with pytest.raises(FileNotFoundError if message == "There is no file" else ValueError, match=message):
        read_article(given)


def test_reading_a_page_opens_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    markup = page(
        f"<article><img src='https://a.example/x.png'><iframe src='https://b.example'></iframe>{PARAGRAPH}</article>"
    )
    assert "library" in read_article(markup).markdown


def test_markdown_is_converted_to_the_packages_marks() -> None:
    text = (
        "---\ntitle: Late Buses\nauthor: Dora Sample\ndate: 2025-02-03\n---\n\nFirst part\n----------\n\n"
        "* one\n2) two\n\n"
        "<div>A <b>bold</b> word &amp; more</div>\n\n<!-- voice: the mayor -->\n> We will see.\n\n<!-- secret -->\n"
        "<!-- promo -->\nSend money.\n\n```\n# code\n```\n"
    )
    article = read_article(text)
    assert (article.title, article.author, str(article.published)) == ("Late Buses", "Dora Sample", "2025-02-03")
    assert article.markdown == (
        "# Late Buses\n\n## First part\n\n- one\n- two\n\nA bold word & more\n\n<!-- voice: the mayor -->\n"
        "> We will see.\n\n<!-- promo -->\nSend money.\n\n\\# code\n"
    )
    assert kinds(article.markdown) == [
        "title", "heading", "list_item", "list_item", "paragraph", "quote", "promo", "paragraph",
    ]  # fmt: skip


BYLINE = "By Ann Lee and Bo Roe"
HOURS = "The council has voted to keep the library open until ten on weekdays, and the plan starts in May."


def test_the_line_with_the_writers_name_is_left_out_of_every_kind_of_file_and_said() -> None:
    made = docx.Document()
    for each in (BYLINE, HOURS):
        made.add_paragraph(each)
    made.save(word := io.BytesIO())
    saved = page(f"<article><h1>Hours</h1><p>{BYLINE}</p><p>{HOURS}</p><p>Share this article</p></article>")
    written = [read_article(each) for each in (f"# Hours\n\n*{BYLINE}*\n\n{HOURS}\n", word.getvalue())]
    assert [each.author for each in written] == ["Ann Lee and Bo Roe"] * 2
    articles = [*written, read_article(saved)]
    for article in articles:
        assert "Ann" not in article.markdown
        assert HOURS in article.markdown
        assert "the line with the writer's name" in " ".join(article.notes)
    assert '"Share this article"' in " ".join(articles[-1].notes)


@pytest.mark.parametrize(
    "line",
    [
        "By Land and Sea",
        "BY FAR THE BEST",
        "By Tuesday",
        "BY CONTRAST",
        "By The Numbers",
        "By Virtue Of Law",
        "By Royal Decree",
    ],
)
def test_a_first_line_that_names_nobody_is_not_a_byline(line: str) -> None:
    made = docx.Document()
    for each in ("Hours", line, HOURS):
        made.add_paragraph(each)
    made.save(word := io.BytesIO())
    for written in (f"# Hours\n\n{line}\n\n{HOURS}\n", word.getvalue(), f"Hours\n\n{line}\n\n{HOURS}\n"):
        assert line in read_article(written).markdown


@pytest.mark.parametrize(
    ("writer", "post"),
    [
        ("Ann Lee and Bo Roe", ", Staff Writer"),
        ("Frank Miller", ""),
        ("Frank Stone", ""),
        ("Blake Day", ""),
        ("Mark Young", ""),
    ],
)
def test_a_writers_job_is_not_part_of_the_name_but_an_adjective_may_be(writer: str, post: str) -> None:
    article = read_article(f"# Hours\n\nBy {writer}{post}\n\n{HOURS}\n")
    assert article.author == writer


def test_front_matter_names_the_writer_before_a_line_does() -> None:
    article = read_article(f"---\nauthor: Dora Sample\n---\n# Hours\n\n{BYLINE}\n\n{HOURS}\n")
    assert (article.author, BYLINE in article.markdown) == ("Dora Sample", False)


def test_labels_that_may_name_people_are_not_shown_in_the_notes() -> None:
    named = "<p>Liked by Rose Hunter</p><p>Liked by Zed</p>"
    named += "<p>zq_77 likes this</p><p>Read more: Zed Quagmire speaks</p><p>Share</p>"
    article = read_article(
        f"<html><body><article><h1>Hours</h1><p>{HOURS}</p>{named}<p>{HOURS} Yes.</p></article></body></html>"
    )
    assert 'notices: 5 ("Share", ...).' in " ".join(article.notes)
    assert "Zed" not in " ".join(article.notes)
    assert "Rose" not in " ".join(article.notes)


def test_footnotes_within_a_line_and_pictures_within_a_file_are_no_text_of_markdown() -> None:
    article = read_article(f"# Hours\n\nOpen until ten.^[See the minutes.] {HOURS}[^a]\n\n[^a]: See.\n")
    assert article.markdown == f"# Hours\n\nOpen until ten. {HOURS}\n"
    assert "Left out: footnotes 2." in article.notes
    picture = f"data:image/png;base64,{'iVBORw0KGgo' * 1_000_000}"
    assert len(read_article(f"# Hours\n\n{HOURS}\n\n![][image1]\n\n[image1]: <{picture}>\n").markdown) < 300


@pytest.mark.parametrize("quote", ["'", '"'])
def test_drawings_within_a_page_do_not_count_towards_its_length(quote: str) -> None:
    drawing = "data:image/svg+xml;utf8,%3Csvg xmlns=%22http://x%22%3E" + "M0 0h1v1z " * 1_100_000
    other = "'" if quote == '"' else '"'
    shape = f"<div style={other}background:url({quote}{drawing}{quote}){other}></div>"
    article = read_article(page(f"<article><p>{HOURS}</p>{shape}<p>{HOURS} Yes.</p></article>"))
    assert HOURS in article.markdown
    assert "h1v1z" not in article.markdown


def test_only_the_first_top_heading_of_markdown_is_the_title() -> None:
    article = read_article("# One #\n\nText here.\n\n# Two C#\n\nMore text.\n")
    assert article.title == "One"
    assert "\n## Two C#\n" in article.markdown
    assert kinds(article.markdown) == ["title", "paragraph", "heading", "paragraph"]


def test_text_declared_plain_is_all_article() -> None:
    article = read_article((PAGES / "pasted_page.txt"), format="plain text")
    assert (article.format, article.comments) == ("plain text", ())
    assert "Nine is not many." in article.markdown


def test_a_title_and_an_address_given_by_the_user_win() -> None:
    for source in ("news_page.html", "pasted_page.txt"):
        article = read_article(PAGES / source, title="Mine", url="https://mine.example")
        assert (article.title, article.url) == ("Mine", "https://mine.example")
        assert article.markdown.startswith("# Mine\n")


def test_an_unknown_format_gets_a_list_of_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"article_format must be 'web page', 'MHTML', .* or 'PDF', not 'rtf'"):
        read_article("a\nb", format="rtf")
    assert len({each.name for each in ARTICLE_FORMATS}) == len(ARTICLE_FORMATS) == 8


TALK = "---\nJane: I think the bridge is bad.\nBob: No, it is good.\n---\nThat was the talk about it. It went on.\n"


@pytest.mark.parametrize("ending", [".md", ".txt"])
def test_dialogue_between_two_rules_is_text(ending: str, tmp_path: Path) -> None:
    (tmp_path / f"talk{ending}").write_text(TALK, encoding="utf-8")
    texts = read_thread(tmp_path / f"talk{ending}", quiet=True)
    lines = [line for line in texts["text"].iloc[0].splitlines() if line]
    assert lines == [line for line in TALK.splitlines() if line != "---"]
    assert "jane" not in import_summary(texts).lower()


@pytest.mark.parametrize("field", ["title: A", "author: Ann", "date: 2025-01-02", "Title: A", "lang: en"])
def test_front_matter_is_read_by_its_known_keys_and_only_those_are_named(field: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"---\nlayout: post\nJane: x\n{field}\n---\nThe text is here. It is.\n", "utf-8")
    texts = read_thread(tmp_path / "a.md", quiet=True)
    assert texts["text"].iloc[0].endswith("The text is here. It is.\n")
    assert "layout" not in texts["text"].iloc[0]
    assert f"From its front matter: {field.partition(':')[0].lower()}." in import_summary(texts)
