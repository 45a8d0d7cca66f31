"""Saved web pages: the main text in blocks, and the page's metadata."""

import contextlib
import itertools
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

import lxml.etree
import trafilatura
from lxml.html import HtmlElement

from ... import _limits as limits
from ..._limits import LONGEST_PAGE, LONGEST_TEXT, MOST_EXTRACTED, MOST_FRAMED, MOST_NESTED
from ..._tables import shortened
from ..article import Article
from ..documents.document_files import silent
from ..documents.markdown_writer import Piece, count_promo, day_of, one_line, promo_lines, report_blocks, write_markdown
from ..documents.running_text import MOST_DOUBTFUL, MOST_LINKED, doubts_of, ends, is_prose, words_of
from ..import_log import RawComment, say_offered
from ..left_out import MORE_COMMENTS
from .comment_sections import read_sections
from .linked_data import linked_data, name_in
from .page_cleaning import clean
from .page_labels import is_teaser, labels, name_lists, report_labels
from .page_markup import INSTEAD, decode_page, drop, outermost, parse_page, refuse_larger
from .web_page_comments import take_comments

LONGEST_MARK: Final = 8  # characters of a list item's mark as written by Word
LEAST_RUN: Final = 30  # characters of a block that may be part of one that trafilatura joined
MOST_ABOVE: Final = 0.25  # share of the main text above the title, which is not the article's
LEAST_KNOWN: Final = 0.9  # share of the main text found in blocks of the page
MOST_LEADING: Final = 3  # blocks between the title and the main text
LONGEST_ALONE: Final = 40  # spaces in a text between links or short lines that may be a teaser
FEWEST_SAID = 4  # spaces in a neighbour that is not a short line
MOST_ALONE = 3  # possible teasers count if they have over three times the words taken
SHORTEST_ARTICLE: Final = 100  # words; a shorter one may itself be a teaser
MOST_PULLED: Final = 20  # quotes searched for in the rest of the text
MOST_FRAMES: Final = 50  # frames searched for comments
LONGEST_LINK: Final = 80  # characters of a link that may lead to more comments
LEAST_SHARE: Final = 0.6  # share of the page's <article>; with less, trafilatura has lost too much

