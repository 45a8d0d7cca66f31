"""Parts of a saved page that are not its text: hidden elements, footnotes, link lists, share buttons, galleries."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import lxml.etree
from lxml.html import HtmlElement

from .markdown_writer import Piece, is_promo, one_line

LARGEST_PART: Final = 0.15  # of the page's text; a larger element is content, whatever its class is called, unless
MOST_LINKED: Final = 0.25  # of its characters are in links, and it is no more than
LARGEST_LINKED: Final = 0.5  # of the page's text
LARGEST_TALK: Final = 0.9  # of the page's text in a section of comments
MOST_INSIDE: Final = 8  # elements from the start of a box to its heading
LEAST_VISIBLE: Final = 0.1  # of the text; where less is visible, a script would have shown the rest
FEWEST_LINKS: Final = 12  # of a list of links or names
LONGEST_LINK: Final = 30  # characters, on average
LEAST_LISTED: Final = 0.8  # of the characters of such a list in links
SHORTEST_PROSE: Final = 60  # characters of a text outside links: no list has one
MOST_INLINE: Final = 500  # elements in one paragraph; trafilatura's time grows with their square
MOST_IN_MARK: Final = 20  # elements in the mark of a footnote
MOST_ID_WORDS: Final = 3
LONGEST_NOTICE: Final = 40  # words
LONGEST_SOLICITATION: Final = 600  # characters
SHORT_LINE: Final = 12  # words: no longer line is taken for a label

_HIDDEN_STYLE = re.compile(
    r"(?:^|;)\s{0,9}(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden)", re.IGNORECASE
)
_HIDDEN_CLASSES = frozenset("sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only".split())
_MARK = re.compile(r"\s{0,9}[\[(]?\s{0,3}(?:\d{1,3}|[*†‡§¶]{1,3}|[a-z]|note \d{1,3})\s{0,3}[\])]?\s{0,9}")
_BACK = re.compile(r"[\s\ufe0e\ufe0f]{0,9}[↩↑^⏎⤴↵][\s\ufe0e\ufe0f]{0,9}")
_MARK_CLASSES = frozenset(
    "easy-footnote fnref footnote-anchor footnote-backref footnote-link footnote-number footnote-ref noteref reference"
    .split()
)  # fmt: skip
_NOTE_CLASSES = frozenset("footnote footnotes endnotes footnotes-list footnote-list easy-footnotes-wrapper".split())
_NOTE_ROLES = frozenset(("doc-endnotes", "doc-footnote", "doc-endnote"))
_AFTER = re.compile(r"(?:[.,;:!?)\]\"'”’»]|[^\W\d_]{4})\s?\Z")
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")

# Words in class names and ids of elements beside the text. All are names of functions, none of sites.
_SINGLE = frozenset(
    (
        "ad ads advert advertisement advertising breadcrumb breadcrumbs carousel consent cookie cookies editsection "
        "galleries gallery hatnote kudos lightbox masthead modal newsletter newsletters noprint pager pagination "
        "paywall popup promo promos promotion readmore recirc recirculation recommendation recommendations recommended "
        "related share sharebar sharebuttons shares sharetools sharing sidebar signup skip slideshow social "
        "sociallinks socialmedia socials sponsor sponsored subscribe toolbar tooltip trending"
    ).split()
)
_PAIRS = frozenset(
    tuple(pair.split("-"))
    for pair in (
        "also-like article-tags author-bio edit-section entry-tags more-from more-stories most-popular most-read "
        "post-nav post-tags read-more read-next see-also tag-list tags-list up-next"
    ).split()
)
_KEPT_TAGS = frozenset("html body article main h1 h2 h3 h4 h5 h6 p blockquote pre".split())
_FORM_CONTROLS = frozenset(("input", "textarea", "select"))
_BOXES = frozenset("div section aside ul ol".split())
_LISTS = frozenset("p ul ol div dl table".split())
_UNREAD = frozenset(("script", "style", "noscript"))
_HOLE: Final = "x-hole"  # where an element was cut out

_PICTURES = r"(?:getty images|reuters|afp|ap|epa|shutterstock|istock|rex)"
_LABELS = (
    r"advertise?ments?|advertising|ad|sponsored(?: content| by)?|(?:story|article) continues below(?: advertisement)?",
    r"(?:share|tweet|pin|e-?mail|print|save|like|follow|reply|report|copy link|bookmark)"
    r"(?: (?:this|it|us|on \w+|via \w+|(?:this )?(?:article|story|post|page)))?",
    r"facebook|twitter|pinterest|linkedin|whatsapp|reddit|tumblr|google\+|telegram|messenger|flipboard",
    r"saving|saved|loading|please wait|close|menu|search|(?:previous|next)(?: (?:article|story|post))?|back to top",
    r"(?:leave|add|post|write|view|show|hide|read)(?: (?:a|all|the))? comments?|comments?",
    r"\d{1,6} (?:comments?|shares?|likes?|views?)|(?:read|see|view|show|load|learn|find out) more(?: about this)?",
    r"view (?:this )?(?:image|photo|gallery)|related(?: (?:articles?|stories|posts?|topics?|content|coverage))?",
    r"recommended(?: for you)?|you (?:may|might) also like|more (?:on this story|from .{1,30})",
    r"sign (?:in|up)|log ?in|register|subscribe(?: now)?|newsletters?|skip to (?:main )?content",
    rf"{_PICTURES}(?: ?/ ?{_PICTURES})?",
    r"(?:read (?:more|also|next)|also read|related(?: \w{1,12})?|recommended|watch(?: more)?)\s?[:|] .{1,120}",
    r"(?:first |last )?(?:published|posted|updated|modified)(?: on| at)?:? .{0,20}\d.{0,40}",
    r"(?:follow|find|like|join) us on .{1,60}",
)
_BYLINE = re.compile(r"(?:By|BY) (?:[^\W\d_a-z][\w.'’-]{0,20}(?:,? and|,| &)? ?){2,8}")
_RIGHTS = re.compile(r"(?:©|copyright\b|\(c\)).{1,300}|.{0,80}\ball rights reserved\b.{0,200}", re.IGNORECASE)
_LABEL = re.compile(rf"(?:{'|'.join(_LABELS)})[\s.:…›»!>]{{0,5}}", re.IGNORECASE)
_PAYWALLS = (
    r"\b(?:subscribe|subscription|sign (?:in|up)|log in|register|create an? (?:free )?account|"
    r"become a (?:member|subscriber))\b.{0,80}\b"
    r"(?:to (?:continue|keep|finish|unlock|read)|for (?:full|unlimited) access)\b",
    r"\bthis (?:article|story|post|content) is (?:only |exclusively )?(?:for|available to|reserved for) "
    r"(?:paid |paying )?(?:subscribers|members)\b",
    r"\balready (?:a|an) (?:subscriber|member)\s?\?|\bcontinue reading with a .{0,30}(?:trial|subscription)\b",
    r"\byou(?:'ve|’ve| have) (?:\w{1,9} ){0,3}(?:reached|used|read) .{0,40}\bfree (?:articles?|stories)\b",
)
_PAYWALL = re.compile("|".join(_PAYWALLS), re.IGNORECASE)
# What a box beside the text is headed; those of the second kind may hold more text than the article.
_MORE = r"(?:articles?|stories|posts?|news|topics?|content|coverage|reading|videos?|links|headlines|episodes)"
_BOX = re.compile(
    r"(?:(?:the )?(?:related|recommended|popular|trending|latest|more|other|top|most (?:read|popular|viewed|shared))"
    rf"(?: {_MORE})?(?: (?:on this(?: story| topic)?|from .{{1,40}}|in .{{1,30}}|for you|now|today))?"
    r"|(?:what to )?read (?:more|next|also|this next)|keep reading"
    r"|you (?:may|might) also (?:like|enjoy|be interested in)"
    r"|don['’]t miss|editor['’]?s['’]? (?:picks?|choice)|up next|around the web|(?:our )?newsletters?"
    r"|(?:sign up|subscribe) (?:for|to) .{1,60}|get .{1,60} (?:newsletter|inbox)"
    r"|mehr zum thema|(?:lesen|sehen) sie auch|auch interessant|das könnte (?:sie|dich) (?:auch )?interessieren"
    r"|(?:à )?(?:lire|voir) aussi|(?:sur|dans) le même (?:sujet|thème)|à lire (?:également|ensuite)|le plus lus"
    r"|(?:le[ae]|ver|vea|veja|leia) también|(?:leia|veja) (?:também|mais)|te (?:puede|puede que) interes\w{1,4}"
    r"|(?:noticias |notas )?relacionad[ao]s|más (?:noticias|leídas|sobre .{1,30})|mais lidas|leggi anche|lees ook"
    r")[:.!…]?",
    re.IGNORECASE,
)
_TALK = re.compile(
    r"(?:\d[\d,.]{0,6} )?(?:reader |readers['’] )?(?:comments?|responses|replies)(?: ?\(?\d[\d,.]{0,6}\)?)?[:.]?"
    r"|(?:\d{1,6} )?(?:kommentare?|commentaires?|comentarios?|comentários?|commenti|reacties)(?: ?\(?\d{1,6}\)?)?:?"
    r"|(?:join|leave|add|post) .{1,12}(?:conversation|comment|reply|discussion)[.!]?|what do you think\?",
    re.IGNORECASE,
)
_TALK_NAMES = frozenset(("comments", "commentlist", "disqus", "respond"))
_TALKED_OF = frozenset("open closed has no count counter counts link links off on number button toggle enabled".split())
_HEADS = frozenset("h1 h2 h3 h4 h5 h6 p div span strong b header summary".split())
_COOKIES = re.compile(
    r"\b(?:we|our|this (?:web)?site)\b.{0,80}\bcookies\b.{0,200}\b(?:consent|experience|partners|privacy|"
    r"personali[sz]ed|preferences|settings|accept|agree|analy[sz]e)\b",
    re.IGNORECASE,
)
_COUNTER = re.compile(r"\(?\d{1,3}\s?(?:/|of)\s?\d{1,3}\)?(?:\W|\Z)", re.IGNORECASE)
_INLINE = ("a", "b", "i", "em", "strong", "span", "font", "u", "small", "sub", "sup", "abbr", "cite")


class Cleaned(NamedTuple):
    """What was cut out of a page's tree: how many hidden elements, footnotes, boxes, link lists."""

    hidden: int
    footnotes: int
    boxes: int
    lists: int
    talks: int
    unseen: int  # words of running text in hidden elements

    def note(self) -> str:
        """Say in one sentence what was left out; "" if nothing was."""
        names = ("hidden elements", "footnotes", "boxes such as menus and buttons", "lists of links or names",
                 "sections of comments in an unknown form")  # fmt: skip
        parts = [f"{name} {many}" for name, many in zip(names, self, strict=False) if many]
        return f"Left out: {', '.join(parts)}." if parts else ""


