"""A bad row or cell does not stop an archive, and no small file becomes large in memory."""

import csv
import gzip
import itertools
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from helpers.work import Spy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit import _limits, measure_files
from toolkit.archives import readers
from toolkit.archives.readers import Batch, batches
from toolkit.archives.rows_as_texts import texts_of_batch
from toolkit.importers import text_files

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ODD: list[Any] = ["\ud83d", "now", "today", "NaT", [], {}, [{}], 10**30, -(10**400), 1e308, float("nan"), float("inf")]
ODD += ["9" * 5_000, "0001-01-01", "99999-01-01", "2025-13-45", "2025-01-01T00:00:00+99:99", "١٢٣", True, "", " ", "\0"]


@pytest.mark.parametrize("field", ["posted", "likes", "text_id", "thread_id", "kind", "reply_to", "language"])
def test_a_cell_that_cannot_be_read_is_missing_and_its_row_is_measured(field: str, tmp_path: Path) -> None:
    rows = [{"text": "war is bad", field: value} for value in ["2025-01-01", *ODD]]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    table = measure_files(tmp_path / "a.jsonl", tmp_path / "out", metrics=["words"])
    assert table.loc[0, ["rows", "texts", "rejects"]].tolist() == [len(rows), len(rows), 0]  # type: ignore[operator]
    if field == "posted":
        found = pd.read_parquet(tmp_path / "out" / "data")["posted"]
        assert found.dropna().tolist() == [pd.Timestamp("2025-01-01", tz="UTC"), pd.Timestamp("0001-01-01", tz="UTC")]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=4,
)
fields = st.sampled_from(["posted", "likes", "text_id", "thread_id", "kind", "reply_to", "language", "text", "x"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(fields, anything, max_size=4), min_size=1, max_size=6))
def test_any_json_becomes_texts_and_rejects(rows: list[dict[str, Any]]) -> None:
    lines: list[bytes | readers.Row] = [json.dumps(row).encode() for row in rows]
    texts, rejects = texts_of_batch(Batch(0, 1, lines, 0), {}, "a.jsonl")
    assert len(texts) + len(rejects) == len(rows)
    assert texts["text_id"].notna().all()


def test_in_parquet_a_date_that_python_cannot_hold_is_missing_and_text_not_in_utf8_is_rejected(tmp_path: Path) -> None:
    posted = pa.array([0, 10**15, None], pa.timestamp("s"))
    pq.write_table(pa.table({"text": ["Fine.", "Fine too.", "And this."], "posted": posted}), tmp_path / "a.parquet")
    assert measure_files(tmp_path / "a.parquet", tmp_path / "out", metrics=["words"]).loc[0, "texts"] == 3
    raw = pa.array([b"fine", b"caf\xe9"]).view(pa.string())
    pq.write_table(pa.table({"text": raw}), tmp_path / "raw.parquet")
    table = measure_files(tmp_path / "raw.parquet", tmp_path / "raw", metrics=["words"])
    assert table.loc[0, ["texts", "rejects"]].tolist() == [1, 1]  # type: ignore[operator]


# One bad row of a table


def rejects_of(path: Path, out: Path) -> list[tuple[int, str]]:
    measure_files(path, out, metrics=["words"])
    with (out / "rejects.csv").open(encoding="utf-8", newline="") as file:
        return [(int(row["row"]), row["reason"]) for row in csv.DictReader(file)]


def test_bad_rows_of_csv_are_rejected_and_later_ones_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("LONGEST_LINE", 2_000), ("LONGEST_TEXT", 500), ("MOST_VALUES", 50)):
        monkeypatch.setattr(_limits, name, value)
    bad = ["x" * 3_000, "x," * 60 + "x", "x" * 600 + ",1", '"' + "x" * 600, "just one"]
    rows = [each for row in bad for each in (row, "Fine.,1")]
    (tmp_path / "a.csv").write_text("\n".join(["text,likes", *rows]) + "\n", encoding="utf-8")
    found = rejects_of(tmp_path / "a.csv", tmp_path / "out")
    assert [row for row, _ in found] == [1, 3, 5, 7, 9]
    assert len(pd.read_parquet(tmp_path / "out" / "data")) == 5


