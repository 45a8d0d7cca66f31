"""Saved pages reduced to their text: hidden elements, footnotes, buttons, galleries, lists of names."""

import re

import lxml.html
import pytest

from toolkit import read
from toolkit.importers.article import Article
from toolkit.importers.article_formats import read_article
from toolkit.importers.pages.page_cleaning import clean
from toolkit.importers.pages.page_markup import drop, outermost

FIRST = (
    "The town library will close two hours earlier from March, the council said on Monday, and nobody at the desk "
    "knew why it had been decided."
)
SECOND = (
    "Readers who work in the day asked for evenings instead, and a list with four hundred of their names was handed "
    "in before the winter."
)
THIRD = (
    "The clerk answered that the heating costs more after dark, and that the money is needed for a new roof above the "
    "rooms for children."
)
WHOLE = [FIRST, SECOND, THIRD]


def article_of(body: str, *, wrapped: bool = True) -> Article:
    body = f"<h1>Shorter Hours</h1>{body}"
    body = f"<article>{body}</article>" if wrapped else f"<div id='story'>{body}</div>"
    head = "<!doctype html><html lang='en'><head><title>Shorter Hours</title></head>"
    return read_article(f"{head}<body>{body}</body></html>")


def blocks_of(article: Article) -> list[str]:
    return article.markdown.strip().split("\n\n")[1:]


def warnings_of(article: Article) -> str:
    return " ".join(note for note in article.notes if note.startswith("Warning"))


def around(extra: str) -> str:
    return f"<p>{FIRST}</p>{extra}<p>{SECOND}</p><p>{THIRD}</p>"


UNSEEN = "Words that no reader of the page has seen, since the page keeps them from view in one way or another."


@pytest.mark.parametrize("wrapped", [True, False], ids=["article", "no article"])
@pytest.mark.parametrize(
    "hidden",
    [
        "<div hidden><p>{}</p></div>", "<p hidden=''>{}</p>", "<p hidden='hidden'>{}</p>",
        "<p style='display:none'>{}</p>", "<p style='color: red; DISPLAY : none !important'>{}</p>",
        "<div style='visibility:hidden'><div><p>{}</p></div></div>", "<p aria-hidden='true'>{}</p>",
        "<p class='a visually-hidden'>{}</p>", "<template><p>{}</p></template>", "<p><span hidden>{}</span></p>",
        "<div style='left: -9999px; position:absolute'><p>{}</p></div>", "<p style='font-size:0 !important'>{}</p>",
        "<p style='/* no */visibility:collapse'>{}</p>", "<p style='opacity: 0.0'>{}</p>", "<dialog><p>{}</p></dialog>",
        "<div class='d-none'><p>{}</p></div>", "<div aria-hidden='TRUE'><blockquote>{}</blockquote></div>",
        "<p style='clip: rect(0 0 0 0)'>{}</p>", "<div style='content-visibility:hidden'>{}</div>",
        "<p style='height:0;overflow:hidden'>{}</p>", "<p style='overflow:hidden;width:1px'>{}</p>",
        "<p style='clip-path:inset(50%)'>{}</p>", "<p style='margin-left:-9999px'>{}</p>",
        "<div style='overflow: hidden; max-height: 0px'><p>{}</p></div>", "<p style='filter:opacity(0%)'>{}</p>",
        "<p style='font-size:9px;color: transparent'>{}</p>", "<amp-iframe><p placeholder>{}</p></amp-iframe>",
        "<amp-list><div fallback>{}</div></amp-list>", "<noframes><p>{}</p></noframes>",
    ],
)  # fmt: skip
def test_what_a_page_hides_is_not_its_text(hidden: str, wrapped: bool) -> None:
    assert blocks_of(article_of(around(hidden.format(UNSEEN)), wrapped=wrapped)) == WHOLE


@pytest.mark.parametrize(
    "shown",
    [
        "<p hidden='until-found'>{}</p>", "<p aria-hidden='false'>{}</p>", "<p style='display:block'>{}</p>",
        "<p class='hidden md:block'>{}</p>", "<dialog open><p>{}</p></dialog>", "<p class='hidden-gem'>{}</p>",
        "<p style='opacity:0.9; font-size:0.8em; left: -3px'>{}</p>", "<tr style='height:0px'><td>{}</td></tr>",
        "<p style='line-height:0;overflow:hidden'>{}</p>", "<p style='height:0.5em;overflow:hidden'>{}</p>",
        "<p style='min-height:0;overflow:hidden'>{}</p>", "<p style='clip-path:inset(0);margin:-9px'>{}</p>",
        "<x-box><template shadowrootmode='open'><p>{}</p></template></x-box>",
        "<p style='height:0;overflow:hidden;padding:9px'>{}</p>", "<p style='border-color:transparent'>{}</p>",
        "<p style='background-clip:text; color:transparent'>{}</p>",
    ],
)  # fmt: skip
def test_what_a_page_shows_is_kept(shown: str) -> None:
    assert blocks_of(article_of(around(shown.format(UNSEEN)))) == [FIRST, UNSEEN, SECOND, THIRD]


@pytest.mark.parametrize(
    ("sheet", "hidden"),
    [
        (".x{display:none}", True), ("a{b:c} /* {no} */ p.y, #x { color: red; visibility : hidden }", True),
        ("@media print{p{a:b}} div.x{display:none!important}", True), (".x{display:none} .js .x{display:block}", False),
        ("@media print{.x{display:none}}", False), (".menu .x{display:none}", False),
        (".x{overflow:hidden;height:0}", True),
        (".x{max-height:0;overflow:hidden} .x:hover{max-height:9em}", False), (".x:hover{display:none}", False),
        ("@media screen{p{a:b} .x{display:none}} .x{color:red}", True), (".x", False), ("}}.x{{display:none", False),
        ("body article>.a.x{display:none}", True), (".x .a{display:none}", False), (".a.y{display:none}", False),
        ("@media all{ #x{clip-path:inset(50%)} }", True), ("@media (width<9em){.x{display:none}}", False),
        ("[id=x]{display:none}", True), ("div[id][id='x'].a{display:none}", True), ("[id=y]{display:none}", False),
    ],
)  # fmt: skip
def test_what_the_page_hides_by_its_own_style_sheet_is_not_its_text(sheet: str, hidden: bool) -> None:
    part = f"<style>{sheet}</style><div class='a x' id='x'><p>{UNSEEN}</p></div>"
    assert blocks_of(article_of(around(part))) == [FIRST, *[UNSEEN][hidden:], SECOND, THIRD]


