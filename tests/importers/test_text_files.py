"""Files as text: opened within bounds, decoded without guessing, refused with a next step."""

import gzip
import json
from pathlib import Path

import pytest

from toolkit.importers.import_log import ImportLog, row_list
from toolkit.importers.text_files import read_bytes, read_text, well_formed

CURLY = "It isn’t over – café €5."


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (CURLY.encode("utf-8"), CURLY),
        (b"\xef\xbb\xbf" + CURLY.encode("utf-8"), CURLY),
        (CURLY.encode("utf-16"), CURLY),
        (b"\xfe\xff" + CURLY.encode("utf-16-be"), CURLY),
        (CURLY.encode("utf-32"), CURLY),
        (CURLY.encode("cp1252"), CURLY),
        (b"isn+IBk-t", "isn+IBk-t"),  # UTF-7 is never tried
        (gzip.compress(CURLY.encode("utf-8"), mtime=0), CURLY),
    ],
)
def test_a_text_is_read_in_the_encoding_it_has(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(content)
    assert read_text(path) == expected
    if content[:2] != b"\x1f\x8b":
        assert read_text(content) == expected


@pytest.mark.parametrize(
    "text",
    [
        "press äöüß, or Äh",
        "©®©® is no mark",
        "the keys àéèùç are above\nna",
        "5 m³ a day, m² too",
        "¿Qué? Sí¿no? pagué 3³",
        "það er gott brauð og ég þakka fyrir",
        "Novotný and Starý pumped 5m³s an hour",
        "os nºs 3 e 4, o 1º e o 2ºandar",
        "Miloš Forman byl tady, je to dobré",
        "Rong sõidab õhtul, ütles Jõgi ja Tõnis",
        "Perché è così? Più in là, però",
        "Camões põe o pão, não é?",
        "C'est sûr, le goût du café",
        "Bien sûr, il a dû payer en août. Désolé!",
        "Nous fûmes émus, vous fûtes élus.",
        "Miloš a très bien joué, où ça?",
        "Søren og Miloš læste på øen",
        "Šešelj blev dømt, Žižek læste om det længe",
        "Det er ærgerligt, mener Møller, og Žan har læst det i Køge",
        "Tõnu käis tõesti õues, eks",
        "the Erdõs number of é, Erdõs said",
    ],
)
def test_one_run_of_signs_is_not_text_in_another_alphabet(text: str) -> None:
    assert read_text(text.encode("cp1252")) == text


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (CURLY.encode("utf-16-le"), "utf-16-le"), ("Это война, и она ужасна.".encode("koi8-r"), "encoding='koi8-r'"),
        *((f"text\n{text}\n".encode(codec), f"encoding='{codec}'") for codec, text in (
            ("shift_jis", "これは戦争です。"), ("cp949", "이것은 전쟁입니다."), ("gb18030", "这是战争，很可怕。"),
            ("cp1251", "Это война, и она ужасна."), ("big5", "這是戰爭，我們在這裡，很可怕的。"),
            ("cp1253", "Αυτό είναι πόλεμος, και είναι φοβερός."), ("cp1255", "זו מלחמה, והיא נוראה."),
            ("cp1256", "هذه هي الحرب، وهي رهيبة في كل البلاد"), ("cp1250", "To było straszne, kiedy miałem sąsiada."),
            ("iso-8859-2", "Pociąg już nie jeździ, sąsiedzi."), ("iso-8859-2", "Vlak už nejezdí, škoda, včera."),
            ("cp1250", "Vlak ne vozi več, škoda, je dejal župan včeraj."), ("iso-8859-15", "Il coûte 5 € là."),
            ("cp1257", "Tai didelė gėda, nebevažiuoja."), ("cp1257", "Vilciens vairs nekursē mūsu pilsētai."),
            ("cp1250", "Tűzkő nem jár erre, ez őrület. Miért?"), ("cp1250", "Příští vlak už nejezdí vůbec."),
            ("cp1250", "Možda će doći večeras, ali neće moći."),
            ("cp1250", "Așa este, şi mâine".replace("ș", "ş")), ("cp1250", "Každý sa čuduje prečo, je to škoda."),
            ("cp1254", "Çok kötü bir savaş, hepsi korkunçtu, ağır yaşadık."))),
        (("id,author,text\n" + "1,someone who writes,yes\n" * 50 + "2,王小明,这是战争\n").encode("gb18030"), "gb18030"),
        *((f"text\n{text}\n".encode(codec), f"encoding='{codec}'") for codec, text in (
            ("cp850", "Das Schwimmbad für alle Bürger, schön war es."),
            ("cp850", "Así que el niño pequeño aprendió aquí."),
            ("cp850", "Le président a décidé, c'est très français."),
            ("cp852", "Prodali bazén, střecha byla právě zaplacená."))),
        (b"caf\xe9 \x81 \x8d", "encoding="),
        (b"\x89PNG\r\n\x1a\n\0\0", "picture"), (b"%PDF-1.7 abc", "PDF"), (bytes(range(256)) * 8, "is not text"),
        (b"", "empty"), (b" \n\t ", "empty"), (b"\xef\xbb\xbf", "empty"),
        *(("text\nFine café — isn’t it?\n".encode(each), each) for each in ("mac_roman", "utf-16-be", "utf-16-le")),
    ],
)  # fmt: skip
def test_what_is_no_text_or_needs_its_encoding_named_is_refused(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "thing.txt"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=why):
        read_text(path)


