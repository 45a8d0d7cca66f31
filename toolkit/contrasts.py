"""Which words make the difference between two groups of texts: word_shift for their tone, keyness for their use."""

from __future__ import annotations

import bisect
import itertools
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from . import vader_rules as vader
from .counts import SENTENCE, parts_of
from .metrics import as_table, texts_of
from .outline import first_visible
from .reading import Reading, read
from .resampling import FEWEST_CLUSTERS, holm
from .vocabulary import COLUMNS, LONGEST_WORD, Vocabulary, vocabulary

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_array

VOICES = ("author", "attributed")
PER = 1000
"""Words and emoji to which rates refer."""
LEVEL = 0.05
_FEW_FURTHER, _FOR_EACH_WORD = 10, 40  # exchanges with a z as far out, and exchanges for each word tested
_HALF = 0.5  # uses that stand for none in a ratio
_CHUNK = 2_000_000  # numbers of one draw of permutations: bounds memory
_BARE = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")

Pair = tuple[str, str]


# ---- tone


def word_shift(
    texts: pd.DataFrame,
    by: str = "kind",
    pair: Pair = ("article", "comment"),
    *,
    voices: Iterable[str] = VOICES,
) -> pd.DataFrame:
    """Show how much each word and emoji adds to the difference in mean valence between two groups of texts.

    The mean valence of a group is the sum of its words' values divided by the number of its words, emoji and scored
    emoticons, over the running text: title, headings and solicitation are left out.  A word's value is what VADER's
    rules leave of its rating, each time it is used: a negated "good" counts as the negated word that it is.  So a
    word can make a difference in two ways: it is used more or less often, or it is scored differently.

    The idea is that of word shift graphs (Gallagher et al. 2021), with 0, VADER's neutral point, as the reference
    value.  It differs in that a value is a word's mean over its uses in their sentences and not one fixed rating, so
    that "scored differently" shows the work of the rules and not that of a second word list; and in that words
    without a rating count in the rates.  The means are not those of `sentiment`, which sees sentences, exclamation
    marks and the compound scale.  Texts in other languages pull a mean towards 0: leave them out first.

    Parameters
    ----------
    texts : DataFrame
        Whole texts with a column `text` and the column `by`.  A missing text has no words.
    by : str
        Column that holds the groups.
    pair : (str, str)
        The two groups; the difference is that of the second less the first.
    voices : iterable of str
        Voices to keep, as in `split_sentences`: ``("author",)`` leaves out sentences that mostly report somebody else.

    Returns
    -------
    DataFrame
        One row for each distinct word (in lower case) and emoji, largest contribution first; for the groups
        ``article`` and ``comment``:

        - `word`; `count_article`, `count_comment`: uses; they add up to the size of each group.
        - `per_1000_article`, `per_1000_comment`: uses per 1,000 words and emoji; NaN in a group without words.
        - `value_article`, `value_comment`: mean value after the rules, about -4 to 4, higher is more positive; 0.0
          for a word without a rating, NaN where the group does not use it.
        - `contribution`: value times rate in the second group less that in the first, as valence per word.  Above
          0: makes the second group more positive.  The column adds up to the difference of the two means.
        - `from_use`, `from_scoring`: its two parts.  Rate difference times the mean of both values; value difference
          times the mean of both rates.  A word of one group only is all use.
        - `share`: size of the contribution as a share of the sum of all sizes, 0 to 1; NaN if all are 0.

        Contributions are NaN if a group has no words.

    Raises
    ------
    ValueError
        If there is no column `text` or `by`, a group is missing, the texts were split before, or a voice is unknown.
    TypeError
        If `texts` is no table, or a text is neither a str nor missing.

    References
    ----------
    Gallagher, R.J. et al. (2021). Generalized word shift graphs: a method for visualizing and explaining pairwise
    comparisons between texts. EPJ Data Science 10, 4. doi:10.1140/epjds/s13688-021-00260-3
    Hutto, C.J. & Gilbert, E. (2014). VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media
    Text. ICWSM 8(1), 216-225. doi:10.1609/icwsm.v8i1.14550

    Examples
    --------
    >>> import pandas as pd
    >>> texts = pd.DataFrame({"kind": ["article", "comment"], "text": ["A good plan.", "Not a good plan."]})
    >>> word_shift(texts)[["word", "value_article", "value_comment", "contribution"]].round(3).values.tolist()[0]
    ['good', 1.9, -1.406, -0.985]
    """
    import pandas as pd

    uses = _uses(texts, by, pair, voices)
    values = _values(uses)
    table: dict[str, Any] = {"word": np.array(uses.words, object)}
    counts = [uses.counts(side) for side in (0, 1)]
    sums = [_sums(uses, values, side) for side in (0, 1)]
    with np.errstate(invalid="ignore"):
        rates = [count / count.sum() for count in counts]
        means = [total / count for total, count in zip(sums, counts, strict=True)]
        parts = [total / count.sum() for total, count in zip(sums, counts, strict=True)]
    for name, columns in (("count", counts), ("per_1000", [PER * rate for rate in rates]), ("value", means)):
        table |= {f"{name}_{group}": column for group, column in zip(pair, columns, strict=True)}
    table |= _contributions(rates, means, parts)
    order = np.argsort(-np.abs(table["contribution"]), kind="stable")  # words come in the order of the alphabet
    return pd.DataFrame(table).astype({"word": str}).iloc[order].reset_index(drop=True)


