"""Every bound of reading: what a file may hold before it is refused, so that a few bytes cannot take minutes.

Real files stay far below. A bound called FEW_... leaves small files alone: above it a file may hold as much as its
length, or what was read of it, accounts for.
"""

from typing import Final

# Texts
LONGEST_TEXT: Final = 10_000_000  # characters of one text, everywhere in the toolkit: ten long novels
LONGEST_COMMENT: Final = 1_000_000  # characters; forums allow a tenth at most
MOST_LINES: Final = 100_000  # of one text: "War and Peace" has 66,000

# Files and what they unpack to
LARGEST_FILE: Final = 500_000_000  # bytes of a file of many texts, unpacked; larger ones are for measure_files
FEW_UNPACKED: Final = 50_000_000  # bytes that any packed file may unpack to, and
MOST_PACKED: Final = 50  # times its size: text packs to a third or a tenth
FEW_PACKED: Final = 400_000  # packed bytes that any file may have, and
LEAST_PACKED: Final = 1.5  # times what they unpack to: gzip takes 20 bytes for an empty part
FEW_PACKS, PACK_LENGTH = 10_000, 200  # parts that are packed each by itself; and bytes on average, if there are more

# Comments as JSON, XML and tables
FEW_PARTS: Final = 100_000  # objects, values or lines of JSON, beside one in 25 characters: empty ones fill the memory
FEW_MARKS, MARK_LENGTH = 500_000, 30  # tags and entities of HTML in a file; and characters for each, if more
FEW_XML_TAGS: Final = 100_000  # and as many attributes, beside one in 16 characters
FEW_MESSAGES, MESSAGE_LENGTH = 20_000, 500  # of a mailbox, each parsed by itself; and bytes on average, if more
FEW_MAIL_PARTS, MAIL_PART_LENGTH = 5_000, 200  # of messages; and bytes on average, if there are more
FEW_ENCODED, ENCODED_LENGTH = 20_000, 100  # words of headers beyond ASCII; and bytes of the file for each, if more
LONGEST_NAMESPACE: Final = 1_000  # characters of an address that XML repeats in the name of each tag
MOST_NESTED_NAMES: Final = 20  # objects in each other that may hold the name of a person
FEW_ROWS: Final = 100_000  # comments of any export, however short they are, and
ROW_LENGTH: Final = 24  # characters of one on average, if there are more: an id and "first!" take 14
FEW_OBJECTS, OBJECT_LENGTH = 50_000, 40  # the same of JSON and of chats, where each has a name and a day besides
FEW_NAME_WORDS, NAME_WORD_LENGTH = 60_000, 60  # parts of names, a third of those that recur; characters for each
FEW_NAMES: Final = 2_000  # whose every form is looked for; of more, those of names that the texts may have, unless
TEXT_OF_NAME: Final = 500  # characters for each name make it quicker to look for all
FEW_SIGNS, SIGN_LENGTH = 100_000, 20  # in comments, at which names and lines begin; and characters for each, if more,
SIGNS_OF_EACH: Final = 5  # beside these of each comment: its end, and people whom it tags without saying more
FEW_CONTACTS, CONTACT_LENGTH = 30_000, 100  # addresses and numbers that are masked; and characters for each, if more
FEW_NAMED, NAMED_LENGTH = 100_000, 50  # words at which a name may begin, without @; and characters for each, if more
FEW_WORDS, WORD_LENGTH = 40_000, 50  # different ones, in comments that may not be English; and characters for each more
MOST_DATE_FORMS: Final = 10_000  # of dates in a column: days and months in words, in one zone, make 84
MOST_COLUMNS: Final = 16_384  # of a table, and fields of JSON objects: no spreadsheet has more
MOST_IN_ROW: Final = 1_000_000  # delimiters of a line, those within texts among them

# Spreadsheets
LARGEST_SHEET: Final = 200_000_000  # bytes of an XLSX file's parts, unpacked, and
FEW_SHEET_BYTES: Final = 20_000_000  # beside `MOST_PACKED` times the file's size
MOST_SHEETS: Final = 1_000  # each is opened to see whether it is empty
MOST_FORMATS: Final = 1_000  # of numbers: a spreadsheet has 250, and each is searched for the letters of dates
MOST_ROWS: Final = 1_500_000  # of all sheets: no spreadsheet has more than 1,048,576 in one
MOST_CELLS: Final = 10_000_000  # of a sheet, empty ones among them: a distant cell makes all before it
EMPTY_PER_FILLED: Final = 100  # empty cells for each filled one, beside the first million
FEW_SHEET_CHARACTERS: Final = 10_000_000  # of all cells: one string may be used by many, and
CHARACTERS_PER_BYTE: Final = 10  # of the unpacked file, of which a cell takes 30
FEW_SHEET_TAGS: Final = 100_000  # beside
TAGS_PER_CELL: Final = 10  # or shared string: they take 3 to 6, and a run of formatting ten
FEW_STRINGS: Final = 100_000  # shared strings beside those that cells use

