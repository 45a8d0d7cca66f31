"""All limits on input: how much a file may contain before it is refused, so that a few bytes cannot take minutes.

Real files stay far below. A limit named FEW_... exempts small files; above it, the amount allowed grows with the size
of the file or of what was read, as the constant after it states.
"""

from typing import Final

# Texts
LONGEST_TEXT: Final = 10_000_000  # characters of a text, everywhere in the toolkit: ten long novels
LONGEST_COMMENT: Final = 1_000_000  # characters; forums allow a tenth at most
MOST_LINES: Final = 100_000  # of a text: "War and Peace" has 66,000

# Files and what they unpack to
LARGEST_FILE: Final = 500_000_000  # bytes of a file of many texts, unpacked; use measure_files for larger ones
FEW_UNPACKED: Final = 50_000_000  # unpacked bytes of a packed file, plus
MOST_PACKED: Final = 50  # times its size: text packs to a third or a tenth
FEW_PACKED: Final = 400_000  # packed bytes, plus
LEAST_PACKED: Final = 1.5  # times the unpacked ones: gzip takes 20 bytes for an empty part
FEW_PACKS, PACK_LENGTH = 10_000, 200  # separately packed parts, and bytes per further part

# Comments as JSON, XML and tables
FEW_PARTS: Final = 100_000  # objects, values or lines of JSON, plus one per 25 characters: empty ones fill the memory
FEW_MARKS, MARK_LENGTH = 500_000, 30  # HTML tags and entities in a file, and characters per further one
FEW_XML_TAGS: Final = 100_000  # and as many attributes, plus one per 16 characters
FEW_MESSAGES, MESSAGE_LENGTH = 20_000, 500  # in a mailbox, and bytes per further one
FEW_MAIL_PARTS, MAIL_PART_LENGTH = 5_000, 200  # parts of messages, and bytes per further one
FEW_ENCODED, ENCODED_LENGTH = 20_000, 100  # encoded words in headers, and bytes per further one
LONGEST_NAMESPACE: Final = 1_000  # characters of a namespace, which the parser repeats in each tag
MOST_NESTED_NAMES: Final = 20  # depth of objects that may contain a person's name
FEW_ROWS: Final = 100_000  # comments of an export, and
ROW_LENGTH: Final = 24  # characters per further one: an id and "first!" take 14
FEW_OBJECTS, OBJECT_LENGTH = 50_000, 40  # the same for JSON and chats, where each has a name and a date too
FEW_NAME_WORDS, NAME_WORD_LENGTH = 60_000, 60  # parts of names (a third if repeated), and characters per further one
FEW_NAMES: Final = 2_000  # names whose forms are all searched for; with more, only those that the texts may contain,
TEXT_OF_NAME: Final = 500  # unless texts have this many characters per name: then searching for all is faster
FEW_SIGNS, SIGN_LENGTH = 100_000, 20  # in comments, where names and lines begin, and characters per further one,
SIGNS_OF_EACH: Final = 5  # plus these per comment: its end, and people whom it only tags
FEW_CONTACTS, CONTACT_LENGTH = 30_000, 100  # addresses and numbers masked, and characters per further one
FEW_NAMED, NAMED_LENGTH = 100_000, 50  # possible beginnings of names without @, and characters per further one
FEW_DOUBTS: Final = 100_000  # words of names that are no names in their context, plus one per `NAMED_LENGTH` characters
FEW_WORDS, WORD_LENGTH = 40_000, 50  # different ones in texts that may not be English, and characters per further one
MOST_DATE_FORMS: Final = 10_000  # of dates in a column: names of days and months, in one zone, make 84
MOST_COLUMNS: Final = 16_384  # of a table, or fields of JSON objects: no spreadsheet has more
MOST_IN_ROW: Final = 1_000_000  # delimiters in a line, including those in texts

# Spreadsheets
LARGEST_SHEET: Final = 200_000_000  # unpacked bytes of an XLSX file, and
FEW_SHEET_BYTES: Final = 20_000_000  # plus `MOST_PACKED` times the file's size
MOST_SHEETS: Final = 1_000  # each is opened to see whether it is empty
MOST_FORMATS: Final = 1_000  # number formats, each searched for date codes: a spreadsheet has 250
MOST_ROWS: Final = 1_500_000  # in all sheets: spreadsheets allow 1,048,576 per sheet
MOST_CELLS: Final = 10_000_000  # per sheet, with empty ones: a distant cell creates all cells before it
EMPTY_PER_FILLED: Final = 100  # empty cells per filled one, beyond the first million
FEW_SHEET_CHARACTERS: Final = 10_000_000  # in all cells, as many cells may share a string, plus
CHARACTERS_PER_BYTE: Final = 10  # of the unpacked file, where a cell takes 30
FEW_SHEET_TAGS: Final = 100_000
TAGS_PER_CELL: Final = 10  # or per shared string: usually 3 to 6, with formatting ten
FEW_STRINGS: Final = 100_000  # shared strings that no cell uses

