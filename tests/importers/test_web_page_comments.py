"""Comments in saved pages, page by page as blogs, forums, newspapers and comment services write them."""

from __future__ import annotations

import html
import itertools
import re

import pytest

from toolkit.importers.article_formats import read_article

FIRST = "Open it in the evening, please: most of us work in the day."
SECOND = "Evenings cost more than the town can pay."
THIRD = "My children learnt to read there."
PROSE = (
    "The town library will close two hours earlier from March, the council said on Monday, and nobody at the desk knew "
    "why it had been decided, though a list with four hundred names had been handed in before the winter."
)
STORY = f"<article><h1>Shorter Hours</h1><p>{PROSE}</p><p>Nobody was asked. {PROSE}</p></article>"


def nested(form: str) -> str:
    """Three comments in one form, the second inside the first: {id}, {name}, {text}, {likes} and {inner}."""
    second = form.format(id=72, name="Bo Ray", text=SECOND, likes=0, inner="", depth=2, parent=71)
    first = form.format(id=71, name="Ann Lee", text=FIRST, likes=3, inner=second, depth=1, parent="")
    return first + form.format(id=73, name="Cy Oak", text=THIRD, likes=12, inner="", depth=1, parent="")


BLOGGER = """<dt class="comment-author" id="c{id}"><a name="c{id}"></a><a href="/p/{id}">{name}</a> said...</dt>
<dd class="comment-body"><p>{text}</p></dd><dd class="comment-footer"><span class="comment-timestamp">
<a href="#c{id}">May 1, 2024 at 10:00 AM</a></span></dd>{inner}"""
NEW_BLOGGER = """<li class="comment" id="c{id}"><cite class="user"><a href="x">{name}</a></cite>
<span class="icon user"></span><span class="datetime"><a href="#c1">May 1, 2024 at 10:00 AM</a></span>
<p class="comment-content">{text}</p><div class="comment-replies"><ol>{inner}</ol></div></li>"""
KUBRICK = """<li class="alt" id="comment-{id}"><cite><a href="/{id}">{name}</a></cite> Says:<br>
<small class="commentmetadata"><a href="#comment-{id}">May 1st, 2024 at 10:00 am</a></small><p>{text}</p></li>{inner}"""
HEMINGWAY = """<li id="comment-{id}"><p class="postmetadata"><cite>{name}</cite> on May 1, 2024 at 10:00 am</p>
<p>{text}</p></li>{inner}"""
TYPEPAD = """<div class="comment" id="comment-{id}"><div class="comment-content"><p>{text}</p></div>
<p class="comment-footer">Posted by: <a href="/{id}">{name}</a> | May 1, 2024 at 10:00 AM</p></div>{inner}"""
WORDPRESS = """<li id="comment-{id}" class="comment even depth-{depth}"><article id="div-comment-{id}"
class="comment-body">
<footer class="comment-meta"><div class="comment-author vcard"><img alt=""><b class="fn">{name}</b><span
class="says">says:
</span></div><div class="comment-metadata"><a href="#"><time datetime="2024-05-01T10:00:00+00:00">May 1, 2024</time></a>
</div></footer><div class="comment-content"><p>{text}</p></div><div class="reply"><a
class="comment-reply-link">Reply</a>
</div></article><ol class="children">{inner}</ol></li>"""
OLD_WORDPRESS = """<li class="comment depth-{depth}" id="li-comment-{id}"><div id="comment-{id}" class="comment-body">
<div class="comment-author vcard"><cite class="fn">{name}</cite> <span class="says">says:</span></div>
<div class="comment-meta commentmetadata"><a href="#">May 1, 2024 at 10:00 am</a></div><p>{text}</p>
<div class="reply"><a href="#">Reply</a></div></div><ul class="children">{inner}</ul></li>"""
DRUPAL = """<div class="comment-wrapper"><div class="comment" id="comment-{id}"><span
class="comment-author">{name}</span>
<span class="comment-date">2024-05-01 10:00</span><div class="comment-text">{text}</div></div></div>
<div class="comment-replies">{inner}</div>"""
OLD_REDDIT = """<div class="thing id-t1_{id} comment" data-fullname="t1_{id}" data-author="{name}"><div class="entry">
<p class="tagline"><a class="author">{name}</a> <span class="score dislikes">{likes}0 points</span>
<span class="score unvoted">{likes} points</span><span class="score likes">{likes}9 points</span>
<time title="Wed May 1 10:00:00 2024 UTC" datetime="2024-05-01T10:00:00+00:00">1 day ago</time></p><form
class="usertext">
<div class="usertext-body"><div class="md"><p>{text}</p></div></div></form><ul class="flat-list buttons"><li>reply</li>
</ul></div><div class="child"><div class="sitetable listing">{inner}</div></div></div>"""
NEW_REDDIT = """<shreddit-comment author="{name}" thingid="t1_{id}" score="{likes}" created="2024-05-01T10:00:00.000Z">
<div slot="commentMeta"><a href="/u">{name}</a> • <faceplate-timeago>2 h ago</faceplate-timeago></div>
<div id="t1_{id}-comment-rtjson-content" slot="comment"><p>{text}</p></div>
<shreddit-comment-action-row><button>Reply</button></shreddit-comment-action-row>{inner}</shreddit-comment>"""
DISQUS = """<li class="post" id="post-{id}"><div data-role="post-content" class="post-content"><div class="post-body">
<header class="comment__header"><span class="post-byline"><span class="author publisher-anchor-color"><a href="#">{name}
</a></span></span> <span class="post-meta"><a class="time-ago" title="Wednesday, May 1, 2024 10:00 AM">a day
ago</a></span>
</header><div class="post-message" data-role="message"><div><p>{text}</p></div></div><footer class="comment__footer">
<a class="vote-up"><span class="updatable count" data-role="likes">{likes}</span></a></footer></div></div>
<ul data-role="children" class="children">{inner}</ul></li>"""
GUARDIAN = """<li class="d-comment" id="comment-{id}" itemscope itemtype="http://schema.org/Comment"
data-comment-id="{id}" data-comment-author="{name}" data-comment-timestamp="2024-05-01T10:00:00Z"><div
class="d-comment__inner"><div class="d-comment__meta"><span itemprop="givenName">{name}</span></div>
<div class="d-comment__recommend"><span class="d-comment__recommend-count">{likes}</span></div>
<div class="d-comment__body" itemprop="text"><p>{text}</p></div></div>
<ul class="d-thread d-thread--responses">{inner}</ul></li>"""
CORAL = """<div class="coral coral-comment" id="comment-{id}"><div class="coral coral-indent coral-indent-{depth}"><div
class="coral coral-comment-topBar"><span class="coral coral-username coral-comment-username">{name}</span>
<time class="coral coral-timestamp coral-comment-timestamp" datetime="2024-05-01T10:00:00Z">1 day ago</time></div>
<div class="coral coral-content coral-comment-content"><div>{text}</div></div><button
class="coral">Respect</button></div>
</div><div class="coral-replyList replies">{inner}</div>"""
LIVEFYRE = """<article class="fyre-comment-article fyre-comment-source-0" data-message-id="{id}"><div
class="fyre-comment-wrapper"><div class="fyre-comment-user" data-from="{name}"><img alt=""></div><header>
<a class="fyre-comment-username"><span>{name}</span></a><time class="fyre-comment-date" datetime="2024-05-01T10:00:00Z">
1 day ago</time></header><div class="fyre-comment-body"><div class="fyre-comment"><p>{text}</p></div></div>
<footer><span class="fyre-comment-like-count">{likes}</span><a>Like</a></footer></div>
<div class="fyre-comment-replies">{inner}</div></article>"""
SPOT_IM = """<li><article data-message-id="{id}"><div><span data-spot-im-class="message-username">{name}</span>
<time data-spot-im-class="message-timestamp" title="2024-05-01 10:00">1 day ago</time></div>
<div data-spot-im-class="message-text"><p>{text}</p></div><button>Reply</button></article>
<ul class="spcv_children-list children">{inner}</ul></li>"""
COMMENTO = """<div id="commento-comment-card-{id}" class="commento-card"><div class="commento-header"><div
class="commento-name">{name}</div><div id="commento-comment-subtitle-{id}" class="commento-subtitle"><div
class="commento-score">{likes} points</div><div class="commento-timeago" title="Wed May 01 2024 10:00:00 GMT+0000
(UTC)">
1 day ago</div></div></div><div id="commento-comment-contents-{id}"><div class="commento-body"><div
id="commento-comment-text-{id}"><p>{text}</p></div></div><div
class="commento-card-children">{inner}</div></div></div>"""
ISSO = """<div class="isso-comment" id="isso-{id}"><div class="isso-text-wrapper"><div class="isso-comment-header"><span
class="isso-author">{name}</span><a class="isso-permalink"><time datetime="2024-05-01T10:00:00Z">1 day
ago</time></a></div>
<div class="isso-text"><p>{text}</p></div><div class="isso-comment-footer"><span class="isso-votes">{likes}</span>
<a class="isso-reply">Reply</a></div></div><div class="isso-follow-up">{inner}</div></div>"""
SUBSTACK = """<div class="comment" id="comment-{id}"><div role="article" aria-label="Comment by {name}"><div
class="comment-meta"><a>{name}</a> <a class="comment-timestamp" title="May 1, 2024, 10:00 AM">May 1</a></div>
<div class="comment-body"><p>{text}</p></div><a class="like-count">{likes}</a></div></div>{inner}"""
LIST_ITEMS = """<li class="comment-item" data-comment-id="{id}"><div class="comment"><p
class="comment__author">{name}</p>
<time datetime="2024-05-01T10:00:00Z">May 1</time><p class="comment__text">{text}</p><span
class="comment__likes">{likes}
</span></div><ul class="comment-children">{inner}</ul></li>"""

