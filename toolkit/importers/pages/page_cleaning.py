"""Cut everything from a saved page that is not its text: hidden elements, footnotes, link lists, boxes, comments."""

from __future__ import annotations

import itertools
import operator
import re
from collections import defaultdict
from typing import Final, NamedTuple

import lxml.etree
from lxml.html import HtmlElement

from ..._packaging import word_sets
from ..dates import says_when
from ..documents.markdown_writer import one_line, promo_lines
from ..documents.pasted_pages import HEADER
from ..documents.running_text import BEFORE_FOOTNOTE_MARK
from .element_names import NAMES
from .hidden_elements import drop_hidden
from .page_labels import HEADS_A_BOX, PAYWALL
from .page_markup import DIGITS, drop, names_of, strip_inline, words_in

LARGEST_PART: Final = 0.15  # share of the page's text; a larger element is content, whatever its class is called
MOST_LINKED: Final = 0.25  # share of an element's characters in links; above it the next limit applies instead
LARGEST_LINKED: Final = 0.5  # share of the page's text
LARGEST_TALK: Final = 0.98  # share of the page's text in a section of comments
MOST_INSIDE: Final = 8  # elements before the heading of a box
FEWEST_LINKS: Final = 12  # in a list of links or names
LONGEST_LINK: Final = 30  # characters, on average
LEAST_LISTED: Final = 0.8  # share of the characters of such a list in links
SHORTEST_PROSE: Final = 60  # characters of a text outside links; lists have none so long
SHORTEST_ANNOUNCEMENT: Final = 16  # characters of a line that introduces a list; "Related:" does not
FEWEST_SIGNED: Final = 2  # paragraphs with a name and a day below a heading of comments
FEWEST_IN_CELL: Final = 3  # long texts in a cell of a layout table
MOST_INLINE: Final = 500  # elements in one paragraph; trafilatura takes quadratic time
MOST_IN_MARK: Final = 20  # elements in a footnote mark
MOST_ID_WORDS: Final = 3
LONGEST_SOLICITATION: Final = 600  # characters

_ONE_MARK: Final = r"(?:\d{1,3}|[*†‡§¶]{1,3}|[a-z]|note \d{1,3})"
_MARK = re.compile(
    rf"\s{{0,9}}[\[(]?\s{{0,3}}{_ONE_MARK}(?:\s{{0,3}}[,;–-]\s{{0,3}}{_ONE_MARK}){{0,8}}\s{{0,3}}[\])]?\s{{0,9}}"
)
_RAISED = re.compile(r"(?<=[.,;:!?)\]\"'”’»])[⁰¹²³⁴-⁹]{1,3}(?![^\W\d_])")
_BRACKETED = re.compile(r"\s{0,9}\[[^\[\]]{1,36}\]\s{0,9}")
_BACK = re.compile(r"[\s\ufe0e\ufe0f]{0,9}[↩↑^⏎⤴↵][\s\ufe0e\ufe0f]{0,9}")
_SIGNED = re.compile(r"\s{0,9}[(\[]([^()\[\]]{6,40})[)\]][\s:–—-]{0,9}(.*)", re.DOTALL)
_ANCHORS = frozenset("¶#§🔗")
_TOP = re.compile(r"#(?:top|toc|contents?|up|start|head\w{0,9}|page\w{0,9})?")
_BESIDE: Final = word_sets(NAMES["beside_the_text"])  # names of elements beside the text
_MARK_CLASSES, _TALK_NAMES, _TALKS, _TALKERS, _TALKED_OF = map(
    _BESIDE.__getitem__, ("footnote_marks", "talk_names", "talks", "talkers", "talked_of")
)
_PAIRS = frozenset(tuple(pair.split("-")) for pair in _BESIDE["pairs"])
_WALLS: Final = frozenset(("paywall", "regwall", "upgrade"))
_KEPT_TAGS = frozenset("html body article main h1 h2 h3 h4 h5 h6 p blockquote pre".split())
_LEVELS = frozenset("h2 h3 h4 h5 h6".split())
_FORM_CONTROLS = frozenset(("input", "textarea", "select"))
_BOXES = frozenset("div section aside ul ol".split())
_SPOKEN = frozenset("article li table tr dl p".split())
_LISTS = frozenset("p ul ol div dl table".split())

TALK: Final = re.compile(
    rf"{HEADER.pattern}|(?:responses|replies)(?: ?\(?\d[\d,.]{{0,6}}\)?)?[:.]?"
    r"|(?:join|leave|add|post) .{1,12}(?:conversation|comment|reply|discussion)(?: \(\d{1,6}\))?[.!]?"
    r"|what do you think\?|(?:(?:customer|reader|user) )?reviews \(\d[\d,.]{0,6}\)|ratings? (?:and|&) reviews",
    re.IGNORECASE,
)
PERSON = re.compile(  # links to people's profiles and pictures
    r"avatar|userpic|/(?:@|~|u/|users?/(?:id/)?|profiles?/|members?/)[^/?#]+/?(?:[?#].*)?\Z|/profile(?:\.\w{2,5})?\Z",
    re.IGNORECASE,
)
FEWEST_TALKERS: Final = 3  # elements that share a class named after comments
_HEADS = frozenset("h1 h2 h3 h4 h5 h6 p div span strong b header summary".split())