def test_a_sign_of_currency_is_no_euro_beside_curly_quotes() -> None:
    assert read_text("It’s “5 ¤” each — no…".encode("cp1252")) == "It’s “5 ¤” each — no…"


def test_a_named_encoding_is_used_and_checked() -> None:
    assert read_text("Это война".encode("koi8-r"), encoding="koi8-r") == "Это война"
    with pytest.raises(ValueError, match="no encoding 'klingon'"):
        read_text(b"abc", encoding="klingon")
    with pytest.raises(ValueError, match="is not valid utf-8: byte 3"):
        read_text(b"caf\xe9", encoding="utf-8")


def test_a_missing_file_and_a_folder_have_different_errors(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"no file .*nowhere\.txt"):
        read_text(tmp_path / "nowhere.txt")
    with pytest.raises(ValueError, match="is a folder"):
        read_bytes(tmp_path)
    with pytest.raises(FileNotFoundError):
        read_text("x" * 5000)


def test_size_is_bounded_before_and_after_unpacking(tmp_path: Path) -> None:
    large, bomb = tmp_path / "large.txt", tmp_path / "bomb.gz"
    large.write_bytes(b"a" * 1001)
    bomb.write_bytes(gzip.compress(b"\0" * 50_000_000))
    with pytest.raises(ValueError, match="1,001 characters; the limit is 1,000"):
        read_text(large, limit=1000)
    with pytest.raises(ValueError, match="more than 1,000,000 bytes unpacked"):
        read_bytes(bomb, limit=1_000_000)
    with pytest.raises(ValueError, match="more than 40,000,004 bytes unpacked"):
        read_text(bomb)


def test_a_damaged_archive_is_reported_as_one(tmp_path: Path) -> None:
    path = tmp_path / "cut.gz"
    path.write_bytes(gzip.compress(b"some words " * 100)[:-20])
    with pytest.raises(ValueError, match="damaged gzip archive"):
        read_bytes(path)


def test_halves_of_surrogate_pairs_are_joined_or_replaced() -> None:
    assert well_formed("fire \ud83d\udd25, half \ud83d end") == "fire 🔥, half \ufffd end"
    assert well_formed("plain") == "plain"
    assert well_formed("w\0ar") == read_text(b"w\0ar" + b" is bad" * 9)[:3] == "war"


def test_an_import_log_counts_by_reason_and_names_rows() -> None:
    log = ImportLog("comments.csv", "table with commas")
    log.read, log.kept = 13, 2
    for row in range(2, 13):
        log.leave_out(row, "empty")
    log.note(3, "date could not be read")
    log.note(0, "Dates without a time zone were taken as UTC.")
    assert log.summary().splitlines() == [
        "comments.csv (table with commas): 13 read, 2 kept, 11 left out.",
        "  Left out: empty: 11 (rows 2, 3, 4, 5, 6, 7, 8, 9 and 3 more)",
        "  Kept, but changed: date could not be read: 1 (row 3)",
        "  Note: Dates without a time zone were taken as UTC.",
    ]
    plain = json.loads(json.dumps(log.as_dict()))
    assert plain["left_out"] == [{"what": "empty", "rows": [*range(2, 13)]}]
    assert plain["changed"] == [{"what": "date could not be read", "rows": [3]}]
    assert row_list([7]) == "row 7"