LEMMY = """<li class="comment"><article id="comment-{id}" class="comment-node"><a
class="person-listing" href="/u/{id}"><span>{name}</span></a><span
class="moment-time" title="2024-05-01 10:00">1 year ago</span><div
class="comment-content"><div class="md-div"><p>{text}</p></div></div><button class="btn">{likes}</button></article>
<ul class="comments">{inner}</ul></li>"""
WIX = """<div data-hook="comment-card" class="x1" data-id="{id}"><span data-hook="comment-author-name">{name}</span>
<span data-hook="comment-date">May 01, 2024 10:00</span><p data-hook="comment-text">{text}</p></div>{inner}"""
# No name of a class says what these elements are.
MEDIUM = """<div class="l"><div class="ab"><a href="/@u{id}"><img alt=""></a><p class="be"><a
href="/@u{id}?source=responses">{name}</a></p><p class="be dw"><a href="/x">May 1, 2024</a></p></div>
<pre><div
class="nt l">{text}</div></pre><div class="ab"><button>12</button><p class="be">1 reply</p></div></div>{inner}"""
NEW_YORK = """<div class="css-1v"><article class="css-15"><header class="css-1g"><span>{name}</span><span
class="css-1i">Berlin</span><time datetime="2024-05-01T10:00:00Z">2024</time></header><p>{text}</p>
<div><button>{likes} Recommend</button></div></article><div class="css-r7">{inner}</div></div>"""
FACEBOOK = """<div><div aria-label="Comment by {name} 2 days ago" role="article"><a href="/u{id}" role="link">
<b><i>{name}</i></b></a><div class="xm"><div dir="auto">{text}</div></div><ul><li>
<a href="/x?comment_id={id}">May 1, 2024</a></li><li><div role="button">Like</div></li></ul></div></div>{inner}"""
GERMAN = """<div class="_1"><div class="_2"><div class="_a"><span>{name}</span><span>1. Mai 2024</span>
</div><div class="_t">{text}</div><div><b>{likes}</b> <b>Gefällt mir</b></div></div>
<div class="_r">{inner}</div></div>"""
LIST = """<li class="sc-{id}"><div class="sc-2b"><span>vor 2 Tagen, 2024</span> <a href="/profile/1">
{name}</a></div><p class="sc-5e">{text}</p></li>{inner}"""
VALINE = """<div class="v" id="{id}abc"><img><div class="vh"><div class="vhead"><a class="vx">{name}</a><i>Chrome 90
</i></div><div class="vm"><span class="vt">2024-05-01</span><span class="vat">Reply</span></div><div class="vc">
<p>{text}</p></div><div class="vquote">{inner}</div></div></div>"""
LABELLED = """<div class="c{id}"><div><a href="#">Flag as Offensive</a></div><b>{name}</b><i>on
<a href="/c/{id}">May 1, 2024, 3:29 PM</a></i><blockquote>{text}</blockquote></div>{inner}"""
BY_FORM = {
    "NYT": NEW_YORK, "German": GERMAN, "Medium": MEDIUM, "Facebook": FACEBOOK, "list": LIST, "Valine": VALINE,
    "a label before the name": LABELLED,
}  # fmt: skip