class Cleaned(NamedTuple):
    """What was cut out of a page's tree: numbers of hidden elements, footnotes, boxes and link lists."""

    hidden: int
    footnotes: int
    boxes: int
    lists: int
    talks: list[HtmlElement]  # sections of comments in an unknown form
    unseen: list[str]  # paragraphs of running text in hidden elements

    def note(self) -> str:
        """Report in one sentence what was left out; "" if nothing was."""
        names = ("hidden elements", "footnotes", "boxes such as menus and buttons", "lists of links or names",
                 "sections of comments in an unknown form")  # fmt: skip
        counts = (*self[:4], len(self.talks))
        parts = [f"{name} {many}" for name, many in zip(names, counts, strict=True) if many]
        return f"Left out: {', '.join(parts)}." if parts else ""


def clean(tree: HtmlElement) -> Cleaned:
    """Cut hidden elements, footnotes and their marks, link lists and the page's furniture out of a tree, in place."""
    hidden, unseen = drop_hidden(tree)
    footnotes = _drop_footnotes(tree)
    _gather_signed(tree)
    boxes, lists, talks = _drop_parts(tree)
    stripped: set[HtmlElement] = set()
    for paragraph in tree.iter("p"):
        many = next(itertools.islice(paragraph.iter(), MOST_INLINE, None), None) is not None
        if many and stripped.isdisjoint(paragraph.iterancestors("p")):
            strip_inline(paragraph)
            stripped.add(paragraph)
    return Cleaned(hidden, footnotes, boxes, lists, talks, unseen)


def _gather_signed(tree: HtmlElement) -> None:
    """Put paragraphs such as "Name (day): text" below a heading of comments into a section, each with its day apart."""
    for heading in [each for each in tree.iter(*_LEVELS) if TALK.fullmatch(one_line("".join(each.itertext())[:100]))]:
        below = [*itertools.takewhile(lambda each: each.tag not in _LEVELS, heading.itersiblings())]
        marks = [(each[0], found) for each in below if each.tag == "p" and len(each) and not (each.text or "").strip()
                 if (found := _SIGNED.match(each[0].tail or "")) and says_when(found[1])]  # fmt: skip
        if len(marks) < FEWEST_SIGNED:
            continue
        for name, found in marks:
            day = name.makeelement("time")
            day.text, day.tail, name.tail = found[1], found[2], ""
            name.addnext(day)
        section = heading.makeelement("section", {"class": "comments"})
        heading.addnext(section)
        section.extend(below)


def _drop_footnotes(tree: HtmlElement) -> int:
    backs = (next(each.iterancestors("li", "p", "dd"), None) for each in tree.iter("a") if _is_back(each))
    notes = [*(each for each in tree.iter() if _is_note(each)), *(each for each in backs if each is not None)]
    dropped = drop(tree, notes)
    drop(tree, [each for each in tree.iter("a", "sup", "span") if _is_mark(each)])
    for each in tree.iter():
        for place in ("text", "tail"):
            if (text := getattr(each, place)) and _RAISED.search(text):
                setattr(each, place, _RAISED.sub("", text))
    return dropped


def _is_note(element: HtmlElement) -> bool:
    names = [*(element.get("class") or "").lower().split(), element.get("id") or ""]
    return element.tag in ("div", "section", "ol", "ul", "aside", "li", "span", "small") and (
        not _BESIDE["footnotes"].isdisjoint(names) or (element.get("role") or "") in _BESIDE["footnote_roles"]
    )


def _is_back(link: HtmlElement) -> bool:
    """Return whether a link leads from a note back to its mark: an arrow, or a repeated mark at the start."""
    target, text = link.get("href") or "", "".join(itertools.islice(link.itertext(), MOST_IN_MARK))[:40]
    if not target.startswith("#") or _TOP.fullmatch(target) or "cite_ref" in target:  # Wikipedia's references
        return False
    if link.get("role") == "doc-backlink" or _BACK.fullmatch(text):
        return True
    back = "ref" in target or target.endswith("anc")
    return back and bool(_MARK.fullmatch(text)) and not _before(link).strip() and link.getprevious() is None


