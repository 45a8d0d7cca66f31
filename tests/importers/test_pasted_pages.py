"""Pasted pages: the split into article, solicitation and comments is proposed, shown and corrected, never silent."""

from pathlib import Path

import pytest

from toolkit import load_corpus, read
from toolkit.importers.article_formats import read_article
from toolkit.importers.documents.pasted_pages import propose_split

SAMPLE = Path(__file__).parents[1] / "samples" / "pages" / "pasted_page.txt"
FEATURED = Path(__file__).resolve().parents[3] / "shared/corpora/nato-preemptive-strike/source.txt"


def sample() -> str:
    return SAMPLE.read_text(encoding="utf-8")


def ranges(text: str) -> dict[str, str]:
    split = propose_split(text)
    return {kind: split.ranges(kind) for kind in ("article", "solicitation", "comments", "left out")}


def test_the_parts_of_a_pasted_substack_page_are_separated_line_by_line() -> None:
    assert ranges(sample()) == {
        "article": "1, 7-10", "solicitation": "11", "comments": "14-28", "left out": "2-3, 4-6, 12-13",
    }  # fmt: skip


def test_names_dates_likes_and_texts_of_pasted_comments_are_read_and_buttons_are_not() -> None:
    found = [(each.row, each.author, each.posted, each.likes, each.text) for each in propose_split(sample()).comments]
    assert found == [
        (18, "Planted Name One", "Mar 5", "3", "I counted them on Monday.\nThere were nine."),
        (25, "Planted Name Two", "Mar 6", "", "Nine is not many."),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "Anna Maria K.",
        "Otto Quagmire, Esq.",
        "Bo Quagmire Jr.",
        "Who am I?",
        "Yes!",
        "The Zebulon, of the Hill, by the Sea",
    ],
)
def test_a_name_that_ends_like_a_sentence_is_no_text(name: str) -> None:
    pasted = sample().replace("Planted Name One", name).replace("Planted Name Two", name)
    assert [(each.author, each.text) for each in propose_split(pasted).comments] == [
        (name, "I counted them on Monday.\nThere were nine."),
        (name, "Nine is not many."),
    ]


def test_the_writer_is_taken_from_a_line_without_a_day() -> None:
    article = read_article("Hours\n\nBy Ann Lee\n\nThe council voted on it.\nBy Bo Roe the plan was praised.\n")
    assert article.markdown == "Hours\n\nThe council voted on it.\nBy Bo Roe the plan was praised.\n"
    assert article.author == "Ann Lee"


def test_the_writer_and_the_day_are_taken_from_under_the_title() -> None:
    article = read_article(SAMPLE)
    assert (article.title, article.author, str(article.published)) == (
        "The Bridge That Nobody Asked For",
        "Ana Sample",
        "2025-03-04",
    )


def test_the_article_of_a_pasted_page_is_marked_up_as_the_package_reads_it() -> None:
    kinds = [block.kind for block in read(read_article(SAMPLE).markdown).blocks]
    assert kinds == ["title", "paragraph", "heading", "paragraph", "promo"]


def test_the_proposal_shows_its_line_numbers_and_reasons_but_no_name_of_a_commenter() -> None:
    shown = propose_split(sample()).show()
    assert "lines 14-28  comments: below line 13, which announces comments" in shown
    assert "18| I counted them on Monday." in shown
    assert "'comments': '14-28'" in shown
    article = read_article(SAMPLE)
    assert "Planted" not in shown + repr(article) + str(article.notes)


def test_a_user_can_correct_the_split_with_line_numbers() -> None:
    article = read_article(sample(), split={"article": (7, 10), "comments": "18-19, 25"})
    assert article.title == ""
    assert [each.text for each in article.comments] == [
        "I counted them on Monday.\nThere were nine.",
        "Nine is not many.",
    ]
    assert "reader-supported" not in article.markdown
    assert article.proposal is not None
    assert article.proposal.ranges("left out") == "1-6, 11-17, 20-24, 26-28"