def clean(tree: HtmlElement) -> Cleaned:
    """Cut hidden elements, footnotes and their marks, link lists and the page's furniture out of a tree, in place."""
    hidden, unseen = _drop_hidden(tree)
    footnotes = _drop_footnotes(tree)
    boxes, lists, talks = _drop_parts(tree)
    stripped: set[HtmlElement] = set()
    for paragraph in tree.iter("p"):
        many = next(itertools.islice(paragraph.iter(), MOST_INLINE, None), None) is not None
        if many and stripped.isdisjoint(paragraph.iterancestors("p")):
            _strip_inline(paragraph)
            stripped.add(paragraph)
    return Cleaned(hidden, footnotes, boxes, lists, talks, unseen)


def _strip_inline(paragraph: HtmlElement) -> None:
    """Strip a paragraph's inline tags; each text is set whole, as the parser joins many pieces in quadratic time."""
    texts: list[tuple[HtmlElement, str, list[str]]] = []
    for event, element in lxml.etree.iterwalk(paragraph, events=("start", "end")):
        if element is paragraph and event == "end":
            break
        place = "text" if event == "start" else "tail"
        if element.tag not in _INLINE:
            texts.append((element, place, []))
        texts[-1][2].append(getattr(element, place) or "")
    lxml.etree.strip_tags(paragraph, *_INLINE)
    for element, place, parts in texts:
        setattr(element, place, "".join(parts))


