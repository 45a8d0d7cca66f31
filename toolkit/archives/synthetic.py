"""make_archive: synthetic threads with a known, planted tone, for validating methods."""

import gzip
import json
import math
import os
import pathlib
import random
from collections.abc import Iterator
from typing import Any, Final

from .._files import as_path
from .._packaging import data_beside
from .._tables import checked_count, checked_seed

PLANTED: Final = 0.5
"""How far the tone of comments follows that of their article, in `make_archive`, as a correlation of true tones."""
MOST_THREADS, MOST_SPOILED = 100_000, 10_000  # thread numbers have five digits; all rows are kept in memory

_TEXT: Final = data_beside(__file__, "synthetic.toml")
_THINGS, _GOOD, _BAD, _PLAIN, _DAYS = (_TEXT[kind].split() for kind in ("things", "good", "bad", "plain", "days"))
_COLUMNS = "text_id thread_id kind reply_to posted likes text".split()
_SPOILED = ('{"text": "cut off in the mid', '{"text": 17}', '{"body": "under another name"}', "")


def make_archive(path: str | os.PathLike[str], *, threads: int = 300, seed: int = 0, spoiled: int = 0) -> pathlib.Path:
    """Write a synthetic archive of articles and comments as gzipped JSON lines; the same seed gives the same bytes.

    Each article has its own tone, with which the tone of its comments correlates by `PLANTED`. So results can be
    checked against the truth, which no real archive allows.

    Parameters
    ----------
    path
        Where to write it; a name that ends with `.jsonl.gz`.
    threads
        Number of articles. Each has 4 to 120 comments, most have about 20.
    seed
        Seed of all random draws.
    spoiled
        Number of unreadable rows: truncated lines, and lines without a valid text.

    Returns
    -------
    Path
        The file: one row per text, with text_id, thread_id, kind, reply_to, posted, likes and text.

    Raises
    ------
    ValueError
        If the name has another ending, or a number is out of range.
    OSError
        If the file cannot be written.
    """
    place = as_path(path)
    if not place.name.endswith(".jsonl.gz"):
        raise ValueError(f"{place.name}: an archive is written as gzipped JSON lines; end its name with .jsonl.gz.")
    chance = random.Random(checked_seed(seed))
    threads = checked_count(threads, "threads", 0, 300, MOST_THREADS)
    spoiled = checked_count(spoiled, "spoiled", 0, 0, MOST_SPOILED)
    rows = (row for thread in range(threads) for row in _thread(thread, chance))
    lines = [json.dumps(dict(zip(_COLUMNS, row, strict=True))) for row in rows]
    for number in range(spoiled):
        lines.insert(chance.randrange(len(lines) + 1), _SPOILED[number % len(_SPOILED)])
    with place.open("wb") as raw, gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0) as packed:
        packed.write("".join(f"{line}\n" for line in lines).encode("utf-8"))
    return place


def _thread(number: int, chance: random.Random) -> Iterator[tuple[Any, ...]]:
    name, day = f"thread-{number:05d}", f"2024-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    tone = chance.gauss(0, 1)
    article = "\n\n".join(
        " ".join(_sentences(chance.randint(2, 4), tone, chance)) for _ in range(chance.randint(9, 14))
    )
    title = f"The {chance.choice(_THINGS)} and the {chance.choice(_THINGS)}"
    yield f"{name}/article", name, "article", None, day, 0, f"# {title}\n\n{article}\n"
    answered = PLANTED * tone + math.sqrt(1 - PLANTED**2) * chance.gauss(0, 1)
    many = min(120, max(4, round(chance.lognormvariate(3, 0.7))))
    for comment in range(1, many + 1):
        reply_to = f"{name}/c{chance.randrange(1, comment)}" if comment > 1 and chance.random() < 0.4 else None
        own = answered + chance.gauss(0, 1)
        text = " ".join(_sentences(chance.randint(1, 5), own, chance))
        yield f"{name}/c{comment}", name, "comment", reply_to, day, min(99, int(chance.expovariate(0.4))), text


def _sentences(many: int, tone: float, chance: random.Random) -> Iterator[str]:
    """Yield sentences: half are neutral; the higher the tone, the more of the others are friendly, not hostile."""
    for _ in range(many):
        friendly = chance.random() < 1 / (1 + math.exp(-1.2 * tone))
        words = {"word": chance.choice(_GOOD if friendly else _BAD), "plain": chance.choice(_PLAIN)}
        thing, other = chance.sample(_THINGS, 2)
        frame = chance.choice(_TEXT["flat"] if chance.random() < 0.5 else _TEXT["frames"])
        said = frame.format(
            thing=thing, other=other, people=chance.choice(_TEXT["people"]), day=chance.choice(_DAYS), **words
        )
        yield said[0].upper() + said[1:]
