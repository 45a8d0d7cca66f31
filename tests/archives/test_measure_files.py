"""Files larger than memory: the same numbers as in memory, whatever the batches, and after any interruption."""

import gzip
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

from toolkit import load_corpus, measure, measure_files, split_blocks, split_passages, split_sentences

CHECKOUT = Path(__file__).resolve().parents[2]
SPLIT: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "texts": lambda texts: texts, "sentences": split_sentences, "passages": split_passages, "blocks": split_blocks,
}  # fmt: skip
LITTLE = ["sentiment", "words", "emoji_density"]


@pytest.fixture(scope="module")
def texts() -> pd.DataFrame:
    return load_corpus("library-hours")


def as_json_lines(texts: pd.DataFrame) -> bytes:
    records = json.loads(texts.to_json(orient="records", date_format="iso"))
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode("utf-8")


def write(texts: pd.DataFrame, path: Path) -> Path:
    """The texts in the format given by the file's name."""
    if path.suffix == ".parquet":
        texts.to_parquet(path)
    elif path.name.endswith((".csv", ".tsv")):
        texts.to_csv(path, index=False, sep="\t" if path.suffix == ".tsv" else ",")
    else:
        lines = as_json_lines(texts)
        pack: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.compress, ".zst": zstd.compress}
        path.write_bytes(pack.get(path.suffix, bytes)(lines))
    return path


def in_memory(texts: pd.DataFrame, units: str = "texts", metrics: Any = None) -> pd.DataFrame:
    split = SPLIT[units](texts)
    measured = measure(split) if metrics is None else measure(split, metrics)
    return measured.drop(columns=["author", "text"]).assign(posted=measured["posted"].dt.floor("D"))


def stored(out: Path) -> pd.DataFrame:
    return pd.read_parquet(out / "data").drop(columns="source").reset_index(drop=True)


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.jsonl.gz", "a.jsonl.zst", "a.csv", "a.tsv", "a.parquet"])
def test_every_format_gives_the_table_that_measure_gives(name: str, texts: pd.DataFrame, tmp_path: Path) -> None:
    summary = measure_files(write(texts, tmp_path / name), tmp_path / "out", metrics=LITTLE, batch=17)
    pd.testing.assert_frame_equal(stored(tmp_path / "out"), in_memory(texts, metrics=LITTLE), check_dtype=False)
    assert summary.to_dict("records") == [{"file": name, "rows": 61, "texts": 61, "units": 61, "rejects": 0}]


@pytest.mark.parametrize("units", list(SPLIT))
def test_metrics_of_all_units_are_those_of_measure_to_the_bit(units: str, texts: pd.DataFrame, tmp_path: Path) -> None:
    measure_files(write(texts, tmp_path / "a.jsonl"), tmp_path / "out", units=units, batch=17)
    pd.testing.assert_frame_equal(
        stored(tmp_path / "out"), in_memory(texts, units), check_dtype=False, check_exact=True
    )


def test_two_workers_write_the_same_parts_as_one(texts: pd.DataFrame, tmp_path: Path) -> None:
    path = write(texts, tmp_path / "a.jsonl")
    for out, workers in (("one", 1), ("two", 2)):
        measure_files(path, tmp_path / out, metrics=LITTLE, batch=9, workers=workers)
    parts = [sorted((tmp_path / out / "data").rglob("*.parquet")) for out in ("one", "two")]
    assert len(parts[0]) == 7  # 61 rows, nine at a time
    assert [part.read_bytes() for part in parts[0]] == [part.read_bytes() for part in parts[1]]


BAD_LINES = [
    (b"{broken", "not JSON"), (b'{"text": 3}', "text is int, not a string"), (b'{"body": "no such column"}', "no text"),
    (b'{"text": null}', "no text"), (b"", "empty line"), (b"[1, 2]", "JSON, but not an object"),
    (b'{"text": "caf\xe9"}', "not UTF-8"), (b"[" * 100_000, "not JSON"),
]  # fmt: skip