def labels(pieces: list[Piece]) -> tuple[set[int], bool]:
    """Find lines that label buttons, galleries and paywall notices: their places, and whether there is a paywall."""
    places, paywall = _gallery(pieces), False
    for at, piece in enumerate(pieces):
        text = one_line(piece.text[:1_000])
        words = text.count(" ") + 1
        if words <= 2 * LONGEST_NOTICE and (_COOKIES.search(text) or _RIGHTS.fullmatch(text)):
            places.add(at)
        elif words <= LONGEST_NOTICE and _PAYWALL.search(text):
            paywall = True
            places.add(at)
        elif words <= SHORT_LINE and (_LABEL.fullmatch(text) or _BYLINE.fullmatch(text)):
            places.add(at)
    return places, paywall


def _gallery(pieces: list[Piece]) -> set[int]:
    """Find the blocks of a gallery: headings such as "3/12 A house", at least three, and what is beneath each."""
    heads = [at for at, each in enumerate(pieces) if each.kind == "heading" and _COUNTER.match(each.text)]
    if len(heads) < 3:
        return set()
    steps = Counter(b - a for a, b in itertools.pairwise(heads))
    step = steps.most_common(1)[0][0]
    found = {at for head in heads for at in range(head, min(head + step, len(pieces)))}
    return found | {heads[0] - 1} if heads[0] and pieces[heads[0] - 1].kind == "heading" else found