def test_bad_lines_of_json_are_rejected_before_they_are_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("LONGEST_LINE", 2_000), ("MOST_VALUES", 50)):
        monkeypatch.setattr(_limits, name, value)
    commas = json.dumps({"text": 'Fine, "with" [commas], ' * 20 + "\\"})
    bad = ['{"text": "' + "x" * 3_000 + '"}', '{"text": "x", "more": [' + "[]," * 60 + "1]}", '{"text": "' + '\\"' * 60]
    (tmp_path / "a.jsonl").write_text("\n".join([each for row in bad for each in (row, commas)]), encoding="utf-8")
    assert [row for row, _ in rejects_of(tmp_path / "a.jsonl", tmp_path / "out")] == [1, 3, 5]


def test_a_row_of_csv_has_as_many_lines_as_a_text_may_have(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_limits, "MOST_LINES", 20)
    (tmp_path / "a.csv").write_text('text\n"' + "bad\n" * 30 + "Fine.\n")
    ((row, reason),) = rejects_of(tmp_path / "a.csv", tmp_path / "out")
    assert (row, reason[:26]) == (1, "row of more than 20 lines,")
    assert len(pd.read_parquet(tmp_path / "out" / "data")) == 11


PACKED: dict[str, Callable[[bytes], bytes]] = {"csv.gz": gzip.compress, "csv.zst": zstd.compress}


@pytest.mark.parametrize("encoding", ["PLAIN", "DELTA_LENGTH_BYTE_ARRAY", "DELTA_BYTE_ARRAY"])
def test_parquet_columns_without_dictionaries_are_read_whole_in_bounded_pieces(encoding: str, tmp_path: Path) -> None:
    names = [f"c{number}" for number in range(60)]
    table = pa.table({"text": [f"{name} {'so ' * 300_000}" for name in names], "text_id": names})
    encodings = dict.fromkeys(table.schema.names, encoding)
    path = tmp_path / "a.parquet"
    pq.write_table(table, path, row_group_size=25, use_dictionary=False, column_encoding=encodings)
    read: list[Any] = [batch.rows for batch in batches(path, 1_000, {})]
    assert [text for rows in read for text in rows.column("text").to_pylist()] == table["text"].to_pylist()
    assert max(rows.nbytes for rows in read) <= _limits.BATCH_BYTES


@pytest.mark.parametrize("name", PACKED)
def test_an_archive_of_empty_parts_is_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_files, "FEW_PACKED", 10_000)
    pack, long = PACKED[name], "".join(map(chr, range(48, 122)))
    (tmp_path / f"small.{name}").write_bytes(b"".join(pack(f"{part}\n".encode()) for part in ["text"] + [long] * 900))
    assert sum(len(batch.rows) for batch in batches(tmp_path / f"small.{name}", 1_000, {})) == 900
    for part in (b"", b"a\n"):
        (tmp_path / f"bad.{name}").write_bytes(pack(b"text\n") + pack(part) * 30_000)
        with pytest.raises(ValueError, match=r"bad\..* holds [0-9,]+ bytes in its first [0-9,]+, .*Unpack it"):
            list(batches(tmp_path / f"bad.{name}", 1_000, {}))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_of_csv_end_as_old_and_new_systems_end_them(end: str, tmp_path: Path) -> None:
    content = end.join(["text,likes", "Fine.,1", '"Two' + end + 'lines.",2', ""])
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbf" + content.encode())
    (batch,) = batches(tmp_path / "a.csv", 10, {})
    texts, rejects = texts_of_batch(batch, {}, "a.csv")
    assert texts["text"].tolist() == ["Fine.", f"Two{end}lines."]
    assert rejects == []


def test_only_the_columns_that_are_needed_are_kept(tmp_path: Path) -> None:
    table = pa.table({"body": ["a", "b"], "author": ["Ada", "Ben"], "other": ["x", "y"], "score": [1, 2]})
    pq.write_table(table, tmp_path / "a.parquet")
    (tmp_path / "a.csv").write_text("body,author,other,score\na,Ada,x,1\nb,Ben,y,2\n")
    columns = {"text": "body", "likes": "score"}
    (from_parquet,) = batches(tmp_path / "a.parquet", 10, columns)
    (from_csv,) = batches(tmp_path / "a.csv", 10, columns)
    assert from_parquet.rows.schema.names == ["body", "author", "score"]  # type: ignore[union-attr]
    assert sorted(from_csv.rows[0]) == ["author", "body", "score"]  # the author shows what a bot has written
    texts, _ = texts_of_batch(from_csv, columns, "a.csv")
    assert texts["author"].isna().all()


