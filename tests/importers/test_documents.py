"""Word documents as Word shows them with changes accepted, PDF files without their margins, both within bounds."""

import io
import sys
import zipfile
import zlib
from typing import Any

import pytest
from helpers.adversarial_articles import _document
from helpers.work import Spy

from toolkit.importers.article import Article
from toolkit.importers.article_formats import read_article
from toolkit.importers.documents.pdf_operations import parse_operations

docx = pytest.importorskip("docx")
pypdf = pytest.importorskip("pypdf")
filters, cmap = map(pytest.importorskip, ("pypdf.filters", "pypdf._cmap"))

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
BUS = "The last bus leaves at ten."
WALK = "After that people walk home."


def run(text: str, inside: str = "{}") -> str:
    return inside.format(f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>')


def word(*paragraphs: str) -> Article:
    body = "".join(each if each.startswith("<w:") and "<w:p>" in each else f"<w:p>{each}</w:p>" for each in paragraphs)
    return read_article(_document(body), format="Word document")


def saved(document: Any) -> bytes:
    document.save(packed := io.BytesIO())
    return packed.getvalue()


def styled(body: str) -> bytes:
    """Pack a document with a hidden style and one of contents, as Word names them in some language."""
    made = docx.Document(io.BytesIO(_document(body)))
    for name, shown in (("Secret", "Secret"), ("Contents", "toc 1")):
        style = made.styles.add_style(name, 1)
        style.element.set(f"{W}styleId", name)
        style.element.find(f"{W}name").set(f"{W}val", shown)
    made.styles["Secret"].font.hidden = True
    return saved(made)


def blocks_of(article: Article) -> list[str]:
    return article.markdown.strip().split("\n\n")


@pytest.mark.parametrize(
    "inside",
    [
        "<w:ins w:id='1' w:author='Jo'>{}</w:ins>", "<w:moveTo w:id='1'>{}</w:moveTo>",
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>", "<w:smartTag>{}</w:smartTag>",
        "<w:hyperlink>{}</w:hyperlink>", "<w:fldSimple w:instr='DATE'>{}</w:fldSimple>",
        "<w:ins w:id='1'><w:hyperlink><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt></w:hyperlink></w:ins>",
    ],
)  # fmt: skip
def test_text_that_word_wraps_is_read(inside: str) -> None:
    article = word(run(f"{BUS} ") + run(WALK, inside), run(BUS))
    assert blocks_of(article) == [f"{BUS} {WALK}", BUS]
    changed = "w:id" in inside
    assert ("Tracked changes were read as accepted: 1." in article.notes) is changed


@pytest.mark.parametrize(
    "inside",
    [
        "<w:del w:id='1'>{}</w:del>",
        "<w:moveFrom w:id='1'>{}</w:moveFrom>",
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>",
        "<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>",
        "<w:r><w:drawing><w:p>{}</w:p></w:drawing></w:r>",
        "<w:r><w:rPr><w:rStyle w:val='Secret'/></w:rPr><w:t>hidden</w:t></w:r>",
        "<w:r><w:ruby><w:rt>{}</w:rt></w:ruby></w:r>",
        "<w:r><w:sym w:font='Wingdings' w:char='F0E0'/></w:r>",
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r>"
        "<w:fldChar w:fldCharType='end'/></w:r>{}<w:r><w:fldChar w:fldCharType='end'/></w:r>",
    ],
)
def test_what_is_deleted_hidden_or_a_placeholder_is_not_text(inside: str) -> None:
    body = f"<w:p>{run(BUS)}{run(WALK, inside)}</w:p>"
    assert blocks_of(read_article(styled(body + f"<w:p>{run(BUS)}</w:p>"))) == [BUS, BUS]


@pytest.mark.parametrize(
    ("part", "name"),
    [
        (f"<w:p><w:pPr><w:pStyle w:val='Secret'/></w:pPr>{run(WALK)}</w:p>", "hidden text"),
        (f"<w:p><w:pPr><w:pStyle w:val='Contents'/></w:pPr>{run(WALK)}</w:p>", "lines of contents"),
        ("<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
         f"<w:sdtContent><w:p>{run(WALK)}</w:p></w:sdtContent></w:sdt>", "tables of contents"),
        (f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p>{run(WALK)}</w:p></w:tc></w:tr></w:tbl>", "hidden text"),
        ("<w:altChunk/>", "inserted files"), ("<w:p><w:r><w:footnoteReference w:id='2'/></w:r></w:p>", "footnotes"),
        ("<w:p><w:r><w:endnoteReference w:id='2'/></w:r></w:p>", "footnotes"),
        ("<w:p><w:r><w:sym w:char='F0E0'/></w:r></w:p>", "symbols of picture fonts"),
        (f"<w:p><m:oMath xmlns:m='{MATH}'>{run(WALK)}</m:oMath></w:p>", "formulas"),
        (f"<w:p><w:r><w:pict>{run(WALK)}</w:pict></w:r></w:p>", "drawings and text boxes"),
    ],
)  # fmt: skip
def test_what_is_left_out_of_a_word_document_is_counted_by_its_name(part: str, name: str) -> None:
    article = read_article(styled(f"<w:p>{run(BUS)}</w:p>{part}<w:p>{run(BUS)}</w:p>"))
    assert blocks_of(article) == [BUS, BUS]
    assert f"Left out: {name} 1." in article.notes


def test_comments_in_the_margin_are_offered_with_the_comment_that_they_answer() -> None:
    made = docx.Document(io.BytesIO(_document(f"<w:p>{run(BUS)}</w:p><w:p>{run(BUS)}</w:p>")))
    for text, author in (("Is that so?\nAsk the driver.", "Ann Lee"), ("He said ten.", "Bo Ray"), ("", "Cy Oak")):
        made.add_comment(made.paragraphs[0].runs, text, author)
    named = made.part._comments_part.element
    for each, number in zip(named.iter(f"{W}p"), ("A1", "A2", "A3", "A4"), strict=True):
        each.set("{http://schemas.microsoft.com/office/word/2010/wordml}paraId", number)
    word15 = "http://schemas.microsoft.com/office/word/2012/wordml"
    extended = (
        f"<w:commentsEx xmlns:w='{word15}'><w:commentEx w:paraId='A2'/>"
        "<w:commentEx w:paraId='A3' w:paraIdParent='A2'/></w:commentsEx>"
    )
    part = docx.opc.part.Part(docx.opc.packuri.PackURI("/word/commentsExtended.xml"), "text/xml", extended.encode())
    made.part.relate_to(part, "http://schemas.microsoft.com/office/2011/relationships/commentsExtended")
    article = read_article(saved(made))
    assert [(each.comment_id, each.reply_to, each.author, each.text) for each in article.comments] == [
        ("0", "", "Ann Lee", "Is that so?\n\nAsk the driver."), ("1", "0", "Bo Ray", "He said ten."),
    ]  # fmt: skip
    assert all(each.posted.startswith("20") for each in article.comments)
    assert blocks_of(article) == [BUS, BUS]
    assert "2 comments were found in the margin; they are not part of the article." in article.notes


@pytest.mark.parametrize(
    ("about", "level"),
    [
        ("<w:pStyle w:val='Chapter'/>", "##"), ("<w:pStyle w:val='Deep'/>", "##"), ("<w:pStyle w:val='Mine'/>", "###"),
        ("<w:outlineLvl w:val='1'/>", "###"), ("<w:outlineLvl w:val='9'/>", ""), ("<w:pStyle w:val='Round'/>", ""),
    ],
)  # fmt: skip
def test_headings_are_recognised_by_base_style_and_outline_level(about: str, level: str) -> None:
    made = docx.Document(io.BytesIO(_document(f"<w:p>{run(BUS)}</w:p><w:p><w:pPr>{about}</w:pPr>{run('Why')}</w:p>")))
    names = ("Heading 1", "Chapter", "Deep", "Mine", "Round", "Other")
    styles = {name: made.styles.add_style(name, 1) for name in names}
    for name, base in {"Chapter": "Heading 1", "Deep": "Chapter", "Round": "Other"}.items():
        styles[name].base_style = styles[base]
    styles["Other"].base_style = styles["Round"]
    outline = styles["Mine"].element.get_or_add_pPr()
    outline.append(outline.makeelement(f"{W}outlineLvl", {f"{W}val": "1"}))
    assert blocks_of(read_article(saved(made))) == [BUS, f"{level} Why".strip()]


@pytest.mark.parametrize(
    ("before", "raised", "after", "text"),
    [
        ("The bus left.", "1", " Then", "The bus left. Then"), ("The town", "12", " said", "The town said"),
        ("A bus", "*", "", "A bus*"), ("It has 9 m", "2", " of room", "It has 9 m2 of room"),
        ("On the 5", "th", " day", "On the 5th day"), ("The town,", "3, 4", " they say", "The town, they say"),
    ],
)  # fmt: skip
def test_typed_footnote_marks_are_not_words(before: str, raised: str, after: str, text: str) -> None:
    mark = f"<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>{raised}</w:t></w:r>"
    assert blocks_of(word(run(before) + mark + run(after))) == [text]


def test_a_table_that_lays_out_text_is_read_by_its_paragraphs_and_a_page_break_parts_words() -> None:
    rows = [
        f"<w:tc><w:p>{run(JOINED)}</w:p><w:p>{run(BUS)}</w:p></w:tc><w:tc><w:p>{run('• Ten')}</w:p></w:tc>",
        f"<w:tc><w:p>{run(BUS)}</w:p><w:p>{run(WALK)}</w:p></w:tc>",
        f"<w:tc><w:p>{run('Ten')}</w:p><w:p>{run('or so')}</w:p></w:tc><w:tc><w:p>{run('Bus')}</w:p></w:tc>",
    ]
    table = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    page = f"<w:p>{run('One.')}<w:r><w:br w:type='page'/></w:r>{run('Two.')}</w:p>"
    article = read_article(_document(table + page), format="Word document")
    assert blocks_of(article) == [JOINED, BUS, "- Ten", BUS, WALK, "Ten or so | Bus", "One. Two."]


OTHER = f"<x:AlternateContent xmlns:x='{COMPATIBLE}'><x:Choice>{run('new')}</x:Choice>{{}}</x:AlternateContent>"
TABLE = "<w:tbl><w:tr>{}</w:tr></w:tbl>"
CELLS = f"<w:tc><w:p>{run('Ten')}</w:p></w:tc><w:tc><w:p>{run('Bus')}</w:p></w:tc>"
JOIN = f"<w:p><w:pPr><w:rPr><w:{{}} w:id='1'/></w:rPr></w:pPr>{run(f'{BUS} ')}</w:p>"
DEL = JOIN.format("del")
SHOWN = {
    "for older programs": (OTHER.format(f"<x:Fallback>{run('old')}</x:Fallback>"), ["old"]),
    "for any program": (OTHER.format(""), ["new"]),
    "signs by number": ("<w:r><w:t>Ten</w:t><w:ptab/></w:r><w:r><w:sym w:char='20AC'/></w:r>", ["Ten €"]),
    "an open field": (f"{run(BUS)}<w:r><w:fldChar w:fldCharType='begin'/></w:r></w:p><w:p>{run(WALK)}", [BUS, WALK]),
    "switched off": (f"<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>{BUS}</w:t></w:r>", [BUS]),
    "a deleted mark": (f"{DEL}<w:p>{run(WALK)}</w:p>", [f"{BUS} {WALK}"]),
    "a moved mark": (f"{JOIN.format('moveFrom')}<w:p>{run(WALK)}</w:p>", [f"{BUS} {WALK}"]),
    "marks around a table": (f"{DEL}{TABLE.format(f'<w:tc>{DEL}</w:tc>')}{DEL}", [BUS, BUS, BUS]),
    "a control around a table": (
        f"<w:p>{run(BUS)}</w:p><w:sdt><w:sdtContent><w:p>{run(WALK)}</w:p>{TABLE.format(CELLS)}</w:sdtContent></w:sdt>"
        f"<w:p>{run(BUS)}</w:p>", [BUS, WALK, "Ten | Bus", BUS],
    ),
} | {
    f"{columns:,} columns": (
        TABLE.format(f"<w:tc><w:tcPr><w:gridSpan w:val='{columns}'/></w:tcPr><w:p>{run(BUS)}</w:p></w:tc>"), [BUS]
    ) for columns in (100_000, 10**9)
}  # fmt: skip


@pytest.mark.parametrize("name", SHOWN)
def test_text_is_read_as_word_shows_it(name: str) -> None:
    body, blocks = SHOWN[name]
    body = body if body.startswith(("<w:p>", "<w:tbl>")) else f"<w:p>{body}</w:p>"
    assert blocks_of(read_article(_document(body))) == blocks


def test_deleted_rows_and_cells_and_merged_cells_are_read_as_word_shows_them() -> None:
    def cell(text: str, about: str = "") -> str:
        return f"<w:tc><w:tcPr>{about}</w:tcPr><w:p>{run(text)}</w:p></w:tc>"

    rows = [
        cell("Line", "<w:gridSpan w:val='3'/>") + cell("Late", '<w:vMerge w:val="restart"/>'),
        "<w:trPr><w:del w:id='1'/></w:trPr>" + cell("Gone") + cell("Gone"),
        cell("Gone", "<w:cellDel w:id='1'/>") + cell("Nine") + cell("unseen", "<w:vMerge/>"),
    ]
    article = word("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>")
    assert blocks_of(article) == ["Line | Late", "Nine"]
    assert "Tracked changes were read as accepted: 2." in article.notes


def test_a_word_document_of_too_many_tags_is_refused_and_of_many_empty_paragraphs_read() -> None:
    with pytest.raises(ValueError, match=r"more than 500,000 tags.*Split it up"):
        read_article(_document(f"<w:p>{run(BUS)}</w:p>" + "<w:p/>" * 750_000))
    assert blocks_of(read_article(_document(f"<w:p>{run(BUS)}</w:p>" + "<w:p/>" * 20_000))) == [BUS]


def word_document() -> bytes:
    document = docx.Document()
    document.core_properties.author = "Eve Sample"
    document.add_heading("Late Buses", 0)
    document.add_paragraph("The last bus leaves at ten. # is its sign.")
    document.add_heading("What to do", 1)
    document.add_paragraph("Walk.", style="List Bullet")
    document.add_paragraph("Cycle.", style="List Number")
    document.add_paragraph("Buses are for daylight.", style="Quote")
    return saved(document)


def test_a_word_document_keeps_title_headings_lists_and_quotes() -> None:
    article = read_article(word_document())
    assert article.markdown == (
        "# Late Buses\n\nThe last bus leaves at ten. # is its sign.\n\n## What to do\n\n- Walk.\n- Cycle.\n\n"
        "> Buses are for daylight.\n"
    )
    assert (article.author, article.format, article.published) == ("", "Word document", None)
    assert any("properties was not taken" in note for note in article.notes)  # often who saved the file


# ---- PDF


def pdf(contents: list[bytes], pages: list[int], more: tuple[bytes, ...] = (), *, fonts: str = "/F 3 0 R") -> bytes:
    """A PDF whose page n shows its content by number; object 50 is the form X or what is needed."""
    first = 5
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>", 3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"}
    for at, content in enumerate(contents, first):
        packed = zlib.compress(content)
        objects[at] = b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(packed), packed)
    objects |= dict(enumerate(more, 50))
    resources = f"<</Font<<{fonts}>>/XObject<</X 50 0 R>>>>".encode()
    for at, content_number in enumerate(pages, 100):
        objects[at] = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents %d 0 R/Resources%b>>" % (
            first + content_number,
            resources,
        )
    kids = b" ".join(b"%d 0 R" % at for at in range(100, 100 + len(pages)))
    objects[2] = b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, len(pages))
    out, offsets = io.BytesIO(b"%PDF-1.5\n"), {}
    out.seek(0, io.SEEK_END)
    for number in sorted(objects):
        offsets[number] = out.tell()
        out.write(b"%d 0 obj%bendobj\n" % (number, objects[number]))
    start, size = out.tell(), max(objects) + 1
    rows = (b"%010d 00000 n \n" % offsets[n] if n in offsets else b"0000000000 65535 f \n" for n in range(size))
    out.write(
        b"xref\n0 %d\n%btrailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (size, b"".join(rows), size, start)
    )
    return out.getvalue()