def outermost(tree: HtmlElement, *tags: str) -> Iterator[HtmlElement]:
    """Give the elements of some tags that are in no other of them, so that no text is read twice."""
    walk = lxml.etree.iterwalk(tree, events=("start",), tag=tags)
    for _, element in walk:
        yield element
        walk.skip_subtree()


def drop(tree: HtmlElement, elements: Iterable[HtmlElement]) -> int:
    """Cut elements out of a tree and keep the text after each; linear, as `drop_tree` of many siblings is not."""
    holes: set[HtmlElement] = set()
    for element in elements:
        if (parent := element.getparent()) is not None and element.tag not in ("html", "body"):
            hole = element.makeelement(_HOLE)
            hole.tail = element.tail
            parent.replace(element, hole)
            holes.add(hole)
    for first in [each for each in tree.iter(_HOLE) if each in holes]:
        parent, before = first.getparent(), first.getprevious()
        hole, tails = first, []
        while parent is not None and hole in holes:
            tails.append(hole.tail or "")
            following = hole.getnext()
            parent.remove(hole)
            hole = following
        if before is not None:
            before.tail = (before.tail or "") + "".join(tails)
        elif parent is not None:
            parent.text = (parent.text or "") + "".join(tails)
    return len(holes)


def _is_hidden(element: HtmlElement) -> bool:
    if element.tag == "template":
        return True
    if element.get("hidden") is not None and element.get("hidden") != "until-found":
        return True
    if (element.get("aria-hidden") or "").lower() == "true" or _HIDDEN_STYLE.search(
        (element.get("style") or "")[:2_000]
    ):
        return True
    return not _HIDDEN_CLASSES.isdisjoint((element.get("class") or "").lower().split())