@pytest.mark.parametrize(
    ("split", "message"),
    [
        ({"article": "1-99"}, "the text has lines 1 to 28"),
        ({"article": "10-2"}, "the text has lines 1 to 28"),
        ({"article": "1-10", "comments": "10-12"}, "line 10 to article and to comments"),
        ({"comments": "14-28"}, "no line to the article"),
        ({"article": 5.5}, "split= has '5.5'"),
        ({"essay": "1-10"}, "A key of split must be .*, not 'essay'"),
    ],
)
def test_a_wrong_split_gets_one_clear_error(split: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        propose_split(sample()).apply(split)


def test_where_comments_cannot_be_separated_all_is_the_article_and_the_notes_say_so() -> None:
    article = read_article("A quiet day.\nNothing happened.\nNobody wrote about it.")
    assert (article.format, article.comments) == ("plain text", ())
    assert article.notes[0] == "Lines 1-3 article: no line announces comments, so none were separated."


def test_a_warning_says_that_much_of_a_pasted_page_is_short_lines_unless_the_user_divides_it() -> None:
    story = "Longer Hours\n\n" + "The council voted for longer hours on Monday, and many have asked for it. " * 2
    menu = "".join(f"Home of part {at}\nNews from the sea\n" for at in range(9))
    warning = "Warning: some of this may not be the article: 18 short lines and 0 headings look like parts of the page"
    assert any(note.startswith(warning) for note in read_article(f"{story}\n\n{menu}").notes)
    assert not any("Warning" in note for note in read_article(story).notes)
    few = read_article(f"The Paper\nVillage diary\nMarket prices\nWeather\n\n{story}\n\n{story[14:] * 9}").notes
    assert any("not be the article: 4 short lines and 1 headings look like parts" in note for note in few)
    divided = read_article(f"{story}\n\n{menu}", split={"article": "1-22"})
    assert not any("Warning" in note for note in divided.notes)


def test_a_solicitation_in_the_middle_of_an_article_does_not_turn_the_rest_into_comments() -> None:
    asks = "Donate via PayPal and subscribe today."
    text = "\n".join(["The first line.", asks, asks, "The second line.", "The third line.", "The fourth line."])
    assert ranges(text) == {"article": "1, 4-6", "solicitation": "2-3", "comments": "", "left out": ""}


def test_comments_without_names_are_parted_at_blank_lines_if_there_are_any() -> None:
    text = (
        "A title line here\nThe article says so.\nIt ends.\n2 comments\nFirst comment.\nIt goes on.\n\nSecond comment."
    )
    split = propose_split(text)
    assert [each.text for each in split.comments] == ["First comment.\nIt goes on.", "Second comment."]
    assert "split at blank lines" in split.parts[-1].reason


@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_an_empty_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="empty"):
        propose_split(text)


def test_the_featured_page_as_supplied_is_parted_as_the_corpus_has_it() -> None:
    if not FEATURED.is_file():
        pytest.skip("the page as supplied is not beside this checkout")
    article = read_article(FEATURED)
    assert article.proposal is not None
    assert [article.proposal.ranges(of) for of in ("article", "solicitation", "comments")] == ["1-65", "66-71", "72-73"]
    texts = load_corpus("nato-preemptive-strike")
    assert [each.text for each in article.comments] == list(texts["text"][1:])
    words = [word for line in texts["text"].iloc[0].splitlines() if "<!--" not in line for word in line.split()]
    kept = [word for line in article.markdown.splitlines() if "<!--" not in line for word in line.split()]
    marks = {"#", "##", "###", "-"}
    assert [word for word in kept if word not in marks] == [word for word in words if word not in marks]
    kinds = [block.kind for block in read(article.markdown).blocks]
    assert (kinds.count("title"), kinds.count("heading"), kinds.count("promo")) == (1, 9, 6)