_TALK = re.compile("comment|discuss", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BREAKS = re.compile(r"\n(?:[ \xa0]{0,9}\n){1,99}")  # paragraphs in preformatted text

# The kind of block that each tag opens, in HTML and in trafilatura's tree.
_LEVELS = {"head": 2, "h1": 2, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_KINDS = dict.fromkeys(_LEVELS, "heading") | dict.fromkeys(("li", "item", "dd", "dt"), "list_item")
_KINDS |= dict.fromkeys(("quote", "blockquote"), "quote") | dict.fromkeys(
    "p div section article main body center dl ul ol list table row tr tbody thead pre code hr header figure "
    "figcaption".split(),
    "",
)
_LEFT_OUT = frozenset("script style noscript template svg iframe nav button select textarea title object".split())
_LEFT_OUT |= frozenset("video audio math rp rt".split())
_LARGEST_BESIDE = {"aside": 0.9, "footer": 0.9, "figcaption": 0.5}  # largest share of the text that is dropped
_HEADLINES = frozenset(("entry-title", "post-title", "article-title", "headline", "p-name", "title"))


def read_page(
    source: str | os.PathLike[str] | bytes,
    *,
    title: str | None = None,
    url: str | None = None,
    encoding: str | None = None,
) -> Article:
    """Read a saved web page: a path, the bytes of a file, or the HTML itself as text.

    trafilatura finds the main text; if that is much less than the page's own <article> or <main>, this element is read
    by simple rules, and the notes say so. Nothing is fetched. Title, author, date and language come from the page's
    metadata. Comments in the page (named as by blogs, forums and comment services, schema.org's Comment as attributes
    or JSON-LD, else by their form: date, name, text) are removed from the article and offered in `comments`. Errors as
    `read_article`.
    """
    given = isinstance(source, str) and ("<" in source or "\n" in source)
    tree = parse_page(str(source) if given else decode_page(source, encoding))
    _held = [*tree.iter()]  # otherwise lxml creates proxies again at each access
    linked = linked_data(tree)
    links = (one_line((each.text or "")[:LONGEST_LINK]) for each in tree.iter("a", "button", "span"))
    folded = next(filter(MORE_COMMENTS.fullmatch, links), "")
    comments = take_comments(tree, linked)  # first, since their dates are not the article's
    comments += [each._replace(row=row) for row, each in enumerate(_framed(tree), len(comments) + 1)]
    about = _metadata(tree, linked) | {key: value for key, value in (("title", title), ("url", url)) if value}
    if any(about["author"] in each.others for each in comments):  # the thread's starter is not the journalist
        about["author"] = ""
    texts = (each for each in tree.iter("*") if each.tag not in ("script", "style"))
    shown = sum(len((each.text or "").strip()) + len((each.tail or "").strip()) for each in texts)
    most = limits.FEW_ELEMENTS + shown // limits.ELEMENT_LENGTH
    refuse_larger(sum(1 for _ in tree.iter()), most, "elements without comments")
    cleaned = clean(tree)
    by_form = "" if comments else "They were recognised by form: a day, a name, a text. Compare them with the page."
    if by_form and (comments := read_sections(cleaned.talks)):
        cleaned = cleaned._replace(talks=[])
    _prepare(tree)
    refuse_larger(int(tree.xpath("string-length()")), LONGEST_PAGE, "characters to read")
    pieces, notes = _main_text(tree, about["title"])
    run = _run(pieces)
    unseen = sum(len(words_of(each)) for each in cleaned.unseen if "".join(each.split()) not in run)
    if unseen > MOST_DOUBTFUL * sum(len(words_of(each.text)) for each in pieces):
        hidden = f"Warning: the page hides {unseen:,} words of running text, which were left out."
        notes.append(f"{hidden} Save it with all of its text shown.")
    titles = [each for each in pieces[:1] if one_line(each.text) == about["title"]]
    titles += [each for each in pieces if each.kind == "heading" and one_line(each.text) == about["title"]]
    pieces = [each for each in pieces if each not in titles]
    markdown = write_markdown(pieces, about["title"])
    if not pieces and comments and about["title"]:
        notes = ["Warning: this page has comments but no article of its own, as when people discuss a link."]
    elif not pieces or not markdown.strip():
        where = "If the text is in a frame, open the frame alone; if a script writes it, open the page in a browser."
        raise ValueError(f"There is no article in this page: it has no paragraph of text. {where} {INSTEAD}")
    offered = f"{say_offered(len(comments), 'the page')} {by_form}".strip() if comments else "No comments in the page."
    if comments and folded:
        offered += f' Warning: the page says "{folded}", so comments are missing. Open them all and save it again.'
    return Article(
        markdown,
        comments=tuple(comments),
        format="web page",
        notes=tuple(filter(None, (*notes, cleaned.note(), report_blocks(pieces, count_promo(markdown)), offered))),
        **about,
    )


def _framed(tree: HtmlElement) -> Iterator[RawComment]:
    """Yield comments from frames saved within the page, such as those of comment services."""
    tags = 0
    for frame in itertools.islice(tree.iter("iframe"), MOST_FRAMES):
        if _TALK.search(written := frame.get("srcdoc") or ""):
            tags += written.count("<")
            refuse_larger(tags, MOST_FRAMED, "tags in its frames")
            with contextlib.suppress(ValueError):  # a broken advertisement must not stop the page
                inner = parse_page(written)
                yield from take_comments(inner, [], framed=True) or read_sections([inner])


def _metadata(tree: HtmlElement, linked: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return title, author, publisher, date, language and address, each from the first place that has it."""
    meta: dict[str, str] = {}
    for each in tree.iter("meta"):
        name = each.get("property") or each.get("name") or each.get("itemprop") or ""
        meta.setdefault(name.lower(), (each.get("content") or "").strip())
    described = next((each for each in linked if isinstance(each.get("headline"), str)), {})
    link = [each.get("href") or "" for each in tree.iter("link") if each.get("rel") == "canonical"]
    times = [each.get("datetime") or "" for each in tree.iter("time")]
    h1, names = (
        [one_line("".join(each.itertext())).rstrip(" ¶") for each in outermost(tree, tag)] for tag in ("h1", "title")
    )
    author = [meta.get(key, "") for key in ("author", "article:author", "dc.creator", "parsely-author")]
    published = [meta.get(key, "") for key in ("article:published_time", "datepublished", "date", "dc.date")]
    heads = [(each, one_line("".join(each.itertext()))) for each in outermost(tree, "h1", "h2", "h3")]
    titles = [head for head in h1 if not any(name.endswith(f" {head}") for name in names[:9])]  # not the site's name
    heads = [each for each in heads if not titles or any(each[1] in name for name in names[:9])]  # not of boxes
    posts = [one_line("".join(each.itertext())) for each in tree.xpath("//p[@class='MsoTitle']")]
    posts += [
        text
        for each, text in heads
        if each.get("itemprop") == "headline" or _HEADLINES.intersection((each.get("class") or "").lower().split())
    ]
    h1.sort(key=lambda head: min((name.find(head) for name in names[:9] if head in name), default=LONGEST_TEXT))
    sure = itertools.chain.from_iterable(each for each in (posts, h1) if len(each) == 1)
    title = [*sure, str(described.get("headline", "")), meta.get("og:title", ""), *h1, *names]
    return {
        "title": one_line(_first(title)),
        "author": one_line(_first([name_in(described.get("author")), *(each for each in author if "://" not in each)])),
        "publisher": one_line(_first([meta.get("og:site_name", ""), name_in(described.get("publisher"))])),
        "published": day_of(_first([str(described.get("datePublished", "")), *published, *times])),
        "language": (tree.get("lang") or "")[:2].lower(),
        "url": _first([each for each in (*link, meta.get("og:url", "")) if each.startswith("http")]),
    }


def _first(values: list[str]) -> str:
    return next((each.strip() for each in values if each.strip()), "")


def _prepare(tree: HtmlElement) -> None:
    """Cut out buttons, captions and the like; give emoji pictures, headings and list items their usual tags."""
    for each in [each for each in tree.iter("button") if each.getparent().tag in _LEVELS]:
        text = "".join(each.itertext()).strip()
        if text == "".join(each.getparent().itertext()).strip() and (text.endswith("?") or text.count(" ") > 1):
            each.tag = "span"  # a heading that unfolds its section, not "Open menu"
    drop(tree, list(tree.iter(*_LEFT_OUT)))
    for tag, largest in _LARGEST_BESIDE.items():
        parts = list(outermost(tree, tag))
        held, whole = (sum(len(text.strip()) for each in some for text in each.itertext()) for some in (parts, [tree]))
        drop(tree, parts if held <= largest * whole else [])
    items = tree.xpath("//p[starts-with(@class, 'MsoListParagraph')]")
    firsts = (first for each in items for first in each[:1])
    drop(tree, [first for first in firsts if len(one_line("".join(first.itertext()))) <= LONGEST_MARK])
    for each in items:
        each.tag = "li"
    for heading in tree.xpath("//*[@role='heading']"):
        level = heading.get("aria-level") or "2"
        heading.tag = f"h{level}" if level in "123456" else "h2"
    for picture in list(tree.iter("img")):
        alt = picture.get("alt") or ""
        if 0 < len(alt) <= 12 and not any(each.isalnum() and each.isascii() for each in alt):
            picture.tag, picture.text = "span", alt


def _main_text(tree: HtmlElement, title: str) -> tuple[list[Piece], list[str]]:
    """Return the blocks of the main text, and notes on how they were found and what to check."""
    whole = _text(tree)
    plain, paywall = _labelled(whole)
    own = plain if (article := _own_text(tree)) == whole else _labelled(article)[0]
    own = [each for each in own if each.kind != "heading" or one_line(each.text) != title]
    found, why = _by_trafilatura(tree)
    cut = {one_line(each.text) for each in whole} - {one_line(each.text) for each in plain}
    teased = {each.text for each in found if one_line(each.text) in cut}
    lines = Counter(one_line(each.text) for each in whole)
    found = [each for each in found if (line := one_line(each.text)) not in cut and _is_left(lines, line)]
    if found and _length(found) >= LEAST_SHARE * _length(own):
        pieces = _selected(found, plain, title, promo_lines(one_line(each.text) for each in own))
        share = f" It contains {_length(pieces) / _length(own):.0%} of the page's <article>." if own else ""
        how = f"trafilatura found the main text; navigation, forms and scripts were left out.{share}"
    elif own:
        how = (
            f"The page's <article> or <main> element was read by simple rules: {why or 'trafilatura found much less'}."
        )
        pieces = own
    else:
        why = why or "trafilatura found no main text in it"
        how = f"Warning: the page was read by simple rules, so parts may not be the article: {why}. Read it through."
        pieces = plain
    said = " ".join(one_line(each.text) for each in pieces if each.kind != "quote").lower()
    quotes = (each for each in pieces if each.kind == "quote" and each.text.count(" ") >= FEWEST_SAID)
    some = itertools.islice(quotes, MOST_PULLED)  # perhaps pull quotes
    pulled = [each for each in some if one_line(each.text).lower().strip("“”\"«»„'. ") in said]
    pieces = [each for each in pieces if each not in pulled]
    last = [at for at, each in enumerate(pieces, 1) if each.kind != "heading"][-1:]
    pieces = pieces[: last[0]] if last else pieces
    wall = "Warning: the page has a paywall notice; the end of the article may be missing. Compare it with the page."
    shown = [each for each in whole if one_line(each.text) not in cut or each.text in teased]
    notes = [how, *[wall] * paywall, *_doubts(pieces, _beside(shown, pieces, title))]
    if (titled := sum(next(each.iter("h1"), None) is not None for each in outermost(tree, "article"))) > 1:
        notes.append(f"Warning: the page has {titled} articles, each with a title of its own. Read the text through.")
    if left_out := [each for each in whole if one_line(each.text) in cut]:
        notes.append(report_labels(left_out))
    if pulled:
        notes.append(f"Left out as pull quotes, whose words are in the text as well: {len(pulled)}.")
    for kept in name_lists(pieces):
        begin = shortened(one_line(pieces[kept[0]].text), 40)
        notes.append(
            f'A list that may consist of names was kept: "{begin}". Delete it if it is not part of the article.'
        )
    return pieces, notes


def _labelled(pieces: list[Piece]) -> tuple[list[Piece], bool]:
    """Return the blocks without labels and galleries, and whether there was a paywall notice."""
    places, paywall = labels(pieces)
    return [piece for at, piece in enumerate(pieces) if at not in places], paywall


def _selected(found: list[Piece], plain: list[Piece], title: str, promo: set[str]) -> list[Piece]:
    """Select the page's blocks that are in the main text, and those that trafilatura lost between them.

    Restored are headings directly above a block of the main text, prose between two blocks, and up to three blocks of
    prose between the page's title and the first block. Main text that does not consist of the page's blocks is kept
    unchanged.
    """
    lines = promo | {one_line(piece.text) for piece in found}
    run = _run(found)
    chosen: list[Piece] = []
    waiting: list[Piece] = []
    known, leads = 0, False  # leads: the waiting blocks follow the title
    for piece in plain:
        squeezed, above = "".join(piece.text.split()), (waiting or chosen or [piece])[-1].kind
        if piece.kind == "heading" and one_line(piece.text) == title and _length(chosen) <= MOST_ABOVE * len(run):
            chosen, waiting, leads, known = [], [], True, known + len(squeezed)
        elif one_line(piece.text) in lines or (len(squeezed) >= LEAST_RUN and squeezed in run):
            if not chosen:
                leading = [each for each in waiting if _is_lead(each)] if leads and len(waiting) <= MOST_LEADING else []
                waiting = leading + [each for each in waiting[-1:] if each.kind == "heading"]
            chosen += [*waiting, piece]
            known += len(squeezed)
            waiting = []
        elif is_prose(piece) or (
            piece.kind == "list_item" and piece.linked <= MOST_LINKED and above in ("heading", "list_item")
        ):
            waiting.append(piece)
        elif piece.linked > MOST_LINKED:
            while waiting and waiting[-1].kind == "heading":
                waiting.pop()  # heading of a list of links
    if known >= LEAST_KNOWN * len(run):
        return chosen
    parts = [each for each in plain if _run([each]) in run]  # parts of joined blocks
    return parts if len(_run(parts)) >= LEAST_KNOWN * len(run) else _labelled(found)[0]


def _is_lead(piece: Piece) -> bool:
    """Return whether a block before the main text reads like its opening, and not like a byline."""
    return piece.kind == "paragraph" and ends(piece.text) and not piece.text.lower().startswith("by ")


def _beside(shown: list[Piece], pieces: list[Piece], title: str) -> list[Piece]:
    """Return the shown blocks without those above the title, if none was taken, and teasers below the article."""
    taken = {one_line(each.text) for each in pieces}
    lines = [one_line(each.text) for each in shown]
    places = [at for at, line in enumerate(lines) if line in taken] or [0]
    start = places[0] if title in lines[: places[0]] else 0
    last = places[-1] if sum(len(words_of(each.text)) for each in pieces) >= SHORTEST_ARTICLE else len(shown)
    above = [Piece("", ""), *shown]  # shifted by one
    return [each for at, each in enumerate(shown) if start <= at and (at < last or not is_teaser(above[at], each))]


def _doubts(pieces: list[Piece], beside: list[Piece]) -> list[str]:
    """Warn if much running text of the page was not taken, or much of the text taken is not running text.

    A short text between links, like a teaser, counts only if such texts make up most of the page.
    """
    taken = Counter(word for piece in pieces for word in words_of(piece.text.casefold()))
    words = taken.total()
    said = [False, False]
    said[1:1] = [
        each.linked <= MOST_LINKED and (each.kind == "heading" or each.text.count(" ") >= FEWEST_SAID)
        for each in beside
    ]
    running = {
        each.text.casefold(): each.text.count(" ") >= LONGEST_ALONE or said[at] or said[at + 2]
        for at, each in enumerate(beside)
        if each.kind != "heading" and is_prose(each)
    }
    in_run, alone = Counter[str](), Counter[str]()
    for text, runs in running.items():
        (in_run if runs else alone).update(words_of(text))
    in_all, in_runs = ((each - taken).total() for each in (in_run + alone, in_run))
    missing = in_all if in_all > MOST_ALONE * words else in_runs
    doubts = doubts_of(pieces)
    if missing > MOST_DOUBTFUL * words:
        doubts.append(
            f"Warning: part of the article may be missing: the page has {missing:,} more words of running text "
            f"than the {words:,} taken. Compare it with the page."
        )
    return doubts


def _own_text(tree: HtmlElement) -> list[Piece]:
    """Return the blocks of the largest <article> or <main>, and of sibling articles with prose, as in a live blog."""
    mains = (each for each in outermost(tree, "article", "main") if each.tag == "main")
    alone = (each for each in mains if next(each.iter("article"), None) is None)  # so that no text is read twice
    found = [(each, _text(each)) for each in itertools.chain(outermost(tree, "article"), alone)]
    largest, text = max(found, key=lambda each: _length(each[1]), default=(tree, []))
    around = _around(largest)
    beside = [pieces for each, pieces in found if each.tag == largest.tag and _around(each) is around
              and (pieces is text or any(piece.kind != "heading" and is_prose(piece) for piece in pieces))]  # fmt: skip
    return [*itertools.chain.from_iterable(beside)]


def _is_left(lines: Counter[str], line: str) -> bool:
    """Use up one of the page's lines and return whether it was there: trafilatura repeats some lines."""
    known = line in lines
    lines.subtract([line] * known)
    return not known or lines[line] >= 0


def _around(element: HtmlElement) -> HtmlElement | None:
    """Return the nearest ancestor with other children, such as a list for the <article> in each of its items.

    An article with an <h1> is not a list entry: articles in columns beside it are different ones.
    """
    titled = next(element.iter("h1"), None) is not None
    while (parent := element.getparent()) is not None and len(parent) == 1 and not titled:
        element = parent
    return parent


def _length(pieces: list[Piece]) -> int:
    return sum(len(piece.text) for piece in pieces)


def _run(pieces: list[Piece]) -> str:
    return "".join("".join(piece.text.split()) for piece in pieces)


def _by_trafilatura(tree: HtmlElement) -> tuple[list[Piece], str]:
    """Return trafilatura's main text in blocks; if it would take too long or fails, none and the reason."""
    if sum(1 for _ in tree.iter()) > MOST_EXTRACTED:
        return [], f"it has more than {MOST_EXTRACTED:,} elements"
    steps = (1 if event == "start" else -1 for event, _ in lxml.etree.iterwalk(tree, events=("start", "end")))
    if max(itertools.accumulate(steps)) > MOST_NESTED:
        return [], f"its tags are nested more than {MOST_NESTED} deep"
    runs = itertools.groupby(len(text) <= limits.LONGEST_SHORT for text in tree.itertext() if not text.isspace())
    many = any(short and sum(1 for _ in run) > limits.MOST_SHORT for short, run in runs)
    with silent("trafilatura"):
        try:
            document = trafilatura.bare_extraction(
                tree, fast=many, favor_recall=True, include_comments=False, include_tables=True, deduplicate=False
            )
        except Exception as error:  # undocumented; RecursionError was seen, and simple rules still work
            return [], f"trafilatura failed ({type(error).__name__})"
    body = getattr(document, "body", None)
    return (_text(body), "") if body is not None else ([], "")


def _text(root: lxml.etree._Element) -> list[Piece]:
    """Read a tree into blocks, without recursion."""
    pieces: list[Piece] = []
    texts: list[str] = []  # of the open block
    kinds: Counter[str] = Counter()  # of open elements
    level, in_item = 2, False  # only the first paragraph in a list item is the item
    links = linked = 0  # open links, and characters of the block in links
    for event, element in lxml.etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        begins, kind = event == "start", "" if element is root else _KINDS.get(tag)
        if kind is not None:
            paragraphs = _BREAKS.split("".join(texts))
            share = linked / max(1, sum(map(len, paragraphs)))
            for text in filter(None, map(str.strip, paragraphs)):
                own = next((each for each in ("quote", "heading") if kinds[each]), "")
                own = own or ("list_item" if in_item else "paragraph")
                in_item &= own != "list_item"
                pieces.append(Piece(own, text, level, share))
            texts, linked = [], 0
            kinds[kind] += 1 if begins else -1
            level = _LEVELS.get(tag, level) if begins else level
            in_item = begins if kind == "list_item" else in_item
        elif begins and tag in ("br", "lb"):
            texts.append("\n")
        elif begins and tag in ("td", "th", "cell"):
            texts.append(" | " if "".join(texts[-2:]).strip() else "")
        if tag == "a" and "href" in element.attrib:
            links += 1 if begins else -1
        if said := element.text if begins else element.tail:
            even = said.isprintable() and "  " not in said  # the usual case, and cheap to check
            texts.append(said if even else _SPACES.sub(" ", said))
            linked += len(said) * bool(links)
    return pieces