BY_LINES = """<div class="visitors_comment_content"><h3><a name="comment_{id}"></a></h3><p>{text}</p>
<p class="common_date">Posted by: {name}, 1 May 2024 | 10:00</p></div>{inner}"""

REMARK42 = """<article class="thread"><div class="comment" id="remark42__comment-{id}"><div class="comment__info">
<span class="comment__username">{name}</span><a class="comment__time" href="#">1/05/2024, 10:00:00</a><span
class="comment__score"><i>{likes}</i></span></div><div class="comment__text">
<p>{text}</p></div></div>{inner}</article>"""
LOBSTERS = """<li class="comments_subtree"><div id="c_{id}" class="comment"><div class="score">{likes}</div><div
class="byline"><a href="/~u{id}"><img></a> <a href="/~u{id}" class="u-author">{name}</a> <time
datetime="2024-05-01 10:00:00">2 days ago</time></div><div class="comment_text">{text}</div></div>
<ol>{inner}</ol></li>"""
SLASHDOT = """<li id="tree_{id}" class="comment cd"><div id="comment_{id}"><h4><a href="#">Re: hours</a></h4><div><i>by
<a href="//slashdot.org/~u{id}">{name}</a></i><i class="time"> on Wednesday May 01, 2024 @10:00AM</i>
</div><div class="commentBody"><p>{text}</p></div></div><ul class="commtree replies">{inner}</ul></li>"""
IN_EACH_OTHER = {
    "Remark42": REMARK42, "Lobsters": LOBSTERS, "Slashdot": SLASHDOT,
    "WordPress": WORDPRESS, "WordPress of 2010": OLD_WORDPRESS, "Drupal": DRUPAL, "old Reddit": OLD_REDDIT,
    "new Reddit": NEW_REDDIT, "Disqus": DISQUS, "Guardian": GUARDIAN, "Coral": CORAL, "Livefyre": LIVEFYRE,
    "Spot.IM": SPOT_IM, "Commento": COMMENTO, "Isso": ISSO, "list items": LIST_ITEMS, "Lemmy": LEMMY,
    "new Blogger": NEW_BLOGGER,
}  # fmt: skip
FLAT = {
    "Blogger": BLOGGER,
    "Kubrick": KUBRICK,
    "Hemingway": HEMINGWAY,
    "TypePad": TYPEPAD,
    "Substack": SUBSTACK,
    "lines": BY_LINES,
    "Wix": WIX,
}
AROUND = {"Blogger": "<dl id='comments-block'>{}</dl>"}


