"""measure, compare and measure_files on Dask: lazy, with the same numbers as in memory."""

import json
import multiprocessing
import os
import pickle
import signal
import threading
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dask
import dask.dataframe as dd
import pandas as pd
import pytest

from toolkit import METRICS, Metric, compare, load_corpus, measure, measure_files, split_sentences
from toolkit.metrics.measure import is_lazy

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # distributed looks for network cards when it is imported
    from distributed import Client, LocalCluster

FEW = ["sentiment", "words", "flesch_kincaid_grade"]


@pytest.fixture(scope="module")
def units() -> pd.DataFrame:
    return split_sentences(load_corpus("library-hours"))


@pytest.fixture(scope="module")
def measured(units: pd.DataFrame) -> pd.DataFrame:
    return measure(units)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[LocalCluster]:
    """Two worker processes on this machine's loopback, without a dashboard; where they can, they load Dask once."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    with (
        dask.config.set({"distributed.worker.multiprocessing-method": method}),
        LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, local_directory=str(tmp_path), silence_logs=50
        ) as cluster,
    ):
        yield cluster


def test_measure_stays_lazy_and_gives_what_it_gives_in_memory(units: pd.DataFrame, measured: pd.DataFrame) -> None:
    lazy = measure(dd.from_pandas(units, npartitions=5))
    assert is_lazy(lazy)
    assert lazy.npartitions == 5
    assert lazy.columns.tolist() == measured.columns.tolist()
    assert {lazy[metric.name].dtype.name for metric in METRICS} == {"float64"}
    found = lazy.compute(scheduler="sync")
    assert (found.dtypes == lazy.dtypes).all()  # what was declared is what came
    pd.testing.assert_frame_equal(found, measured, check_exact=True, check_dtype=False)


def test_measure_does_no_work_before_it_is_requested(units: pd.DataFrame) -> None:
    asked = []

    def spy(text: str) -> float:
        asked.append(text)
        return 1.0

    lazy = measure(dd.from_pandas(units, npartitions=2), [Metric(spy, "spy", "times", "more")])
    assert asked == []
    assert lazy["spy"].sum().compute(scheduler="sync") == len(units) == len(asked)  # type: ignore[attr-defined]


@pytest.mark.parametrize("cluster", ["text", "author"])
@pytest.mark.parametrize("partitions", [1, 4])
def test_compare_gives_the_same_table_to_the_last_bit(partitions: int, cluster: str, measured: pd.DataFrame) -> None:
    lazy = compare(dd.from_pandas(measured, npartitions=partitions), cluster=cluster)
    assert is_lazy(lazy)
    expected = compare(measured, cluster=cluster)
    assert list(lazy.columns) == list(expected.columns)
    found = lazy.compute(scheduler="sync").reset_index(drop=True)
    pd.testing.assert_frame_equal(found, expected, check_exact=True, check_dtype=False)


def test_many_threads_are_compared_as_in_memory(measured: pd.DataFrame) -> None:
    threads = [measured.assign(thread_id=f"t{at}", text_id=f"t{at}/" + measured["text_id"]) for at in range(9)]
    many = pd.concat(threads, ignore_index=True)
    found = compare(dd.from_pandas(many, npartitions=4)).compute(scheduler="sync").reset_index(drop=True)  # type: ignore[operator]
    pd.testing.assert_frame_equal(found, compare(many), check_exact=True, check_dtype=False)
    assert found["comment_clusters"].max() == 9


def test_measuring_and_comparing_are_one_lazy_chain(units: pd.DataFrame, measured: pd.DataFrame) -> None:
    metrics = [metric for metric in METRICS if metric.name in FEW]
    lazy = compare(measure(dd.from_pandas(units, npartitions=3), FEW), metrics=metrics)
    found = lazy.compute(scheduler="sync").reset_index(drop=True)  # type: ignore[operator]
    pd.testing.assert_frame_equal(found, compare(measured, metrics=metrics), check_exact=True, check_dtype=False)


def test_following_replies_through_a_lazy_table_is_refused_with_the_way_on(measured: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match=r"cluster='thread'.*'text' or 'author'"):
        compare(dd.from_pandas(measured, npartitions=2), cluster="thread")


def test_a_group_that_is_in_no_partition_is_an_error_when_it_is_computed(measured: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="no 'editorial'"):
        compare(dd.from_pandas(measured, npartitions=2), pair=("editorial", "comment")).compute(scheduler="sync")  # type: ignore[operator]


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_what_is_sent_to_a_worker_is_small(metric: Metric) -> None:
    assert len(pickle.dumps(metric)) < 1_000  # a name, not a lexicon
    assert pickle.loads(pickle.dumps(metric)) == metric


# On a cluster


def archive(path: Path, copies: int) -> Path:
    texts = load_corpus("library-hours")
    with path.open("w", encoding="utf-8") as stream:
        for copy in range(copies):
            for row in texts.itertuples():
                stream.write(json.dumps({"text_id": f"{row.text_id}-{copy}", "text": row.text}) + "\n")
    return path


def stored(out: Path) -> pd.DataFrame:
    return pd.read_parquet(out / "data").reset_index(drop=True)


def test_a_cluster_gives_the_results_of_one_process_even_if_a_worker_is_killed(
    cluster: LocalCluster, tmp_path: Path
) -> None:
    path = archive(tmp_path / "a.jsonl", copies=15)
    expected = measure_files(path, tmp_path / "one", metrics=FEW, batch=15)
    with Client(cluster) as client:
        killed = kill_a_worker_soon(client, tmp_path / "many")
        told = measure_files(path, tmp_path / "many", metrics=FEW, batch=15, client=client)
    assert killed == ["killed while batches were left"]
    pd.testing.assert_frame_equal(told, expected)
    pd.testing.assert_frame_equal(stored(tmp_path / "many"), stored(tmp_path / "one"), check_exact=True)


def kill_a_worker_soon(client: Any, out: Path) -> list[str]:
    """Kill one worker process once the first part is written; return whether work was left."""
    (victim, *_) = client.run(os.getpid).values()
    told: list[str] = []

    def kill() -> None:
        deadline = time.monotonic() + 60
        while not list(out.rglob("part-*.parquet")) and time.monotonic() < deadline:
            time.sleep(0.002)
        os.kill(victim, signal.SIGKILL)
        left = len(list(out.rglob("part-*.parquet"))) < 61
        told.append("killed while batches were left" if left else "too late")

    threading.Thread(target=kill, daemon=True).start()
    return told