def _is_mark(element: HtmlElement) -> bool:
    """Return whether a link, a superscript or a span is a footnote mark, or a link back to one."""
    if next(itertools.islice(element.iter(), MOST_IN_MARK, None), None) is not None:
        return False
    text = "".join(element.itertext())[:40]
    link = element if element.tag == "a" else next(element.iter("a"), None)
    target = "" if link is None else link.get("href") or ""
    leads = text.strip() in _ANCHORS or target.startswith("#_msocom") or _BACK.fullmatch(text)
    if link is not None and (leads or element.get("role") in ("doc-noteref", "doc-backlink")):
        return "#" in target  # links to a heading, a Word comment or a note
    if element.tag == "sup" and _BRACKETED.fullmatch(text):
        return True
    named = not _MARK_CLASSES.isdisjoint((element.get("class") or "").lower().split())
    if not _MARK.fullmatch(text) or (element.tag == "span" and not named):
        return False
    raised = element.tag == "sup" and (link is not None or BEFORE_FOOTNOTE_MARK.search(_before(element)))
    return named or target.startswith("#") or bool(raised)


def _before(element: HtmlElement) -> str:
    previous = element.getprevious()
    return ((element.getparent().text if previous is None else previous.tail) or "")[-20:]


def _named(element: HtmlElement) -> bool:
    """Return whether an element's class or id names it as furniture beside the text."""
    own = element.get("id", "").rstrip(DIGITS)
    if own == "HEADER" or (element.tag == "div" and element.get("title") in ("header", "footer")):
        return True  # in archive.today and LibreOffice
    for name in names_of(element):
        words = words_in(name)
        if name == own and len(words) > MOST_ID_WORDS:
            continue  # a slug made of a heading
        if not _BESIDE["single"].isdisjoint(words) or not _PAIRS.isdisjoint(itertools.pairwise(words)):
            return True
    return False


class _Counts(NamedTuple):
    """Running counts: characters, those in links, links, form controls, portraits, long texts outside links."""

    text: int = 0
    linked: int = 0
    links: int = 0
    controls: int = 0
    faces: int = 0
    prose: int = 0

    def after(self, text: str | None, *, inside: bool) -> _Counts:
        """Add a text, inside a link or not."""
        size = len((text or "").strip())
        prose = self.prose + (not inside and size >= SHORTEST_PROSE)
        return _Counts(self.text + size, self.linked + size * inside, *self[2:5], prose)


def _first_line(element: HtmlElement, boxes: set[HtmlElement]) -> str:
    """Return the line that an element begins with, if it is near its start and in no box; else ""."""
    for each in itertools.islice(element.iter(), MOST_INSIDE):
        if each in boxes:
            return ""
        if each.text and each.text.strip():
            while each is not element and each.tag == "span" and each.tail and each.getprevious() is None:
                each = each.getparent()  # the number in "3 comments"
            alone = isinstance(each.tag, str) and each.tag in _HEADS and each is not element
            return one_line("".join(each.itertext()))[:100] if alone else ""
    return ""


def _heading_before(element: HtmlElement) -> str:
    above = element.getprevious()
    headed = above is not None and isinstance(above.tag, str) and above.tag in _LEVELS
    return one_line("".join(itertools.islice(above.itertext(), 9)))[:100] if headed else ""


def _is_talk(element: HtmlElement, first: str) -> bool:
    """Return whether an element without the article is a comment section by its name, first line or heading."""
    named = any(
        _TALKED_OF.isdisjoint(each)
        and not (_TALK_NAMES.isdisjoint(each) and (_TALKERS.isdisjoint(each) or _TALKS.isdisjoint(each)))
        for each in map(words_in, (*names_of(element), element.get("aria-label") or ""))
    )
    inner = (
        each
        for each in element.iter("h1", "article", "main")
        if next(each.iterancestors("li"), None) is None  # not a comment in a list
        and (each.tag != "article" or (not _speaks(each) and next(each.iter("h1", "h2", "h3"), None) is not None))
    )
    headed = bool(TALK.fullmatch(first)) or (element.tag in _LISTS and bool(TALK.fullmatch(_heading_before(element))))
    return (named or headed) and next(inner, None) is None


def _speaks(element: HtmlElement) -> str:
    """Return the name that marks an element as a comment, without its number; "" if it has none."""
    label = (element.get("aria-label") or "")[:100].lower().split()
    if element.get("role") == "article" and not (_TALKERS | {"reply", "antwort", "réponse"}).isdisjoint(label):
        return "comment"
    marked = (key for key, _ in element.items() if key.startswith("data-") and key.endswith("id"))
    for name in (*names_of(element), *marked):
        if not _TALKERS.isdisjoint(words_in(name)) and _TALKED_OF.isdisjoint(words_in(name)):
            return name.rstrip(DIGITS)
    return ""


