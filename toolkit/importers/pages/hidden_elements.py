"""Elements of a saved page that are invisible: hidden by an attribute, a style or the page's style sheets."""

import functools
import itertools
import re
from collections import Counter, defaultdict
from typing import Final

import lxml.etree
from lxml.html import HtmlElement

from ..._limits import MOST_STYLED
from ..documents.markdown_writer import one_line
from ..documents.running_text import SHORT_LINE, words_of
from .page_markup import drop, outermost, refuse_larger

# Least visible share of a page's text; below it a script would have shown the rest.
LEAST_VISIBLE: Final = 0.1
LEAST_SHORT: Final = 0.33  # the same if only short texts are visible, and long ones are hidden
SHORTEST_PROSE: Final = 50  # characters of a long text node
MOST_SELECTORS: Final = 5  # style sheet rules per name

_HIDDEN_STYLE = re.compile(
    r"(?:^|[;/])\s{0,9}(?:display\s{0,9}:\s{0,9}none|(?:content-)?visibility\s{0,9}:\s{0,9}(?:hidden|collapse)"
    r"|(?:opacity|font-size)\s{0,9}:\s{0,9}0(?:\.0+)?(?:px|em|%)?\s{0,9}(?:!|;|$)"
    r"|filter\s{0,9}:\s{0,9}opacity\(0[%.0]{0,3}\)"
    r"|(?:left|top|right|text-indent|margin(?:-\w{3,6})?)\s{0,9}:\s{0,9}-\d{3,6}|transform\s{0,9}:\s{0,9}scale\(0"
    r"|clip\s{0,9}:\s{0,9}rect\([01 ,px]{7,30}\)|clip-path\s{0,9}:\s{0,9}inset\((?:50|100)%)"
    r"|\A(?![\s\S]*background)(?=[\s\S]*(?:\A|[;\s])color\s{0,9}:\s{0,9}transparent)"
    r"|\A(?=[\s\S]*\boverflow\s{0,9}:\s{0,9}(?:hidden|clip))(?![\s\S]*padding)"  # video frames have padding
    r"(?=[\s\S]*(?:\A|[;/\s])(?:max-)?(?:height|width)\s{0,9}:\s{0,9}(?:0(?:\.0+)?(?:px|em|%)?|1px)\s{0,9}(?:!|;|\Z))",
    re.IGNORECASE,
)
_ONE: Final = r"(?:[.#][\w-]{1,80}|\[[\w-]{1,40}(?:=[\"']?[\w-]{0,80}[\"']?)?\])"
_SELECTOR = re.compile(rf"(?:[a-z0-9]{{0,10}}{_ONE}{{0,9}}(?:\s?>\s?|\s|\Z)){{1,9}}")
_ON_SCREENS = re.compile(r"@(?:media\s(?:all|screen)|layer\s[\w.-]{1,60})\s?\{")
_SELECTED = re.compile(_ONE)
_SHOWING = re.compile(r"\b(?:display|visibility|opacity|left|top|clip|font-size|max-height)\s{0,9}:", re.IGNORECASE)
_HIDDEN_CLASSES = frozenset(
    "a11y-hidden assistive-text d-none element-invisible hidden hide is-hidden screen-reader-only screen-reader-text "
    "sr-only u-hidden visually-hidden visually-hidden-focusable visuallyhidden".split()
)
_FIELDS = frozenset(("input", "textarea"))
_Rule = tuple[frozenset[str], frozenset[str]]  # names of hidden elements, and of elements around them
_SHOWN_CLASS = re.compile(
    r"(?:^|\s)(?:d-)?(?:sm|md|lg|xl|[2x]xl)[:-](?:block|flex|grid|inline|table)"
)  # on wide screens