def test_a_hidden_menu_is_not_text_even_beside_a_poem() -> None:
    poem = [f"Of {each} the poem tells in short lines," for each in ("rain", "wind", "snow", "ice")]
    menu = "".join(f"<li>Songs of the year {year}</li>" for year in range(1990, 2020))
    page = article_of("".join(f"<p>{line}</p>" for line in poem) + f"<ul hidden>{menu}</ul>")
    assert blocks_of(page) == poem


def test_hidden_text_that_is_shown_elsewhere_needs_no_warning() -> None:
    assert not warnings_of(article_of(around(f"<div hidden><p>{FIRST} {SECOND}</p></div>")))
    assert "the page hides" in warnings_of(article_of(around(f"<div hidden><p>{FIRST} {UNSEEN} {UNSEEN}</p></div>")))


MARKED = "The vote was close.{} Many asked for it.{} Nobody objected to the small cost of the plan in the end."


@pytest.mark.parametrize(
    "mark",
    [
        "<a class='footnote-anchor' data-component-name='FootnoteAnchorToDOM' href='#footnote-{n}'>{n}</a>",
        "<sup><a href='#fn{n}'>{n}</a></sup>", "<sup class='reference'><a href='#cite_note-{n}'>[{n}]</a></sup>",
        "<a href='#note{n}'>[{n}]</a>", "<sup>{n}</sup>",
        "<a role='doc-noteref' href='page.html#n{n}'><sup>{n}</sup></a>", "<sup><a href='#fn{n}'>*</a></sup>", "²³",
        "<span class='footnote-ref'>{n}</span>", "<sup>[<a href='/wiki'><i>citation needed</i></a>]</sup>",
        "<sup><a href='#a'>{n}</a>,<a href='#b'>3</a></sup>", "<sup>{n}–4</sup>",
        "<span><a class=msocomanchor href='#_msocom_{n}'>[AB{n}]</a></span>",
    ],
)  # fmt: skip
def test_marks_of_footnotes_are_not_words(mark: str) -> None:
    text = f"<p>{MARKED.format(mark.replace('{n}', '1'), mark.replace('{n}', '2'))}</p>"
    shown = blocks_of(article_of(text + around("")))[0]
    assert shown == MARKED.format("", "")
    assert read(shown).sentences == 3


def test_exponents_ordinals_and_links_with_numbers_in_their_text_are_words() -> None:
    text = (
        "The hall has 40 m<sup>2</sup> (9 dm²) on the 2<sup>nd</sup> floor, x<sup>2</sup> more than in "
        "<a href='/1987'>1987</a>, says <a href='#plan'>the plan</a>, which nobody else has read so far."
    )
    shown = blocks_of(article_of(f"<p>{text}</p>" + around("")))[0]
    assert shown.startswith("The hall has 40 m2 (9 dm²) on the 2nd floor, x2 more than in 1987, says the plan, which")


@pytest.mark.parametrize(
    "notes",
    [
        "<div class='footnote'><a class='footnote-number' href='#a1'>1</a><div><p>Minutes of 1 May.</p></div></div>",
        "<section class='footnotes'><ol><li id='fn1'>Minutes of 1 May. <a href='#r1'>↩</a></li></ol></section>",
        "<ol role='doc-endnotes'><li>Minutes of 1 May.</li></ol>",
        "<hr><ol><li id='fn1'>Minutes of 1 May. <a href='#fnref1'>↩︎</a></li></ol>",
        "<h2>Notes</h2><p><a href='#_ftnref1'>[1]</a> Minutes of 1 May.</p>",
        "<div id='footnotes'>Minutes.</div>",
        "<div><div class=msocomtxt id=_com_1><p>Check this.</p></div></div>",
        "<div id=sdfootnote1><p><a name=sdfootnote1sym href=#sdfootnote1anc>1</a>Minutes of 1 May.</p></div>",
    ],
)
def test_notes_at_the_foot_are_left_out_and_counted(notes: str) -> None:
    article = article_of(around("") + notes)
    assert blocks_of(article) == WHOLE
    assert any("footnotes 1" in note for note in article.notes)


