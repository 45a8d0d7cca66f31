"""Exports as they are found: changed by pandas and spreadsheets, in other notations, with marks and stubs."""

import json
import random
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from helpers.adversarial_files import ARTICLE, written

from toolkit import import_summary, measure_files, read_thread
from toolkit.importers.comment_formats import read_comments
from toolkit.importers.comments_table import comments_table

SAMPLES = Path(__file__).parents[1] / "samples"


def read(folder: Path, content: Any, name: str = "c.csv", **options: Any) -> pd.DataFrame:
    texts = read_thread(ARTICLE, written(folder, name, content), name="t", **options)
    return texts.iloc[1:].reset_index(drop=True)


def parents(texts: pd.DataFrame) -> list[str]:
    return ["" if pd.isna(each) else str(each).rpartition("/")[2] for each in texts["reply_to"]]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("59848,,a\n59849,59848.0,b\n59850,59849.0,c\n", ["", "59848", "59849"]),
        ("59848.0,,a\n59849.0,59848.0,b\n59850.0,59849,c\n", ["", "59848", "59849"]),
        ("1,0.0,a\n2,1,b\n3,root,c\n", ["", "1", ""]),
        ('59848,nan,a\n59849,"59848,0",b\n59850,"59849,00",c\n', ["", "59848", "59849"]),
        ("id,parent_id,link_id,text\nj2abc12,2176145757,2176145757,a\nj2abd34,41497121702.0,2176145757,b\n",
         ["", "j2abc12"]),
        ("ts,thread_ts,text\n17.1,17.1,a\n17.2,17.1,b\n", ["", "17-1"]),  # of Slack
        ("Unnamed: 0,parent_id,text\n0,,a\n1,,b\n2,1,c\n", ["", "", "1"]),
        ("1,None,a\n2,t1_1,b\n3,-1,c\n", ["", "1", ""]),
        ("0,,a\n1,0,b\n2,1,c\n", ["", "0", "1"]),  # counted from 0, and the first is not a reply
        ("1,.,a\n2,1,b\n3,.,c\n", ["", "1", ""]),  # of SAS
        ("id,references,text\n1,[],a\n2,\"[\"\"1\"\"]\",b\n3,\"['1', '2']\",c\n", ["", "1", "2"]),
        ("commenthex,parenthex,text\n1,root,a\n2,1,b\n", ["", "1"]),
        ("hash,parentHash,text\n0x1,,a\n0x2,0x1,b\n", ["", "0x1"]),
        ("id~parent~text\n1~~a, b\n2~1~c\n", ["", "1"]),
        ("id::parent::text\n1::::a: b\n2::1::c\n", ["", "1"]),
        ('"id"^"parent"^"text"\n"1"^""^"a, b"\n"2"^"1"^"c"\n', ["", "1"]),
        ("1,nan,a\n2,<NA>,b\n3,1.2,c\n", ["", "", "2"]),
        ("7,,a\n8,7,b\n9,7/8,c\n", ["", "7", "8"]),
        ("a1,t3_x,a\nb2,t1_a1,b\nc3,undefined,c\n", ["", "a1", ""]),
        ("t1_a1,t3_x,a\nt1_b2,t1_a1,b\n", ["", "a1"]),
        ("name,parent_id,link_id,text\nt1_a1,t3_x,t3_x,a\nt1_b2,t1_a1,t3_x,b\n", ["", "a1"]),
        ("id,reply_parent,text\n11,,a\n12,11,b\n", ["", "11"]),
        ("post_id,parent_id,text\n11,,a\n12,11,b\n", ["", "11"]),
        ("post_id,parent_id,text\n9,,a\n9,,b\n", ["", ""]),
        ("post_id,parent_id,text\n7,,a\n9,7,b\n9,7,b\n8,9,c\n", ["", "7", "9"]),
        ("post_id,topic_id,reply_to_post_id,text\n11,5,,a\n12,5,11,b\n", ["", "11"]),
        ("id,post_id,parent_id,text\n11,9,9,a\n12,9,11,b\n", ["", "11"]),
        ("12,-,a\n13,#12,b\n14,@13,c\n", ["", "12", "13"]),
        ('\'1,,a\n\'2,\'1,b\n"1,003","=""2""",c\n', ["", "1", "2"]),
        ("1,false,a\n2,In reply to #1,b\n3,>>2,c\n", ["", "1", "2"]),
        ("1,N/A,a\n2,/1,b\n3,https://x.example/a#comment-2,c\n", ["", "1", "2"]),
        ("1,,a\n2,[1],b\n3,https://x.example/a?commentID=2,c\n", ["", "1", "2"]),
        ("007,\\N,a\n008,7,b\n9,08,c\n", ["", "007", "008"]),
        ("comment-1,,a\ncomment-2,1,b\ncomment-3,COMMENT-2,c\n", ["", "comment-1", "comment-2"]),
        ("6f96-8b86,,a\nx2,{6F96-8B86},b\nx3,t1_x2,c\n", ["", "6f96-8b86", "x2"]),
        ("id,path,text\n1,1,a\n2,1/2,b\n3,0.1.2.3,c\n", ["", "1", "2"]),
        ("id,path,text\n1,/news/bridge,a\n2,/news/1,b\n", ["", ""]),  # a path of an address
        ("id,path,text\n10,/10/,a\n11,/10/11/,b\n", ["", "10"]),
        ("path,text\na,x\na/b,y\na/b/c,z\nd,e\n", ["", "a", "c0003", ""]),
        ("id,text\n1,x\n1-1,y\n1-2,z\n2,e\n", ["", "1", "1", ""]),
        ("permalink,in_reply_to,text\nhttps://x.example/p#c-1,,x\nhttps://x.example/p#c-2,https://x.example/p/#c-1,y\n",
         ["", "c0002"]),
    ],
)  # fmt: skip
def test_parents_are_found_however_they_are_written(tmp_path: Path, rows: str, expected: list[str]) -> None:
    texts = read(tmp_path, rows if "text" in rows else f"id,parent_id,text\n{rows}")
    assert parents(texts) == expected
    assert "not in the file" not in import_summary(texts)
    assert "circle" not in import_summary(texts)
    assert "articles" not in import_summary(texts)


