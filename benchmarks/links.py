"""How well comments are linked to the passages they answer, without anybody's labels.

    python benchmarks/links.py FOLDER      a folder with posts.jsonl.gz and comments.jsonl.gz
    python benchmarks/links.py             the corpus library-hours and its hand-made links alone
    python benchmarks/links.py FOLDER --scale      how time and memory grow up to 100,000 comments

Comments that repeat six or more words of their article show which passage they answer. The repeated words are taken
out, and the rest of the comment has to find the passage again: recall at 1 and at 3, beside chance and tf-idf. Then
every comment is laid beside the article of another thread: each link that it gets there is false.
"""

# ruff: noqa: T201 - a command: it prints

import gzip
import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from toolkit import link_comments, load_corpus  # noqa: E402
from toolkit.context.bm25_features import Passages, features_of, passages_of, words_of  # noqa: E402
from toolkit.context.comment_links import ArticleScorer, questions_of  # noqa: E402
from toolkit.importers.html_to_text import plain_text  # noqa: E402

FEWEST_PASSAGES, FEWEST_WORDS, LONG_QUOTATION = 5, 5, 6


def threads_of(folder: Path) -> pd.DataFrame:
    """Read the posts and their comments as one table of texts."""
    rows = []
    for name, kind in (("posts", "article"), ("comments", "comment")):
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                found = json.loads(line)
                thread = found["slug"] if kind == "article" else found["post"]
                text = f"# {found['title']}\n\n{found['body']}" if kind == "article" else plain_text(found["message"])
                rows.append((f"{thread}/{found.get('id', 'article')}", thread, kind, text))
    return pd.DataFrame(rows, columns=["text_id", "thread_id", "kind", "text"])


def without_quotations(links: pd.DataFrame, texts: pd.DataFrame) -> pd.DataFrame:
    """One row per comment that repeats its article: its text without the repeated words, and the passage it answers."""
    quoted = links[links["kind"].eq("quotation")]
    comments = dict(zip(texts["text_id"], texts["text"], strict=True))
    rows = []
    for name, own in quoted.groupby("text_id", sort=False):
        longest = own.sort_values("score").iloc[-1]
        if longest["score"] < LONG_QUOTATION:
            continue
        rest = " ".join(words_of(comments[str(name)]))
        for evidence in own["evidence"]:
            rest = rest.replace(evidence, ".")
        if len(words_of(rest)) >= FEWEST_WORDS:
            rows.append((longest["thread_id"], name, rest, longest["passage_id"]))
    return pd.DataFrame(rows, columns=["thread_id", "text_id", "text", "passage_id"])


def tf_idf(passages: Passages, rows: np.ndarray, own: np.ndarray) -> np.ndarray:
    """Cosine of word counts weighed by inverse document frequency over the article's sentences."""
    parts = [*passages.ids(rows), np.concatenate(list(passages.ids(own)))]
    owner = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    shape = (len(parts), len(passages.types))
    counts = sparse.csr_array((np.ones(len(owner)), (owner, np.concatenate(parts))), shape=shape)
    counts.sum_duplicates()
    frequency = np.bincount(counts[:-1].indices, minlength=shape[1])
    counts.data *= np.log((1 + len(rows)) / (1 + frequency))[counts.indices]
    lengths = np.sqrt((counts * counts).sum(axis=1))
    return np.asarray((counts[:-1] @ counts[-1:].T).todense()).ravel() / np.maximum(lengths[:-1], 1e-12)


def ranks(passages: Passages, asked: pd.DataFrame) -> pd.DataFrame:
    """Per comment: is the right passage first, and among the first three (ties are shared), by each method."""
    features, random = features_of(passages), np.random.default_rng(0)
    is_article = passages.table["kind"].eq("article").to_numpy()
    of_thread, of_text = (passages.table[name].to_numpy() for name in ("thread_id", "text_id"))
    unit = passages.table["unit_id"].to_numpy()
    found = []
    for thread, name, target in zip(asked["thread_id"], asked["text_id"], asked["passage_id"], strict=True):
        rows, own = np.flatnonzero(is_article & (of_thread == thread)), np.flatnonzero(of_text == name)
        if len(rows) < FEWEST_PASSAGES or not len(own):
            continue
        article = ArticleScorer(passages, features, rows, random, shuffles=0)
        ours = (questions_of(passages, features, own, article.columns) @ article.passages).toarray().max(axis=0)
        right = int(np.flatnonzero(unit[rows] == target)[0])
        for method, scores in (("link_comments", ours), ("tf-idf", tf_idf(passages, rows, own))):
            above, equal = int((scores > scores[right]).sum()), int((scores == scores[right]).sum())
            found.append((method, *(min(1.0, max(0, most - above) / equal) for most in (1, 3))))
        found.append(("chance", 1 / len(rows), min(1.0, 3 / len(rows))))
    return pd.DataFrame(found, columns=["method", "recall at 1", "recall at 3"])