@pytest.mark.parametrize("wrapped", [True, False], ids=["article", "no article"])
@pytest.mark.parametrize(
    "part",
    [
        "<div class='shares'><p>Tweet</p><p>Facebook</p><p>Bookmark it</p></div>", "<p>Advertisement</p>",
        "<div>Story continues below advertisement</div>", "<p>Saving...</p>",
        "<div class='relatedArticles'><h3>Related stories</h3><p>A shop was sold in June.</p></div>",
        "<div class='post-newsletter'><h3>Our letter</h3><p>The best of the week.</p></div>",
        "<p>Share this article</p><p>24 comments</p>",
        "<p>By Ana Sample and Jo Berg</p><p>Published on 2 May 2024, 10:15</p><p>Follow us on Facebook</p>",
        "<p><b>READ MORE: <a href='/1'>Bridge closed after the storm</a></b></p>",
        "<p>Anzeige</p><p>- Advertisement -</p><p>Skip advertisement</p><p>Publicidad</p><p>5 min read</p>",
        "<p>[Advertisement]</p><p>To view this video please enable JavaScript, and use a browser that plays video</p>",
        "<p>Teilen | Merken | Drucken</p><p>Share<br>Save</p><p>Gift this article</p><p>Partager</p>",
        "<ul><li>Click to share on Facebook (Opens in new window)</li><li>Link copied!</li></ul><p>SHARE</p>",
        "<p>In case you missed it: <a href='/1'>Bridge closed after the storm</a></p><p>1 minute read</p>",
        "<amp-ad><p>The advertisement could not load.</p></amp-ad><share-bar><p>To a friend</p></share-bar>",
        "<p>You have 2 free articles left.</p><p>Get unlimited access to every story for $1 a week.</p>",
        "<p>Ann Lee, Bo Ray and 12 others like this.</p><p>Ann Lee likes this</p><p>View in browser</p>",
        "<p>You are receiving this email because you signed up.</p><p>Like</p><p>Restack</p>",
        "<p>Update your preferences</p><p>Sie erhalten diese E-Mail, weil Sie sich angemeldet haben.</p><p>REKLAMA</p>",
        "<p>Forwarded this email? <a href='/1'>Join here</a></p>",
        "<p>You get this letter because you asked for it. Unsubscribe here.</p><p>Promoted stories for you</p>",
        "<div data-hook='related-posts'><h2>Some posts</h2><p>The bridge is closed.</p></div><p>2 replies</p>",
        "<p>© 2024 The Paper. All rights reserved. Nothing of it may be published.</p>", "<p>Read more</p>",
        "<div title='footer'><p>Draft of May, page 1</p></div><p>Jump to Recipe</p>",
        "<dl class='article-info'><dt>Details</dt><dd>Hits: 312</dd></dl><div id='HEADER'><p>webpage capture</p></div>",
        "<div><h3>Notas relacionadas</h3><a href='/1'>Se cerró el puente</a></div>",
        "<div><h3>Sign up for our letter</h3><p>The best of the Paper each morning.</p><form><input></form></div>",
        "<div><p>We and our 812 partners store cookies on a device, to provide personalised content.</p></div>",
        "<div><p>We use cookies and data to keep the service up.</p></div><p>版权所有 不得转载</p>",
        "<p>» <a href='/1'>Click here to sign up for our free daily newsletter</a></p>",
        "<p>Want more stories like this? <a href='/1'>Get our weekly newsletter</a>.</p>",
        "<p><a href='/1'>Show more notes</a></p><p><a href='/1'>News</a> | <a href='/2'>Past</a></p>",
        "<p>99 points by dee_elm 2 hours ago</p><p>Printed from https://p.example/hours on May 2, 2024</p>"
        "<p>Find this article at: https://p.example/hours</p>",
        "<p>Photograph: Jon Hall/The Paper</p><p>Photos by Jon Hall and Mira Kay</p><p>Source URL: https://p.example</p>",
        "<div class='image-credit'>Jon Hall/The Paper</div><div class='audio-player'><b>4:12</b></div>",
        "<p>When you buy through our links, we may earn a commission.</p><p>This post contains affiliate links.</p>",
        "<div role='tooltip'>A note.</div><p>Suscríbete a nuestra newsletter y recibe las noticias cada mañana</p>",
        "<own-box><h4>Lesen Sie auch</h4><a href='/1'>Sturm schließt Schulen</a></own-box><p>(Log in to comment)</p>",
        "<p>Voir aussi : <a href='/1'>En images, le pont</a></p><p>The bridge is shut until … <a>Read more</a></p>",
        "<p><b>Mehr dazu:</b> <a href='/1'>Sturm schließt Schulen</a></p><p>Lees ook: <a href='/1'>Een brug</a></p>",
        "<p>Lea también: <a href='/1'>El puente</a></p><p><b>Lesen Sie auch:</b> <a href='/1'>Der Sturm schließt auch "
        "die Schulen der Stadt, bis die Dächer wieder dicht sind</a></p>",
        "<p>Ann Lee covers the town. More about Ann Lee</p><p>Privacy notice: Letters may contain ads.</p>",
        "<ul><li>Compartir en Whatsapp</li><li>Auf Facebook teilen</li><li>Copier le lien</li></ul>",
        "<p>Filed under: <a href='/1'>Town</a> | Tags: <a href='/2'>library</a> | 2 Comments</p>",
        "<h2><button>Open menu</button></h2>", "<p>Order Reprints</p><p>14:05</p><p>9.30 am GMT</p>",
        "<div id='dw__toc'><h3>Table of Contents</h3><ul><li><a href='#1'>The roof</a></li></ul></div>",
        "<div id='ez-toc-container'><p>Contents</p><ul><li><a href='#1'>The roof</a></li></ul></div>",
        "<div class='gem-c-contents-list'><h2>Contents</h2><ol><li><a href='#1'>The roof</a></li></ol></div>",
        "<div class='docInfo'>hours.txt · Last modified: 2024/05/02 by ana</div>",
        "<a class='wprm-recipe-print'>Print it</a>",
        "<p>A version of this article appears in print on May 2, Section A, Page 1.</p>",
        "<p>This article appears in the May 2024 print edition with the headline “Hours.”</p>",
        f"<blockquote class='pullquote'>“{SECOND[4:60].capitalize()}”</blockquote>",
        "<p>Ann Lee is a staff reporter for the Paper.</p><p>Reach her at 555-0100 or ann@paper.example.</p>",
        "<section><h3>Más información</h3><a href='/1'>El puente</a></section><p>6 View comments</p>",
        "<p>Do you have an opinion on the issues raised in this article? Write to us.</p>",
        "<div class='bio-box'>Ann Lee has covered the council for years and keeps two dogs.</div>",
        "<ul class='story-tools'><li>Keep it for later</li></ul><div class='author-box'><p>Ana lives here.</p></div>",
        "<ul><li><b>3 of 8</b><figcaption>The desk in May, and the clerk behind it.</figcaption></li></ul>" * 3,
    ],
)  # fmt: skip
def test_buttons_boxes_sign_ups_and_cookie_notices_between_paragraphs_are_left_out(part: str, wrapped: bool) -> None:
    assert blocks_of(article_of(around(part), wrapped=wrapped)) == WHOLE


def test_a_quote_that_repeats_the_text_is_left_out_and_counted() -> None:
    quote, other = f"“{SECOND[4:60].capitalize()}”", "We asked for ten more years and for a larger hall."
    read = article_of(around(f"<blockquote>{quote}</blockquote><blockquote>{other}</blockquote>"))
    assert other in read.markdown
    assert quote not in read.markdown
    assert "Left out as pull quotes, whose words are in the text as well: 1." in read.notes


TEASER = "The old bridge over the river was closed on Sunday night, after the storm had taken away a part of its rail."
TALK = "I think that this is a terrible decision, and that the council has forgotten who pays for all of it in the end."


@pytest.mark.parametrize("wrapped", [True, False], ids=["article", "no article"])
@pytest.mark.parametrize(
    "head", ["Related", "Read more", "Most popular", "Mehr zum Thema", "Lire aussi", "You may also like"]
)
def test_a_box_of_teasers_is_known_by_its_heading(head: str, wrapped: bool) -> None:
    cards = "".join(f"<article><h3><a href='/{n}'>Bridge closed</a></h3><p>{TEASER}</p></article>" for n in range(2))
    assert blocks_of(article_of(around(f"<section><h2>{head}</h2>{cards}</section>"), wrapped=wrapped)) == WHOLE
    items = "".join(f"<li><a href='/{n}'>{TEASER[:40]}</a></li>" for n in range(3))
    assert blocks_of(article_of(around(f"<div><b>{head}:</b><ul>{items}</ul></div>"), wrapped=wrapped)) == WHOLE