def lines(*shown: str) -> bytes:
    return ("BT /F 12 Tf 50 750 Td " + " ".join(f"({line}) Tj 0 -14 Td" for line in shown) + " ET").encode("latin-1")


OPENING = [
    "The last bus leaves the town hall at ten in the evening and",
    "does not wait, and the people who are late, says the town,",
]
CLOSING = ["walk home along the river until somebody has counted them", "and has written the number down."]
JOINED = " ".join(OPENING + CLOSING)


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        (["5/1/24, 10:00 AM Late Buses - Town Herald"], ["https://town.example/buses {n}/2"]),
        (["5/1/24, 10:00 AM"], ["https://town.example/buses", "{n}/2"]),
        (["01.05.2024, 10:00 Late Buses"], ["https://town.example/a/very/long/address?with=queries {n}/2"]),
        (["Late Buses https://town.example/buses"], ["{n} of 2 5/1/24, 10:00"]),
        ([], ["5/1/24, 10:00 AM Late Buses", "file:///home/ana/buses.html {n}/2"]),
        ([], ["2024-05-01, 22:00 Late Buses", "www.town.example/buses Page {n} of 2"]),
        (["1. Mai 2024 um 10:00 Late Buses"], ["https://town.example/buses Seite {n} von 2"]),
        (["Late Buses 1 de mayo de 2024, 10:00"], ["https://town.example/buses", "P\xe1gina {n} de 2"]),
        (["Late Buses 1 mai 2024 \xe0 10:00"], ["https://town.example/buses", "Page {n} sur 2"]),
        ([], ["https://town.example/buses Pagina {n} di 2", "01/05/24, 10:00 Late Buses"]),
    ],
)
def test_what_a_browser_prints_in_margins_is_dropped_and_the_sentence_is_one(head: list[str], foot: list[str]) -> None:
    def page(number: int, body: list[str]) -> bytes:
        return lines(*(each.format(n=number) for each in (*head, *body, *foot)))

    assert read_article(pdf([page(1, OPENING), page(2, CLOSING)], [0, 1])).markdown == f"{JOINED}\n"