def _drop_hidden(tree: HtmlElement) -> tuple[int, int]:
    """Cut out what a reader does not see, unless that is nearly all: then a script would have shown it.

    Returns how many elements, and how many words are in their paragraphs of running text.
    """
    parts, hidden, visible, depth = [], 0, 0, 0
    for event, element in lxml.etree.iterwalk(tree, events=("start", "end")):
        concealed = _is_hidden(element)
        size = 0 if element.tag in ("script", "style") else len((element.text or "").strip())
        if event == "start":
            if concealed and not depth:
                parts.append(element)
            depth += concealed
            hidden, visible = (hidden + size, visible) if depth else (hidden, visible + size)
            continue
        depth -= concealed
        tail = len((element.tail or "").strip())
        hidden, visible = (hidden + tail, visible) if depth else (hidden, visible + tail)
    if visible < LEAST_VISIBLE * (hidden + visible):
        return 0, 0
    paragraphs = (len("".join(each.itertext()).split()) for part in parts for each in outermost(part, "p"))
    return drop(tree, parts), sum(words for words in paragraphs if words >= SHORT_LINE)


def _drop_footnotes(tree: HtmlElement) -> int:
    """Cut out the marks of footnotes, and the notes themselves."""
    notes = [each for each in tree.iter() if _is_note(each)]
    some = notes if len(notes) < 1_000 else []
    noted = sum(len("".join(each.itertext())) for each in some if each.getparent() not in some)
    dropped = drop(tree, notes) if 2 * noted < sum(map(len, tree.itertext())) else 0
    drop(tree, [each for each in tree.iter("a", "sup") if _is_mark(each)])
    return dropped


def _is_note(element: HtmlElement) -> bool:
    classes = (element.get("class") or "").lower().split()
    return element.tag in ("div", "section", "ol", "ul", "aside", "li") and (
        not _NOTE_CLASSES.isdisjoint(classes) or (element.get("role") or "") in _NOTE_ROLES
    )


def _is_mark(element: HtmlElement) -> bool:
    """Whether a link or a superscript is a footnote's mark, or the way back to it."""
    if next(itertools.islice(element.iter(), MOST_IN_MARK, None), None) is not None:
        return False
    text = "".join(element.itertext())[:40]
    link = element if element.tag == "a" else next(element.iter("a"), None)
    classes = (element.get("class") or "").lower().split()
    if link is not None and (_BACK.fullmatch(text) or element.get("role") in ("doc-noteref", "doc-backlink")):
        return "#" in (link.get("href") or "")
    if not _MARK.fullmatch(text):
        return False
    if not _MARK_CLASSES.isdisjoint(classes) or (link is not None and (link.get("href") or "").startswith("#")):
        return True
    if element.tag == "sup":
        return link is not None or bool(_AFTER.search(_before(element)))
    return False


def _before(element: HtmlElement) -> str:
    previous = element.getprevious()
    parent = element.getparent()
    text = (previous.tail if previous is not None else parent.text if parent is not None else "") or ""
    if not text.strip() and previous is not None and previous.tag != "br":
        text = "".join(previous.itertext())
    return text[-20:]


def _named(element: HtmlElement) -> bool:
    """Whether an element's class or id names a function beside the text."""
    for name in (*(element.get("class") or "").split()[:20], element.get("id") or ""):
        words = [word.lower() for word in _WORDS.findall(name[:80])]
        if name == element.get("id") and len(words) > MOST_ID_WORDS:
            continue  # the words of a heading, made into an address
        if not _SINGLE.isdisjoint(words) or not _PAIRS.isdisjoint(itertools.pairwise(words)):
            return True
    return False