def test_bad_rows_are_rejected_with_their_number_and_reason_and_the_sums_agree(tmp_path: Path) -> None:
    good = b'{"text": "A good line."}'
    (tmp_path / "a.jsonl").write_bytes(b"\n".join([line for bad, _ in BAD_LINES for line in (bad, good)]) + b"\n")
    summary = measure_files(tmp_path / "a.jsonl", tmp_path / "out", metrics=LITTLE, batch=3).iloc[0]
    rejects = pd.read_csv(tmp_path / "out" / "rejects.csv")
    assert list(zip(rejects["row"], rejects["reason"], strict=True)) == [
        (2 * at + 1, reason) for at, (_, reason) in enumerate(BAD_LINES)
    ]
    assert set(rejects["file"]) == {"a.jsonl"}
    assert (summary["rows"], summary["texts"], summary["rejects"]) == (16, 8, 8)
    assert stored(tmp_path / "out")["words"].tolist() == [3.0] * 8
    (tmp_path / "b.jsonl").write_text("broken\n" * 5, encoding="utf-8")
    summary = measure_files(tmp_path / "b.jsonl", tmp_path / "none", metrics=LITTLE).iloc[0]
    assert (summary["rows"], summary["texts"], summary["rejects"]) == (5, 0, 5)
    assert stored(tmp_path / "none").columns.tolist()[-3:] == LITTLE
    assert len(stored(tmp_path / "none")) == 0
    (tmp_path / "a.csv").write_bytes(
        b'text,likes\nFine.,1\nOne cell\n"caf\xe9",2\nAlso fine.,many\n"a\nb",1,2\nNo.,"1\nYes.,2\n'
    )
    measure_files(tmp_path / "a.csv", tmp_path / "table", metrics=LITTLE)
    rejects = pd.read_csv(tmp_path / "table" / "rejects.csv")
    assert rejects[["row", "reason"]].values.tolist() == [
        [2, "1 cells under a header of 2"], [3, "not UTF-8"], [5, "3 cells under a header of 2, in 2 lines"],
        [6, "a quotation mark that is never closed; the last 2 lines are lost"],
    ]  # fmt: skip
    assert stored(tmp_path / "table")["likes"].astype("Float64").tolist() == [1.0, pd.NA]


LEFT_OUT: list[tuple[dict[str, Any], str]] = [
    ({"isDeleted": True}, "deleted"), ({"removed": 1.0}, "deleted"), ({"Status": "moderator_removed"}, "deleted"),
    ({"deleted_at": "2024-05-01T10:00:00Z"}, "deleted"), ({"body": " [removed] "}, "deleted"), ({"is_spam": 1}, "spam"),
    ({"comment_approved": 0}, "not approved"), ({"comment_type": "pingback"}, "pingback"), ({"bot": True}, "bot"),
    ({"author": "AutoModerator"}, "bot"), ({"who": "tidy-bot"}, "bot"), ({"body": "I am a bot. Contact us"}, "bot"),
    ({"distinguished": "moderator", "stickied": True}, "moderators' notice"),
    ({"body": "This comment has been removed by a moderator."}, "deleted"),
    ({"deleted": False, "removed": True}, "deleted"), ({"deleted": True, "is_hidden": False}, "deleted"),
    ({"author": "Talbot", "deleted": False, "stickied": True, "status": "open", "comment_approved": None}, ""),
]  # fmt: skip


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.parquet"])
def test_what_read_thread_leaves_out_is_rejected_with_the_same_reason(name: str, tmp_path: Path) -> None:
    for at, (marks, _) in enumerate(LEFT_OUT):
        folder = tmp_path / str(at)
        folder.mkdir()
        write(pd.DataFrame([{"body": "Hm."} | marks]), folder / name)
        measure_files(folder / name, folder / "out", metrics=LITTLE, columns={"text": "body", "author": "who"})
    found = [pd.read_csv(tmp_path / str(at) / "out" / "rejects.csv")["reason"].tolist() for at in range(len(LEFT_OUT))]
    assert found == [[why] if why else [] for _, why in LEFT_OUT]


