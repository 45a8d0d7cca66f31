"""Sentences of articles and comments as rows of a sparse matrix of words and pairs of words, weighted by BM25."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from .._tables import require_columns, whole_texts
from ..lexicons.dictionaries import easy_words
from ..lexicons.function_words import COMMON
from ..text.units import split_blocks, split_sentences

PAIR_WEIGHT = 0.3  # of two adjacent words, relative to the words' weights
EASY_WEIGHT = 0.7  # of words on the Dale-Chall list, relative to rarer ones
SATURATION, LENGTH = 1.2, 0.5  # k1 and b of BM25
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ENDINGS = (("'s", ""), ("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", ""))


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case; curly and straight apostrophes count as the same."""
    return [word.replace("’", "'") for word in _WORD.findall(text.casefold())]


def stem(word: str) -> str:
    """Strip a regular English ending, so that `closes`, `closed` and `closing` count as one."""
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return word[: len(word) - len(ending)] + instead
    return word


class Passages(NamedTuple):
    """Sentences (for an article, also its title and headings), one row each, with their words."""

    table: pd.DataFrame  # text_id, thread_id, kind, unit_id, block, block_id, text
    texts: list[str]  # the column `text`
    owners: np.ndarray  # number of each sentence's text
    words: np.ndarray  # the word types of all sentences, one after another
    starts: np.ndarray  # start of each sentence in `words`, and the end
    types: list[str]

    def ids(self, rows: Iterable[int]) -> Iterator[np.ndarray]:
        """Yield the word types of each row."""
        return (self.words[self.starts[row] : self.starts[row + 1]] for row in rows)


def passages_of(texts: pd.DataFrame) -> Passages:
    """Split texts into sentences and their words; solicitation is left out."""
    table = whole_texts(texts)
    require_columns(table, ("text_id", "kind"), "read_thread and load_corpus return such a table.")
    units = split_sentences(table)
    headings = split_blocks(table[table["kind"].eq("article")])
    headings = headings[headings["block"].isin(["title", "heading"])]
    units = pd.concat([headings, units[~units["block"].isin(["title", "heading"])]], ignore_index=True)
    units = units[units["text"].notna()].sort_values("block_id", kind="stable")
    order = {name: place for place, name in enumerate(dict.fromkeys(table["text_id"].tolist()))}
    units = units.iloc[np.argsort(units["text_id"].map(order).to_numpy(), kind="stable")].reset_index(drop=True)
    if "thread_id" not in units.columns:
        units["thread_id"] = "thread"
    tokens = [words_of(text) for text in units["text"]]
    numbers, types = pd.factorize(np.array(list(chain.from_iterable(tokens)), dtype=object))
    starts = np.concatenate([[0], np.cumsum([len(each) for each in tokens])]).astype(np.intp)
    owners = np.asarray(units["text_id"].map(order), np.intp)
    return Passages(
        units, units["text"].tolist(), owners, np.asarray(numbers, np.intp), starts, [str(each) for each in types]
    )


class Features(NamedTuple):
    """Word stems and pairs of adjacent stems: their numbers and weights, over all sentences of a table.

    The weight of a stem is its inverse document frequency over the sentences; function words have none, and words of
    the Dale-Chall list less, so that one thread alone is enough to know which words are rare.
    """

    stems: np.ndarray  # number of the stem of each word type
    weights: np.ndarray  # of each stem
    pairs: np.ndarray  # sorted keys of the pairs of adjacent stems that occur in a sentence of an article
    pair_weights: np.ndarray

    def matrix(self, flat: np.ndarray, lengths: np.ndarray) -> sparse.csr_array:
        """Count stems and known pairs: one row per sentence, given as the stems of all sentences and their lengths."""
        rows = np.repeat(np.arange(len(lengths)), lengths)
        keys = flat[:-1] * len(self.weights) + flat[1:]
        keys[rows[:-1] != rows[1:]] = -1
        known = np.isin(keys, self.pairs)
        columns = np.concatenate([flat, len(self.weights) + np.searchsorted(self.pairs, keys[known])])
        size = (len(lengths), len(self.weights) + len(self.pairs))
        ones = np.ones(len(columns))
        return sparse.csr_array((ones, (np.concatenate([rows, rows[:-1][known]]), columns)), shape=size)

    def bm25(self, counts: sparse.csr_array, lengths: np.ndarray, usual: float) -> sparse.csr_array:
        """Weigh counts as BM25 does (Robertson and Zaragoza 2009, doi:10.1561/1500000019)."""
        rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        norm = SATURATION * (1 - LENGTH + LENGTH * lengths / max(usual, 1.0))
        weights = np.concatenate([self.weights, self.pair_weights])[counts.indices]
        data = weights * counts.data * (SATURATION + 1) / (counts.data + norm[rows])
        return sparse.csr_array((data, counts.indices, counts.indptr), shape=counts.shape)


def features_of(passages: Passages) -> Features:
    """Weigh the stems of all sentences, and number the pairs of adjacent stems in articles."""
    names = [stem(word) for word in passages.types]
    numbers, stems = pd.factorize(np.array(names, dtype=object))
    numbers = np.asarray(numbers, np.intp)
    lengths = np.diff(passages.starts)
    rows = np.repeat(np.arange(len(lengths)), lengths)
    flat = numbers[passages.words]
    seen = np.unique(rows * max(len(stems), 1) + flat) % max(len(stems), 1)
    frequency = np.bincount(seen, minlength=len(stems))
    common, easy = {stem(word) for word in COMMON}, {stem(word) for word in easy_words()}
    share = np.array([0.0 if name in common else EASY_WEIGHT if name in easy else 1.0 for name in stems])
    weights = share * np.log(max(len(lengths), 1) / np.maximum(frequency, 1))
    inside = passages.table["kind"].eq("article").to_numpy()[rows]
    adjacent = inside[:-1] & (rows[:-1] == rows[1:])
    pairs = np.unique((flat[:-1] * len(stems) + flat[1:])[adjacent])
    size = max(len(stems), 1)
    pair_weights = PAIR_WEIGHT * (weights[pairs // size] + weights[pairs % size]) / 2 if len(pairs) else np.empty(0)
    return Features(numbers, weights, pairs, pair_weights)
