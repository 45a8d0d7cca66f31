"""Exports of a few comments, and short forms of what is read from them."""

import json
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.adversarial_files import ARTICLE, written
from toolkit import import_summary, read_thread

TWO = [{"id": 1, "author": "Mira Kowal", "text": "Fine"}, {"id": 2, "author": "Jo Berg", "text": "No", "parent_id": 1}]
DUMP = json.dumps(TWO)
PAIR = "Fine - 1|No 1 2"  # text, the row that it answers, its reader; then likes
AL, CY = {"author": "Al", "text": "Fine"}, {"author": "Cy", "text": "No"}
ANN, BOB = {"display_name": "Ann Lee", "username": "ann"}, {"display_name": "Bob Roe", "username": "bob"}
Export = tuple[Any, ...]  # file, content, comments, what the import log says


def summary(texts: pd.DataFrame) -> str:
    """Give each comment as its text, the number of the one it answers, its reader and its likes."""
    below = texts.iloc[1:].astype(object)
    ids, said = [*below["text_id"]], []
    for text, above, author, likes in below[["text", "reply_to", "author", "likes"]].to_numpy().tolist():
        parent = "-" if pd.isna(above) else str(ids.index(above) + 1)
        reader = "-" if pd.isna(author) else str(int(author[-2:]))
        said.append(" ".join([text.replace(" ", "_"), parent, reader] + [str(likes)] * (not pd.isna(likes))))
    return "|".join(said)


def check_export(kind: str, export: Export, folder: Path) -> None:
    name, content, expected, *notes = export
    texts = read_thread(ARTICLE, written(folder, name, content), quiet=True)
    assert summary(texts) == expected
    if kind.startswith(("fields of", "columns in", "KakaoTalk")):
        assert {*texts.posted.iloc[1:].dt.strftime("%Y-%m-%d")} == {"2024-05-01"}
    said, log = import_summary(texts), texts.attrs["report"]["comments"]
    assert log["read"] == log["kept"] + sum(len(each["rows"]) for each in log["left_out"])
    assert [note for note in notes if note not in said] == []
    assert ("one page of several" in said) == ("one page of several" in notes)
    table = texts.to_csv()
    leaks = ("Kowal", "Berg", "mira@", "765", "not in the file", "dropped: Comment")
    assert not any(leak in table or leak in said for leak in leaks)
    if not isinstance(content, str | bytes):
        script = written(folder, "c.js", f"window.YTD.tweets.part0 = {json.dumps(content)};")
        assert summary(read_thread(ARTICLE, script, quiet=True)) == expected