def test_parquet_of_nearly_all_metadata_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = pa.table({"text": ["The bridge is bad."]}).replace_schema_metadata({"note": "x" * 20_000})
    pq.write_table(table, tmp_path / "a.parquet")
    assert measure_files([tmp_path / "a.parquet"], tmp_path / "out", metrics=["words"])["texts"].tolist() == [1]
    monkeypatch.setattr(_limits, "LARGEST_FOOTER", 20_000)
    with pytest.raises(ValueError, match="bytes of metadata; the limit is"):
        measure_files([tmp_path / "a.parquet"], tmp_path / "other", metrics=["words"])


@pytest.mark.parametrize("kind", [None, pa.int64(), pa.list_(pa.string())])
def test_a_parquet_file_without_texts_is_rejected_row_by_row(kind: pa.DataType | None, tmp_path: Path) -> None:
    column = {"other": [1, 2, 3]} if kind is None else {"text": pa.array([None, None, None], kind)}
    pq.write_table(pa.table(column), tmp_path / "a.parquet")
    assert [row for row, _ in rejects_of(tmp_path / "a.parquet", tmp_path / "out")] == [1, 2, 3]


# Memory


def test_a_text_stored_once_for_many_rows_is_cut_into_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_limits, "FEW_STREAMED", 100_000_000)
    long = pa.DictionaryArray.from_arrays(pa.array([0, None, 0] * 20, pa.int32()), pa.array(["war is bad. " * 80_000]))
    pq.write_table(pa.table({"text": long, "likes": list(range(60))}), tmp_path / "a.parquet")
    found = list(batches(tmp_path / "a.parquet", 1_000, {}))
    assert len(found) > 2
    assert max(each.rows.nbytes for each in found) <= _limits.BATCH_BYTES + 10_000  # type: ignore[union-attr]
    assert [each.first for each in found] == [1 + sum(len(e.rows) for e in found[:at]) for at in range(len(found))]
    assert [like for each in found for like in each.rows.column("likes").to_pylist()] == list(range(60))  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("few", "largest", "refused"),
    [
        (10**6, 10**9, r"unpacks to more than 100 times .* row 0.*\.jsonl"),
        (10**9, 10**6, r"\Aa\.parquet has .* dictionaries of 8,000,470 bytes; the limit is 1,000,000\."),
    ],
)
def test_too_large_a_dictionary_is_not_read(
    few: int, largest: int, refused: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spy: Spy
) -> None:
    cut = spy(readers, "pieces_of")
    monkeypatch.setattr(_limits, "FEW_STREAMED", few)
    monkeypatch.setattr(_limits, "LARGEST_DICTIONARIES", largest)
    long = pa.array([f"{'war ' * 25_000}{n}" for n in range(80)])
    table = pa.table({"text": pa.DictionaryArray.from_arrays(pa.array([0, 1]), long), "other": ["a", "b"]})
    pq.write_table(table, tmp_path / "a.parquet", compression="zstd", dictionary_pagesize_limit=10**9)
    with pytest.raises(ValueError, match=refused):
        list(batches(tmp_path / "a.parquet", 1_000, {}))
    assert not cut.called


@pytest.mark.parametrize("name", ["text.parquet", "null.parquet", "groups.parquet", "rows.csv.gz", "rows.jsonl.zst"])
def test_what_unpacks_to_more_than_text_is_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_limits, "FEW_STREAMED", 100_000)
    path, small = tmp_path / name, name.replace(".", "-small.", 1)
    for many, each in ((40, tmp_path / small), (200_000, path)):
        if name.endswith("gz"):
            each.write_bytes(gzip.compress(b"text\n" + b"war is bad\n" * many))
        elif name.endswith("zst"):
            each.write_bytes(zstd.compress(b'{"text":"war is bad"}\n' * many))
        else:
            texts = pa.array([None] * many, pa.string()) if "null" in name else ["war is bad"] * many
            pq.write_table(pa.table({"text": texts}), each, row_group_size=5_000 if "groups" in name else None)
    assert sum(len(batch.rows) for batch in batches(tmp_path / small, 1_000, {})) == 40
    with pytest.raises(
        ValueError, match=r"more than 100 times its size after row [0-9,]+, .* save it as \.jsonl"
    ) as no:
        list(batches(path, 1_000, {}))
    assert no.type is ValueError


def test_rows_that_are_nearly_all_empty_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_limits, "FEW_STREAMED_ROWS", 100)
    for name, row, many in (("no.csv", "no\n", 90), ("nope.csv", "not a few\n", 900), ("a.jsonl", "[]\n", 90)):
        path = tmp_path / name
        path.write_text("text\n" + row * many)
        assert sum(len(batch.rows) for batch in batches(path, 20, {})) == many + (name == "a.jsonl")
        path.write_text("text\n" + "a\n" * 10_000)
        with pytest.raises(
            ValueError, match=r"more than 1[0-9]0 rows, and they have fewer than [12]0.*delete the empty"
        ):
            list(batches(path, 20, {}))