# Documents
LARGEST_DOCUMENT: Final = 50_000_000  # bytes
MOST_UNPACKED: Final = 200_000_000  # bytes of all that a Word document holds, and a quarter of it for its text
MOST_MEMBERS: Final = 10_000  # files in a Word document
MOST_WORD_TAGS: Final = 500_000  # opening and closing ones, in all its parts, and
FEW_WORD_TAGS, WORD_TAGS_PER_BYTE = 200_000, 5  # in any file, and per byte of it: a table of numbers has three
MOST_WORD_ATTRIBUTES: Final = 1_000_000  # in all its parts
MOST_PAGES: Final = 2_000  # of a PDF
# Read and drawn for a PDF's text, which takes 10 to 40 bytes and a tenth of an operation per character:
FEW_PDF_BYTES, PDF_BYTES_PER_CHARACTER = 1_000_000, 60
FEW_PDF_OPERATIONS, PDF_OPERATIONS_PER_CHARACTER = 80_000, 1.25  # one and more in a scan whose words were recognised
OPERATIONS_PER_FORM, OPERATIONS_PER_FONT = 40, 15  # as long as it takes to begin one, and to read one for a page
FEW_DRAWN, DRAWN_PER_BYTE = 40_000, 2  # operations in any file, and per byte of it: repeated ones pack to nothing
FEW_PDF_CHARACTERS: Final = 1_000_000  # beside as many per byte: a book of 300 pages
MOST_PDF_OBJECTS: Final = 400_000  # in its table, which is read first
LARGEST_PDF_STREAM: Final = 2_000_000  # bytes of one stream, unpacked

# Web pages
LARGEST_PAGE: Final = 200_000_000  # bytes of a page or an archive of one, with the pictures in it
MOST_TAGS, TAG_LENGTH = 100_000, 40  # of a page, and characters for each if more; a comment takes 16
MOST_PAGE_COMMENTS: Final = 6_000  # of a page: sites show a few hundred at a time, and a thousand take half a second
MOST_ATTRIBUTES: Final = 500  # of one tag; the parser's time grows with their square
FEW_ATTRIBUTES, MOST_BEYOND = 3, 100_000  # of a tag; and, in a whole page, those beyond the first few of each tag
DEEP, MOST_IN_DEEP = 300, 15_000  # levels, each of which makes every step longer; elements of a page that has them
FEW_ELEMENTS, ELEMENT_LENGTH = 30_000, 20  # of a page without its comments; and characters for each, if more
LONGEST_PAGE: Final = 2_500_000  # characters shown in a page without its comments: two long novels
MOST_EXTRACTED: Final = 10_000  # elements that trafilatura is given, and
MOST_SHORT: Final = 3_000  # texts in a row of up to as many characters as the next line says: cells of a long table;
LONGEST_SHORT: Final = 200  # above that, the last resort of trafilatura is not asked, which takes their square
MOST_NESTED: Final = 200  # tags in each other, as it reads the text of each again
MOST_NAMES: Final = 30_000  # different classes; a page of 5,000 comments may name three for each
MOST_STYLED: Final = 50_000  # selectors that style sheets hide, and as many that they show
MOST_FRAMED: Final = 50_000  # tags in all frames that were saved within a page
MOST_LINKED_DATA: Final = 80_000  # objects and lists of JSON-LD in a page
MOST_PARTS: Final = 10_000  # of an MHTML archive: its pictures and styles
VALUES_PER_PART: Final = 15  # of a web archive of Safari, which has seven for each, and their names
MOST_NESTED_PARTS: Final = 20  # multipart in multipart; browsers write one or two
LONGEST_HEADER: Final = 20_000  # bytes before the content of a part, and
LONGEST_HEADERS: Final = 4_000_000  # of all parts

# Files larger than memory
LONGEST_LINE: Final = 64_000_000  # bytes of a line of JSON or CSV
MOST_VALUES: Final = 1_000_000  # of a line of JSON, and cells of a line of CSV: a few bytes can become many objects
BATCH_BYTES: Final = 16_000_000  # after which a batch ends, even if it has fewer rows than asked for
FEW_STREAMED: Final = 5_000_000  # bytes that any archive may unpack to, and
MOST_STREAMED: Final = 100  # times what was read of it: rows that are all alike pack to a hundredth
LARGEST_DICTIONARIES: Final = 50_000_000  # bytes, unpacked, in a row group of Parquet; writers end one at a million
LARGEST_FOOTER: Final = 30_000_000  # bytes after the rows of Parquet: 100 for each of 10,000 columns in 30 row groups
ROW_BYTES: Final = 100  # that a row counts beside its cells, as long as it takes to measure and write one
FEW_STREAMED_ROWS: Final = 50_000  # of any file, and
STREAMED_ROW_LENGTH: Final = 10  # bytes of a row on average, if there are more
LONGEST_NUMBER: Final = 40  # characters of a number, a date or the name of a field that can be a mark
MOST_MARKED: Final = 1_000  # fields of an object among which marks of deletion are looked for
LONGEST_ID: Final = 1_000  # characters of an id, a thread or a language

# Corpora and codings
LARGEST_ABOUT: Final = 200_000  # bytes of an about.toml, whose lists of numbers take 5 s a megabyte
MOST_WORDS: Final = 200_000  # of a list for a metric: more than a dictionary has
MOST_DOTS: Final = 1_000  # of the keys of an about.toml; tomllib takes the square of a key's dots
MOST_CODINGS: Final = 200_000  # answers in a file: it is read again for each new one
