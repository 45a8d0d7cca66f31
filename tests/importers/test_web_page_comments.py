"""Comments in saved pages, page by page as blogs, forums, newspapers and comment services write them."""

import html
import itertools
import json
import re
from pathlib import Path

import pytest

from toolkit import import_summary, read_thread
from toolkit.importers.article import Article
from toolkit.importers.article_formats import read_article

FIRST = "Open it in the evening, please: most of us work in the day."
SECOND = "Evenings cost more than the town can pay."
THIRD = "My children learnt to read there."
THREE = [("Ann Lee", FIRST), ("Bo Ray", SECOND), ("Cy Oak", THIRD)]
PROSE = (
    "The town library will close two hours earlier from March, the council said on Monday, and nobody at the desk knew "
    "why it had been decided, though a list with four hundred names had been handed in before the winter."
)
STORY = f"<article><h1>Shorter Hours</h1><p>{PROSE}</p><p>Nobody was asked. {PROSE}</p></article>"


def forms(folder: str) -> dict[str, str]:
    """One comment each as a kind of site writes it, with {id}, {name}, {text}, {likes} and {inner}."""
    files = sorted((Path(__file__).parents[1] / "samples/pages/comments" / folder).glob("*.html"))
    return {path.stem: path.read_text("utf-8").strip() for path in files}


NESTED, FLAT, UNNAMED, FORUMS = map(forms, ("nested", "flat", "unnamed", "forums"))


def below_the_story(part: str) -> Article:
    """What is read from a page with that part below its article."""
    return read_article(f"<!doctype html><html><body>{STORY}{part}</body></html>")


def nested(form: str) -> str:
    """Three comments in one form, the second inside the first."""
    second = form.format(id=72, name="Bo Ray", text=SECOND, likes=0, inner="", depth=2, parent=71)
    first = form.format(id=71, name="Ann Lee", text=FIRST, likes=3, inner=second, depth=1, parent="")
    return first + form.format(id=73, name="Cy Oak", text=THIRD, likes=12, inner="", depth=1, parent="")


@pytest.mark.parametrize("name", [*NESTED, *FLAT])
def test_comments_are_read_with_names_days_likes_and_replies(name: str) -> None:
    form = {**NESTED, **FLAT}[name]
    around = "<dl>{}</dl>" if form.startswith("<dt") else "<div id='comments'><h2>3 comments</h2>{}</div>"
    article = below_the_story(around.format(nested(form)))
    assert [each.comment_id for each in article.comments] == ["71", "72", "73"]
    assert [(each.author, each.text) for each in article.comments] == THREE
    assert [each.reply_to for each in article.comments] == ["", "71" if name in NESTED else "", ""]
    assert all("2024" in each.posted and "10:00" in each.posted for each in article.comments)
    if "{likes}" in form and name != "lemmy":  # whose likes are a button
        assert [re.findall("[0-9]+", each.likes) for each in article.comments] == [["3"], ["0"], ["12"]]
    assert len(re.findall("[Nn]obody", article.markdown)) == 3
    assert "children" not in article.markdown


def test_replies_within_a_comment_of_json_ld_answer_it_though_none_has_an_id() -> None:
    second = {"@type": "Comment", "text": SECOND, "author": {"name": "Bo Ray"}}
    first = {"@type": "Comment", "text": FIRST, "author": {"name": "Ann Lee"}, "comment": [second]}
    data = json.dumps({"@type": "DiscussionForumPosting", "comment": [first, {"@type": "Comment", "text": THIRD}]})
    page = f"<!doctype html><html><body><script type='application/ld+json'>{data}</script>{STORY}</body></html>"
    found = read_article(page).comments
    ids = {each.text: each.comment_id for each in found}
    assert [(each.text, each.reply_to) for each in found] == [(FIRST, ""), (SECOND, ids[FIRST]), (THIRD, "")]
    assert ids[FIRST]


@pytest.mark.parametrize("name", UNNAMED)
def test_comments_whose_elements_have_no_telling_names_are_read_by_their_form(name: str) -> None:
    form = "<div>{}</div>" if name == "facebook_plugin" else "{}"
    section = f"<div><h2>3 responses</h2><p>What are your thoughts?</p>{form.format(nested(UNNAMED[name]))}</div>"
    article = below_the_story(section)
    assert [(each.author, each.text) for each in article.comments] == THREE
    first, *others = ((each.comment_id, each.reply_to) for each in article.comments)
    nesting = name in ("facebook_plugin", "german", "ids_alone", "nyt", "valine", "data_ids")
    assert [reply for _, reply in others] == [first[0] if nesting else "", ""]
    assert all("2024" in each.posted for each in article.comments)
    assert article.markdown.endswith(f"{PROSE}\n")
    assert not any("unknown form" in note for note in article.notes)
    assert article.notes[-1].endswith("Compare them with the page.")