def test_what_a_table_of_isso_holds_back_is_left_out(tmp_path: Path) -> None:
    table = "id,text,author,mode,remote_addr\n1,a,Al,1,x\n2,b,Bo,2,x\n3,,,4,x\n"
    assert read(tmp_path, table)["text"].tolist() == ["a"]


def test_a_name_is_of_a_reader_though_reddit_calls_the_ids_of_comments_so(tmp_path: Path) -> None:
    texts = read(tmp_path, "name,parent_id,link_id,text\nWilhelmina,,9,a\nOtto,,9,No Wilhelmina\n")
    assert texts["author"].tolist() == ["Reader 01", "Reader 02"]
    assert "Wilhelmina" not in texts.to_csv()


def test_a_float_column_of_a_data_frame_keeps_its_ids() -> None:
    frame = pd.DataFrame(
        {"id": [59848, 59849], "parent_id": [None, 59848], "text": ["Great", "No"], "author": ["A", "B"]}
    )
    assert parents(read_thread(ARTICLE, frame, quiet=True).iloc[1:]) == ["", "59848"]


@pytest.mark.parametrize("rounded", ["1.01589E+16", "1,01589E+16", "1.01589e16", "1E+16", "1294030000000000000"])
def test_ids_rounded_by_a_spreadsheet_are_not_ids(tmp_path: Path, rounded: str) -> None:
    rows = "".join(
        f'"{rounded}",{parent},{text}\n' for parent, text in (("", "One"), (f'"{rounded}"', "Two"), ("", "Three"))
    )
    texts = read(tmp_path, "comment_id,parent_id,message\n" + rows)
    assert texts["text"].tolist() == ["One", "Two", "Three"]
    assert texts["text_id"].tolist() == ["t/c0002", "t/c0003", "t/c0004"]
    assert parents(texts) == ["", "", ""]
    assert "rounded by a spreadsheet" in import_summary(texts)


def test_a_workbook_keeps_no_more_digits_of_an_id_than_it_has(tmp_path: Path) -> None:
    frame = pd.DataFrame({"id": [1.79441234567890e18, 1.79441234567890e18], "user": ["Al", "Bo"], "text": ["a", "b"]})
    frame.to_excel(tmp_path / "c.xlsx", index=False)
    texts = read_thread(ARTICLE, tmp_path / "c.xlsx", name="t", quiet=True).iloc[1:]
    assert texts["text_id"].tolist() == ["t/c0002", "t/c0003"]
    assert "rounded by a spreadsheet" in import_summary(texts)