@pytest.mark.parametrize("name", [*IN_EACH_OTHER, *FLAT])
def test_comments_are_read_with_names_days_likes_and_replies(name: str) -> None:
    form = {**IN_EACH_OTHER, **FLAT}[name]
    section = AROUND.get(name, "<div id='comments'><h2>3 comments</h2>{}</div>").format(nested(form))
    article = read_article(f"<!doctype html><html><body>{STORY}{section}</body></html>")
    assert [(each.comment_id, each.author, each.text) for each in article.comments] == [
        ("71", "Ann Lee", FIRST), ("72", "Bo Ray", SECOND), ("73", "Cy Oak", THIRD),
    ]  # fmt: skip
    assert [each.reply_to for each in article.comments] == ["", "71" if name in IN_EACH_OTHER else "", ""]
    assert all("2024" in each.posted and "10:00" in each.posted for each in article.comments)
    if "{likes}" in form and form is not LEMMY:
        assert [re.findall("[0-9]+", each.likes) for each in article.comments] == [["3"], ["0"], ["12"]]
    assert len(re.findall("[Nn]obody", article.markdown)) == 3
    assert "children" not in article.markdown


@pytest.mark.parametrize("name", BY_FORM)
def test_comments_whose_elements_have_no_telling_names_are_read_by_their_form(name: str) -> None:
    section = f"<div><h2>3 responses</h2><p>What are your thoughts?</p>{nested(BY_FORM[name])}</div>"
    article = read_article(f"<!doctype html><html><body>{STORY}{section}</body></html>")
    assert [(each.author, each.text) for each in article.comments] == [
        ("Ann Lee", FIRST), ("Bo Ray", SECOND), ("Cy Oak", THIRD),
    ]  # fmt: skip
    ids = [each.comment_id for each in article.comments]
    assert [each.reply_to for each in article.comments] == [
        "",
        ids[0] if name in ("NYT", "German", "Valine") else "",
        "",
    ]
    assert all("2024" in each.posted for each in article.comments)
    assert article.markdown.endswith(f"{PROSE}\n")
    assert not any("unknown form" in note for note in article.notes)
    assert article.notes[-1].endswith("Compare them with the page.")


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
    article = read_article(f"<html><body>{STORY}<section>{NO_COMMENTS[kind]}</section></body></html>")
    assert not article.comments
    assert article.markdown.endswith(f"{PROSE}\n")
    assert article.notes[-1] == "No comments in the page."