def test_a_section_with_a_label_for_comments_is_one() -> None:
    section = f"<section aria-label='Comments'><h2>Your turn (3)</h2><div>{nested(UNNAMED['facebook'])}</div></section>"
    article = below_the_story(section)
    assert [(each.author, each.text) for each in article.comments] == THREE


@pytest.mark.parametrize(
    ("form", "around"),
    [
        ("<p><b>{name}</b> (1 May 2024, 10:00): {text}</p>", "<h3>Comments</h3>{}"),
        (
            "<tr><td><b>{name}</b><br><i>01/05/2024 10:00</i></td><td>{text}</td></tr>",
            "<h2>Your comments</h2><table>{}</table>",
        ),
    ],
    ids=["paragraphs", "table"],
)
def test_comments_below_a_heading_without_a_section_of_their_own_are_read(form: str, around: str) -> None:
    rows = "".join(form.format(name=name, text=text) for name, text in THREE)
    article = read_article(
        f"<html><body><div>{STORY}{around.format(rows)}</div><h2>Contact</h2><p>{PROSE}</p></body></html>"
    )
    assert [(each.author, each.text) for each in article.comments] == THREE
    assert not any(name in article.markdown for name, _ in THREE)


LINE = "<div><b>{name}</b> <time>May 1, 2024</time></div>"


@pytest.mark.parametrize(
    ("form", "after"),
    [
        (LINE + "<p>{text}</p>", ""),
        (LINE + "<p>{text}</p>", "<form>Leave a comment here<input></form>"),
        ("<p>{text}</p>" + LINE, "<form>Leave a comment here<input></form>"),
        ("<div><p>{text}</p><b>{name}</b> <time>May 1, 2024</time> <a href='#r'>Report</a></div>", ""),
    ],
    ids=["below", "below, before a form", "above, before a form", "above in one element"],
)
def test_texts_belong_to_the_names_that_they_are_below_or_above(form: str, after: str) -> None:
    rows = "".join(form.format(name=name, text=text) for name, text in THREE)
    article = below_the_story(f"<section id='comments'><h2>Comments</h2>{rows}{after}</section>")
    assert [(each.author, each.text) for each in article.comments] == THREE


def test_a_reply_beside_a_text_does_not_hold_that_text() -> None:
    first, second, third = (f"{LINE}<p>{{text}}</p>".format(name=name, text=text) for name, text in THREE)
    rows = f"<div>{first}<div>{second}</div></div><div>{third}</div>"
    article = below_the_story(f"<section id='comments'><h2>Comments</h2>{rows}</section>")
    assert [(each.author, each.text) for each in article.comments] == THREE


def test_a_reader_who_wrote_most_comments_is_no_label_of_the_page() -> None:
    rows = "".join(f"<div><b>Ann Lee</b> <time>May 1, 2024</time><p>{text}</p></div>" for _, text in THREE)
    article = below_the_story(f"<section id='comments'><h2>Comments</h2>{rows}</section>")
    assert [(each.author, each.text) for each in article.comments] == [("Ann Lee", text) for _, text in THREE]


def test_a_reader_whom_most_others_answer_is_no_label_of_the_page() -> None:
    row = "<li><a href='https://n.example/user/id/{0}'>{1}</a>{2}<time>May 1, 2024</time><p>{3}</p></li>"
    answered = "<a href='#c1'>Ann van der Lee</a>"
    rows = row.format(1, "Ann van der Lee", "", FIRST) + "".join(
        row.format(n, name, answered, text) for n, (name, text) in enumerate(THREE[1:], 2)
    )
    article = below_the_story(f"<section><h2>3 comments</h2><ul>{rows}</ul></section>")
    assert [(each.author, each.text) for each in article.comments] == [("Ann van der Lee", FIRST), *THREE[1:]]


def test_posts_are_known_by_their_ids_and_writers_where_no_class_names_them() -> None:
    post = "<li data-pid='{}' data-username='{}' data-timestamp='1714557600000'><div class='content'>{}</div></li>"
    posts = "".join(post.format(n, name, text) for n, (name, text) in enumerate([("Di", f"<p>{PROSE}</p>"), *THREE], 1))
    article = read_article(f"<html><body><h1>Hours</h1><ul>{posts}</ul></body></html>")
    assert [(each.author, each.text) for each in article.comments] == THREE


