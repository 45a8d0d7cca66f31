"""Detect solicitation by several signs: lines that ask readers for money, a subscription or a follow."""

import re

import numpy as np

from ..lexicons.address_patterns import has_wallet
from ..lexicons.code_points import places_of_strings

_SIGNS = tuple(
    (tuple(stems.split("|")), re.compile(rf"\b(?:{words})\b"))
    for stems, words in (
        ("donat|tip jar|crowdfund", r"donat\w{1,5}|tip jar|crowdfund\w{0,5}"),
        (
            "subscri|free or paid|become a|receive new posts",
            r"subscri\w{1,7}|free or paid|become an? \w{0,12} ?(?:paid )?(?:subscriber|member|patron)"
            "|receive new posts",
        ),
        ("patreon|paypal|ko-fi|buymeacoffee|venmo|cashapp", "patreon|paypal|ko-fi|buymeacoffee|venmo|cashapp"),
        ("btc|bitcoin|ethereum", "btc|bitcoin|ethereum"),
        (
            "-supported|support ",
            "(?:reader|listener|viewer)-supported|support (?:my|our|this|the|independent|local) (?:work|channel|show"
            "|podcast|newsletter|reporting|journalism|publication|writing|site|blog|project|page|team)",
        ),
        ("follow ", "follow (?:me|us|my)"),
        ("share th", "share this (?:post|article)"),
        ("leave a comment", "leave a comment"),
        (
            "helps|keep th",
            "every (?:dollar|cent|penny|contribution) helps"
            "|keep th(?:is|e) (?:site|blog|channel|newsletter|podcast|lights|work)",
        ),
    )
)
"""Kinds of signs, in lower case, with stems, of which each sign contains one; two signs of a kind count as one."""
STEMS = tuple(stem.encode() for stems, _ in _SIGNS for stem in stems)
"""Searching for these first is many times faster."""
_ADDRESS = re.compile(r"https?://|www\.|\b\w[\w-]{1,40}\.(?:com|org|net|me|ly|co|io)/\w|\w@\w[\w-]{0,63}\.\w")
_ASKS = re.compile(
    r"(?:^|[.!?:;,\u2014]\s|\band |\bor |\bto |\bplease )[^\w\n]{0,9}(?:attention: )?(?:please |now |kindly )?"
    "(?:donate|subscribe|support|follow|share|become|leave|join|help|send|give|contribute|chip in|consider|tip|pay|buy)"
    r"\b|\b(?:you|your)\b"
)
"""An imperative, or an address to the reader."""
_OTHERS_ASK = re.compile(
    r"\"[^\"]*\"|\b(?:told|asked|urged|begged|invited|encouraged) (?!you\b)[^.!?]*"
    r"|(?<![^.!?])[^.!?]*, (?:\w{1,20} ){1,4}(?:said|says|wrote|added|warned|explained)\b"
)
"""What somebody else asks for: a quotation, `he urged them to donate`, `you can donate, they said`."""
_LABEL = re.compile(r"\A[^\w\n]{0,9}(?:[\w'-]{1,30} ){0,3}[\w'-]{1,30}\s?:")
_LONGEST = 2_000  # characters examined


def stems_at(text: str) -> np.ndarray:
    """Return where stems begin; a line without a stem asks for nothing."""
    return places_of_strings(text.encode("ascii", "replace").lower(), STEMS)


def is_solicitation(line: str) -> bool:
    """Return whether a line asks by an imperative, an address to the reader or a label, with two different signs.

    A web, mail or payment address is a sign, too.  News that only mentions a donation or a currency has one sign, or no
    imperative.
    """
    line = " ".join(line[:_LONGEST].split())
    lower = line.lower()
    signs = sum(any(stem in lower for stem in stems) and sign.search(lower) is not None for stems, sign in _SIGNS)
    address = signs > 0 and has_address(line)
    if signs + address < 2:
        return False
    return _ASKS.search(_OTHERS_ASK.sub("", lower)) is not None or (address and _LABEL.match(lower) is not None)


def has_address(line: str) -> bool:
    """Return whether a line has a web, mail or payment address."""
    return has_wallet(line) or _ADDRESS.search(line) is not None
