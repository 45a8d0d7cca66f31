"""Verdicts: the five claims that an interval of share_higher can support, based on the rounded interval.

claim          holds 0.5    within the margin    wording
higher, lower  no           no                   comments: more positive
negligible     no           yes                  difference smaller than 0.10, though not zero
none           yes          yes                  no difference larger than 0.10
unknown        yes          no                   cannot tell: from 0.39 to 0.60
"""

import math
from typing import Literal

from .share_higher import NO_DIFFERENCE

UNDECIDED = "cannot tell"  # how an undecided verdict begins
Claim = Literal["higher", "lower", "negligible", "none", "unknown"]
_TOLERANCE = 1e-9  # for floating-point errors
_OPPOSITES = {
    "more positive": "more negative",
    "harder to read": "easier to read",
    "easier to read": "harder to read",
    "longer": "shorter",
    "longer sentences": "shorter sentences",
    "more mixed": "less mixed",
    "more varied words": "less varied words",
    "more quoting": "less quoting",
    "more reported speech": "less reported speech",
    "more asking for money": "less asking for money",
}
# Claims that follow "are"; others are nouns ("more questions") and follow "have".
ADJECTIVES = frozenset({
    "more positive", "more negative", "harder to read", "easier to read", "longer", "shorter", "more mixed",
    "less mixed",
})  # fmt: skip


def shown_interval(low: float, high: float, *, holds_no_difference: bool) -> tuple[float, float]:
    """Round an interval outward to two decimals; optionally widen it to include 0.5.

    Examples
    --------
    >>> shown_interval(0.5123, 0.5801, holds_no_difference=False)
    (0.51, 0.59)
    >>> shown_interval(0.5123, 0.5801, holds_no_difference=True)
    (0.5, 0.59)
    """
    if low != low:
        return low, high
    if holds_no_difference:
        low, high = min(low, NO_DIFFERENCE), max(high, NO_DIFFERENCE)
    return math.floor(low * 100 + _TOLERANCE) / 100, math.ceil(high * 100 - _TOLERANCE) / 100


def claim_of(low: float, high: float, margin: float) -> Claim:
    """Return the claim that an interval of share_higher supports; NaN supports none.

    Examples
    --------
    >>> claim_of(0.51, 0.58, margin=0.1), claim_of(0.43, 0.60, margin=0.1), claim_of(0.39, 0.60, margin=0.1)
    ('negligible', 'none', 'unknown')
    """
    if low != low:
        return "unknown"
    within = max(high - NO_DIFFERENCE, NO_DIFFERENCE - low) <= margin + _TOLERANCE
    if low <= NO_DIFFERENCE <= high:
        return "none" if within else "unknown"
    return "negligible" if within else "higher" if low > NO_DIFFERENCE else "lower"


def verdict_of(low: float, high: float, margin: float, group: str, higher_means: str) -> str:
    """Word the claim that an interval supports; `group` is the second one.

    Examples
    --------
    >>> verdict_of(0.55, 0.71, 0.1, "comment", "more positive")
    'comments: more positive'
    >>> verdict_of(0.51, 0.53, 0.1, "comment", "more positive")
    'difference smaller than 0.10, though not zero'
    """
    claim = claim_of(low, high, margin)
    if claim in ("higher", "lower"):
        who = f"{group}s" if group in ("article", "comment") else group
        return f"{who}: {higher_means if claim == 'higher' else opposite(higher_means)}"
    return wording_of(claim, "difference", margin, low, high)


def wording_of(claim: Claim, what: str, margin: float, low: float, high: float) -> str:
    """Word a claim that has no direction, about a difference or a correlation.

    Examples
    --------
    >>> wording_of("none", "correlation", 0.125, -0.11, 0.09)
    'no correlation larger than 0.125'
    """
    size = f"{margin:.2f}" if math.isclose(margin, round(margin, 2)) else f"{margin:g}"
    if claim == "negligible":
        return f"{what} smaller than {size}, though not zero"
    between = f"from {low:.2f} to {high:.2f}".replace("-", "−")
    return f"no {what} larger than {size}" if claim == "none" else f"{UNDECIDED}: {between}"


def is_decided(verdict: object) -> bool:
    """Return whether a verdict makes a claim, even that a difference is small; an empty one does not."""
    return isinstance(verdict, str) and bool(verdict.strip()) and not verdict.startswith(UNDECIDED)


def opposite(higher_means: str) -> str:
    """Return what a lower value means, given what a higher one means.

    Examples
    --------
    >>> opposite("more questions")
    'fewer questions'
    """
    if higher_means in _OPPOSITES:
        return _OPPOSITES[higher_means]
    return "fewer" + higher_means.removeprefix("more") if higher_means.startswith("more ") else f"not {higher_means}"