def _contributions(rates: list[np.ndarray], means: list[np.ndarray], parts: list[np.ndarray]) -> dict[str, np.ndarray]:
    """What each word adds to the difference, and how."""
    contribution = parts[1] - parts[0] + 0.0  # never -0.0
    # A word that one group does not use is scored there as in the other one.
    first, second = (np.where(np.isnan(own), other, own) for own, other in (means, means[::-1]))
    sizes = np.abs(contribution)
    whole = math.fsum(sizes)
    return {
        "contribution": contribution,
        "from_use": (rates[1] - rates[0]) * (first + second) / 2 + 0.0,
        "from_scoring": (second - first) * (rates[0] + rates[1]) / 2 + 0.0,
        "share": sizes / whole if whole else np.full(len(sizes), np.nan),
    }


def _sums(uses: _Uses, values: np.ndarray, side: int) -> np.ndarray:
    """Exact sum of the values of each word on one side."""
    found: dict[int, list[float]] = {}
    for place in np.flatnonzero((uses.side == side) & (values != 0)).tolist():
        found.setdefault(int(uses.word[place]), []).append(float(values[place]))
    sums = np.zeros(len(uses.words))
    for word, each in found.items():
        sums[word] = math.fsum(each)
    return sums


# ---- use


def keyness(
    texts: pd.DataFrame,
    by: str = "kind",
    pair: Pair = ("article", "comment"),
    *,
    prior: float = 500,
    min_count: int = 3,
    permutations: int = 999,
    seed: int = 0,
    voices: Iterable[str] = VOICES,
) -> pd.DataFrame:
    """Show which words and emoji set two groups of texts apart, by how often they are used.

    Words come in bunches: whoever uses a word uses it again.  So p comes from exchanging whole texts between the
    groups, never single words.  A group of a single text, such as one article, is cut into its blocks: then blocks
    of the article and whole comments are the units that change sides, and p speaks about this article alone.

    Words used fewer than `min_count` times in both groups together are left out; they count in the sizes of the
    groups.  Running text only: title, headings and solicitation are left out.

    Parameters
    ----------
    texts : DataFrame
        Whole texts with a column `text` and the column `by`.  A missing text has no words.
    by : str
        Column that holds the groups.
    pair : (str, str)
        The two groups; scores above 0 mean more use in the second.
    prior : float
        How many words the prior weighs as much as.  Its shares are those of both groups together; the larger, the
        less a rare word stands out.
    min_count : int
        Fewest uses in both groups together.
    permutations : int
        Fewest exchanges.  A word with a small p gets up to forty for each word tested, since Holm's adjustment
        multiplies by their number.
    seed : int
        Seed of the exchanges.
    voices : iterable of str
        Voices to keep, as in `split_sentences`.

    Returns
    -------
    DataFrame
        One row for each word (in lower case) and emoji, largest absolute z first; for the groups ``article`` and
        ``comment``:

        - `word`; `count_article`, `count_comment`: uses; `texts_article`, `texts_comment`: texts that use it;
          `per_1000_article`, `per_1000_comment`: uses per 1,000 words and emoji.
        - `delta`: log-odds ratio with an informative Dirichlet prior, in natural logarithms, 0 for equal use; `z`:
          delta by its standard deviation (Monroe et al. 2008).  For order, not for significance.
        - `log_ratio`: binary logarithm of the ratio of the rates, 0 for equal use, 1 for twice, -1 for half; half
          a use stands for none.  `log_ratio_low`, `log_ratio_high`: its 95 % interval, from the spread between
          units, or from the counts where that gives a wider one.  NaN with fewer than eight units on a side.
        - `p`: share of exchanges with a z as far from 0, the real one included; `p_holm`: adjusted for the number
          of words that have a p.
        - `why_no_p`: empty, or the reason: fewer than eight units on a side, or found in so few units that p could
          not fall below 0.05 even with all of them on one side.

        If a group has no words all scores are NaN.

    Raises
    ------
    ValueError
        If there is no column `text` or `by`, a group is missing, the texts were split before, or an option is out of
        range.
    TypeError
        If `texts` is no table, or a text is neither a str nor missing.

    References
    ----------
    Monroe, B.L., Colaresi, M.P. & Quinn, K.M. (2008). Fightin' Words: Lexical feature selection and evaluation for
    identifying the content of political conflict. Political Analysis 16(4), 372-403. doi:10.1093/pan/mpn018
    Hardie, A. (2014). Log Ratio: an informal introduction. ESRC Centre for Corpus Approaches to Social Science.
    Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics
    6(2), 65-70.

    Examples
    --------
    >>> import pandas as pd
    >>> texts = pd.DataFrame({"kind": ["article", "comment"], "text": ["Tea, tea or milk?", "Milk, milk or tea?"]})
    >>> keyness(texts)[["word", "count_article", "count_comment", "log_ratio"]].values.tolist()
    [['milk', 1, 2, 1.0], ['tea', 2, 1, -1.0]]
    """
    return keyness_and_rest(texts, by, pair, prior, min_count, permutations, seed, voices)[0]