@pytest.mark.parametrize(
    "said",
    [
        "We use cookies to remember who you are, says the notice, and the site has to ask whether you accept.",
        "Subscribe to continue reading, said the page about otters, and she wrote that she would rather buy the paper.",
        "We may earn a commission, the agent said, but nobody asked her why.", "By Popular Demand", "By Land and Sea",
        "Photos by the dozen lay on the desk, and none of them had a name.", "Picture: a desk, a lamp, and no clerk.",
        "Sign up for the letter, get the app, join the channel: they ask too much.", "Credits are due in March.",
        "By spring we might get the European Commission to act, the mayor told us.", "3 points by 2030 are enough.",
        "This article explains how affiliate links work and why shops like them.", "12 points by Jordan in one night.",
        "Stop to watch the news, sit in a council and... read more.",
        "She wanted to know more about Ann Lee", "Privacy notices fill a shelf, and nobody reads them.",
        "This story appeared in two versions before it reached print, and the clerk denied both of them.",
        "This essay appears in a book that went out of print in 1950, and I found it on a shelf.",
        "Ann Lee is a reporter who lost her desk, and she would like it back.", "Follow the river at dawn.",
        "Reach for the shelf at the back, she wrote.", "The old path leads | the new one ends.",
        "Get our water back, cried the crowd with an app in each hand.",
    ],
)  # fmt: skip
def test_sentences_that_speak_of_notices_are_kept(said: str) -> None:
    assert blocks_of(article_of(around(f"<p>{said}</p>"))) == [FIRST, said, SECOND, THIRD]
    if len(said) < 20:
        assert f"## {said}" in blocks_of(article_of(around(f"<h2>{said}</h2>")))


@pytest.mark.parametrize(
    ("part", "shown"),
    [
        ("<h2>Pictures by Rembrandt</h2>", "## Pictures by Rembrandt"),
        ("<h3>9:30 am</h3>", "### 9:30 am"),
        ("<h2><a href='#1'>Part one | The town</a></h2>", "## Part one | The town"),
        ("<div class='tax-credit'><p>They get a tax credit.</p></div>", "They get a tax credit."),
        ("<section class='tools'><p>A hoe and a spade.</p></section>", "A hoe and a spade."),
        ("<section id='student-credits'><p>Six credits a term.</p></section>", "Six credits a term."),
    ],
)
def test_parts_with_names_like_those_of_credits_are_kept(part: str, shown: str) -> None:
    assert shown in blocks_of(article_of(around(part)))


@pytest.mark.parametrize("links", ["<a href='/1'>Home</a><br><a href='/2'>Local News</a>", "<b>Top</b><br>{}"])
def test_columns_of_links_beside_the_text_of_a_table_are_left_out(links: str) -> None:
    links = links.format(
        "<table><tr><td><a href='/1'>Bridge closed</a></td><td><a href='/2'>Pool shut</a></td></tr></table>"
    )
    page = f"<table><tr><td>{links}</td><td>{'<br><br>'.join(WHOLE)}</td><td>{links}</td></tr></table>"
    assert blocks_of(article_of(page, wrapped=False)) == WHOLE


def test_links_in_a_cell_beside_one_long_text_belong_to_the_table() -> None:
    row = f"<table><tr><td><a href='/1'>A study</a>, <a href='/2'>another</a></td><td>{TALK}</td></tr></table>"
    assert "A study, another" in article_of(around(row), wrapped=False).markdown


def test_short_items_below_a_heading_of_the_article_are_kept() -> None:
    items = "<div><h3>What to bring</h3><ul><li><label>▢ 500 g flour</label></li><li>10 g salt</li></ul></div>"
    steps = f"<h3>What to do</h3><ol><li>{FIRST}</li><li>{SECOND}</li></ol>"
    blocks = blocks_of(article_of(around(items + steps)))
    assert "- ▢ 500 g flour\n- 10 g salt" in blocks


def test_the_captions_of_an_essay_in_pictures_are_its_text() -> None:
    figures = "".join(f"<figure><img><figcaption>{each}</figcaption></figure>" for each in [*WHOLE, TALK])
    assert [each for each in blocks_of(article_of(f"<p>{TEASER}</p>{figures}")) if each != TEASER] == [*WHOLE, TALK]
    assert blocks_of(article_of(around(f"<figure><img><figcaption>{TALK}</figcaption></figure>"))) == WHOLE


@pytest.mark.parametrize("tag", ["aside", "footer"])
def test_an_article_that_is_wholly_beside_the_text_is_read(tag: str) -> None:
    whole = "".join(f"<p>{each}</p>" for each in WHOLE)
    assert blocks_of(article_of(f"<{tag}>{whole}</{tag}>")) == WHOLE
    assert blocks_of(article_of(f"{whole}<{tag}><p>{TALK}</p></{tag}>")) == WHOLE


def test_text_that_only_a_script_shows_is_read_where_nothing_long_is_visible() -> None:
    article = article_of(f"{'<p>The town paper</p>' * 9}<div style='visibility:hidden;opacity:0'>{around('')}</div>")
    assert [each for each in blocks_of(article) if each in WHOLE] == WHOLE


def test_an_article_that_begins_with_a_box_is_not_that_box() -> None:
    box = "<div><h3>More from the Paper</h3><a href='/1'>Bridge closed</a> <a href='/2'>Mayor resigns</a></div>"
    menu = "".join(f"<p>Sports results of week {n} and all the others of this long summer.</p>" for n in range(20))
    body = f"<div>{box}{around('')}<a href='/3'>Page 2</a></div>"
    article = read_article(f"<html><body><h1>Hours</h1>{body}<footer>{menu}</footer></body></html>")
    assert blocks_of(article)[:3] == WHOLE


def linked(many: int, extra: str = "") -> str:
    return "".join(f"<h3><a href='/{n}'>The bridge is closed {n}</a></h3><p>{TEASER}{extra}</p>" for n in range(many))


