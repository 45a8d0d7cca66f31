"""Comments in a section whose elements have no telling names: name, date and text, over and over."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Set
from typing import Final

import lxml.etree
from lxml.html import HtmlElement

from ..._limits import MOST_PAGE_COMMENTS
from ..dates import says_when
from ..documents.markdown_writer import Piece, one_line
from ..html_to_text import plain_text
from ..import_log import RawComment
from .bylines import LONGEST_NAME, SAYS, moment_of, names_in, says_day
from .comment_elements import alike, answered
from .page_cleaning import PERSON
from .page_labels import labels
from .page_markup import drop, names_of, refuse_larger, words_in
from .web_page_comments import unquoted

FEWEST: Final = 2  # comments in a section; a single one may be a notice
FEWEST_ALIKE: Final = 3  # comments that share a line, such as a button's label
_ELSEWHERE: Final = frozenset("latest most popular recent".split())  # in names of boxes that quote other pages
MOST_NAMES: Final = 6  # first texts in a comment, one of which may be the name
FEWEST_SPACES: Final = 2  # in the title of a linked page
_ANCHOR: Final = re.compile(r"#[^/]*\Z|\A\Z|comment", re.IGNORECASE)  # in links to comments
_PLACE: Final = "\ue000"  # marks the place of the date
_SENTENCE: Final = re.compile(r"(?: \S+){3}[.!?…]\Z")  # a comment above its name
_BESIDE: Final = frozenset("button form menu svg style script select input textarea h1 h2 h3 h4".split())


def read_sections(sections: Iterable[HtmlElement]) -> list[RawComment]:
    """Read comments by form alone: an element with one date in it has a name and a text, and may hold replies.

    The sections are taken apart. Ids are the numbers of the comments.
    """
    found: list[RawComment] = []
    for section in sections:
        elsewhere = any(not _ELSEWHERE.isdisjoint(words_in(name)) for name in names_of(section))
        texts_above: dict[HtmlElement, bool] = {}
        units = [] if elsewhere else [(_whole(unit, texts_above), moment) for unit, moment in _units(section)]
        refuse_larger(len(units), MOST_PAGE_COMMENTS, "comments", "Save it in parts.")
        shown = [
            {one_line(each.text or "") for each in itertools.islice(names_in(unit), MOST_NAMES)}
            - {one_line(each.text or "") for each in names_in(unit, linked=True)}  # often of who is answered
            for unit, _ in units
        ]
        times = Counter(itertools.chain.from_iterable(shown))
        shared = {text for text, many in times.items() if many >= FEWEST_ALIKE and 2 * many > len(units)}
        some: list[tuple[RawComment, str, str]] = []
        heads: dict[HtmlElement, tuple[HtmlElement, str]] = {}  # parent -> its first comment and number
        for unit, moment in units:
            parent = answered(unit, heads) or ""
            read = None if _is_teaser(unit, shared) else _read(unit, moment, len(found) + len(some) + 1, shared)
            if read is not None and (read[1] or read[2]):
                some.append((read[0]._replace(reply_to=parent), *read[1:]))
                heads.setdefault(unit.getparent(), (unit, read[0].comment_id))
        befores, afters = ({each[side] for each in some} for side in (1, 2))
        ends = sum(map(len, befores)) > sum(map(len, afters))  # each text ends with its name and day
        found += [each._replace(text=unquoted((before or after) if ends else (after or before)))
                  for each, before, after in some]  # fmt: skip
    if len(found) < FEWEST:
        return []
    lines = Counter(line for each in found for line in {*map(_bare, each.text.split("\n"))})
    shared = {line for line, many in lines.items() if many >= FEWEST_ALIKE and 2 * many > len(found)}
    return [each._replace(text=_trimmed(each.text, shared)) for each in found]


def _units(section: HtmlElement) -> list[tuple[HtmlElement, HtmlElement]]:
    """Find the largest elements that contain one date each, and the element of that date."""
    units: list[tuple[int, HtmlElement, HtmlElement]] = []
    open_: list[tuple[int, list[tuple[int, HtmlElement, HtmlElement]]]] = [(0, [])]  # dates, and parts with one
    for at, (event, element) in enumerate(lxml.etree.iterwalk(section, events=("start", "end"))):
        if event == "start":
            open_.append((0, []))
            continue
        days, parts = open_.pop()
        above, others = open_[-1]
        if not days and _is_day(element) and not (others and others[-1][1] is others[-1][2]):  # two adjacent dates
            days, parts = 1, [(at, element, element)]
        if days == 1:
            others += [(parts[0][0], element, parts[0][2])]
        else:
            units += parts
        open_[-1] = (above + days, others)
    return [each[1:] for each in sorted(units + open_[0][1], key=lambda each: each[0])]


def _is_day(element: HtmlElement) -> bool:
    text = one_line(element.text or "") if element.tag == "time" or not len(element) else ""
    return 0 < len(text) <= LONGEST_NAME and (element.tag == "time" or says_day(text))


def _whole(unit: HtmlElement, texts_above: dict[HtmlElement, bool]) -> HtmlElement:
    """Wrap a line of name and date together with its neighbours, up to the replies beside it."""
    below = [*itertools.takewhile(lambda each: not any(map(_is_day, each.iter())), unit.itersiblings())]
    above = [*itertools.takewhile(lambda each: not any(map(_is_day, each.iter())), unit.itersiblings(preceding=True))]
    replies, earlier = (below or [unit])[-1].getnext(), (above or [unit])[-1].getprevious()
    follows, ended = (each is not None and alike(unit, each) for each in (replies, earlier))
    around, between = unit.getparent(), below if follows else above if ended else []
    if around not in texts_above and any(map(_says, between)):  # texts and lines of bylines take turns
        first, last = (
            itertools.takewhile(lambda each: not any(map(_is_day, each.iter())), around.iterchildren(reversed=end))
            for end in (False, True)
        )
        texts_above[around] = any(map(_says, first)) and not any(map(_says, last))
    if around in texts_above:
        above, below = [], above[: len(between) or None][::-1] if texts_above[around] else below
    elif follows or replies is None or earlier is not None:
        return unit
    whole = unit.makeelement(unit.tag, {"class": unit.get("class") or ""})
    (above or [unit])[-1].addprevious(whole)
    whole.extend([*above[::-1], unit, *below])
    return whole


def _says(element: HtmlElement) -> bool:
    """Return whether an element beside a byline may be a comment's text."""
    return element.tag not in _BESIDE and one_line("".join(element.itertext())) != ""