IN_FRAMES = {
    "Disqus": DISQUS, "Facebook": FACEBOOK,
    "Discourse": "<article class='post' id='post-{id}'><div class='cooked'><h3 class='username'>{name}</h3>"
    "<p>{text}</p></div><a class='post-date' title='May 1, 2024'>2 yrs</a></article>{inner}",
}  # fmt: skip


@pytest.mark.parametrize("kind", IN_FRAMES)
def test_comments_in_a_frame_that_was_saved_within_the_page_are_read(kind: str) -> None:
    framed = html.escape(f"<html><body><h1>Discussion</h1>{nested(IN_FRAMES[kind])}</body></html>")
    frame = f"<iframe srcdoc='<p>An advertisement</p>'></iframe><iframe srcdoc='{framed}'></iframe>"
    article = read_article(f"<html><body>{STORY}{frame}</body></html>")
    assert [(each.row, each.author, each.text) for each in article.comments] == [
        (1, "Ann Lee", FIRST), (2, "Bo Ray", SECOND), (3, "Cy Oak", THIRD),
    ]  # fmt: skip
    assert "advertisement" not in article.markdown
    assert article.notes[-1] == "3 comments were found in the page; they are not part of the article."


def test_a_button_is_not_the_name_of_a_comment_that_has_none() -> None:
    form = "<div class='comment'><i>Reply</i>{}<time datetime='2024'></time><p class='comment-text'>{}</p></div>"
    page = "".join(itertools.starmap(form.format, [("", FIRST), ("<em>Bo Ray</em>", SECOND)]))
    comments = read_article(f"<html><body>{STORY}{page}</body></html>").comments
    assert [(each.author, each.text) for each in comments] == [("", FIRST), ("Bo Ray", SECOND)]


@pytest.mark.parametrize("replies", ["vf-comment-replies", "gsc-replies", "x"])
def test_replies_are_known_where_comments_have_no_ids_and_a_button_called_reply_is_none(replies: str) -> None:
    form = """<div class="gsc-thread"><div class="gsc-comment"><b class="gsc-comment-author"><a href="/u{id}">{name}</a>
    <time datetime="2024-05-01">May 1, 2024</time></b><div class="gsc-comment-content">{text}</div><div class="reply">
    <a>Reply</a></div></div><div class="REPLIES">{inner}</div></div>""".replace("REPLIES", replies)
    reply = nested(form).replace("gsc-comment", "gsc-reply").replace("gsc-reply", "gsc-comment", 3)
    for page in (nested(form), reply):
        comments = read_article(f"<html><body>{STORY}<section>{page}</section></body></html>").comments
        assert [each.author for each in comments] == ["Ann Lee", "Bo Ray", "Cy Oak"]
        assert [(each.comment_id, each.reply_to) for each in comments] == [("#1", ""), ("", "#1"), ("", "")]
        assert [each.text for each in comments] == [FIRST, SECOND, THIRD]


