"""Counts of calls, and times that do not depend on other work on the machine: limits on patterns and loops."""

import re
import time
from collections.abc import Callable
from unittest.mock import Mock

Spy = Callable[[object, str], Mock]
LAP = 0.006  # CPU seconds that `lap` takes on the machine on which the bounds were set


def spent(work: Callable[[], object]) -> float:
    """CPU seconds of some work, as they are."""
    start = time.process_time()
    work()
    return time.process_time() - start


def lap() -> None:
    """A fixed piece of work of the kind that is bounded: a search, a loop and a dict."""
    counts: dict[str, int] = {}
    for word in re.findall(r"[a-z]+\d", "word1 other2 " * 15_000):
        counts[word] = counts.get(word, 0) + 1


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU seconds of some work, fewer where a fixed piece of work beside it shows that the machine is slow or busy."""
    before, took, after = spent(lap), spent(work), spent(lap)
    return took / max(1.0, (before + after) / 2 / LAP)
