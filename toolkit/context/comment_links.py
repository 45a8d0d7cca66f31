"""link_comments: the passage of the article that each comment responds to, with the evidence and its strength."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from rapidfuzz import fuzz
from scipy import sparse

from .._tables import checked_seed
from .bm25_features import Features, Passages, features_of, passages_of, stem, words_of

QUOTED_WORDS = 5  # shortest run of shared words that counts as a quotation
NEAR_WORDS, NEAR_RATIO = 6, 85.0  # fewest words of a near quotation, and least similarity (0 to 100)
SHUFFLES = 99
WIDE = 1_000  # passages of shuffled articles at a time, to limit memory
CHUNK = 2_000  # comments at a time, to limit memory
AROUND = 0.3  # weight of the rest of a comment when one of its sentences is matched
COLUMNS = (
    "thread_id", "text_id", "sentence_id", "sentence", "answers", "kind", "passage_id", "block_id", "passage",
    "evidence", "score", "by_chance",
)  # fmt: skip


class _Link(NamedTuple):
    sentence: int
    passage: int
    kind: str
    evidence: str
    score: float
    by_chance: float = float("nan")


def link_comments(texts: pd.DataFrame, *, seed: int = 0) -> pd.DataFrame:
    """Link the sentences of comments to the passages of the article that they answer.

    Three kinds of evidence, the strongest first: `quotation`, at least five words in a row that the article contains;
    `near_quotation`, a sentence of six words or more that is at least 85% similar to a sentence of the article;
    `shared_words`, words and pairs of words in common, the rarer the better. A link by shared words counts only if
    its score is higher than the best score of the same comment against 99 shuffled articles (whose words are
    redistributed at random among its sentences). Against articles of other threads about 4% of comments get a link
    (`benchmarks/links.py` measures it), so expect about four chance links by shared words per hundred comments.

    Parameters
    ----------
    texts : DataFrame
        Whole texts with the columns `text`, `text_id` and `kind` ("article" or "comment"), and if present
        `thread_id` and `reply_to`, as `load_corpus` and `read_thread` return them. Only the first article of a
        thread is used.
    seed : int
        Seed of the shuffled articles.

    Returns
    -------
    DataFrame
        One row per link, and one row per comment without a link, in the order of the comments: `thread_id`,
        `text_id` and `sentence_id` of the comment, its `sentence`; `answers`: "article", "headline" (the title),
        "another comment" (a reply without a link of its own; it does not inherit the links of its parent), or "cannot
        tell"; `kind` of the link; `passage_id` (as in `split_sentences`; title and headings as in `split_blocks`),
        `block_id` and words of the `passage`; `evidence`, the words in common; `score`: words in common (quotation),
        similarity of 0 to 100 (near quotation) or BM25 score (shared words), higher is stronger within a kind;
        `by_chance`, for shared words, the best score of the comment against the shuffled articles. Without a link the
        columns from `sentence_id` to `by_chance` are missing, except `answers`.

    Raises
    ------
    ValueError
        If a column is missing, the table was split before, no thread has both an article and comments, or the seed
        is not a whole number from 0.

    Notes
    -----
    BM25: Robertson and Zaragoza 2009, doi:10.1561/1500000019. The task: Mullick et al. 2019,
    doi:10.1007/978-3-030-15719-7_23. Two comments give two answers, and say nothing about readers in general.

    Examples
    --------
    >>> texts = pd.DataFrame({
    ...     "text_id": ["a", "c"], "kind": ["article", "comment"],
    ...     "text": ["The council met. It will close the old library on Mondays. Nobody asked why.",
    ...              "Why close the old library on Mondays?"]})
    >>> link_comments(texts)[["kind", "passage_id", "evidence"]].values.tolist()
    [['quotation', 'a#s2', 'close the old library on mondays']]
    """
    random = np.random.default_rng(checked_seed(seed))
    passages = passages_of(texts)
    features = features_of(passages)
    table = passages.table
    articles = dict(_rows_by_thread(table, "article"))
    links: list[_Link] = []
    for thread, comments in _rows_by_thread(table, "comment"):
        if thread in articles:
            article = articles[thread]
            first = article[passages.owners[article] == passages.owners[article[0]]]
            links += _links(passages, features, first, comments, random)
    return _table(texts, passages, links)


def _rows_by_thread(table: pd.DataFrame, kind: str) -> Iterator[tuple[Any, np.ndarray]]:
    rows = np.flatnonzero(table["kind"].eq(kind).to_numpy())
    for thread, places in pd.Series(rows).groupby(table["thread_id"].to_numpy()[rows], sort=False):
        yield thread, places.to_numpy()


def _links(
    passages: Passages, features: Features, rows: np.ndarray, comments: np.ndarray, random: np.random.Generator
) -> Iterator[_Link]:
    """Return the links of a thread: quotations, then for other sentences near quotations and shared words."""
    quotations = _quotations(passages, rows, comments)
    yield from quotations
    quoting = [link.sentence for link in quotations]
    article = ArticleScorer(passages, features, rows, random)
    starts = np.flatnonzero(np.diff(passages.owners[comments], prepend=-1))
    for part in np.split(comments, starts[CHUNK::CHUNK]):
        asked = questions_of(passages, features, part, article.columns)
        scores = (asked @ article.passages).toarray()
        owner = pd.factorize(passages.owners[part])[0]
        ranking = np.argsort(-scores, axis=1, kind="stable")[:, :3]
        tops = np.where(np.isin(part, quoting), 0, scores.max(axis=1))
        threshold = article.best_by_chance(asked, owner, tops)
        for place in np.flatnonzero(tops).tolist():
            sentence, best, score = int(part[place]), ranking[place], float(tops[place])
            chance = float(threshold[owner[place]])
            if near := _near(passages, sentence, rows[best[scores[place, best] > 0]]):
                yield near
            elif score > chance:
                target = int(rows[best[0]])
                evidence = _in_common(passages, features, sentence, target)
                yield _Link(sentence, target, "shared_words", evidence, score, chance)


def _quotations(passages: Passages, article: np.ndarray, comments: np.ndarray) -> list[_Link]:
    """Find the longest runs of words, at least QUOTED_WORDS long, that a comment shares with the article."""
    theirs, their_rows = _stream(passages, article, end_of_text=-2)
    ours, our_rows = _stream(passages, comments, end_of_text=-1)
    there: dict[int, list[int]] = {}
    hashes = _hashes(theirs)
    for place, key in enumerate(hashes.tolist()):
        there.setdefault(key, []).append(place)
    own = _hashes(ours)
    found: dict[tuple[int, int], _Link] = {}
    end = 0
    for place in np.flatnonzero(np.isin(own, hashes)).tolist():
        if place < end:
            continue
        size, at = max((_equal(ours[place:], theirs[start:]), -start) for start in there[int(own[place])])
        if size < QUOTED_WORDS:
            continue
        end = place + size - QUOTED_WORDS + 1
        sentence = int(our_rows[place])
        targets, counts = np.unique(their_rows[-at : size - at], return_counts=True)
        for target, words in zip(targets.tolist(), counts.tolist(), strict=True):
            if words in (counts.max(), *range(QUOTED_WORDS, size)) and words > getattr(
                found.get((sentence, target)), "score", 0
            ):
                run = theirs[-at : size - at][their_rows[-at : size - at] == target]
                evidence = " ".join(passages.types[word] for word in run)
                found[sentence, target] = _Link(sentence, target, "quotation", evidence, float(words))
    return list(found.values())


def _stream(passages: Passages, rows: np.ndarray, end_of_text: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the words of some sentences in sequence, and their rows; a mark unlike any word ends each text."""
    parts = [np.empty(0, np.intp), *passages.ids(rows)]
    sizes = [len(part) for part in parts[1:]]
    last = np.flatnonzero(np.diff(passages.owners[rows], append=-1))  # last sentences of texts
    ends = np.cumsum(sizes, dtype=np.intp)[last]
    return np.insert(np.concatenate(parts), ends, end_of_text), np.insert(np.repeat(rows, sizes), ends, rows[last])