@pytest.mark.parametrize(
    ("stated", "title", "above"),
    [
        ("Late Buses - Town Herald", "Late Buses", ""),
        ("Late Buses", "Late Buses", ""),
        ("Late Buses of Town", "Late Buses of Town", "Late\n\nBuses\n\n"),
        ("Town Herald", "Town Herald", "Late\n\nBuses\n\n"),
    ],
)
def test_the_title_of_a_printed_page_is_no_paragraph_too(stated: str, title: str, above: str) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([lines("Late", "Buses", *OPENING, *CLOSING)], [0])))
    writer.add_metadata({"/Title": stated})
    writer.write(out := io.BytesIO())
    article = read_article(out.getvalue())
    assert (article.title, article.markdown) == (title, f"# {title}\n\n{above}{JOINED}\n")


def test_one_printed_page_loses_its_margins_too() -> None:
    shown = ["5/1/24, 10:00 AM Late Buses", *OPENING, *CLOSING, "https://town.example/buses 1/1"]
    assert read_article(pdf([lines(*shown)], [0])).markdown == f"{JOINED}\n"


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        (["The well-known bus is late, as", "it is so often, and a well-", "known bus it is."],
         "The well-known bus is late, as it is so often, and a well-known bus it is."),
        (["Two of us and a few thirds", "of the town, perhaps two-", "thirds of it, are late."],
         "Two of us and a few thirds of the town, perhaps two-thirds of it, are late."),
        (["The committee was late, as", "it is often, but the com-", "mittee had to come."],
         "The committee was late, as it is often, but the committee had to come."),
        (["The town was late, as the un-", "known bus had told Mr. Dr.", "Oak that it will be late."],
         "The town was late, as the unknown bus had told Mr. Dr. Oak that it will be late."),
        (["The bus is late.1 Nobody at", "the stop knows why.2", "1. Minutes", "2. Letters"],
         "The bus is late. Nobody at the stop knows why.\n\n- Minutes\n- Letters"),
        (["The bus is late.3 Nobody at", "the stop knows why it is.2"],
         "The bus is late.3 Nobody at the stop knows why it is.2"),
    ],
)  # fmt: skip
def test_hyphens_at_line_ends_are_closed_unless_words_have_them_and_notes_go(shown: list[str], text: str) -> None:
    assert read_article(pdf([lines(*shown)], [0])).markdown == f"{text}\n"