def beside_other_articles(texts: pd.DataFrame) -> pd.DataFrame:
    """Give each thread's comments the article of the next thread."""
    threads = texts.loc[texts["kind"].eq("article"), "thread_id"].tolist()
    following = dict(zip(threads, [*threads[1:], *threads[:1]], strict=True))
    return texts.assign(
        thread_id=texts["thread_id"].where(texts["kind"].eq("article"), texts["thread_id"].map(following))
    )


def share_linked(links: pd.DataFrame) -> pd.Series:
    """Share of comments with at least one link of a kind."""
    comments = links["text_id"].nunique()
    return links.groupby("kind")["text_id"].nunique() / comments


def by_hand(corpus: str = "library-hours") -> pd.DataFrame:
    """Precision and recall against the links that were made by hand, in the corpus's own folder."""
    hand = pd.read_csv(ROOT / "corpora" / corpus / "links.csv", dtype=str).dropna()
    links = link_comments(load_corpus(corpus)).dropna(subset=["kind"])
    truth = set(zip(hand["text_id"], hand["passage_begins"], strict=True))
    begins = sorted(set(hand["passage_begins"]))
    found = {
        (name, next((begin for begin in begins if begin in passage), passage))
        for name, passage in zip(links["text_id"], links["passage"], strict=True)
    }
    right = len(found & truth)
    numbers = {"links": len(found), "by hand": len(truth), "in both": right}
    return pd.DataFrame([numbers | {"precision": right / len(found), "recall": right / len(truth)}])


def many(texts: pd.DataFrame, comments: int, *, one_thread: bool) -> pd.DataFrame:
    """Repeat the threads under new names until there are so many comments; in one thread, below the longest article."""
    is_comment = texts["kind"].eq("comment")
    if one_thread:
        article = texts.loc[[texts.loc[~is_comment, "text"].str.len().idxmax()]]
        copies = -(-comments // int(is_comment.sum()))
        own = texts[is_comment]
        parts = [own.assign(text_id=f"{number}/" + own["text_id"]) for number in range(copies)]
        return pd.concat([article, *parts], ignore_index=True).head(comments + 1).assign(thread_id="one")
    parts, missing = list[pd.DataFrame](), comments
    while missing > 0:
        own = texts[is_comment.cumsum() <= missing] if missing < is_comment.sum() else texts
        parts.append(own.assign(**{name: f"{len(parts)}/" + own[name] for name in ("text_id", "thread_id")}))
        missing -= int(own["kind"].eq("comment").sum())
    return pd.concat(parts, ignore_index=True)


def scale(texts: pd.DataFrame) -> None:
    """Print CPU seconds, time per comment and the highest memory for more and more comments."""
    for one_thread in (False, True):
        print("\nOne thread:" if one_thread else "\nThreads as they are, repeated:")
        for size in (12_500, 25_000, 50_000, 100_000):
            table = many(texts, size, one_thread=one_thread)
            started = time.process_time()
            links = link_comments(table)
            seconds = time.process_time() - started
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
            print(
                f"{links['text_id'].nunique():>8,} comments: {seconds:6.1f} s, {1e3 * seconds / size:.2f} ms per "
                f"comment, highest memory {memory:.1f} GB",
                flush=True,
            )


def main(arguments: list[str]) -> None:
    """Print the tables."""
    print("Against the links made by hand (library-hours):")
    print(by_hand().round(2).to_string(index=False))
    if not arguments:
        return
    texts = threads_of(Path(arguments[0]))
    if "--scale" in arguments:
        scale(texts)
        return
    started = time.perf_counter()
    links = link_comments(texts)
    comments = int(texts["kind"].eq("comment").sum())
    print(
        f"\n{comments:,} comments on {texts['thread_id'].nunique():,} articles: {time.perf_counter() - started:.0f} s"
    )
    asked = without_quotations(links, texts)
    rest = pd.concat([texts[texts["kind"].eq("article")], asked.assign(kind="comment")], ignore_index=True)
    found = ranks(passages_of(rest), asked)
    print(f"\nThe passage of a quotation that was taken out ({len(found) // 3} comments):")
    print(found.groupby("method", sort=False).mean().round(3).to_string())
    shares = {
        "own article": share_linked(links),
        "another article": share_linked(link_comments(beside_other_articles(texts))),
    }
    print("\nShare of comments with a link (beside another article every link is false):")
    print(pd.DataFrame(shares).round(4).to_string())


if __name__ == "__main__":
    main(sys.argv[1:])