def test_small_row_groups_are_read_as_one_batch(tmp_path: Path) -> None:
    pq.write_table(
        pa.table({"text": ["a"] * 50, "likes": list(range(50)), "text_id": [b"a"] * 50}),
        tmp_path / "a.parquet",
        row_group_size=3,
    )
    found = list(batches(tmp_path / "a.parquet", 20, {}))
    assert len(found) == 3
    texts = pd.concat([texts_of_batch(batch, {}, "a")[0] for batch in found])
    assert texts["likes"].tolist() == list(range(50))


def test_a_text_of_too_many_lines_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_limits, "MOST_LINES", 3)
    lines = [json.dumps({"text": text}).encode() for text in ("a\nb\nc\nd", "a\r\r\r\rb")]
    texts, rejects = texts_of_batch(Batch(0, 1, [*lines], 0), {}, "a")
    assert (len(texts), [reason for _, reason in rejects]) == (1, ["text of more than 3 lines"])


def test_rows_that_each_have_other_fields_are_rejected_after_some(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_limits, "MOST_FIELD_NAMES", 4)
    rows = [{"text": "Fine.", name: "1"} for name in ("a", "deleted", "b", "c", "deleted")]
    texts, rejects = texts_of_batch(Batch(0, 1, [*rows], 0), {}, "a")
    assert list(texts["text_id"]) == ["a:1", "a:3"]
    no = "other fields than before, which had 4 names in all"
    assert rejects == [(2, "deleted"), (4, no), (5, "deleted")]


def test_rows_that_lack_some_fields_are_not_rejected_for_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_limits, "MOST_FIELD_NAMES", 10)
    names = "abcdef"  # seven new names, and 15 sets of 5 known ones, each of which counts as one
    rows = [{"text": "Fine.", **dict.fromkeys(some, "1")} for some in (names, *itertools.combinations(names, 4))]
    assert len(texts_of_batch(Batch(0, 1, [*rows], 0), {}, "a")[0]) == 4
    monkeypatch.setattr(_limits, "MOST_FIELD_NAMES", 22)
    assert len(texts_of_batch(Batch(0, 1, [*rows], 0), {}, "a")[0]) == 16


def test_a_table_of_too_many_columns_is_refused_by_its_header(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text" + ",a" * 16_384)
    with pytest.raises(ValueError, match=r"a\.csv has 16,385 columns; the limit is 16,384\."):
        list(batches(tmp_path / "a.csv", 10, {}))


BOMBS: dict[str, Callable[[], bytes]] = {
    "one.csv.zst": lambda: zstd.compress(b"text\n" + b"a" * 400_000_000 + b"\n"),
    "one.jsonl.zst": lambda: zstd.compress(b'{"text":"' + b"a" * 400_000_000 + b'"}\n'),
    "one.csv.gz": lambda: gzip.compress(b"text\n" + b"a" * 400_000_000 + b"\n", 1),
    "cells.csv.gz": lambda: gzip.compress(b"text\n" + b"," * 60_000_000 + b"\n", 1),
    "lists.jsonl.gz": lambda: gzip.compress(b'{"text":"war","x":[' + b"[]," * 20_000_000 + b"1]}\n", 1),
    "objects.jsonl.gz": lambda: gzip.compress(b'{"text":"war","x":[' + b'{"a":1},' * 7_000_000 + b"1]}\n", 1),
}
MEASURED = """
import resource, sys, time
from toolkit import measure_files
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
open(sys.argv[2] + ".jsonl", "w").write('{"text": "war is bad"}\\n')
measure_files(sys.argv[2] + ".jsonl", sys.argv[2] + "-first", metrics=["words"])
before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
table = measure_files(sys.argv[1], sys.argv[2], metrics=["words"])
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024, time.process_time() - began)
"""


@pytest.mark.full
@pytest.mark.skipif(sys.platform != "linux", reason="reads the memory of a process as Linux counts it")
@pytest.mark.parametrize("name", BOMBS)
def test_a_small_file_takes_little_memory_and_time(name: str, tmp_path: Path) -> None:
    import subprocess

    (tmp_path / name).write_bytes(BOMBS[name]())
    command = [sys.executable, "-c", MEASURED, str(tmp_path / name), str(tmp_path / "out")]
    megabytes, seconds = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    assert int(megabytes) < 300
    assert float(seconds) < 20  # CPU, a margin of ten