def _is_teaser(unit: HtmlElement, shared: Set[str]) -> bool:
    """Return whether an element announces another page: by a link that is its heading or fills a line."""
    links = {link for each in unit.iter("h1", "h2", "h3", "h4") for link in (*each.iter("a"), *each.iterancestors("a"))}
    for each in unit.iter("a"):
        text = one_line("".join(each.itertext())[:LONGEST_NAME])
        above = each.getparent()
        alone = above is not None and above.tag != "p" and not f"{above.text or ''}{each.tail or ''}".strip()
        if alone and text.count(" ") >= FEWEST_SPACES and text not in shared and not says_when(text):
            links.add(each)
    addresses = ((link.get("href") or "")[:500] for link in links)
    return any(not PERSON.search(each) and not _ANCHOR.search(each) for each in addresses)


def _read(unit: HtmlElement, moment: HtmlElement, row: int, shared: Set[str]) -> tuple[RawComment, str, str] | None:
    """Read a name and a day, and the texts before and after the day."""
    posted = moment_of(moment)
    drop(moment, list(moment))
    moment.tag, moment.text = "p", _PLACE
    drop(unit, [each for each in unit.iter() if each.tag in _BESIDE or each.get("role") == "button"])
    written = [(each, one_line(each.text or "")) for each in names_in(unit) if each.text != _PLACE]
    written = [(each, text) for each, text in written if not _SENTENCE.search(text)]
    own = [each for each, text in written if text not in shared]
    author = (own or [each for each, _ in written] or [None])[0]
    name = SAYS.sub("", one_line(author.text or "")) if author is not None else ""
    if author is not None:
        author.text = ""
    text = plain_text(lxml.etree.tostring(unit, method="html", encoding="unicode", with_tail=False))
    before, _, after = map(_without_labels, text.partition(_PLACE))
    return (RawComment(row, "", comment_id=str(row), author=name, posted=posted), before, after) if name else None


def _without_labels(text: str) -> str:
    lines = text.strip().split("\n")
    left_out, _ = labels([Piece("paragraph", line) for line in lines])
    return _trimmed("\n".join(line for at, line in enumerate(lines) if at not in left_out), frozenset())


def _trimmed(text: str, shared: Set[str]) -> str:
    """Cut lines at both ends that are numbers or that most comments share, but never all lines."""
    lines = text.strip().split("\n")
    own = [at for at, line in enumerate(lines) if (bare := _bare(line)) and bare not in shared]
    return "\n".join(lines[own[0] : own[-1] + 1]) if own else text.strip()


def _bare(line: str) -> str:
    return line.strip("+-0123456789 :")