def _hidden_by_sheets(tree: HtmlElement) -> dict[str, list[_Rule]]:
    """Collect the rules of a page's style sheets that hide elements on every screen and show them nowhere else."""
    concealing, showing = dict[str, None](), dict[str, None]()  # ordered sets of selectors
    depth = 0  # nesting in @media and the like
    for chunk in _ON_SCREENS.sub("", "".join(sheet.text or "" for sheet in tree.iter("style"))).split("}"):
        parts = chunk.split("{")
        depth = max(0, depth + len(parts) - 2)
        selectors, rule = parts[-2:] if len(parts) > 1 else ("", "")
        conceals, shows = _effect(rule[:2_000])
        if (conceals and not depth) or shows:
            named = concealing if conceals else showing
            named |= dict.fromkeys(map(one_line, selectors[:20_000].rpartition("*/")[2].split(",")))
            refuse_larger(len(named), MOST_STYLED, "kinds of elements that its styles hide or show")
    shown = set(itertools.chain.from_iterable(map(_SELECTED.findall, showing)))
    found: dict[str, list[_Rule]] = defaultdict(list)
    for selector in filter(_SELECTOR.fullmatch, concealing):
        *around, own = re.sub("[\"']", "", selector).replace(">", " ").split()
        names = frozenset(_SELECTED.findall(own))
        if names and shown.isdisjoint(names) and len(found[name := min(names)]) < MOST_SELECTORS:
            found[name].append((names, frozenset(_SELECTED.findall(" ".join(around)))))
    return found


@functools.lru_cache(1_000)
def _effect(rule: str) -> tuple[bool, bool]:
    """Return whether a rule hides elements, and whether it may show hidden ones."""
    conceals = _HIDDEN_STYLE.search(rule) is not None
    return conceals, not conceals and _SHOWING.search(rule) is not None


def _selectable(element: HtmlElement) -> list[str]:
    given = ((key, value) for key, value in element.items()[:20] if key not in ("class", "style"))
    attributes = (name for key, value in given for name in (f"[{key}]", f"[{key}={value[:80]}]"))
    return [f"#{element.get('id')}", *(f".{each}" for each in (element.get("class") or "").split()[:20]), *attributes]


def is_hidden(element: HtmlElement) -> bool:
    """Return whether an element is hidden by its tag, attributes, style or class."""
    if not element.keys():
        return element.tag in ("template", "dialog")
    classes = (element.get("class") or "").lower()
    return (
        element.tag == "template"
        or (element.tag == "dialog" and element.get("open") is None)
        or (element.tag not in _FIELDS and ("placeholder" in element.attrib or "fallback" in element.attrib))  # AMP
        or element.get("hidden", "until-found").lower() != "until-found"
        or (element.get("aria-hidden") or "").lower() == "true"
        or _effect((element.get("style") or "")[:2_000])[0]
        or (not _HIDDEN_CLASSES.isdisjoint(classes.split()) and not _SHOWN_CLASS.search(classes))
    )


def drop_hidden(tree: HtmlElement) -> tuple[int, list[str]]:
    """Cut out scripts and invisible elements, unless these hold nearly all text: then a script would have shown it.

    Returns the number of elements cut, and their paragraphs of running text.
    """
    parts = []
    sizes, longest = [0, 0], [0, 0]  # of visible and of hidden text
    by_sheets = _hidden_by_sheets(tree)
    known = frozenset().union(*itertools.chain.from_iterable(itertools.chain.from_iterable(by_sheets.values())))
    drop(tree, list(tree.iter("script", "style", "noscript", "iframe", "noframes")))
    concealed = [False]  # for each open element
    around: Counter[str] = Counter()  # names of open elements
    for event, element in lxml.etree.iterwalk(tree, events=("start", "end")):
        names = known.intersection(_selectable(element)) if known else known
        if event == "start":
            rules = itertools.chain.from_iterable(by_sheets[name] for name in names if name in by_sheets)
            by_rule = (own <= names and outer <= around.keys() for own, outer in rules)
            if not concealed[-1] and (is_hidden(element) or any(by_rule)):
                parts.append(element)
            around.update(names)
            concealed.append(concealed[-1] or (bool(parts) and parts[-1] is element))
            size = len((element.text or "").strip())
        else:
            concealed.pop()
            for name in names:
                around[name] -= 1
                if not around[name]:
                    del around[name]
            size = len((element.tail or "").strip())
        sizes[concealed[-1]] += size
        longest[concealed[-1]] = max(longest[concealed[-1]], size)
    if sizes[0] < (LEAST_SHORT if longest[0] < SHORTEST_PROSE <= longest[1] else LEAST_VISIBLE) * sum(sizes):
        return 0, []
    paragraphs = [each for part in parts for each in outermost(part, "p") if next(each.iter("a"), None) is None]
    texts = [one_line("".join(each.itertext())) for each in paragraphs]
    return drop(tree, parts), [text for text in texts if len(words_of(text)) >= SHORT_LINE]