PHPBB = """<div id="p{id}" class="post has-profile bg2"><dl class="postprofile" id="profile{id}"><dt><a
class="username">{name}</a></dt><dd class="profile-posts"><strong>Posts:</strong> 120</dd></dl><div
class="postbody"><div
id="post_content{id}"><h3><a href="#p{id}">Re: Shorter Hours</a></h3><p class="author"><a><span>Post</span></a>by
<strong>
<a class="username">{name}</a></strong> » Wed May 01, 2024 10:00 am</p><div class="content">{text}</div>
<div class="signature">Sent from my phone</div></div></div></div>"""
VBULLETIN_3 = """<table id="post{id}" class="tborder"><tr><td class="thead"><a name="post{id}"></a>05-01-2024, 10:00
AM</td>
</tr><tr><td><a class="bigusername" href="/m{id}">{name}</a> Posts: 12</td><td><div
id="post_message_{id}">{text}</div></td>
</tr></table>"""
VBULLETIN_4 = """<li class="postbitlegacy postbitim postcontainer old" id="post_{id}"><div class="posthead"><span
class="postdate old"><span class="date">May 1, 2024, <span class="time">10:00</span></span></span></div><div
class="postdetails"><div class="userinfo"><a class="username">{name}</a> Join Date: Jan 2010</div><div class="postbody">
<div class="content"><blockquote class="postcontent restore">{text}</blockquote></div></div></div></li>"""
XENFORO = """<article class="message message--post js-post" data-author="{name}" data-content="post-{id}"
id="js-post-{id}"><div class="message-inner"><div class="message-cell message-cell--user"><h4 class="message-name"><a
class="username">{name}</a></h4><h5 class="userTitle">Member</h5></div><div class="message-cell
message-cell--main"><header
class="message-attribution"><time class="u-dt" datetime="2024-05-01T10:00:00+0000">May 1</time></header><div
class="message-content"><div class="message-userContent"><article class="message-body"><div
class="bbWrapper">{text}</div>
</article></div></div><footer class="message-footer">Like Reply</footer></div></div></article>"""
DISCOURSE = """<div class="topic-post clearfix regular"><article id="post_{id}" class="boxed onscreen-post"><div
class="topic-meta-data"><div class="names"><span class="first username"><a>{name}</a></span></div><div
class="post-infos">
<a class="post-date"><span class="relative-date" data-time="1714557600000" title="May 1, 2024 10:00
am">1d</span></a></div>
</div><div class="regular contents"><div class="cooked"><p>{text}</p></div></div><div
class="actions"><button>Like</button>
</div></article></div>"""
FORUMS = {
    "phpBB": PHPBB, "vBulletin 3": VBULLETIN_3, "vBulletin 4": VBULLETIN_4, "XenForo": XENFORO, "Discourse": DISCOURSE,
}  # fmt: skip


@pytest.mark.parametrize("form", FORUMS.values(), ids=FORUMS)
def test_the_first_post_of_a_thread_is_the_article_and_the_others_are_its_comments(form: str) -> None:
    texts = [f"{PROSE} Nobody was asked.", FIRST, SECOND, THIRD]
    names = ["Dee Elm", "Ann Lee", "Bo Ray", "Cy Oak"]
    posts = [form.format(id=70 + at, name=name, text=texts[at]) for at, name in enumerate(names)]
    article = read_article(f"<html><body><h1>Shorter Hours</h1><div id='posts'>{''.join(posts)}</div></body></html>")
    assert [(each.comment_id, each.reply_to, each.author, each.text) for each in article.comments] == [
        ("71", "", "Ann Lee", FIRST), ("72", "", "Bo Ray", SECOND), ("73", "", "Cy Oak", THIRD),
    ]  # fmt: skip
    assert article.markdown == f"# Shorter Hours\n\n{texts[0]}\n"
    if form is not VBULLETIN_3:
        assert all("2024" in each.posted or each.posted == "1714557600000" for each in article.comments)


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
    article = read_article(f"<html><body><div class='toptext'><p>{PROSE}</p></div><table>{rows}</table></body></html>")
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
def test_what_only_sounds_like_a_comment_is_none(page: str) -> None:
    article = read_article(f"<html><body><h1>Shorter Hours</h1>{page}</body></html>")
    assert article.comments == ()
    assert article.markdown.count("Nobody.") >= 1


def test_comments_on_a_link_are_read_though_the_page_has_no_article() -> None:
    page = f"<html><head><title>Shorter Hours</title></head><body>{nested(OLD_REDDIT)}</body></html>"
    article = read_article(page)
    assert [each.text for each in article.comments] == [FIRST, SECOND, THIRD]
    assert (article.markdown, article.published) == ("# Shorter Hours\n", None)
    assert any(note.startswith("Warning: this page has comments and no article") for note in article.notes)