def test_marks_of_single_rows_count_whatever_fields_other_rows_have(tmp_path: Path) -> None:
    lines = [{"text": "Hm."}, {"text": "Hm.", "deleted": True}, {"text": "Hm.", "is_bot": True}, {"text": "Hm."}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    for batch in (1, 3, 9):
        measure_files(tmp_path / "a.jsonl", tmp_path / f"out{batch}", metrics=LITTLE, batch=batch)
        rejects = pd.read_csv(tmp_path / f"out{batch}" / "rejects.csv")
        assert rejects[["row", "reason"]].values.tolist() == [[2, "deleted"], [3, "bot"]]


def test_columns_with_other_names_are_mapped_and_seconds_are_dates(tmp_path: Path) -> None:
    line = {"body": "Well said.", "id": "x1", "created_utc": 1700000000, "score": 5, "link_id": "t3_a", "author": "Ada"}
    (tmp_path / "a.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    columns = {"text": "body", "text_id": "id", "posted": "created_utc", "likes": "score", "thread_id": "link_id"}
    measure_files(tmp_path / "a.jsonl", tmp_path / "out", metrics=LITTLE, columns=columns)
    (row,) = stored(tmp_path / "out").to_dict("records")
    assert (row["text_id"], row["thread_id"], row["kind"], row["likes"]) == ("x1", "t3_a", "comment", 5)
    assert row["posted"] == pd.Timestamp("2023-11-14", tz="UTC")  # 22:13:20 of that day


def test_neither_names_nor_texts_of_commenters_are_written(tmp_path: Path) -> None:
    line = {"text": "Quite unmistakable words.", "author": "Ada Unmistakable"}
    (tmp_path / "a.jsonl").write_text(json.dumps(line) + "\n{broken Unmistakable\n", encoding="utf-8")
    measure_files(tmp_path / "a.jsonl", tmp_path / "out", metrics=LITTLE)
    written = [path.read_bytes().lower() for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert len(written) == 4  # job.json, rejects.csv, a part and its rejects
    assert not any(b"unmistakable" in content for content in written)


@pytest.mark.parametrize(
    ("name", "names_nobody"),
    [
        ("Thread by Jane Unmistakable.jsonl", False), ("JaneUnmistakable2.jsonl", False),
        ("Jane_Unmistakable-comments.jsonl", False), ("jane@unmistakable.example.jsonl", False),
        ("CommentsApril2017.jsonl", True), ("RC_2015-01.jsonl", True), ("guardian-comments.jsonl", True),
        ("youtube_dQw4w9WgXcQ.jsonl", True), ("part-00000-of-00010.jsonl", True),
    ],
)  # fmt: skip
def test_a_file_or_column_that_seems_to_name_a_person_is_written_as_a_number(
    name: str, names_nobody: bool, tmp_path: Path
) -> None:
    path, columns = tmp_path / name, {"text": "Answer of Ada Unmistakable"}
    path.write_text(json.dumps({columns["text"]: "Fine."}) + "\n{broken\n", encoding="utf-8")
    told = measure_files(path, tmp_path / "out", metrics=LITTLE, columns=columns)
    assert (told["file"].tolist() == [name]) is names_nobody
    made = [*(tmp_path / "out").rglob("*")]
    assert not any(b"nmistakable" in file.read_bytes() for file in made if file.is_file())
    assert not any("nmistakable" in file.name for file in made)
    assert set(pd.read_parquet(tmp_path / "out" / "data")["source"]) == set(told["file"])
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match=f"other files: {told['file'].tolist()[0]} "):
        measure_files(path, tmp_path / "out", metrics=LITTLE, columns=columns)


def test_a_part_says_what_made_it_and_a_second_call_measures_nothing(texts: pd.DataFrame, tmp_path: Path) -> None:
    path = write(texts, tmp_path / "a.jsonl")
    first = measure_files(path, tmp_path / "out", metrics=LITTLE, batch=20)
    part = min((tmp_path / "out" / "data").rglob("*.parquet"))
    summary = pq.read_schema(part).metadata
    assert json.loads(summary[b"options"])["metrics"] == LITTLE
    assert json.loads(summary[b"made_by"])["vaderSentiment"] == "3.3.2"
    assert json.loads(summary[b"part"])["rows"] == 20
    before = {part: part.stat().st_mtime_ns for part in (tmp_path / "out").rglob("part-*")}
    again = measure_files(path, tmp_path / "out", metrics=LITTLE, batch=20)
    assert {part: part.stat().st_mtime_ns for part in (tmp_path / "out").rglob("part-*")} == before
    pd.testing.assert_frame_equal(first, again)


# Interruptions

KILLED_AFTER_THREE_PARTS = f"""
import itertools, os, signal, sys
import toolkit.archives.measure_files as module
run = module._run
killed = iter(lambda: os.killpg(0, signal.SIGKILL), 0)
module._run = lambda *given: itertools.chain(itertools.islice(run(*given), 3), killed)
module.measure_files(sys.argv[1], sys.argv[2], metrics={LITTLE!r}, batch=10, workers=int(sys.argv[3]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills a process with its workers, as on POSIX")
def test_killed_and_run_again_it_gives_what_an_uninterrupted_run_gives(texts: pd.DataFrame, tmp_path: Path) -> None:
    path = write(pd.concat([texts] * 5), tmp_path / "a.jsonl")
    measure_files(path, tmp_path / "whole", metrics=LITTLE, batch=10)
    for workers in ("1", "2"):
        out = tmp_path / workers
        command = [sys.executable, "-c", KILLED_AFTER_THREE_PARTS, str(path), str(out), workers]
        assert subprocess.run(command, cwd=CHECKOUT, start_new_session=True, check=False).returncode == -signal.SIGKILL
        assert 3 <= len(list(out.rglob("part-*.parquet"))) < 31
        measure_files(path, out, metrics=LITTLE, batch=10)
        pd.testing.assert_frame_equal(stored(out), stored(tmp_path / "whole"), check_exact=True)
        assert list(out.rglob("*.unfinished")) == []


# Wrong calls


@pytest.mark.parametrize(
    ("names", "options", "error", "says"),
    [
        (["a.txt"], {}, ValueError, r"a\.txt.*\.jsonl"),
        (["missing.jsonl"], {"make": False}, FileNotFoundError, r"missing\.jsonl"),
        ([], {}, ValueError, "No file"),
        (["a.jsonl"], {"units": "words"}, ValueError, "'sentences'.*, not 'words'"),
        (["a.jsonl"], {"columns": {"body": "text"}}, ValueError, "'text_id'.*, not 'body'"),
        (["a.jsonl"], {"batch": 0}, ValueError, "batch must be a whole number from 1, not 0; 5000 is usual"),
        (["a.jsonl"], {"workers": 100_000}, ValueError, "workers must be a whole number from 1 to "),
        (["a.jsonl"], {"client": "x"}, TypeError, "client must be a dask.distributed.Client, not str"),
        (["a.jsonl"], {"metrics": ["sentimant"]}, ValueError, "Did you mean sentiment"),
    ],
)
def test_an_invalid_call_writes_nothing(
    names: list[str], options: dict[str, Any], error: type[Exception], says: str, tmp_path: Path
) -> None:
    if options.pop("make", True):
        for name in names:
            (tmp_path / name).write_text("", encoding="utf-8")
    with pytest.raises(error, match=says):
        measure_files([tmp_path / name for name in names], tmp_path / "out", **options)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst", "a.parquet"])
def test_a_damaged_file_is_an_error_that_names_it(name: str, texts: pd.DataFrame, tmp_path: Path) -> None:
    path = write(texts, tmp_path / name)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ValueError, match=rf"{name} is damaged"):
        measure_files(path, tmp_path / "out", metrics=LITTLE, batch=20)


def test_frames_of_large_windows_one_after_the_other_are_read(texts: pd.DataFrame, tmp_path: Path) -> None:
    half = len(texts) // 2
    window = {zstd.CompressionParameter.window_log: 28}  # above what readers take unasked
    packed = [zstd.ZstdCompressor(options=window) for _ in range(2)]  # type: ignore[arg-type]
    frames = [
        each.compress(as_json_lines(rows)) + each.flush()
        for each, rows in zip(packed, (texts[:half], texts[half:]), strict=True)
    ]
    (tmp_path / "a.jsonl.zst").write_bytes(b"".join(frames))
    measure_files(tmp_path / "a.jsonl.zst", tmp_path / "out", metrics=LITTLE, batch=20)
    pd.testing.assert_frame_equal(stored(tmp_path / "out"), in_memory(texts, metrics=LITTLE), check_dtype=False)


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    for year in ("2019", "2020"):
        (tmp_path / year).mkdir()
        (tmp_path / year / "a.jsonl").write_text("", encoding="utf-8")
    for other in ("2020", "2019"):
        with pytest.raises(ValueError, match=r"Two files are called a\.jsonl.* or give it only once"):
            measure_files([tmp_path / "2019" / "a.jsonl", tmp_path / other / "a.jsonl"], tmp_path / "out")


def test_a_folder_with_other_results_or_files_is_left_alone(texts: pd.DataFrame, tmp_path: Path) -> None:
    path = write(texts, tmp_path / "a.jsonl")
    measure_files(path, tmp_path / "out", metrics=LITTLE)
    with pytest.raises(ValueError, match="other options and metrics: metrics"):
        measure_files(path, tmp_path / "out", metrics=LITTLE[:1])
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("x", encoding="utf-8")
    with pytest.raises(ValueError, match="not empty"):
        measure_files(path, tmp_path / "mine", metrics=LITTLE)