def test_bullets_that_are_drawn_and_numbers_that_are_written_begin_the_items_of_a_list() -> None:
    circle, number = "0 0 m 9 9 l S", "BT /F 12 Tf 40 {y} Td (3. ) Tj ET"
    items = [(circle, OPENING[0]), (circle, "Ask the town."), (number, "Walk home."), ("", "Nobody knows.")]
    content = "".join(
        f"/{'Lbl' if label else 'P'} <</MCID {n}>> BDC {label.format(y=600 - 14 * n)} EMC "
        f"BT /F 12 Tf 50 {600 - 14 * n} Td ({text}) Tj ET "
        for n, (label, text) in enumerate(items)
    )
    article = read_article(pdf([lines(*OPENING, *CLOSING) + content.encode()], [0]))
    assert blocks_of(article) == [JOINED, f"- {OPENING[0]}\n- Ask the town.\n- Walk home.", "Nobody knows."]


def test_numbers_dates_and_addresses_of_a_text_are_kept() -> None:
    first = "Of the buses, 1/2 are late, as the town counted on 5/1/24, 10:00 AM"
    text = read_article(pdf([lines(first, *CLOSING, "It is at https://town.example")], [0])).markdown
    assert "1/2 are late" in text
    assert "5/1/24, 10:00 AM" in text
    assert "https://town.example" in text