def test_a_rounded_parent_is_not_taken_for_an_id_within_it(tmp_path: Path) -> None:
    texts = read(tmp_path, "id,parent_id,text\nc1,,One\nc23,1.23E+18,Two\n")
    assert parents(texts) == ["", ""]
    assert "rounded by a spreadsheet; take the ids from the original file: 1 (row 3)" in import_summary(texts)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('{"text":"Great plan, I love it"}', "Great plan, I love it"),
        ('{"text":"Hi "},{"text":"there","link":{"linkUrl":"x"}}', "Hi there"),
        ('{"takeoutSegments":[{"text":"It is fine."}]}', "It is fine."),
        ('[{"text":"One "},{"text":"two"}]', "One two"), ('{"runs":[{"text":"One"}]}', "One"),
        ("{not JSON}", "{not JSON}"), ("[deletes] it {a}", "[deletes] it {a}"), ('{"a": 1}', '{"a": 1}'),
        ('{"ops":[{"insert":"It "},{"insert":"is","attributes":{"bold":true}},{"insert":"\\n"}]}', "It is"),
        ("[{'insert': 'Fine\\n'}]", "Fine"),
        ('{"type":"doc","content":[{"type":"p","content":[{"type":"text","text":"It is."}]},'
         '{"type":"p","content":[{"type":"text","text":"So"},{"type":"text","text":" it is"}]}]}', "It is.\nSo it is"),
        ('[{"type":"p","children":[{"text":"It is."}]},{"type":"p","children":[{"text":"So."}]}]', "It is.\nSo."),
        ('{"blocks":[{"text":"It is.","inlineStyleRanges":[]},{"text":"So.","inlineStyleRanges":[]}]}', "It is.\nSo."),
        ('{"rendered": "<p>Fine</p>"}', "Fine"), ("{'text': 'It is', 'n': 3}", "It is"),
        (r"""{'text': "It's \"so\"", 'n': None, 'on': True, 'at': (1, (2,))}""", 'It\'s "so"'),
        (r"""[{'text': 'It\'s "so" \\ \xe9\u20ac \U0001f600 (None)'}]""", 'It\'s "so" \\ é€ 😀 (None)'),
        (f"{{'text': '{'Fine. ' * 2_000}', 'n': None}}", ("Fine. " * 2_000).strip()),
        ("Great_x000D_\nplan_x000a_too", "Great\nplan\ntoo"),
    ],
)  # fmt: skip
def test_a_text_in_json_inside_a_cell_is_unpacked(cell: str, text: str) -> None:
    table = pd.DataFrame({"Comment Text": [cell]})
    assert read_thread(ARTICLE, table, name="t")["text"].tolist()[1:] == [text]


def test_a_table_whose_columns_are_not_named_says_where_names_may_be(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="delete the rows above them"):
        read(tmp_path, "Only a title\nWho;What\nAl;Great\n")
    with pytest.raises(ValueError, match=r"Found: who, words, n\. Name the fields: columns=\{'text': 'words'"):
        read(tmp_path, {"x": {"items": [{"who": "Al", "words": "Great plan it is", "n": 3}]}}, "c.json")
    for above in ("", "Only a title\n", "A title,,\n,,\n"):
        with pytest.raises(ValueError, match=r"no column 'Coment' for text\. Found: Who, Comment, n\. Give"):
            read(tmp_path, f"{above}Who,Comment,n\nAl,Great,3\n", columns={"text": "Coment"})
    texts = read(tmp_path, {"x": {"items": [{"by": "Al", "words": "Fine"}]}}, "c.json", columns={"text": "words"})
    assert texts["text"].tolist() == ["Fine"]
    assert "The comments were taken from the list at x.items." in import_summary(texts)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1.000", "12.345", "2.000", "1,2K"], [1000, 12345, 2000, 1200]),
        (["3 points", "1 point", "12 likes", "1.2K points"], [3, 1, 12, 1200]),
        (["1.0", "2.0", "12345.0"], [1, 2, 12345]),
        (["1,234", "+5", "-3", "\u22124", "1,234.00"], [1234, 5, -3, -4, 1234]),
        (["1.5M", "2k", "1’234", "3 456"], [1_500_000, 2000, 1234, 3456]),
        (["1.000", "1.5"], [1, None]),
        (["1,23,456", "12,34,567 likes", "3千"], [123_456, 1_234_567, 3000]),
        (["1,2 Tsd.", "2 Mio.", "1.1 thousand", "3万"], [1200, 2_000_000, 1100, 30_000]),
        (["\u20133", "3\u202f456", "1.2E+03", "👍 12", "2 people like this"], [-3, 3456, 1200, 12, 2]),
        (["3 points · 2 replies", "1.2k likes | 4 shares", "12 • Reply", "One person liked it"], [3, 1200, 12, 1]),
        (["2,31 mil", "1 mil", "1,2 M"], [2310, 1000, 1_200_000]),
        (["1,2 mil.", "2 mil"], [None, None]),
        (["many", "3.7", "", "12/3", "2 mil", "12x", "9" * 5_000], [None] * 7),
    ],
)
def test_likes_are_read_as_a_column(cells: list[str], expected: list[int | None]) -> None:
    frame = pd.DataFrame({"text": ["x"] * len(cells), "author": "Al", "likes": cells})
    read_likes = read_thread(ARTICLE, frame, quiet=True)["likes"].tolist()[1:]
    assert [None if pd.isna(each) else each for each in read_likes] == expected