def _drop_parts(tree: HtmlElement) -> tuple[int, int, list[HtmlElement]]:
    """Cut out furniture by name or links in one linear walk, unless it holds much of the page's text."""
    total = sum(len(text.strip()) for text in tree.itertext())
    now, open_, inside = _Counts(), [], 0
    named, talks = [], []
    lists: list[HtmlElement] = []
    own_lists: list[HtmlElement] = []
    boxes: set[HtmlElement] = set()
    columns: list[HtmlElement] = []  # cells of links only
    laid_out: set[HtmlElement] = set()  # rows of layout tables
    speakers: dict[str, list[HtmlElement]] = defaultdict(list)
    for event, element in lxml.etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            open_.append(now)
            inside += tag == "a"
            face = PERSON.search((element.get("href") or element.get("src") or "")[:500]) is not None
            added = (0, 0, tag == "a", tag in _FORM_CONTROLS, face, 0)
            now = _Counts(*map(operator.add, now, added)) if any(added) else now
            now = now.after(element.text, inside=inside > 0)
            continue
        part = _Counts(*map(operator.sub, now, open_.pop()))
        box = tag in _BOXES or "-" in tag  # custom tags such as comment-list
        if (box or tag in _SPOKEN) and (name := _speaks(element)):
            speakers[name].append(element)
        inside -= tag == "a"
        largest = LARGEST_LINKED if part.linked > MOST_LINKED * part.text else LARGEST_PART
        if tag not in _KEPT_TAGS and part.text <= largest * total and _named(element):
            named.append(element)
        elif (
            (box or tag == "table")
            and 0 < part.text <= LARGEST_TALK * total
            and _is_talk(element, first := _first_line(element, boxes))
        ):
            talks.append(element)
        elif box and 0 < part.text <= LARGEST_LINKED * total and _is_box(part, first):
            named.append(element)
            boxes.add(element)
        elif tag in ("td", "th") and part.links > 1 and not part.prose and part.linked >= LEAST_LISTED * part.text:
            columns.append(element)
        elif tag in ("td", "th") and part.prose >= FEWEST_IN_CELL:
            laid_out.add(element.getparent())
        elif tag in _LISTS and _is_link_list(part):
            (lists if _is_crowd(part) or not _is_own(element) else own_lists).append(element)
        now = now.after(element.tail, inside=inside > 0)
    several = [each for each in speakers.values() if len(each) >= FEWEST_TALKERS]
    talks += [each for each in itertools.chain(*several) if next(each.iter("h1", "main"), None) is None]
    spoken = [each for each in talks if not known.intersection(each.iterancestors())] if (known := set(talks)) else []
    drop(tree, spoken)
    named += (each for each in columns if each.getparent() in laid_out)
    cut = drop(tree, [each for each in named if not _keeps_notice(each) and not _asks(each)])
    for each in own_lists:  # trafilatura would drop them
        strip_inline(each)
    return cut, drop(tree, lists) if now.prose else 0, spoken  # keep a page that has only links


def _is_link_list(part: _Counts) -> bool:
    """Return whether a part of a page is a list of links or people: many short texts with no prose between them."""
    linked = part.links >= FEWEST_LINKS and LEAST_LISTED * part.text <= part.linked <= LONGEST_LINK * part.links
    return not part.prose and (linked or _is_crowd(part))


def _is_crowd(part: _Counts) -> bool:
    """Return whether a part of a page lists people: their pictures, or links to their pages, with short texts."""
    return part.faces >= FEWEST_LINKS and part.text <= LONGEST_LINK * part.faces


def _is_own(element: HtmlElement) -> bool:
    """Return whether a list belongs to the article: the line above introduces it."""
    above = element.getprevious()
    line = "".join(itertools.islice(above.itertext(), 50)).strip() if above is not None else ""
    return line.endswith(":") and len(line) >= SHORTEST_ANNOUNCEMENT and not HEADS_A_BOX.fullmatch(line[:100])


def _is_box(part: _Counts, first: str) -> bool:
    """Return whether a part of a page has the heading of a box beside the text, and contains links or a form."""
    teasers = part.links > bool(part.prose) and part.prose <= part.links
    return (teasers or part.controls > 0) and HEADS_A_BOX.fullmatch(first) is not None


def _keeps_notice(element: HtmlElement) -> bool:
    """Reduce a paywall's box to its notice, which leads to a warning."""
    walled = not _WALLS.isdisjoint(itertools.chain.from_iterable(map(words_in, names_of(element))))
    texts = itertools.islice(element.itertext(), 50) if walled else ()
    if notice := next((text for text in texts if PAYWALL.search(text[:500])), ""):
        tail = element.tail
        element.clear()
        element.tag, element.text, element.tail = "p", notice, tail
    return bool(notice)


def _asks(element: HtmlElement) -> bool:
    """Return whether an element is a short solicitation: the writer's own words, which are marked and kept."""
    text = one_line(" ".join(itertools.islice(element.itertext(), 50)))
    return len(text) <= LONGEST_SOLICITATION and text in promo_lines([text])