class _Counts(NamedTuple):
    """Counts up to a place in a page: characters, in links, links, controls, long texts outside links."""

    text: int = 0
    linked: int = 0
    links: int = 0
    controls: int = 0
    prose: int = 0

    def after(self, text: str | None, *, inside: bool) -> _Counts:
        """Count a text, inside of a link or not."""
        size = len((text or "").strip())
        prose = self.prose + (not inside and size >= SHORTEST_PROSE)
        return self._replace(text=self.text + size, linked=self.linked + size * inside, prose=prose)


def _first_line(element: HtmlElement) -> str:
    """Return the text that an element begins with, if it is a line of its own and not far inside."""
    for each in itertools.islice(element.iter(), MOST_INSIDE):
        if each.text and each.text.strip():
            alone = isinstance(each.tag, str) and each.tag in _HEADS and each is not element
            return one_line("".join(each.itertext()))[:100] if alone else ""
    return ""


def _is_talk(element: HtmlElement, first: str) -> bool:
    """Whether an element holds comments by its name or its first line, and not the article with them."""
    names = [*(element.get("class") or "").split()[:20], element.get("id") or ""]
    words = [{word.lower() for word in _WORDS.findall(name[:80])} for name in names]
    named = any(not _TALK_NAMES.isdisjoint(each) and _TALKED_OF.isdisjoint(each) for each in words)
    return (named or bool(_TALK.fullmatch(first))) and next(element.iter("h1", "article", "main"), None) is None


def _drop_parts(tree: HtmlElement) -> tuple[int, int, int]:
    """Cut out furniture by its name or its links; nothing that holds much of the page's text. One linear walk."""
    total = sum(len(text.strip()) for text in _texts(tree))
    now, open_, inside = _Counts(), [], 0
    named, lists, talks = [], [], []
    for event, element in lxml.etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            open_.append(now)
            inside += tag == "a"
            now = now._replace(links=now.links + (tag == "a"), controls=now.controls + (tag in _FORM_CONTROLS))
            if tag not in _UNREAD:
                now = now.after(element.text, inside=inside > 0)
            continue
        part = _Counts(*(b - a for a, b in zip(open_.pop(), now, strict=True)))
        inside -= tag == "a"
        largest = LARGEST_LINKED if part.linked > MOST_LINKED * part.text else LARGEST_PART
        is_form = tag == "form" and part.controls > 0
        if tag not in _KEPT_TAGS and part.text <= largest * total and (is_form or _named(element)):
            named.append(element)
        elif tag in _BOXES and part.text <= LARGEST_TALK * total and _is_talk(element, first := _first_line(element)):
            talks.append(element)
        elif tag in _BOXES and part.text <= LARGEST_LINKED * total and _is_box(part, first):
            named.append(element)
        elif tag in _LISTS and _is_link_list(part):
            lists.append(element)
        now = now.after(element.tail, inside=inside > 0)
    spoken = drop(tree, talks)
    boxes = drop(tree, (each for each in named if not _asks(each)))
    return boxes, drop(tree, lists) if now.prose else 0, spoken  # a page of links alone is what it is


def _is_link_list(part: _Counts) -> bool:
    """Whether a part of a page is a list of links or of names: many short links and nothing to read between them."""
    many = part.links >= FEWEST_LINKS and part.linked >= LEAST_LISTED * part.text
    return many and not part.prose and part.linked <= LONGEST_LINK * part.links


def _is_box(part: _Counts, first: str) -> bool:
    """Whether a part of a page is headed as a box beside the text, and has links or a form in it."""
    teasers = part.links > 1 and part.prose <= part.links
    return (teasers or part.controls > 0) and _BOX.fullmatch(first) is not None


def _asks(element: HtmlElement) -> bool:
    """Whether an element is a short solicitation: the writer's own words, which are set apart and not lost."""
    text = one_line(" ".join(itertools.islice(element.itertext(), 50)))
    return len(text) <= LONGEST_SOLICITATION and is_promo(text)


def _texts(tree: HtmlElement) -> Iterator[str]:
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in _UNREAD:
            yield element.text or ""
        yield element.tail or ""