def _hashes(words: np.ndarray) -> np.ndarray:
    """Return one number per run of QUOTED_WORDS words; equal runs have equal numbers."""
    runs = max(len(words) - QUOTED_WORDS + 1, 0)
    hashes = np.zeros(runs, np.uint64)
    for shift in range(QUOTED_WORDS):
        hashes = hashes * np.uint64(0x9E3779B97F4A7C15) + words[shift : shift + runs].astype(np.uint64)
    return hashes


def _equal(ours: np.ndarray, theirs: np.ndarray) -> int:
    """Count the words that two runs share from the start."""
    most = min(len(ours), len(theirs), 10_000)
    unequal = np.flatnonzero(ours[:most] != theirs[:most])
    return int(unequal[0]) if len(unequal) else most


def _near(passages: Passages, sentence: int, targets: np.ndarray) -> _Link | None:
    """Return the most similar of some passages, if nearly all of one sentence is in the other."""
    ours = passages.texts[sentence]
    best = None
    for target in targets.tolist():
        theirs = passages.texts[target]
        shorter, longer = sorted((ours, theirs), key=len)
        row = sentence if shorter is ours else target
        if passages.starts[row + 1] - passages.starts[row] >= NEAR_WORDS:
            ratio = fuzz.partial_ratio(shorter.casefold(), longer.casefold(), score_cutoff=NEAR_RATIO)
            if ratio and (best is None or ratio > best.score):
                best = _Link(sentence, target, "near_quotation", shorter, round(ratio, 1))
    return best