@pytest.mark.parametrize("head", ["Reviews (1,204)", "Ratings &amp; Reviews", "Customer reviews (3)"])
def test_reviews_below_a_recipe_are_its_comments(head: str) -> None:
    form = "<div class='card'><b>{name}</b><i>5 stars</i><time>May 1, 2024</time><p>{text}</p></div>{inner}"
    article = below_the_story(f"<section><h2>{head}</h2>{nested(form)}</section>")
    assert [(each.author, each.text) for each in article.comments] == THREE
    assert article.markdown.endswith(f"{PROSE}\n")


DATED = '<div><h3><a href="/{0}">Why they are right</a></h3><b>Ann Lee</b><time>May {0}, 2024</time><p>{1}</p></div>'
NO_COMMENTS = {
    "opinion pieces": f"<h2>Kommentare</h2>{DATED.format(1, FIRST)}{DATED.format(2, SECOND)}",
    "teasers": f"<h2>Comments</h2>{DATED.replace('h3>', 'i>').format(1, FIRST)}{DATED.format(2, SECOND)}",
    "a notice": "<h2>Comments</h2><p>Be polite.</p><p>May 1, 2024</p><p>Comments are closed on this article.</p>",
    "days as names": f"<h2>Responses</h2><p>May 1, 2024</p><p>{FIRST}</p><p>May 2, 2024</p><p>{SECOND}</p>",
    "comments on other pages": "<ul class='recent-comments'>"
    + "<li><b>Ann</b> on <i>The old bridge</i> <time>May 1, 2024</time></li>" * 4 + "</ul>",
    "rules": "<div class='comment'><b class='comment-text'>Please be civil when you comment here.</b></div>",
}  # fmt: skip


@pytest.mark.parametrize("kind", NO_COMMENTS)
def test_sections_called_comments_that_hold_none_give_none(kind: str) -> None:
    article = below_the_story(f"<section>{NO_COMMENTS[kind]}</section>")
    assert not article.comments
    assert article.markdown.endswith(f"{PROSE}\n")
    assert article.notes[-1] == "No comments in the page."


IN_FRAMES = {
    "Disqus": NESTED["disqus"], "Facebook": UNNAMED["facebook"],
    "Discourse": "<article class='post' id='post-{id}'><div class='cooked'><h3 class='username'>{name}</h3>"
    "<p>{text}</p></div><a class='post-date' title='May 1, 2024'>2 yrs</a></article>{inner}",
}  # fmt: skip


@pytest.mark.parametrize("kind", IN_FRAMES)
def test_comments_in_a_frame_that_was_saved_within_the_page_are_read(kind: str) -> None:
    framed = html.escape(f"<html><body><h1>Discussion</h1>{nested(IN_FRAMES[kind])}</body></html>")
    frame = f"<iframe srcdoc='<p>An advertisement</p>'></iframe><iframe srcdoc='{framed}'></iframe>"
    article = below_the_story(frame)
    assert [each.row for each in article.comments] == [1, 2, 3]
    assert [(each.author, each.text) for each in article.comments] == THREE
    assert "advertisement" not in article.markdown
    assert article.notes[-1] == "3 comments were found in the page; they are not part of the article."


def test_a_button_is_not_the_name_of_a_comment_that_has_none() -> None:
    form = "<div class='comment'><i>Reply</i>{}<time datetime='2024'></time><p class='comment-text'>{}</p></div>"
    page = "".join(itertools.starmap(form.format, [("", FIRST), ("<em>Bo Ray</em>", SECOND)]))
    comments = below_the_story(page).comments
    assert [(each.author, each.text) for each in comments] == [("", FIRST), ("Bo Ray", SECOND)]


