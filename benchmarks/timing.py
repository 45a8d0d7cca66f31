"""How the benchmarks time: from cold, in CPU time of one process."""

# ruff: noqa: T201 - a command: it prints

import gc
import time
from collections.abc import Callable, Sequence

_FROM_DISK = ("Library", "dictionary", "other_languages")


def print_title(title: str) -> None:
    """Print a title with a line under it."""
    print(f"\n{title}\n{'-' * len(title)}", flush=True)


def _forget() -> None:
    """Start cold: no side remembers a text or a word; the dictionaries as they come from disk stay loaded."""
    from benchmarks import row_loop
    from toolkit.lexicons import vader_rules, vocabulary
    from toolkit.text import normalize as normalising

    row_loop.forget_texts()
    vocabulary._current.clear()
    for function in (*vars(vader_rules).values(), *vars(vocabulary).values(), *vars(normalising).values()):
        if hasattr(function, "cache_clear") and function.__name__ not in _FROM_DISK:
            function.cache_clear()


def seconds_of(work: Callable[[], object]) -> float:
    """CPU seconds of one call, from cold."""
    _forget()
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def words_in(texts: Sequence[str]) -> int:
    """Count the words of all texts: tokens between spaces."""
    return sum(len(text.split()) for text in texts)
