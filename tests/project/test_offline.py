"""With every way to the network blocked, the toolkit still works from corpus to figure."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from helpers.processes import BLOCK

CHECKOUT = Path(__file__).resolve().parents[2]


ASK_FOR_THE_NETWORK = """
import http.client

for ask in (
    lambda: socket.create_connection(("127.0.0.1", 9)),
    lambda: socket.socket().connect(("127.0.0.1", 9)),
    lambda: socket.getaddrinfo("localhost", 80),
    lambda: http.client.HTTPConnection("127.0.0.1", 9).request("GET", "/"),
):
    try:
        ask()
    except Blocked:
        print("blocked")
"""

FROM_CORPUS_TO_FIGURE = """
import matplotlib
matplotlib.use("agg")
from toolkit import compare, load_corpus, measure, plot_comparison, split_sentences

comparison = compare(measure(split_sentences(load_corpus("nato-preemptive-strike"))))
assert len(comparison) > 0
plot_comparison(comparison)
print(len(comparison), "metrics compared")
"""


def run_blocked(code: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-c", BLOCK + code], env=env, capture_output=True, encoding="utf-8", timeout=300
    )


def test_the_block_stops_each_way_to_the_network() -> None:
    done = run_blocked(ASK_FOR_THE_NETWORK)
    assert done.stdout.split() == ["blocked"] * 4, done.stderr


def test_a_corpus_is_loaded_measured_compared_and_drawn_without_the_network() -> None:
    done = run_blocked(FROM_CORPUS_TO_FIGURE)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("metrics compared\n")