def keyness_and_rest(
    texts: pd.DataFrame,
    by: str,
    pair: Pair,
    prior: float = 500,
    min_count: int = 3,
    permutations: int = 999,
    seed: int = 0,
    voices: Iterable[str] = VOICES,
) -> tuple[pd.DataFrame, int]:
    """The table of `keyness`, and the number of distinct words that are too rare to be in it."""
    import pandas as pd

    _check_options(prior, min_count, permutations)
    uses = _uses(texts, by, pair, voices)
    counts = np.array([uses.counts(side) for side in (0, 1)])
    shown = np.flatnonzero(counts.sum(axis=0) >= min_count)
    counts, sizes = counts[:, shown], counts.sum(axis=1)
    table: dict[str, Any] = {"word": np.array(uses.words, object)[shown]}
    table |= {f"count_{group}": count for group, count in zip(pair, counts, strict=True)}
    table |= {f"texts_{group}": uses.texts(side)[shown] for side, group in enumerate(pair)}
    with np.errstate(invalid="ignore", divide="ignore"):
        table |= {f"per_1000_{group}": PER * n / size for group, n, size in zip(pair, counts, sizes, strict=True)}
    share = prior * counts.sum(axis=0) / max(1, sizes.sum())
    table |= _scores(uses, pair, shown, (counts, sizes, share, prior), permutations, seed)
    order = np.argsort(-np.abs(table["z"]), kind="stable")
    made = pd.DataFrame(table).astype({"word": str, "why_no_p": str})
    return made.iloc[order].reset_index(drop=True), len(uses.words) - len(shown)