@pytest.mark.parametrize("text", ["No.", "A plan that nobody at the desk had asked for, they say."])
@pytest.mark.parametrize("kind", ["comment", "pingback"])
def test_a_comment_of_one_word_is_not_lost_among_its_links(kind: str, text: str) -> None:
    form = """<li class='{} even' id='comment-{}'><div class='comment-body'><div class='comment-author vcard'><cite
        class='fn'><a href='https://b.example'>Bo Ray</a></cite> <span class='says'>says:</span></div><div
        class='comment-meta commentmetadata'><a>May 2, 2024 at 10:00 am</a>
        <a class='comment-edit-link'>(Edit)</a></div><em
        class='comment-awaiting-moderation'>Your comment is awaiting moderation.</em><p>{}</p><div class='reply'><a
        class='comment-reply-link'>Reply to this comment</a></div></div></li>"""
    page = form.format("comment", 5, text) + form.format(kind, 6, THIRD)
    comments = below_the_story(f"<ol class='commentlist'>{page}</ol>").comments
    assert [(each.author, each.text, each.flag) for each in comments] == [
        ("Bo Ray", text, ""), ("Bo Ray", THIRD, "pingback" if kind == "pingback" else "")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "hidden",
    ["<span style='display:none'>{}</span>", "<b hidden>{}</b>", "<i class='sr-only'>{}</i>",
     "<u aria-hidden='true'>{}</u>"],
)  # fmt: skip
def test_what_a_page_hides_in_a_comment_is_not_its_text_but_an_emoji_is(hidden: str) -> None:
    text = f"{FIRST} {hidden.format('qwertz')}{hidden.format('😀')}"
    page = f"<div class='comment'><b class='author'>Bo</b><p class='comment-text'>{text}</p></div>"
    assert [each.text for each in below_the_story(page).comments] == [f"{FIRST} 😀"]
    folded = page.replace(text, hidden.format(FIRST))
    assert [each.text for each in below_the_story(folded).comments] == [FIRST]


@pytest.mark.parametrize("points", ["1,204", " <b>12</b>", "<i>★</i>", "<i>Top Fan</i>"])
def test_a_number_or_badge_beside_a_name_is_not_part_of_it(points: str) -> None:
    page = f"<div class='comment'><div class='author'><a href='/users/5'>Bo <b>Ray</b></a><span>{points}</span></div>"
    page += f"<p class='comment-text'>{FIRST}</p></div>"
    assert [each.author for each in below_the_story(page).comments] == ["Bo Ray"]


@pytest.mark.parametrize(
    ("beside", "posted"),
    [
        ("<i>May 2, 2024</i>", "May 2, 2024"), ("<b>Joined <i>May 2, 2019</i></b>", ""),
        ("<blockquote><i>May 1, 2024</i></blockquote>", ""),
    ],
)  # fmt: skip
def test_a_day_beside_a_comment_is_its_own_unless_it_says_otherwise(beside: str, posted: str) -> None:
    page = f"<div class='comment'><b class='author'>Bo</b>{beside}<p class='comment-text'>{FIRST}</p></div>"
    assert [each.posted for each in below_the_story(page).comments] == [posted]


@pytest.mark.parametrize("kind", ["comment--indented", "is-reply", "comment--reply"])
def test_a_sibling_marked_as_a_reply_by_its_class_answers_the_comment_above(kind: str) -> None:
    page = "".join(
        f"<div class='comment {own}' id='comment-{at}'><b class='author'>Bo</b><i class='comment-date'>#{at} / May 2, "
        f"2024</i><p class='comment-text'>{text}</p></div>"
        for at, (own, text) in enumerate([("", FIRST), (kind, SECOND), (kind, "No."), ("", THIRD)], 71)
    )
    comments = below_the_story(page).comments
    assert [(each.reply_to, each.posted) for each in comments] == [
        ("", "May 2, 2024"), ("71", "May 2, 2024"), ("71", "May 2, 2024"), ("", "May 2, 2024")
    ]  # fmt: skip


def test_a_date_and_buttons_below_a_text_are_not_text_whatever_their_names() -> None:
    form = "<div class='x-Comment'><a class='user-name'>{}</a><p data-e2e='level-1'>{}</p><p class='x-CommentContent'>"
    form += "<span>2d ago</span><span>Reply</span></p></div>"
    page = form.format("Ann Lee", FIRST) + form.format("Bo Ray", "Thanks.")
    comments = below_the_story(f"<div class='comment-list'>{page}</div>").comments
    assert [(each.author, each.text) for each in comments] == [("Ann Lee", FIRST), ("Bo Ray", "Thanks.")]


def test_the_name_and_day_in_a_byline_that_is_called_a_comment_are_those_of_the_comment_around_it() -> None:
    form = "<article class='x-thread__comment'><b class='x-info x-info_of-comment'><a class='username'>{}</a>"
    form += "<time datetime='2024-05-02T10:00'>2 May</time></b><div class='comment__body'>{}</div>"
    page = "".join(
        f"{form.format(*each)}<p class='x-comment-footer'>+4 Reply</p></article>"
        for each in [("Ann Lee", FIRST), ("Bo Ray", SECOND)]
    )
    comments = below_the_story(f"<div class='comments'>{page}</div>").comments
    assert [(each.author, each.posted, each.text) for each in comments] == [
        ("Ann Lee", "2024-05-02T10:00", FIRST), ("Bo Ray", "2024-05-02T10:00", SECOND)
    ]  # fmt: skip