def test_pages_that_share_their_content_are_read_once() -> None:
    content = lines(*[f"The bus number {n} is late and we want a new one." for n in range(3_000)])
    assert len(content) * 200 > 20_000_000
    with pytest.raises(ValueError, match=r"no text besides its title|10,000,000"):
        read_article(pdf([content], [0] * 200))


def stream(content: bytes, extra: bytes = b"", packing: bytes = b"/FlateDecode") -> bytes:
    packed = zlib.compress(content) if packing == b"/FlateDecode" else content
    return b"<<%b/Filter%b/Length %d>>stream\n%b\nendstream" % (extra, packing, len(packed), packed)


FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
CALLED = tuple(stream(b"/X Do " * 20, FORM % (51 + n)) for n in range(9))
DRAWN = b"0 0 m 1 1 l S\n"
FONT = b"<</Type/Font/Subtype/Type0/BaseFont/T/Encoding/Identity-H/DescendantFonts[51 0 R]/ToUnicode 52 0 R>>"
CID = (
    b"<</Type/Font/Subtype/CIDFontType2/BaseFont/T/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>"
)
RANGE = b"begincmap 1 beginbfrange <0000> <%b> <0000> endbfrange endcmap"
FONTS = " ".join(f"/F{n} 50 0 R" for n in range(200))