# Documents
LARGEST_DOCUMENT: Final = 50_000_000  # bytes
MOST_UNPACKED: Final = 200_000_000  # bytes of a Word document, and a quarter of this for its text
MOST_MEMBERS: Final = 10_000  # files in a Word document
MOST_WORD_TAGS: Final = 500_000  # opening and closing tags in all parts, and
FEW_WORD_TAGS, WORD_TAGS_PER_BYTE = 200_000, 5  # in a file, plus per byte of it: a table of numbers has three
MOST_WORD_ATTRIBUTES: Final = 1_000_000  # in all its parts
MOST_PAGES: Final = 2_000  # of a PDF
# Work on a PDF's text, which takes 10 to 40 bytes and a tenth of an operation per character:
FEW_PDF_BYTES, PDF_BYTES_PER_CHARACTER = 1_000_000, 60
FEW_PDF_OPERATIONS, PDF_OPERATIONS_PER_CHARACTER = 80_000, 1.25  # at least one in scans with recognised text
OPERATIONS_PER_FORM, OPERATIONS_PER_FONT = 40, 15  # the time to start a form, and to read a font for a page
FEW_DRAWN, DRAWN_PER_BYTE = 40_000, 2  # operations in a file, plus per byte of it: repeated ones pack to nothing
FEW_PDF_CHARACTERS: Final = 1_000_000  # plus `DRAWN_PER_BYTE`: a book has 300 pages
MOST_PDF_OBJECTS: Final = 400_000  # in its cross-reference table, which is read first
LARGEST_PDF_STREAM: Final = 2_000_000  # bytes of a stream, unpacked

# Web pages
LARGEST_PAGE: Final = 200_000_000  # bytes of a page or web archive, with its pictures
MOST_TAGS, TAG_LENGTH = 100_000, 40  # of a page, and characters per further one; a comment tag takes 16
MOST_PAGE_COMMENTS: Final = 6_000  # on a page: sites show a few hundred at a time, and a thousand take half a second
MOST_ATTRIBUTES: Final = 500  # of a tag; the parser takes quadratic time
FEW_ATTRIBUTES, MOST_BEYOND = 3, 100_000  # of a tag, and in a page those beyond the first few of each tag
DEEP, MOST_IN_DEEP = 300, 15_000  # levels of nesting, which slow every step, and elements of a page so deep
FEW_ELEMENTS, ELEMENT_LENGTH = 30_000, 20  # of a page without its comments, and characters per further one
LONGEST_PAGE: Final = 2_500_000  # visible characters of a page without its comments: two long novels
MOST_EXTRACTED: Final = 10_000  # elements passed to trafilatura
MOST_SHORT: Final = 3_000  # consecutive texts of up to LONGEST_SHORT characters, such as cells of a long table;
LONGEST_SHORT: Final = 200  # with more, trafilatura's fallback, which takes quadratic time, is switched off
MOST_NESTED: Final = 200  # depth of tags for trafilatura, which reads the text of each level again
MOST_NAMES: Final = 30_000  # different classes; 5,000 comments may have three each
MOST_STYLED: Final = 50_000  # selectors that style sheets hide, and as many that they show
MOST_FRAMED: Final = 50_000  # tags in all frames saved within a page
MOST_LINKED_DATA: Final = 80_000  # objects and lists of JSON-LD in a page
MOST_PARTS: Final = 10_000  # of an MHTML archive: its pictures and styles
VALUES_PER_PART: Final = 15  # in Safari's web archives, where each part has seven values, and their names
MOST_NESTED_PARTS: Final = 20  # depth of multipart parts; browsers write one or two
LONGEST_HEADER: Final = 20_000  # bytes of a part's headers, and
LONGEST_HEADERS: Final = 4_000_000  # of the headers of all parts

# Files larger than memory
LONGEST_LINE: Final = 64_000_000  # bytes of a line of JSON or CSV
MOST_VALUES: Final = 1_000_000  # in a line of JSON, or cells in a line of CSV: a few bytes can become many objects
BATCH_BYTES: Final = 16_000_000  # size at which a batch ends, even with fewer rows than requested
FEW_STREAMED: Final = 5_000_000  # unpacked bytes of an archive, plus
MOST_STREAMED: Final = 100  # times the packed ones: identical rows pack to a hundredth
LARGEST_DICTIONARIES: Final = 50_000_000  # unpacked bytes per row group of Parquet; writers stop at a million
LARGEST_FOOTER: Final = 30_000_000  # bytes of Parquet's footer: 100 for each of 10,000 columns in 30 row groups
ROW_BYTES: Final = 100  # size of a row besides its cells, for the time to measure and write it
FEW_STREAMED_ROWS: Final = 50_000  # of a file, and
STREAMED_ROW_LENGTH: Final = 10  # bytes per further row
LONGEST_NUMBER: Final = 40  # characters of a number, a date, or the name of a field that may mark deletion
MOST_FIELD_NAMES: Final = 150_000  # in a batch, of objects with different fields; equal sets count once
KNOWN_NAMES: Final = 4  # of other sets, as of surveys with optional answers, which count as one new name
MOST_MARKED: Final = 1_000  # fields of an object searched for marks of deletion
LONGEST_ID: Final = 1_000  # characters of an id, a thread or a language

# Corpora and codings
LARGEST_ABOUT: Final = 200_000  # bytes of an about.toml, whose lists of numbers take 5 s per megabyte
MOST_WORDS: Final = 200_000  # in a word list: more than in a dictionary
MOST_DOTS: Final = 1_000  # in the keys of an about.toml; tomllib takes quadratic time
MOST_CODINGS: Final = 200_000  # answers in a file, which is read again for each new one