def test_a_definition_list_called_comments_has_a_name_and_a_day_before_each_text() -> None:
    form = "<dt id='c{}'>{} wrote on <span>May 2, 2024</span>:</dt><dd>{}</dd>"
    page = f"<dl id='commentlist'>{form.format(1, 'Ann Lee', FIRST)}{form.format(2, 'Bo Ray', THIRD)}</dl>"
    comments = below_the_story(f"<div id='comments'>{page}</div>").comments
    assert [(each.author, each.posted, each.text) for each in comments] == [
        ("Ann Lee", "May 2, 2024", FIRST), ("Bo Ray", "May 2, 2024", THIRD)
    ]  # fmt: skip


@pytest.mark.parametrize("replies", ["vf-comment-replies", "gsc-replies", "x"])
def test_replies_are_known_where_comments_have_no_ids_and_a_button_called_reply_is_none(replies: str) -> None:
    form = """<div class="gsc-thread"><div class="gsc-comment"><b class="gsc-comment-author"><a href="/u{id}">{name}</a>
    <time datetime="2024-05-01">May 1, 2024</time></b><div class="gsc-comment-content">{text}</div><div class="reply">
    <a>Reply</a></div></div><div class="REPLIES">{inner}</div></div>""".replace("REPLIES", replies)
    reply = nested(form).replace("gsc-comment", "gsc-reply").replace("gsc-reply", "gsc-comment", 3)
    for page in (nested(form), reply):
        comments = below_the_story(f"<section>{page}</section>").comments
        assert [(each.author, each.text) for each in comments] == THREE
        assert [(each.comment_id, each.reply_to) for each in comments] == [("#1", ""), ("", "#1"), ("", "")]


@pytest.mark.parametrize("name", FORUMS)
def test_the_first_post_of_a_thread_is_the_article_and_the_others_are_its_comments(name: str) -> None:
    texts = [f"{PROSE} Nobody was asked.", FIRST, SECOND, THIRD]
    names = ["Dee Elm", "Ann Lee", "Bo Ray", "Cy Oak"]
    posts = [FORUMS[name].format(id=70 + at, name=each, text=texts[at]) for at, each in enumerate(names)]
    below = f"<div><h3>Who is online</h3><p>Users browsing this forum: Ann Lee and 3 guests. {PROSE}</p></div>"
    page = f"<h1>Shorter Hours</h1><div><div id='posts'>{''.join(posts)}</div></div>{below}"
    article = read_article(f"<html><body>{page}</body></html>")
    assert [(each.comment_id, each.reply_to) for each in article.comments] == [("71", ""), ("72", ""), ("73", "")]
    assert [(each.author, each.text) for each in article.comments] == THREE
    assert {each.others for each in article.comments} == {("Dee Elm",)}  # so that replies do not show who began it
    assert article.markdown == f"# Shorter Hours\n\n{texts[0]}\n"
    second = below_the_story(f"<div><h3>Comments</h3>{''.join(posts)}</div>")
    assert [each.text for each in second.comments] == texts  # comments in a forum of its own, below an article
    assert second.markdown.endswith(f"asked. {PROSE}\n")
    if name != "vbulletin_3":
        assert all("2024" in each.posted or each.posted == "1714557600000" for each in article.comments)


@pytest.mark.parametrize(
    "quote",
    [
        "<blockquote><div><cite><a>Ann Lee</a> wrote: <a href='./view.php?p=71#p71'>↑</a></cite>Open it.</div>"
        "</blockquote>",
        "<blockquote data-quote='Ann Lee' data-source='post: 71'><a>Ann Lee said:</a><div>Open it in the evening.</div>"
        "<div class='bbCodeBlock-expandLink'><a>Click to expand...</a></div></blockquote>",
        "<div class='bbcode_quote'>Said by Ann Lee <a href='showthread.php?p=71#post71'>View Post</a></div>",
        f"Quoting Ann Lee:<blockquote>{FIRST}</blockquote>",
    ],
)
def test_a_post_answers_the_one_that_it_quotes(quote: str) -> None:
    texts = [PROSE, FIRST, f"{quote}{SECOND}", THIRD]
    names = ["Dee Elm", "Ann Lee", "Bo Ray", "Cy Oak"]
    for form in (FORUMS["phpbb"], FORUMS["xenforo"]):
        posts = [form.format(id=70 + at, name=each, text=texts[at]) for at, each in enumerate(names)]
        comments = read_article(f"<html><body><h1>Shorter Hours</h1><div>{''.join(posts)}</div></body></html>").comments
        assert [each.reply_to for each in comments] == ["", "71", ""]
        assert not any("expand" in each.text for each in comments)
        assert comments[1].text.endswith(SECOND)


