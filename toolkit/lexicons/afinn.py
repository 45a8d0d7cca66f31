"""AFINN-165: English words with a rating from -5 (very negative) to 5 (very positive), a second opinion on tone.

The list is by Finn Aarup Nielsen and is licensed ODbL 1.0 (https://opendatacommons.org/licenses/odbl/1-0/); its 30
phrases of several words are left out here. Nielsen, F.A. (2011). A new ANEW: evaluation of a word list for sentiment
analysis in microblogs. Proceedings of the ESWC workshop on Making Sense of Microposts, 93-98. arXiv:1103.2903
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@cache
def afinn_words() -> MappingProxyType[str, int]:
    """Return the ratings of AFINN's single words, -5 to 5.

    Examples
    --------
    >>> afinn_words()["good"], afinn_words()["terrible"]
    (3, -3)
    """
    lines = (files(__package__) / "data" / "afinn.csv").read_text(encoding="utf-8").splitlines()
    return MappingProxyType({row["word"]: int(row["value"]) for row in csv.DictReader(lines)})