GONE = (
    "[deleted]|[removed]|[ Removed by Reddit ]|[removed by moderator]|This comment has been deleted.|[deleted by user]"
    "|This comment was removed by a moderator because it broke the rules. So are replies.|Post deleted by its author"
    "|<deleted>|(removed)|*This comment has been removed*|[Comment removed by moderator]|[gelöscht]|[supprimé]"
    "|Kommentar wurde gelöscht|This comment violated our policy and has been removed.|deleted|[dead] [flagged]"
    "|This user has been suspended.|This Post is from a suspended account.|This Tweet is unavailable.|account deleted"
    "|(post withdrawn by author, will be automatically deleted in 24 hours unless flagged)|You deleted this message"
    "|This post was flagged by the community and is temporarily hidden.|Content no longer available|[unavailable]"
    "|Dieser Beitrag wurde von der Redaktion entfernt.|Entfernt. Bitte bleiben Sie sachlich. Die Redaktion"
    "|Commentaire supprimé par la modération|Este comentario ha sido eliminado|Este comentário foi removido"
    "|Questo commento è stato eliminato|Commento rimosso dai moderatori|Comentário excluído pelo autor"
    "|Deze reactie is verwijderd|Комментарий удалён|该评论已被删除"
    "|このコメントは削除されました|삭제된 댓글입니다|Deleted!|Komentarz usunięty przez moderatora"
    "|This comment is awaiting moderation.|This review has been removed for violating our content policy"
    "|Eliminaste este mensaje.|Se eliminó este mensaje|Du hast diese Nachricht gelöscht.|Vous avez supprimé ce message"
    "|Usunięto tę wiadomość|Ta wiadomość została usunięta|Hai eliminato questo messaggio|Você apagou esta mensagem"
    "|Esta mensagem foi apagada|Bu mesaj silindi|Je hebt dit bericht verwijderd|Tämä viesti poistettiin"
    "|このメッセージは削除されました"
)
STUBS = (
    "continue this thread|Continue this thread →|View more replies|load 12 more|Load more comments (12 replies)"
    "|View 3 more replies|12 more replies|View all 14 replies|Comment score below threshold"
)