@pytest.mark.parametrize(
    "button",
    [
        "<a href='#'><div>Like ({})</div></a>", "<button>{} Recommend</button>", "<button>Like <b>{}</b></button>",
        "<a href='#'><b>{}</b> Empfehlen</a>", "<button><i>Recomendar</i> <i>{}</i></button>",
        "<button aria-label='Favourite'><span>{}</span></button>",
        "<div><span>{}</span><button aria-label='Recommend comment'><svg></svg></button></div>",
    ],
)  # fmt: skip
def test_likes_are_the_number_on_or_beside_a_button_to_like(button: str) -> None:
    form = "<div class='comment' id='comment-{id}'><b class='author'>{name}</b><time datetime='2024-05-01'>May 1</time>"
    form += f"<p class='comment-text'>{{text}}</p><button>Reply (5)</button>{button.format('{likes}')}{{inner}}</div>"
    comments = below_the_story(f"<div id='comments'>{nested(form)}</div>").comments
    assert [(each.author, each.text, each.likes) for each in comments] == [
        (*each, likes) for each, likes in zip(THREE, ("3", "0", "12"), strict=True)
    ]


@pytest.mark.parametrize("words", ["Antwort auf #1 von", "En respuesta a", "In risposta a", "Réponse à"])
def test_a_link_to_the_comment_that_is_answered_gives_the_parent_in_other_languages(words: str) -> None:
    form = (
        "<article class='comment' id='cid-{id}'><b class='comment-name'>{name}</b><time datetime='2024-05-01'>1</time>"
    )
    link = f"<a href='#cid-71'>{words} Ann Lee</a>"
    posts = [
        f"{form.format(id=71 + at, name=name)}{link * (at == 2)}<p class='comment-body'>{text}</p></article>"
        for at, (name, text) in enumerate(THREE)
    ]
    assert [each.reply_to for each in below_the_story(f"<div>{''.join(posts)}</div>").comments] == ["", "", "71"]


def test_posts_of_a_forum_in_a_blog_have_their_heads_beside_them() -> None:
    head = "<div id='post-{at}' class='bbp-reply-header'><span class='bbp-reply-post-date'>May 2, 2024</span></div>"
    body = """<div class='odd post-{at} {kind} type-{kind}'><div class='bbp-{kind}-author'><a href='/users/{at}'>
        <span class='bbp-author-name'>{name}</span></a><div>Participant</div></div><div class='bbp-{kind}-content'>
        <p>{text}</p></div></div>"""
    posts = [("topic", "Dee Elm", f"{PROSE} Nobody."), ("reply", "Ann Lee", FIRST), ("reply", "Bo Ray", SECOND)]
    page = "".join((head + body).format(at=at, kind=a, name=b, text=c) for at, (a, b, c) in enumerate(posts, 71))
    page = f"<article class='topic type-topic hentry'><h1>Shorter Hours</h1><div>{page}</div></article>"
    article = read_article(f"<html><body>{page}<p>You must be logged in.</p></body></html>")
    assert [(each.author, each.text) for each in article.comments] == [("Ann Lee", FIRST), ("Bo Ray", SECOND)]
    assert article.markdown == f"# Shorter Hours\n\n{PROSE} Nobody.\n"