@pytest.mark.parametrize("section", ["<h2>On our first page</h2>{}", "<div>{}<p>Comment</p></div>"])
def test_texts_below_linked_headings_are_teasers_where_most_of_the_page_is_no_such_text(section: str) -> None:
    rest = f"<p>{FIRST}</p><p>{SECOND}</p><h2>The roof</h2><p>{THIRD}</p><p>{TALK}</p>"
    article = article_of(rest + section.format(linked(3)), wrapped=False)
    assert blocks_of(article) == [FIRST, SECOND, "## The roof", THIRD, TALK]
    assert blocks_of(article_of(rest + linked(2)))[-1] == TEASER
    listed = blocks_of(article_of(f"<p>{FIRST}</p>{linked(9)}"))
    assert listed.count(TEASER) == 9


@pytest.mark.parametrize(
    ("more", "head", "many", "missing"),
    [(THIRD, "a", 9, False), ("", "a", 9, False), ("", "a", 40, True), (THIRD, "b", 9, True)],
)
def test_teasers_below_an_article_are_not_a_missing_part_of_it(more: str, head: str, many: int, missing: bool) -> None:
    teasers = "".join(f"<h4><{head} href='/{n}'>Story {n}</{head}></h4><li>{n} {TEASER}</li>" for n in range(many))
    article = f"<div class='post-content'><h1>Hours</h1>{around('')}<p>{more} {more}</p></div>"
    page = read_article(f"<html><head><title>Hours</title></head><body>{article}<ul>{teasers}</ul></body></html>")
    assert ("missing" in warnings_of(page)) is missing


def test_what_is_above_the_title_is_not_the_article() -> None:
    above = f"<h2>Oops!</h2><p>{TEASER}</p>"
    article = article_of(f"{around('')}<p>{TALK}</p>").markdown.replace("\n\n", "</p><p>")
    page = (
        f"<html><body><article>{above}<h1>Shorter Hours</h1><p>{article.partition('</p><p>')[2]}</p></article></body>"
    )
    assert blocks_of(read_article(page)) == [*WHOLE, TALK]


@pytest.mark.parametrize(
    "form",
    [
        "<div class='visitors_comment_content'><h3>Yes</h3><p>{}</p></div>", "<li class='fig-comment'><p>{}</p></li>",
        "<comment-item><b>Jo</b><p>{}</p></comment-item>", "<article class='kommentar'><p>{}</p></article>",
    ],
)  # fmt: skip
def test_elements_that_are_called_comments_again_and_again_are_comments(form: str) -> None:
    said = form.format(TALK) + form.format(SECOND) + form.format(TEASER)
    assert blocks_of(article_of(f"{around('')}<h2>Talk</h2><div>{said}</div>", wrapped=False)) == WHOLE
    once = f"<div class='tone-comment'><p>{TALK}</p></div>"
    assert TALK in blocks_of(article_of(around(once), wrapped=False))


def test_lines_with_a_day_and_a_time_are_warned_of() -> None:
    said = "".join(f"<p><b>Jo Berg</b> wrote on May {n}, 2024 at 10:0{n}:</p><p>{TALK}</p>" for n in range(1, 4))
    signed = "".join(f"<p>{TALK} Jo Berg (talk) 10:0{n}, {n} May 2024 (UTC)</p>" for n in range(1, 4))
    for some in (said, signed):
        assert "this text may include comments: 3 lines" in warnings_of(article_of(around(some)))
        assert not warnings_of(article_of(around(some[: some.rindex("<p><b>" if some is said else "<p>")])))


def test_comments_of_unknown_form_are_counted_and_never_lost_silently() -> None:
    said = f"<dl id='comments-block'><dt>Jo Berg said...</dt><dd class='comment-body'><p>{TALK}</p></dd></dl>"
    article = article_of(f"{around('')}<div id='comments'>{said}</div>")
    assert any("sections of comments in an unknown form 1" in note for note in article.notes)
    named = f"<div role='article' aria-label='Comment by Jo Berg'><a>x</a><div class='comment-body'>{TALK}</div></div>"
    (found,) = article_of(around("") + named).comments
    assert (found.author, found.text) == ("Jo Berg", TALK)


NEWS = "市议会星期一宣布，图书馆从三月起将提前两小时关门，柜台没有人知道为什么会这样决定，读者要求延长晚上的时间。"


def test_text_without_spaces_is_measured_in_signs() -> None:
    body = "".join(f"<p>{n}{NEWS}</p>" for n in range(4))
    assert not warnings_of(article_of(f"<p>来源</p>{body}<p>编辑</p>"))
    hidden = f"<div style='display:none'>{body}</div>"
    assert "the page hides" in warnings_of(article_of(f"<p>{NEWS}</p>{hidden}"))
    menus = "".join(f"<div hidden><p><a href='/{n}'>{SECOND}</a></p></div>" for n in range(9))
    assert not warnings_of(article_of(around(menus)))


@pytest.mark.parametrize(
    "opening",
    [
        "<div class='x'><h3>12 Comments</h3>", "<div class='x'><p><b>Comments (2)</b></p>",
        "<div><h3>Kommentare (3)</h3>", "<div><b>3 comentarios</b>",
        "<div><h2>3 комментария</h2>", "<div><p>コメント (3)</p>",
        "<section class='article-comments'>", "<div id='disqus_thread'>", "<div><h2>Join the conversation</h2>",
    ],
)  # fmt: skip
def test_comments_of_an_unknown_form_are_not_measured_as_the_article(opening: str) -> None:
    said = "".join(f"<div><span>{name}</span><p>{TALK}</p></div>" for name in ("Mira Kowal", "Jo Berg", "Al Roe"))
    close = "</section>" if "section" in opening else "</div>"
    article = article_of(f"{around('')}{opening}{said}{close}", wrapped=False)
    assert blocks_of(article) == WHOLE
    assert any("sections of comments in an unknown form 1" in note for note in article.notes)


@pytest.mark.parametrize(
    "lead", ["<p>{}</p></div><article>", "{}<br><br>", "<div><span>{}</span></div></div><article>"]
)
def test_the_first_paragraph_below_the_title_belongs_to_the_article(lead: str) -> None:
    rest = "<br><br>".join(WHOLE[1:]) if lead == "{}<br><br>" else f"<p>{SECOND}</p><p>{THIRD}</p>"
    body = f"<div><h1>Shorter Hours</h1>{lead.format(FIRST)}{rest}"
    article = read_article(f"<html><head><title>Shorter Hours</title></head><body>{body}</body></html>")
    assert blocks_of(article) == WHOLE