@pytest.mark.parametrize(
    ("more", "drawn"),
    [
        ((stream(DRAWN * 250_000, FORM % 50),), b" /X Do"),
        ((*CALLED, stream(DRAWN * 1_428, FORM % 50)), b" /X Do"),
        ((), DRAWN * 400_000),
        ((), b"BI /W 1 /H 1 ID a EI " * 90_000),
        ((b"<</Title(" + b"a" * 3_000_000 + b")>>",), b""),
        ((FONT, CID, stream(RANGE % b"fffe")), b"/Tf"),
        ((FONT, CID, stream(b"begincmap" + b" " * 2_100_000 + b"endcmap")), b"/Tf"),
        ((stream(b"z" * 3_100_000, FORM % 50, b"/ASCII85Decode"),), b" /X Do"),
        ((stream(b"\x80\x0b" * 1_600_000, FORM % 50, b"/LZWDecode"),), b" /X Do"),
    ],
    ids=["a form", "forms in forms", "lines", "pictures", "a title", "a wide map", "a long map", "ASCII85", "LZW"],
)
def test_a_pdf_of_little_text_is_refused(
    more: tuple[bytes, ...], drawn: bytes, monkeypatch: pytest.MonkeyPatch, spy: Spy
) -> None:
    monkeypatch.setattr("toolkit._limits.FEW_PDF_OPERATIONS", 15_000)  # they are counted as they are drawn
    monkeypatch.setattr("toolkit._limits.FEW_PDF_BYTES", 2_500_000)
    unpacked = spy(filters, "a85decode")
    content = pdf([lines(*OPENING, *CLOSING) + drawn], [0], more, fonts=FONTS if drawn == b"/Tf" else "/F 3 0 R")
    with pytest.raises(ValueError, match=r"draws or holds far more than its text\..*copy its text") as refused:
        read_article(content.replace(b"trailer<<", b"trailer<</Info 50 0 R"))
    assert refused.type is ValueError
    assert not unpacked.called


def test_a_document_that_repeats_a_paragraph_is_read_as_long_as_it_has_few(monkeypatch: pytest.MonkeyPatch) -> None:
    paragraph = "<w:p><w:r><w:t>Bus {} is late.</w:t></w:r></w:p>"
    same, numbered = (_document("".join(map(paragraph.format, each))) for each in ([7] * 4_000, range(4_000)))
    assert read_article(same).markdown.count("Bus 7 is late.") == 4_000
    monkeypatch.setattr("toolkit.importers.documents.word.FEW_WORD_TAGS", 0)
    assert read_article(numbered).markdown.count("is late.") == 4_000
    with pytest.raises(ValueError, match=r"tags in .* bytes, which repeat\..*the article"):
        read_article(same)


def test_a_pdf_that_repeats_a_line_is_read_as_long_as_it_has_few(monkeypatch: pytest.MonkeyPatch) -> None:
    content = pdf([lines(*OPENING) + b"BT /F 9 Tf " + b"10 -12 Td (Ten buses.) Tj " * 4_000 + b"ET"], [0])
    assert read_article(content).markdown.count("Ten buses.") == 4_000
    monkeypatch.setattr("toolkit._limits.FEW_DRAWN", 400)
    with pytest.raises(ValueError, match="draws or holds far more than its text"):
        read_article(content)