def test_answers_and_the_comments_below_them_are_read_and_the_question_is_the_article() -> None:
    def comment(number: int, name: str, text: str) -> str:
        return (
            f"<li id='comment-{number}' class='comment js-comment' data-comment-id='{number}' data-comment-score='2'>"
            f"<div class='comment-text'><div class='comment-body'><span class='comment-copy'>{text}</span> – <a "
            f"class='comment-user'>{name}</a> <span class='comment-date'><span "
            "title='2024-05-01 10:00:00Z, License: CC' class='relativetime-clean'>May 1</span></span></div></div></li>"
        )

    page = f"""<html><body><h1>Shorter Hours</h1><div id="question" class="question" data-questionid="70"><div
    class="s-prose js-post-body" itemprop="text"><p>{PROSE}</p><p>{PROSE} Why?</p></div>
    <ul class="comments-list">{comment(71, "Ann Lee", FIRST)}</ul></div>
    <div id="answer-72" class="answer js-answer" data-answerid="72" data-parentid="70" data-score="5"><div
    class="js-vote-count">5</div><div class="s-prose js-post-body" itemprop="text"><p>{SECOND}</p></div><div
    class="user-info"><span title="2024-05-01 10:00:00Z" class="relativetime">May 1</span><div class="user-details"
    itemprop="author"><a>Bo Ray</a><span>1,234</span><span itemprop="name">Bo Ray</span></div></div>
    <ul class="comments-list">{comment(73, "Cy Oak", THIRD)}</ul></div></body></html>"""
    article = read_article(page)
    assert [(each.comment_id, each.reply_to, each.author, each.text, each.likes) for each in article.comments] == [
        ("71", "", "Ann Lee", FIRST, "2"), ("72", "", "Bo Ray", SECOND, "5"), ("73", "72", "Cy Oak", THIRD, "2"),
    ]  # fmt: skip
    assert {each.posted for each in article.comments} == {"2024-05-01 10:00:00Z"}
    assert "Evenings" not in article.markdown
    assert article.markdown.count("nobody at the desk") == 2


def test_threads_below_a_video_have_their_replies_in_a_list_beside_the_first_comment() -> None:
    def comment(number: int, name: str, text: str) -> str:
        return (
            f"<ytd-comment-view-model id='comment'><img><a id='author-text'><span>"
            f"{name}</span></a><b id='published-time-text'><a href='/watch?v=x&amp;lc=U{number}'>2 days ago</a></b>"
            f"<div id='content'><span id='content-text'>{text}</span></div><span id='vote-count-middle'>{number}</span>"
            "<div id='reply-button-end'>Reply</div></ytd-comment-view-model>"
        )

    page = f"""<html><body>{STORY}<ytd-comments id="comments"><ytd-comment-thread-renderer>{comment(1, "@ann", FIRST)}
    <div id="replies"><ytd-comment-replies-renderer><div id="expanded-threads">{comment(2, "@bo", SECOND)}</div>
    </ytd-comment-replies-renderer></div></ytd-comment-thread-renderer><ytd-comment-thread-renderer>
    {comment(3, "@cy", THIRD)}</ytd-comment-thread-renderer></ytd-comments></body></html>"""
    comments = read_article(page).comments
    assert [(each.author, each.text, each.likes, each.posted) for each in comments] == [
        ("@ann", FIRST, "1", "2 days ago"), ("@bo", SECOND, "2", "2 days ago"), ("@cy", THIRD, "3", "2 days ago"),
    ]  # fmt: skip
    assert [(each.comment_id, each.reply_to) for each in comments] == [("U1", ""), ("U2", "U1"), ("U3", "")]


@pytest.mark.parametrize("cell", ["<td class='ind' indent='{}'></td>", "<td class='ind'><img width='{}'></td>"])
def test_comments_in_rows_of_a_table_answer_the_row_that_is_indented_less(cell: str) -> None:
    row = (
        f"<tr class='athing comtr' id='{{}}'><td><table><tr>{cell}<td class='default'><span class='comhead'><a "
        "class='hnuser'>ann</a> <span class='age' title='2024-05-01T10:00:00 1714557600'><a>2 hours</a></span></span>"
        "<div class='comment'><span class='commtext'>{}</span><div class='reply'><a>reply</a></div></div></td></tr>"
        "</table></td></tr>"
    )
    shown = [(1, 0, FIRST), (2, 1, SECOND), (3, 2, THIRD), (4, 1, FIRST), (5, 0, SECOND)]
    rows = "".join(row.format(*each) for each in shown)
    top = (
        "<table><tr><td><span class='pagetop'><a>new</a> | <a>past</a> | <a>submit</a></span></td></tr><tr><td>"
        "<span class='titleline'><a>The plan</a> (x.org)</span></td></tr><tr><td><span class='subline'>7 "
        f"points by <a>ann</a></span></td></tr><tr><td><div class='toptext'><p>{PROSE}</p></div></td></tr></table>"
    )
    article = read_article(f"<html><title>The plan</title><body>{top}<table>{rows}</table></body></html>")
    assert article.markdown == f"# The plan\n\n{PROSE}\n"
    assert [each.reply_to for each in article.comments] == ["", "1", "2", "1", ""]
    assert [each.text for each in article.comments] == [text for _, _, text in shown]
    assert {(each.author, each.posted) for each in article.comments} == {("ann", "2024-05-01T10:00:00")}
    assert "Evenings" not in article.markdown