def _check_options(prior: float, min_count: int, permutations: int) -> None:
    if not 0 < prior < math.inf:
        raise ValueError(f"prior must be above 0, not {prior}; 500 words are usual, more hold rare words down more.")
    if min_count < 1 or permutations < 1:
        raise ValueError(
            f"min_count and permutations must be at least 1, not {min_count} and {permutations}; 3 and 999 are usual."
        )


_Given = tuple[np.ndarray, np.ndarray, np.ndarray, float]  # counts, sizes of the groups, the prior's words, their sum


def _scores(
    uses: _Uses, pair: Pair, shown: np.ndarray, given: _Given, permutations: int, seed: int
) -> dict[str, np.ndarray]:
    """Everything that is more than a count."""
    counts, sizes, share, prior = given
    missing = np.full(len(shown), np.nan)
    names = "delta z log_ratio log_ratio_low log_ratio_high p p_holm".split()
    if not sizes.all():
        group = pair[0] if not sizes[0] else pair[1]
        return dict.fromkeys(names, missing) | {"why_no_p": np.full(len(shown), f"no words in {group}", object)}
    delta, z = log_odds(counts[0], counts[1], sizes[0], sizes[1], share, prior)
    units = _units(uses, shown)
    low, high = _interval(units, counts, sizes)
    why = _why_no_p(units, pair)
    p, tested = missing.copy(), np.flatnonzero(why == "")
    if len(tested):
        p[tested] = _p_values(units, tested, (counts, sizes, share, prior), z, permutations, seed)
    middle = log_ratio(counts, sizes)
    return dict(zip(names, (delta, z, middle, low, high, p, holm(p)), strict=True)) | {"why_no_p": why}


def log_odds(
    first: np.ndarray, second: np.ndarray, first_size: Any, second_size: Any, share: np.ndarray, prior: float
) -> tuple[np.ndarray, np.ndarray]:
    """Monroe, Colaresi and Quinn's log-odds ratio of the second group to the first, and its z.

    Parameters
    ----------
    first, second : array
        Uses of each word.
    first_size, second_size : int or array
        All words of each group.
    share : array
        Words of the prior that fall on each word.
    prior : float
        All words of the prior.
    """
    with np.errstate(invalid="ignore", divide="ignore"):  # a single word is all there is: its odds have no bounds
        odds = [
            np.log(uses + share) - np.log(size + prior - uses - share)
            for uses, size in ((first, first_size), (second, second_size))
        ]
        delta = odds[1] - odds[0]
    return delta + 0.0, delta / np.sqrt(1 / (first + share) + 1 / (second + share)) + 0.0