class ArticleScorer:
    """The weighted passages of an article, and its shuffled versions, to compare comments with."""

    def __init__(
        self,
        passages: Passages,
        features: Features,
        rows: np.ndarray,
        random: np.random.Generator,
        shuffles: int = SHUFFLES,
    ) -> None:
        stems = [features.stems[part] for part in passages.ids(rows)]
        everything, sizes = np.concatenate(stems), np.array([len(part) for part in stems])
        known = np.concatenate([features.weights > 0, features.pair_weights > 0])

        def weighed(words: np.ndarray, times: int = 1) -> sparse.csr_array:
            lengths = np.tile(sizes, times)
            counts = features.matrix(words, lengths)
            return features.bm25(counts, lengths, float(sizes.mean()))[:, self.columns].T.tocsr()

        self.columns = np.flatnonzero(known & (np.diff(features.matrix(everything, sizes).tocsc().indptr) > 0))
        self.passages = weighed(everything)
        at_once = max(1, WIDE // len(rows))
        self.shuffled = [
            weighed(np.concatenate([random.permutation(everything) for _ in part]), len(part))
            for part in (range(shuffles)[start : start + at_once] for start in range(0, shuffles, at_once))
        ]

    def best_by_chance(self, asked: sparse.csr_array, owner: np.ndarray, scores: np.ndarray) -> np.ndarray:
        """Return the best score of each comment against any of the shuffled articles.

        `scores` are those of its sentences against the real article: a comment is dropped once chance does as well,
        since none of its sentences can then be linked.
        """
        best, reached = np.zeros((2, owner.max() + 1))
        np.maximum.at(reached, owner, scores)
        for shuffled in self.shuffled:
            rows = np.flatnonzero((best < reached)[owner])
            found = asked[rows] @ shuffled
            filled = np.diff(found.indptr) > 0
            np.maximum.at(best, owner[rows[filled]], np.maximum.reduceat(found.data, found.indptr[:-1][filled]))
        return best


def questions_of(passages: Passages, features: Features, rows: np.ndarray, columns: np.ndarray) -> sparse.csr_array:
    """Return the query of each comment sentence: its own words and, with less weight, the rest of its comment."""
    stems = [features.stems[part] for part in passages.ids(rows)]
    own = features.matrix(np.concatenate(stems), np.array([len(part) for part in stems]))[:, columns]
    own.data[:] = 1.0
    owner = pd.factorize(passages.owners[rows])[0]
    member = sparse.csr_array((np.ones(len(owner)), (owner, np.arange(len(owner)))))
    whole = member @ own
    whole.data[:] = AROUND
    return sparse.csr_array((1 - AROUND) * own + member.T @ whole)


def _in_common(passages: Passages, features: Features, sentence: int, target: int) -> str:
    """Return the words on which a link by shared words is based, rarest first."""
    theirs = {stem(word) for word in words_of(passages.texts[target])}
    rows = passages.words[passages.starts[sentence] : passages.starts[sentence + 1]]
    weights = {passages.types[word]: features.weights[features.stems[word]] for word in rows.tolist()}
    shared = [word for word in weights if stem(word) in theirs and weights[word] > 0]
    return " ".join(sorted(shared, key=lambda word: (-weights[word], word)))


def _table(texts: pd.DataFrame, passages: Passages, links: list[_Link]) -> pd.DataFrame:
    threads = texts["thread_id"] if "thread_id" in texts.columns else pd.Series("thread", texts.index)
    comments = texts.assign(thread_id=threads)[texts["kind"].eq("comment")]
    if not set(threads[texts["kind"].eq("article")]) & set(comments["thread_id"]):
        raise ValueError(
            "No thread has both an article and comments, so nothing can be linked. Check the columns kind "
            '("article", "comment") and thread_id.'
        )
    found = pd.DataFrame(sorted(links), columns=list(_Link._fields))
    here, there = (passages.table.iloc[found[end]].reset_index(drop=True) for end in ("sentence", "passage"))
    found["answers"] = np.where(there["block"].eq("title"), "headline", "article")
    found = found.assign(text_id=here["text_id"].tolist(), sentence_id=here["unit_id"], sentence=here["text"])
    found = found.assign(passage_id=there["unit_id"], block_id=there["block_id"], passage=there["text"])
    table = pd.DataFrame({name: comments[name].tolist() for name in ("thread_id", "text_id")})
    table = table.merge(found, "left", "text_id")
    replies = comments["reply_to"].notna() if "reply_to" in comments.columns else pd.Series(False, comments.index)
    is_reply = table["text_id"].isin(comments["text_id"][replies])
    no_link = pd.Series(np.where(is_reply, "another comment", "cannot tell"))
    table["answers"] = table["answers"].fillna(no_link)
    types = dict.fromkeys(COLUMNS[2:], "str") | {"block_id": "Int64", "score": "float", "by_chance": "float"}
    return table[list(COLUMNS)].astype(types)