@pytest.mark.parametrize(
    ("reason", "text"),
    [("deleted", text) for text in GONE.split("|")]
    + [("stub of further comments", text) for text in STUBS.split("|")]
    + [("pingback", "Pingback: The bridge | A blog")],
)
def test_what_is_only_the_mark_of_a_comment_is_left_out(tmp_path: Path, reason: str, text: str) -> None:
    texts = read(tmp_path, [{"author": "Al", "text": text}, {"author": "Bo", "text": "Fine"}], "c.json")
    assert texts["text"].tolist() == ["Fine"]
    assert f"Left out: {reason}: 1 (row 1)" in import_summary(texts)


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("removed", True, "deleted"), ("isHidden", "true", "deleted"), ("deleted_at", "2024-05-01", "deleted"),
        ("comment_type", "order_note", "service message"), ("comment_type", "edd_payment_note", "service message"),
    ],
)  # fmt: skip
def test_any_field_that_says_so_leaves_a_comment_out(tmp_path: Path, field: str, value: Any, reason: str) -> None:
    rows = [
        {"text": "Fine", "deleted": False, "moderated_at": "2024-05-01", "comment_type": "community_note", field: None},
        {"text": "Gone", "deleted": False, field: value},
    ]
    texts = read(tmp_path, rows, "c.json")
    assert texts["text"].tolist() == ["Fine"]
    assert f"Left out: {reason}: 1 (row 2)" in import_summary(texts)
    (tmp_path / "c.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found = measure_files(tmp_path / "c.jsonl", tmp_path / "out", metrics=["words"])
    assert (found["rows"].sum(), found["texts"].sum()) == (2, 1)


@pytest.mark.parametrize(
    "text",
    [
        "Deleted the tweet.", "Deleted account", "Removed from this thread", "On deleted posts", "Apagou",
        "Deleted scenes are the best.", "This comment deserves more likes.", "Post removed the paywall, I think.",
        "*Removed* is a strange word.", "[sic]", "This comment has been deleted twice already, stop it",
        "My comment was deleted again!", "Why was this comment removed?", "Flagged.", "He is dead.",
        "Show me more replies", "This post was removed and I had to write it again.",
        "The message hidden in the film is clear.", "This word 评论已删除",
    ],
)  # fmt: skip
def test_what_only_speaks_of_deleting_stays(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, [{"author": "Al", "text": text}], "c.json")["text"].tolist() == [text]


def test_a_file_without_names_says_so_loudly_and_masks_after_at_signs(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("id,text\n1,@Mira Kowal I disagree\n", encoding="utf-8")
    with pytest.warns(UserWarning, match="No names of commenters were found"):
        texts = read_thread(ARTICLE, tmp_path / "c.csv", quiet=True)
    assert texts["text"].iloc[1] == "@someone I disagree"
    assert "Note: WARNING: No names of commenters were found in this file" in import_summary(texts)


@pytest.mark.parametrize(
    ("own", "kept"),
    [
        ("zebulonquagmire1", False), ("zquagmire", False), ("ZebulonQ-17", False), ("comment-zebulon-quagmire", False),
        ("447946001000", False), ("203.0.113.100", False), ("a1b2c3", True), ("26853969", True),
        ("12345678901234567", True),
    ],
)  # fmt: skip
def test_ids_that_are_names_addresses_or_numbers_of_people_are_replaced(tmp_path: Path, own: str, kept: bool) -> None:
    texts = read(tmp_path, f"id,author,text\n{own},Zebulon Quagmire,war is bad and sad\n")
    assert texts["text_id"].iloc[0] == (f"t/{own}" if kept else "t/c0002")


def test_names_in_file_names_columns_and_titles_are_masked_in_the_import_log(tmp_path: Path) -> None:
    content = (
        "id,author,text,thread,answer of Zebulon Quagmire\n1,Zebulon Quagmire,war,https://e.example/@zquagmire77,x\n"
    )
    content += "2,Ann Lee,sad,Letter of Zebulon Quagmire,y\n"
    texts = read(tmp_path, content, "Comments of Zebulon Quagmire.csv")
    said = import_summary(texts) + json.dumps(texts.attrs)
    assert not [each for each in ("Zebulon", "uagmire", "Ann Lee") if each in said]
    assert "Comments of Reader 01.csv" in said


def test_an_address_gets_the_advice_to_save_the_page_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, "www.example.com", "author,text\nAl,Fine\n")
    assert read_thread(ARTICLE, "www.example.com", quiet=True)["text"].tolist()[1:] == ["Fine"]
    for address in ("https://example.org/a", "http://example.org/a.csv", "www.example.org"):
        with pytest.raises(ValueError, match="Save the page first"):
            read_thread(address)
        with pytest.raises(ValueError, match="Save the page first"):
            read_thread(ARTICLE, address)


ODD: tuple[Any, ...] = (None, [], {}, [None], [[]], {"name": {}}, "", "x" * 50, -1, 1e300, True, "\ud83d", "9" * 400)


def places_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, each in inner for place in [(*path, key), *places_in(each, (*path, key))]]


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.json*")), ids=lambda path: path.name)
def test_odd_values_anywhere_in_an_export_end_in_a_table_or_a_documented_error(path: Path, tmp_path: Path) -> None:
    chance = random.Random(path.name)
    whole = path.read_text(encoding="utf-8")
    whole = f"[{','.join(whole.splitlines())}]" if path.suffix == ".jsonl" else whole
    for at in range(40):
        document = json.loads(whole)
        *above, last = chance.choice(places_in(document))
        inner = document
        for key in above:
            inner = inner[key]
        inner[last] = chance.choice(ODD)
        odd = tmp_path / f"{at}.json"
        odd.write_text(json.dumps(document), encoding="utf-8")
        try:
            raw, log = read_comments(odd)
        except ValueError as error:
            assert str(error)  # noqa: PT017 - an error is one of two right ends
            continue
        table = comments_table(raw, log, thread_id="t")
        assert log.read == len(table) + len(log.left_out)
        assert table["text_id"].is_unique