@pytest.mark.parametrize(
    "page",
    [
        f"<div class='post' id='post-5'><span class='author'>By Dee Elm</span><div class='entry-content'><p>{PROSE}</p>"
        f"<p>{PROSE} Nobody.</p></div></div>" * 2,
        f"<div class='content post'><b class='single-author'>Dee Elm</b><i class='date'>May 1, 2024</i><p>{PROSE}</p>"
        f"<p>{PROSE} Nobody.</p><div class='comment-text'><input id='comment-form-name'>Your comment</div></div>",
        f"<div class='post-comment'><span class='author'>Dee Elm</span><p>{PROSE}</p><p>{PROSE} Nobody.</p></div>",
        f"<div class='comment'><b class='author'>Ann</b> 1 <textarea></textarea></div><p>{PROSE}</p>"
        f"<p>{PROSE} Nobody.</p>",
        f"<p>{PROSE} Nobody.</p><p>{PROSE}</p><div class='comment' id='c5'><b class='author'>A</b>"
        "<a>Hours again</a></div>",
        f"<dl><dt class='author'>Dee Elm</dt><dd>{PROSE}</dd></dl><p>{PROSE}</p><p>{PROSE} Nobody.</p>",
        f"<p>{PROSE}</p><p>{PROSE} Nobody.</p><a class='comment-count'>3 comments</a><div class='add-comment'>A</div>",
        f"<p>{PROSE}</p><p>{PROSE} Nobody.</p><li class='recent-comment'><b class='author'>Ann</b> on <a>Hour</a></li>",
    ],
)
def test_elements_that_only_sound_like_comments_are_not_comments(page: str) -> None:
    article = read_article(f"<html><body><h1>Shorter Hours</h1>{page}</body></html>")
    assert article.comments == ()
    assert article.markdown.count("Nobody.") >= 1


def test_comments_on_a_link_are_read_though_the_page_has_no_article() -> None:
    page = f"<html><head><title>Shorter Hours</title></head><body>{nested(NESTED['old_reddit'])}</body></html>"
    article = read_article(page)
    assert [each.text for each in article.comments] == [FIRST, SECOND, THIRD]
    assert (article.markdown, article.published) == ("# Shorter Hours\n", None)
    assert any(note.startswith("Warning: this page has comments but no article") for note in article.notes)


def test_comments_in_a_page_that_are_gone_or_a_bot_s_are_left_out(tmp_path: Path) -> None:
    form = "<div class='comment' id='comment-{}'><b class='author'>{}</b><p class='comment-text'>{}</p></div>"
    said = [
        ("Ann", FIRST),
        ("Bo", "[flagged]"),
        ("Cy", "This comment was removed by a moderator."),
        ("AutoModerator", "Hi"),
    ]
    comments = "".join(form.format(at, *each) for at, each in enumerate(said, 1))
    (tmp_path / "p.html").write_text(f"<html><body>{STORY}{comments}</body></html>", encoding="utf-8")
    texts = read_thread(tmp_path / "p.html", "page", quiet=True)
    assert texts["text"].tolist()[1:] == [FIRST]
    assert "Left out: deleted: 2 (rows 2, 3)" in import_summary(texts)
    assert "Left out: bot: 1 (row 4)" in import_summary(texts)


@pytest.mark.parametrize(
    ("link", "cut"),
    [
        ("load more comments (7 replies)", True), ("View 3 more replies", True), ("continue this thread →", True),
        ("Show 12 replies", True), ("12 comments", False), ("Read more", False), ("Hide replies", False),
    ],
)  # fmt: skip
def test_a_page_that_does_not_show_all_of_its_comments_says_so(link: str, cut: bool) -> None:
    comment = "<div class='comment' id='comment-1'><b class='author'>Ann</b><p class='comment-text'>Fine.</p></div>"
    article = below_the_story(f"{comment}<a href='/x'>{link}</a>")
    assert len(article.comments) == 1
    assert any(f'Warning: the page says "{link}", so comments are missing.' in each for each in article.notes) is cut


@pytest.mark.parametrize(
    ("written", "read"), [("It began in<br>1984", "It began in\n1984"), ("No.<div>7</div><div>3</div>", "No.")]
)
def test_a_number_in_the_last_line_of_a_comment_is_of_the_text_and_one_below_it_is_not(written: str, read: str) -> None:
    comments = "".join(f"<div class='comment' id='c{n}'><b class='author'>Ann</b> {written}</div>" for n in (1, 2))
    article = read_article(f"<html><body>{STORY}{comments}</body></html>".encode(), format="web page")
    assert [each.text for each in article.comments] == [read, read]