def log_ratio(counts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Hardie's Log Ratio: how often the rate of the first group doubles to give that of the second."""
    rates = np.maximum(counts, _HALF) / sizes[:, None]
    return np.log2(rates[1] / rates[0]) + 0.0


class _Units(NamedTuple):
    """What changes sides as a whole: texts, or the blocks of a group's only text."""

    uses: csr_array[Any]  # a row a word, a column a unit
    sizes: np.ndarray  # words of each unit
    second: np.ndarray  # whether a unit is of the second group
    in_blocks: tuple[bool, bool]

    def many(self, side: int) -> int:
        return int((self.second == side).sum())


def _units(uses: _Uses, shown: np.ndarray) -> _Units:
    from scipy.sparse import csr_array

    single = [len(np.unique(uses.text[uses.side == side])) == 1 for side in (0, 1)]
    block = np.where(np.array(single)[uses.side], uses.block, 0)
    _, firsts, unit = np.unique(uses.text * (int(uses.block.max()) + 1) + block, return_index=True, return_inverse=True)
    row = np.full(len(uses.words), -1)
    row[shown] = np.arange(len(shown))
    kept = row[uses.word] >= 0
    places = (row[uses.word[kept]], unit[kept])
    matrix = csr_array((np.ones(int(kept.sum())), places), shape=(len(shown), len(firsts)))
    return _Units(matrix, np.bincount(unit).astype(float), uses.side[firsts] == 1, (single[0], single[1]))


def _why_no_p(units: _Units, pair: Pair) -> np.ndarray:
    """For each word why it can have no p; where nothing speaks against it an empty string.

    It depends on the units alone and not on what the groups say, so that Holm's adjustment may leave such words out.
    """
    found = np.diff(units.uses.indptr)
    for side, group in enumerate(pair):
        if (many := units.many(side)) < FEWEST_CLUSTERS:
            noun = (
                f"block{'s' * (many != 1)} of the {group}" if units.in_blocks[side] else f"{group}{'s' * (many != 1)}"
            )
            return np.full(len(found), f"{many} {noun}; {FEWEST_CLUSTERS} needed", object)
    sides = (units.many(0), units.many(1))
    chances = {many: min(_chance_of_one_side(many, side, sum(sides)) for side in sides) for many in set(found.tolist())}
    told = f"of {sum(sides):,} units: too few for p < {LEVEL}"
    return np.array([f"in {n} {told}" if chances[n] >= LEVEL else "" for n in found.tolist()], object)


def _chance_of_one_side(found: int, side: int, both: int) -> float:
    """The chance that all units which use a word fall on a side of so many units."""
    return math.comb(side, found) / math.comb(both, found) if found <= side else 0.0


def _interval(units: _Units, counts: np.ndarray, sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """95 % interval of the log ratio."""
    from scipy import stats

    fewest = min(units.many(0), units.many(1))
    if fewest < FEWEST_CLUSTERS:
        return np.full(counts.shape[1], np.nan), np.full(counts.shape[1], np.nan)
    middle = log_ratio(counts, sizes)
    variance = sum(_variance(units, side, counts[side], sizes[side]) for side in (0, 1))
    half = stats.t.ppf(1 - LEVEL / 2, fewest - 1) * np.sqrt(variance) / math.log(2)
    return middle - half, middle + half


def _variance(units: _Units, side: int, count: np.ndarray, size: int) -> np.ndarray:
    """Variance of the logarithm of a word's rate, the larger of two.

    From the counts, as if words were drawn one by one; and from the spread between units (linearised ratio of two
    sums), which sees that a word is one commenter's habit.
    """
    own = np.flatnonzero(units.second == side)
    uses, sizes = units.uses[:, own], units.sizes[own]
    rate = count / size
    squares = uses.multiply(uses).sum(axis=1) - 2 * rate * (uses @ sizes) + rate**2 * (sizes @ sizes)
    between = len(own) / (len(own) - 1) * squares / np.maximum(count, 1) ** 2
    drawn = 1 / np.maximum(count, _HALF) - 1 / size
    return np.maximum(np.where(count > 0, between, 0), drawn)


def _p_values(
    units: _Units, tested: np.ndarray, given: _Given, z: np.ndarray, permutations: int, seed: int
) -> np.ndarray:
    """Share of exchanges of whole units in which z lies as far from 0, the real one counted among them.

    Holm's adjustment multiplies the least p by the number of words: words that few exchanges reach get more of them.
    """
    rng, further, p = np.random.default_rng(seed), np.zeros(len(tested)), np.ones(len(tested))
    goal, drawn, aim, open_ = _FOR_EACH_WORD * len(tested), 0, permutations, np.arange(len(tested))
    while len(open_) and drawn < aim:
        further[open_] += _further(units, tested[open_], given, z, aim - drawn, rng)
        p[open_] = (further[open_] + 1) / (aim + 1)
        open_ = open_[further[open_] < _FEW_FURTHER]
        drawn, aim = aim, max(aim, min(4 * aim, goal))
    return p


def _further(
    units: _Units, tested: np.ndarray, given: _Given, z: np.ndarray, permutations: int, rng: np.random.Generator
) -> np.ndarray:
    """In how many exchanges the z of each word lies as far from 0 as the real one."""
    counts, sizes, share, prior = given
    uses, totals, share = units.uses[tested], counts[:, tested].sum(axis=0)[:, None], share[tested, None]
    bound = np.abs(z[tested])[:, None] - 1e-9
    fewer = min(units.many(0), units.many(1))  # which side is called the second makes no difference to |z|
    further = np.zeros(len(tested))
    batch = max(1, _CHUNK // max(len(tested), len(units.sizes)))
    for start in range(0, permutations, batch):
        draws = min(batch, permutations - start)
        side = _drawn(len(units.sizes), fewer, draws, rng)
        moved, size = uses @ side, units.sizes @ side
        far = np.abs(log_odds(totals - moved, moved, sizes.sum() - size, size, share, prior)[1])
        further += (far >= bound).sum(axis=1)
    return further


def _drawn(units: int, chosen: int, draws: int, rng: np.random.Generator) -> np.ndarray:
    """A column a draw: 1 for the units that were chosen, without replacement."""
    side = np.zeros((units, draws))
    for draw in range(draws):
        side[rng.choice(units, chosen, replace=False), draw] = 1
    return side


# ---- the words of both groups


class _Uses(NamedTuple):
    """Every use of a word, an emoji or a scored emoticon in the running text of two groups, in order."""

    words: list[str]  # distinct, in the order of the alphabet
    word: np.ndarray  # number of the word
    side: np.ndarray  # 0 or 1: first or second group
    text: np.ndarray  # number of the text
    block: np.ndarray  # number, within the text, of the block in which the sentence begins
    place: np.ndarray  # where the token stands among all tokens
    rows: np.ndarray  # of all tokens: row in the vocabulary
    starts: np.ndarray  # first token of each sentence, and the end
    known: Vocabulary

    def counts(self, side: int) -> np.ndarray:
        """Uses of each word on one side."""
        return np.bincount(self.word[self.side == side], minlength=len(self.words))

    def texts(self, side: int) -> np.ndarray:
        """Texts of one side that use each word."""
        own = self.side == side
        pairs = np.unique(np.stack([self.text[own], self.word[own]]), axis=1)
        return np.bincount(pairs[1], minlength=len(self.words))


class _Sentence(NamedTuple):
    tokens: list[str]
    side: int
    text: int
    block: int


def _uses(texts: pd.DataFrame, by: str, pair: Pair, voices: Iterable[str]) -> _Uses:
    sentences = list(_sentences(_sides(texts, by, pair), _voices(voices)))
    tokens = list(itertools.chain.from_iterable(sentence.tokens for sentence in sentences))
    lengths = np.array([len(sentence.tokens) for sentence in sentences], np.int64)
    known = vocabulary()
    rows = known.rows(tokens)
    words, word = _words(tokens, rows, known)
    place = np.flatnonzero(word >= 0)
    sentence = np.repeat(np.arange(len(sentences)), lengths)[place]
    side, text, block = np.array([each[1:] for each in sentences], np.int64).reshape(-1, 3).T[:, sentence]
    starts = np.concatenate([[0], np.cumsum(lengths)])
    return _Uses(words, word[place], side, text, block, place, rows, starts, known)


def _sides(texts: pd.DataFrame, by: str, pair: Pair) -> list[tuple[str, int]]:
    """The texts of both groups, in the order of their words: the order of rows changes nothing."""
    table = as_table(texts)
    if "block" in table.columns:
        raise ValueError(
            "The table was split before (it has a column 'block'). Give whole texts: load_corpus(name); "
            'voices=("author",) leaves out what reports somebody else.'
        )
    if list(table.columns).count(by) != 1:
        columns = list(map(str, table.columns))
        raise ValueError(f"One column {by!r} is needed; the table has {columns}. Name one of them with by=.")
    if len(pair) != 2 or pair[0] == pair[1]:
        raise ValueError(f"pair must name two different groups of column {by!r}, not {pair!r}.")
    found: list[tuple[str, int]] = []
    strings = texts_of(table)
    for side, group in enumerate(pair):
        rows = np.flatnonzero(table[by].eq(group).fillna(False).to_numpy(bool))
        if not len(rows):
            groups = sorted(map(str, table[by].dropna().unique()))[:20]
            raise ValueError(f"Column {by!r} has no {group!r}; it has {groups}. Name two of them with pair=(..., ...).")
        found += sorted((strings[row] or "", side) for row in rows.tolist())
    return found


def _voices(voices: Iterable[str]) -> frozenset[str]:
    kept = frozenset([voices] if isinstance(voices, str) else voices)
    if not kept or kept - set(VOICES):
        raise ValueError(
            f'voices={sorted(kept)} is not known; voices may be "author" and "attributed", or one of them.'
        )
    return kept


def _sentences(texts: Sequence[tuple[str, int]], voices: frozenset[str]) -> Iterator[_Sentence]:
    """Every sentence as its tokens, as the metrics see them."""
    for number, (text, side) in enumerate(texts):
        reading: Reading = read(text)
        strings = [part for role, part in parts_of(reading) if role == SENTENCE]
        ends = [block.end for block in reading.blocks]
        for string, (start, end) in zip(strings, reading.sentences_at, strict=True):
            if len(voices) == len(VOICES) or reading.voice_of(start, end) in voices:
                block = bisect.bisect_right(ends, first_visible(reading.content, start, end))
                yield _Sentence(string.split(), side, number, block)


def _words(tokens: Sequence[str], rows: np.ndarray, known: Vocabulary) -> tuple[list[str], np.ndarray]:
    """The distinct words, and for each token the number of its word; -1 for what is none, such as a link or a dash."""
    distinct, firsts, of = np.unique(rows, return_index=True, return_inverse=True)
    is_word = known.table[COLUMNS.index("word")].take(distinct).tolist()
    names = [
        _name(tokens[first], known.words[row], word)
        for first, row, word in zip(firsts.tolist(), distinct.tolist(), is_word, strict=True)
    ]
    words = sorted(set(names) - {""})
    numbers = {name: number for number, name in enumerate(words)} | {"": -1}
    return words, np.array([numbers[name] for name in names], np.int64)[of]


def _name(token: str, word: vader.Word | None, is_word: int) -> str:
    """What a token counts as: an emoji, an entry of the word list, a word in lower case, or nothing."""
    if word is None:
        return token.replace("\ufe0f", "")  # the selector tells how it is drawn, not what it is
    if word.hit:
        return word.key
    bare = _BARE.search(token) if is_word else None
    if bare is None:
        return ""
    name = bare[0] if len(bare[0]) <= LONGEST_WORD else "".join(filter(str.isalnum, bare[0]))
    stop = "." if _INITIALS.fullmatch(name) and token[bare.end() : bare.end() + 1] == "." else ""
    return (name + stop).lower()


def _values(uses: _Uses) -> np.ndarray:
    """The value of each use after VADER's rules."""
    hits = np.flatnonzero(uses.known.table[COLUMNS.index("hit")].take(uses.rows))
    values = np.zeros(len(uses.rows))
    for number in np.unique(np.searchsorted(uses.starts, hits, "right") - 1).tolist():
        start, end = uses.starts[number : number + 2].tolist()
        seen = [uses.known.seen(row) for row in uses.rows[start:end].tolist()]
        found = vader.trace(list(itertools.chain.from_iterable(seen)), 0, 0)
        ends = list(itertools.accumulate(map(len, seen)))
        for row in found.rows:
            values[start + bisect.bisect_right(ends, row.place)] += row.value  # an emoji's name may have two
    return values[uses.place]