def test_letters_that_are_spaced_one_by_one_are_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Browsers move along the line behind each letter of text that is justified or spaced."""
    monkeypatch.setattr("toolkit._limits.FEW_PDF_OPERATIONS", 1_000)
    shown = b" ".join(b" ".join(b"(%c) Tj 5.5 0 Td" % each for each in b"The bus.") + b" -44 -14 Td" for _ in range(99))
    content = pdf([b"BT /F 9 Tf 50 750 Td " + shown + b" ET"], [0])
    assert read_article(content).markdown.count("The bus.") == 99
    monkeypatch.setattr("toolkit._limits.DRAWN_PER_BYTE", 0)
    monkeypatch.setattr("toolkit._limits.FEW_DRAWN", 1_000)  # there are 792 letters, and as many steps
    with pytest.raises(ValueError, match="draws or holds far more than its text"):
        read_article(content)


@pytest.mark.parametrize(
    "drawn",
    [
        b"[(The) 20 (bu) -18 (s) -19.5 (is) -300 (la) 9 (te) (.)] TJ 0 -14 Td (It) Tj ( is) Tj",
        rb'(\(a\051 \\) Tj <4> Tj <41 4> Tj <414> Tj 1 2 (z) " [-300 (a) (b)] TJ',
        b"/P <</MCID 0/A (x)>> BDC /N#41 gs [[1] 2] 0 d .5 w -1.w 12Tj (so (it) is) ' (x)Tj % (no) Tj\n(y) Tj EMC",
        b"BT (ab) Tj (c) Tj (d) Tj ET q 1 0 0 -1 0 0 cm (ef) Tj (gh) Tj 30 0 Td (x) Tj Q T* (i) Tj",
        b"(a) Tj BI /W 1 /H 1 ID (b) Tj EI (c) Tj (d) Tj",
    ],
    ids=["kerning", "strings", "operands", "places", "a picture"],
)
def test_operations_are_those_that_the_library_parses(drawn: bytes) -> None:
    def text(*, parsed: bool) -> str:
        page = pypdf.PdfReader(io.BytesIO(pdf([b"BT /F 9 Tf 10 700 Td " + drawn + b" ET"], [0]))).pages[0]
        if parsed:
            parse_operations(page)
        return page.extract_text(visitor_text=lambda *_: None)

    assert text(parsed=True) == text(parsed=False) != ""


def test_letters_in_a_row_are_shown_at_once() -> None:
    page = pypdf.PdfReader(io.BytesIO(pdf([b"BT /F 9 Tf " + b"(a) Tj [(b) 5 (c)] TJ " * 50 + b"ET"], [0]))).pages[0]
    parse_operations(page)
    operations = page["/Contents"].operations
    assert [operator for _, operator in operations] == [b"BT", b"Tf", b"TJ", b"ET"]
    assert operations[2][0] == [[b"a", b"bc" + b"abc" * 49, *[5] * 50]]


@pytest.mark.parametrize(
    ("limit", "few", "drawn", "fonts"),
    [
        ("FEW_PDF_OPERATIONS", 2_000, b" /X Do" * 50, "/F 3 0 R"),  # 50 operations, each of which begins a form
        ("FEW_PDF_OPERATIONS", 2_000, b" 0 Tc" * 50, "/F 3 0 R " + FONTS.replace("50 0", "3 0")),  # 201 names of a font
        ("FEW_PDF_OPERATIONS", 2_000, b" BT /F 9 Tf [" + b"() -9 " * 5_000 + b"(bus)] TJ ET", "/F 3 0 R"),
        ("FEW_PDF_CHARACTERS", 20_000, b" BT /F 9 Tf (" + b"bus " * 8_000 + b") Tj ET", "/F 3 0 R"),
        ("FEW_PDF_BYTES", 30_000, b" BT /F 9 Tf (" + b"bus " * 8_000 + b") Tj ET", "/F 3 0 R"),
    ],
    ids=["forms", "fonts", "strings", "characters", "bytes"],
)
def test_each_repeat_counts(limit: str, few: int, drawn: bytes, fonts: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = pdf([lines(*OPENING, *CLOSING) + drawn], [0], (stream(b" ", FORM % 50),), fonts=fonts)
    assert "bus" in read_article(content).markdown
    monkeypatch.setattr(f"toolkit._limits.{limit}", few)
    with pytest.raises(ValueError, match="draws or holds far more than its text"):
        read_article(content)


def test_a_table_of_very_many_objects_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit._limits.MOST_PDF_OBJECTS", 100)
    assert read_article(pdf([lines(*OPENING, *CLOSING)], [0])).markdown == f"{JOINED}\n"  # it has 101
    with pytest.raises(ValueError, match=r"more than 100 objects\. Print it as PDF again"):
        read_article(pdf([lines(*OPENING, *CLOSING)], [0]).replace(b"\nxref\n", b"0000000009 00000 n \n" * 101))


@pytest.mark.parametrize("last", [b"ffff", b"00ff"])
def test_the_font_of_text_recognition_has_no_65536_entries(last: bytes, spy: Spy) -> None:
    mapped = spy(cmap, "parse_bfrange")
    shown = b" ".join(b"<%b> Tj 0 -14 Td" % line.encode("utf-16-be").hex().encode() for line in [*OPENING, *CLOSING])
    content = b"BT /F 12 Tf 50 750 Td " + shown + b" ET"
    more = (FONT, CID, stream(RANGE % last))
    read = read_article(pdf([content], [0], more, fonts="/F 50 0 R"))
    assert read.markdown == f"{JOINED}\n"
    assert [call.args[0].split()[1] for call in mapped.call_args_list if last == b"ffff"] in ([], [b"0001"])


def test_the_lines_of_a_pdf_are_joined_and_running_heads_dropped() -> None:
    first = ["Late Buses of a Town", "The last bus leaves the town hall at ten in the even-", "ing and does not wait."]
    rest = ["Nobody knows who decided this, and nobody at the town", "hall would say it. They meet again in March."]
    pages = [
        ["Town Paper, page 1", *first],
        ["Town Paper, page 2", *rest],
        ["Town Paper, page 3", "Then it will vote on it."],
    ]
    article = read_article(pdf([lines(*page) for page in pages], [0, 1, 2]))
    assert article.markdown == (
        "# Late Buses of a Town\n\nThe last bus leaves the town hall at ten in the evening and does not wait.\n\n"
        "Nobody knows who decided this, and nobody at the town hall would say it. They meet again in March.\n\n"
        "Then it will vote on it.\n"
    )
    assert "3 repeated lines" in article.notes[0]


@pytest.mark.parametrize("dates", [True, False])
def test_a_pdf_of_a_page_has_its_comments_apart_or_warns_of_them(dates: bool) -> None:
    said = ["Ann Lee", *["May 1, 2024"] * dates, "Open it in the evening.", "Bo Ray", *["May 2, 2024"] * dates, "No."]
    page = ["Late Buses", *OPENING, *CLOSING, "They meet again.", "2 comments", *said]
    article = read_article(pdf([lines(*page)], [0]))
    assert [(each.author, each.text) for each in article.comments] == [
        ("Ann Lee", "Open it in the evening."), ("Bo Ray", "No."),
    ][: 2 * dates]  # fmt: skip
    assert ("Open it" not in article.markdown) is dates
    assert any("a line announces them" in note for note in article.notes) is not dates


@pytest.mark.parametrize(
    ("text", "turned"), [("المكتبة تغلق أبوابها قبل موعدها", True), ("הספרייה נסגרת מוקדם יותר", True), (BUS, False)]
)
def test_a_pdf_of_text_from_right_to_left_is_warned_of(text: str, turned: bool) -> None:
    content = b"BT /F 12 Tf 50 750 Td <%b> Tj ET" % text.encode("utf-16-be").hex().encode()
    article = read_article(pdf([content], [0], (FONT, CID, stream(RANGE % b"ffff")), fonts="/F 50 0 R"))
    assert any("from right to left may be out of order" in note for note in article.notes) is turned


def test_a_pdf_of_menus_is_warned_of() -> None:
    article = read_article(pdf([lines(*OPENING, *CLOSING, "", *["Sport", "Culture", "Bridge closed"] * 9)], [0]))
    assert any(note.startswith("Warning: some of this may not be the article") for note in article.notes)


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 60_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"PK\x03\x04 broken", "Word document", "damaged Word document"),
        (b"\xd0\xcf\x11\xe0 old", "Word document", "old .* or encrypted"),
        (bomb(), "Word document", "would unpack to more than"),
        (b"%PDF-1.4 broken", "PDF", "damaged PDF"),
        (b"no pdf at all", "PDF", "is not a PDF"),
        (pdf([lines("")], [0]), "PDF", "scanned images"),
        (pdf([lines("5/1/24, 10:00 AM", "https://example.org/hours 1/1")], [0]), "PDF", "scanned images"),
    ],
    ids=["broken archive", "old word", "bomb", "broken pdf", "no pdf", "pictures", "pictures in a browser"],
)
def test_a_bad_document_gets_one_clear_error(content: bytes, name: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_article(content, format=name)


@pytest.mark.parametrize(("name", "library"), [("Word document", "docx"), ("PDF", "pypdf")])
def test_a_missing_library_is_named_with_its_extra(name: str, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.delitem(sys.modules, f"toolkit.importers.documents.{'pdf' if name == 'PDF' else 'word'}")
    with pytest.raises(ImportError, match=r"below-the-line\[documents\]"):
        read_article(b"x", format=name)