def test_ids_of_an_archive_hold_no_name_that_its_file_is_called_by(tmp_path: Path) -> None:
    for name in ("Comments of Mira Kowal.jsonl", "Mira-Kowal.jsonl", "RC_2024-05.jsonl"):
        (tmp_path / name).write_text('{"text": "Great plan"}\n', encoding="utf-8")
        measure_files(tmp_path / name, tmp_path / f"{name}.out", metrics=["words"])
        (own,) = pd.read_parquet(tmp_path / f"{name}.out" / "data")["text_id"]
        assert own == f"{name}:1" if name.startswith("RC") else own.startswith("file-")
        assert "Kowal" not in own


def test_parents_and_ids_of_an_archive_that_are_names_become_numbers(tmp_path: Path) -> None:
    rows = [("Mira Kowal", "Great plan", ""), ("b 2", "No way", "Mira Kowal"), ("c", "Yes, way", "b 2")]
    lines = [json.dumps({"text_id": own, "text": text, "reply_to": up}) for own, text, up in rows]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    measure_files(tmp_path / "a.jsonl", tmp_path / "out", metrics=["words"])
    found = pd.read_parquet(tmp_path / "out" / "data")
    assert [*found.text_id[1:]] == ["b 2", "c"]
    assert [*found.reply_to[1:]] == [found.text_id[0], "b 2"]
    assert found.text_id[0].startswith("id-")


def test_archives_reject_what_an_import_leaves_out_as_deleted(tmp_path: Path) -> None:
    lines = [{"id": "a1", "body": "Great plan"}, {"id": "a2", "body": "[deleted]"}, {"id": "a3", "body": "[removed]"}]
    (tmp_path / "RC.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    found = measure_files(tmp_path / "RC.jsonl", tmp_path / "out", metrics=["words"], columns={"text": "body"})
    assert (found["rows"].sum(), found["texts"].sum()) == (3, 1)
    assert (tmp_path / "out" / "rejects.csv").read_text(encoding="utf-8").count("deleted") == 2


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Wann,Wer,Was", r"Found: Wann, Wer, Was\. .*columns=\{'text': 'Was', 'author': '\.\.\.'\}"),
        (",".join(f"f{n}" for n in range(50)), r"Found: f0, .*f19 and 30 more\. "),
        ("Wann,Was ist?", r"Found: Wann, Was ist\?\. "),
        (
            "Zeitstempel,Wie heißen Sie? (Vor- und Nachname),Was halten Sie von den Plänen der Stadt?",
            r"columns=\{'text': 'Was halten Sie von den Plänen der Stadt\?', 'author': 'Wie heißen Sie\? \(Vor- und ",
        ),
        ("Zeitstempel der Erstellung,Kanal,Gesagtes", r"columns=\{'text': 'Gesagtes', "),
        ("date,user,Antwort auf Mira Kowal", r"Found: date, user, column 3\. "),
        ("2025-01-01,Mira Kowal,It is late.", r"comments' text\. The first row"),  # a row of data is never shown
        ("Mira Kowal,mira@example.org,x", r"comments' text\. The first row"),
    ],
)
def test_unknown_columns_are_listed_by_names_that_name_nobody(header: str, expected: str, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(f"{header}\n1,Jo,This is what I want to say.\n", encoding="utf-8")
    with pytest.raises(ValueError, match=expected) as caught:
        read_thread(ARTICLE, tmp_path / "x.csv", quiet=True)
    assert "Kowal" not in str(caught.value)


def test_a_column_named_like_a_person_is_noted_by_number(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("id,text,Letter of Mira Kowal,Created By\n1,This is late,x,y\n", encoding="utf-8")
    said = import_summary(read_thread(ARTICLE, tmp_path / "x.csv"))
    assert "Unused columns dropped: column 3, Created By" in said