def test_a_page_with_several_articles_is_warned_of() -> None:
    second = f"<article><h1>The bridge</h1><p>{TALK}</p></article>"
    assert "has 2 articles, each with a title of its own" in warnings_of(article_of(f"{around('')}</article>{second}"))
    assert "articles" not in warnings_of(article_of(f"{around('')}</article>{second.replace('h1>', 'h2>')}"))


def test_a_page_that_hides_a_part_of_its_article_is_warned_of() -> None:
    article = article_of(f"<p>{FIRST}</p><div style='display:none'><p>{SECOND}</p><p>{THIRD}</p></div>")
    assert "the page hides 50 words of running text" in warnings_of(article)


SHARES = "Share prices fell. Advertisement is half of the income, and readers who subscribe share it with friends."
ITEM = "<p class=MsoListParagraphCxSpFirst><span style='font-family:Symbol'>·<span>&nbsp;&nbsp; </span></span>{}</p>"
MORE = f"<h2>More</h2><p>{SECOND} <a href='/1'>Here</a></p><p>{THIRD}</p><p>{TALK} <a href='/2'>It</a></p>"
PAGES = {  # the title of the page, its body, and the blocks
    "waits for a script": ("", f"<article style='display:none'><h1>Hours</h1>{around('')}</article>", WHOLE),
    "about sharing": (
        "", f"<article><h1>Hours</h1>{around('<p class=share-price>' + SHARES + '</p>')}</article>",
        [FIRST, SHARES, SECOND, THIRD],
    ),
    "a class around all": ("", f"<article><h1>Hours</h1><div class='with-sidebar share'>{around('')}</div>", WHOLE),
    "headings": (
        "Hours", f"<h1>Hours</h1><h2>Jump to It</h2><p>{FIRST}</p><h2><a>The list</a></h2>{SECOND}<div role='heading' "
        f"aria-level='3'>The roof</div><p>{THIRD}</p>",
        ["## Jump to It", FIRST, "## The list", SECOND, "### The roof", THIRD],
    ),
    "about comments": (
        "Hours", f"<h1>Hours</h1><div class='post comments-open'>{around(f'<h2>Comments are free</h2><p>{TALK}</p>')}",
        [FIRST, "## Comments are free", TALK, SECOND, THIRD],
    ),
    "a section with links": (
        "", f"<article><h1>Hours</h1><p>{FIRST}</p><section>{MORE}</section></article>",
        [FIRST, "## More", f"{SECOND} Here", THIRD, f"{TALK} It"],
    ),
    "beside teasers": (
        "", f"<article><h1>Hours</h1>{around('')}</article>" + "<article><h3><a href='/1'>Story</a></h3></article>" * 4,
        WHOLE,
    ),
    "beside articles in columns": (
        "", f"<div class='row'><div><article><h1>Hours</h1>{around('')}</article></div>"
        + f"<div><article><h2>Other</h2><p>{TALK}</p><p>{SHARES}</p></article></div>" * 9,
        WHOLE,
    ),
    "a live blog": (
        "", "<main><h1>Hours</h1>" + "".join(f"<article><h2>At 9</h2><p>{text}</p></article>" for text in WHOLE),
        ["## At 9", FIRST, "## At 9", SECOND, "## At 9", THIRD],
    ),
    "a live blog in a list": (
        "", "<main><h1>Hours</h1><ol>"
        + "".join(f"<li><article><h2>At 9</h2><div>{text}<br><br>{TALK}</div></article></li>" for text in WHOLE),
        ["## At 9", FIRST, TALK, "## At 9", SECOND, TALK, "## At 9", THIRD, TALK],
    ),
    "a list that trafilatura begins twice": (
        "", "<main><h1>Hours</h1><ol>"
        + "".join(f"<li><article><h2>At 9</h2><p>{text}</p></article></li>" for text in WHOLE),
        ["## At 9", f"- {FIRST}", "## At 9", f"- {SECOND}", "## At 9", f"- {THIRD}"],
    ),
    "short quotes of words that it has": (
        "", f"<article><h1>Hours</h1>{around('<blockquote>Two hours.</blockquote>')}",
        [FIRST, "> Two hours.", SECOND, THIRD],
    ),
    "two titles": (
        "Hours - The Paper", f"<h1>The Paper</h1><article><h1>Hours<a href='#h'>¶</a></h1>{around('')}</article>",
        WHOLE,
    ),
    "a box with a headline": (
        "Hours | P", f"<h1>Hours</h1>{around('<div class=newsletter><h2 class=headline>Our letter</h2></div>')}", WHOLE,
    ),
    "the site's name above a headline that the browser's title has not": (
        "Library Opens until Nine | The Paper",
        f"<header><h1>The Paper</h1></header><article><h2 class='entry-title'>Hours</h2>{around('')}</article>", WHOLE,
    ),
    "questions that open their answers": (
        "", f"<article><h1>Hours</h1><p>{FIRST}</p><h3><button>Why?</button></h3><p>{SECOND}</p><h3>When?"
        f"<button>Copy</button></h3><p>{THIRD}</p>", [FIRST, "### Why?", SECOND, "### When?", THIRD],
    ),
    "in signs": ("Hours", f"<div>来源</div><h3>Hours</h3><div>{NEWS}<br><br>1{NEWS}</div>", [NEWS, f"1{NEWS}"]),
    "readings above signs": (
        "Hours", f"<article><h1>Hours</h1><p>{NEWS[:3]}<ruby>{NEWS[3]}<rp>(</rp><rt>ㄧ</rt><rp>)</rp></ruby>{NEWS[4:]}",
        [NEWS],
    ),
    "a blog": ("My Blog: Hours", f"<div class='post'><h3 class='post-title entry-title'>Hours</h3>{around('')}", WHOLE),
    "Word": (
        "", f"<div class=WordSection1><p class=MsoTitle>Hours</p><h1>The roof</h1>{around(ITEM.format(UNSEEN))}</div>",
        ["## The roof", FIRST, f"- {UNSEEN}", SECOND, THIRD],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_a_page_keeps_its_title_and_all_of_its_article(name: str) -> None:
    title, body, blocks = PAGES[name]
    article = read_article(f"<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>")
    assert (article.title, blocks_of(article)) == ("Hours", blocks)
    share = re.search("It contains ([0-9]+)% of the page's <article>", article.notes[0])
    assert 90 <= int(share[1] if share else 0 if name == "a live blog" else 100) <= 110


@pytest.mark.parametrize("counter", ["{}/9 ", "{} of 9: ", "({}/9) ", "Slide {} of 9 "])
def test_the_pictures_of_a_gallery_are_left_out(counter: str) -> None:
    other = "A chain of shops has said that its sales rose in June, more than anybody in the city had thought before."
    gallery = "".join(f"<h2>{counter.format(n)}Other story</h2><p>{other}</p><p>GETTY IMAGES</p>" for n in range(1, 10))
    assert blocks_of(article_of(around(f"<div><h2>In pictures</h2>{gallery}</div>"))) == WHOLE


@pytest.mark.parametrize("many", [30, 700])
@pytest.mark.parametrize("tag", ["p", "div", "ul"])
def test_a_long_list_of_names_is_left_out(many: int, tag: str) -> None:
    item = "<li><a href='/u/{0}'>Reader{0}</a></li>" if tag == "ul" else "<a href='/u/{0}'>Reader{0}</a>, "
    names = "".join(item.format(n) for n in range(many))
    article = article_of(around("") + f"<{tag}>{names} left kudos</{tag}>", wrapped=False)
    assert blocks_of(article) == WHOLE
    assert "Reader7" not in article.markdown
    assert any("lists of links or names 1" in note for note in article.notes)


PEOPLE = [f"{first} {last}" for first in ("Ana", "Jo", "Al", "Mira") for last in ("Berg", "Roe", "Kowal", "Sample")]
LISTS = {
    "films": "Star Wars|The Godfather|Taxi Driver|Annie Hall|Apocalypse Now|The Exorcist|Rocky Balboa|Dirty Harry"
    "|Blazing Saddles|Mean Streets|The Sting|Jaws Two|Alien Three",
    "cities": "New York|Los Angeles|San Francisco|Las Vegas|Salt Lake City|Kansas City|New Orleans|Santa Fe|El Paso"
    "|Fort Worth|San Antonio|Baton Rouge|Grand Rapids",
    "line-up": "|".join(PEOPLE),
}


@pytest.mark.parametrize("line", ["{} and 12 others liked this", "Liked by {}", "{} left kudos"])
def test_a_line_that_lists_who_liked_the_page_is_left_out_even_without_links(line: str) -> None:
    article = article_of(around("") + f"<p>{line.format(', '.join(PEOPLE))}</p>", wrapped=False)
    assert blocks_of(article) == WHOLE
    assert "Kowal" not in article.markdown


def listed(names: list[str], tag: str) -> str:
    end = {"br": "<br>", ",": ", "}.get(tag, f"</{tag}> ")
    start = {"br": "", ",": "", "td": "<tr><td>", "a": "<a href='/film'>"}.get(tag, f"<{tag}>")
    around = {"td": "table", "li": "ul", "br": "p", ",": "p"}.get(tag, "div")
    return f"<{around}>{''.join(start + name + end for name in names)}</{around}>"


@pytest.mark.parametrize("tag", ["li", "td", "p", "div", "br", ",", "a"])
@pytest.mark.parametrize("wrapped", [True, False], ids=["article", "no article"])
@pytest.mark.parametrize("names", LISTS)
def test_a_list_of_short_names_in_an_article_is_kept_and_mentioned(names: str, wrapped: bool, tag: str) -> None:
    items = LISTS[names].split("|")
    announced = f"<p>Here is the whole list:</p>{listed(items, tag)}"
    for body in (around(announced), around("") + announced):
        article = article_of(body, wrapped=wrapped)
        assert [name for name in items if name not in article.markdown] == []
        assert any(f'consist of names was kept: "{items[0]}' in note for note in article.notes)
        assert warnings_of(article) == "" or "short lines" in warnings_of(article)


@pytest.mark.parametrize("tag", ["li", "td", "div", "span", "br", ","])
@pytest.mark.parametrize("above", ["Liked by", "Contributors:", "12 Members", "Reactions (14)", "16 people like this"])
def test_a_list_of_those_who_like_or_comment_is_left_out(above: str, tag: str) -> None:
    crowd = f"<h3>{above}</h3>{listed(PEOPLE, tag)}"
    article = article_of(around(crowd) + f"<p>{TALK}</p><p>{TEASER}</p><p>{UNSEEN}</p>")
    assert [name for name in PEOPLE if name in article.markdown] == []
    assert (len(blocks_of(article)), warnings_of(article)) == (6, "")


@pytest.mark.parametrize(
    "item",
    ["<li><img src='/avatar/7.png'>{}</li>", "<li><a href='/profile/7'>{}</a></li>", "<li><a href='/@7'>{}</a></li>"],
)
def test_a_list_of_people_is_known_by_their_pictures_and_pages(item: str) -> None:
    article = article_of(around(f"<ul>{''.join(map(item.format, PEOPLE))}</ul>"))
    assert blocks_of(article) == WHOLE


def test_few_names_and_shouted_words_are_kept() -> None:
    few = "<h3>Members</h3><ul><li>Ana Berg</li><li>Jo Roe</li><li>Tea</li></ul>"
    assert len(blocks_of(article_of(around(f"{few}<p>ALL OF THIS IS SHOUTED BY SOMEBODY. {'NO ' * 20}</p>")))) == 6


@pytest.mark.parametrize(
    "sentence",
    [
        "If you received this message on your phone, delete it, police said.", "Sie will diese E-Mail, weil er ging.",
        "Si vous recevez ce mail, ne cliquez pas.", "Premier otrzymał wczoraj wiadomość od prezydenta.",
        "Se ricevi una mail sospetta, non aprirla.", "You can manage your subscription in the settings of a phone.",
    ],
)  # fmt: skip
def test_sentences_about_mail_are_not_newsletter_notices(sentence: str) -> None:
    assert blocks_of(article_of(around(f"<p>{sentence}</p>"))) == [FIRST, sentence, SECOND, THIRD]


def test_a_paragraph_with_many_links_among_its_words_is_kept_whole() -> None:
    text = " ".join(f"<a href='/{n}'>word</a> and other words" for n in range(600))
    article = article_of(f"<p>{text}.</p>")
    assert read(article.markdown).words == 600 * 4


@pytest.mark.parametrize(
    "notice",
    [
        "Subscribe now to continue reading this story.", "Want to read more? Subscribe.", "Unlock this article today.",
        "To read it all, please sign in.", "Mit SZ Plus weiterlesen", "Nur Abonnenten lesen alles.",
        "Cet article est réservé aux abonnés. Il vous reste 70 % à lire.", "Contenido exclusivo para suscriptores",
        "Suscríbete para seguir leyendo", "Exclusivo para assinantes", "You’ve hit your limit of free articles.",
        "Verder met een abonnement", "Tylko dla prenumeratorów", "The rest of this post is for paid members.",
    ],
)  # fmt: skip
def test_a_paywall_notice_is_left_out_and_warned_of(notice: str) -> None:
    offers = "<ul><li>Unlimited access</li><li>Cancel any time</li></ul>"
    article = article_of(around("") + f"<div><p>{notice}</p>{offers}</div>")
    assert blocks_of(article) == WHOLE
    assert "paywall" in warnings_of(article)
    assert not warnings_of(article_of(around("")))
    box = f"<aside class='post-upgrade-cta'><h2>A headline of the box</h2><p>{notice}</p><p>Only $1.</p></aside>"
    article = article_of(f"{around(box)}<p>{TALK}</p><p>{TEASER}</p>")
    assert blocks_of(article) == [*WHOLE, TALK, TEASER]
    assert "paywall" in warnings_of(article)


def test_a_page_of_teasers_is_warned_of() -> None:
    teasers = "".join(f"<div><h2><a href='/{n}'>Story {n}</a></h2><p>By Ana Sample</p></div>" for n in range(40))
    article = read_article(f"<html><head><title>News</title></head><body>{teasers}<p>{FIRST}</p></body></html>")
    assert warnings_of(article) or blocks_of(article) == [FIRST]


def test_pictures_inside_a_page_do_not_count_towards_its_size() -> None:
    picture = "<img src='data:image/png;base64," + "iVBO" * 3_000_000 + "'>"
    font = "<style>@font-face{src:url(data:font/woff2;charset=utf-8;base64," + "d09G" * 100 + ")}</style>"
    body = f"<body><article><h1>Hours</h1>{around(picture)}</article></body>"
    content = f"<!doctype html><html><head>{font}</head>{body}</html>"
    assert blocks_of(read_article(content.encode())) == WHOLE
    assert blocks_of(read_article(content)) == WHOLE


@pytest.mark.parametrize("sign", ["\x01", "\x0c", "&#1;", "&#x1f;", "\ufffe"])
def test_control_characters_in_the_text_beside_hidden_parts_are_not_an_error(sign: str) -> None:
    hidden = f"<p>Before{sign}this<span hidden>unseen</span> and{sign} after it, everything else is the same.</p>"
    assert "everything else is the same" in blocks_of(article_of(around(hidden)))[1]


def test_a_control_character_in_an_attribute_is_not_an_error() -> None:
    for sign in ("\x01", "🔥\x01", "\x0b\x1f", "&#1;", "&#xFFFE;", "&#0065535", "&#x0E;"):
        comment = f"<div class='comment' id='{sign}1' aria-label='Comment by {sign}Jo'><p>Good.</p></div>"
        assert blocks_of(article_of(f"{around(f'<img alt={sign!r} src=x>')}{comment}"))[0] == FIRST


def test_halves_of_surrogate_pairs_in_the_data_of_a_page_are_replaced() -> None:
    data = '{"@type": "NewsArticle", "headline": "Hours", "author": {"name": "Ann \\udd25 Lee"}, "comment": %s}'
    data %= '{"@type": "Comment", "text": "\\ud83d\\udd25 \\udd25"}'
    article = article_of(f"<script type='application/ld+json'>{data}</script>{around('')}")
    assert (article.author, article.comments[0].text) == ("Ann \ufffd Lee", "🔥 \ufffd")


@pytest.mark.parametrize("name", ["1", "note-a", "*"])
def test_footnotes_of_markdown_and_their_marks_are_left_out_and_counted(name: str) -> None:
    text = f"The vote is over.[^{name}] Many asked for it. The cost is small."
    note = f"[^{name}]: Minutes of 1 May,\n    second page.\n\n    A further paragraph of the note."
    article = read_article(f"# Hours\n\n{text}\n\n{note}\n\nThe end of it.\n", format="Markdown")
    assert blocks_of(article) == ["The vote is over. Many asked for it. The cost is small.", "The end of it."]
    assert read(article.markdown).sentences == 4
    assert "Left out: footnotes 1." in article.notes


def test_brackets_of_markdown_that_are_no_footnotes_are_kept() -> None:
    article = read_article("# Hours\n\nThe sign [^ means up] and x[^2 or so.\n", format="Markdown")
    assert blocks_of(article) == ["The sign [^ means up] and x[^2 or so."]


def test_elements_are_cut_out_and_every_text_after_them_stays_in_its_order() -> None:
    tree = lxml.html.fromstring("<div>0<a></a>1<a><a></a></a>2<b>3</b>4<a></a>5<x-hole>6</x-hole>7<a></a>8</div>")
    cut = list(tree.iter("a"))
    assert drop(tree, reversed(cut)) == len(cut)
    assert lxml.html.tostring(tree) == b"<div>012<b>3</b>45<x-hole>6</x-hole>78</div>"


def test_a_long_paragraph_has_its_text_in_one_piece_after_its_inline_tags_were_stripped() -> None:
    tree = lxml.html.fromstring("<div><p>0" + "<b>1</b>2" * 600 + "<img>3<i>4</i>5</p>6</div>")
    clean(tree)
    assert tree.xpath("p/text()") == ["0" + "12" * 600, "345"]  # the parser joins pieces in quadratic time
    assert tree[0].tail == "6"


def test_no_text_of_headings_in_headings_is_read_twice() -> None:
    tree = lxml.html.fromstring("<div>" + "<h1><object>" * 50 + "a" + "</object></h1>" * 50 + "<h1>b</h1></div>")
    assert ["".join(each.itertext()) for each in outermost(tree, "h1")] == ["a", "b"]
