"""link_comments: quotations, near quotations, shared words, and honest answers where nothing is linked."""

import pandas as pd
import pytest

from toolkit import link_comments, load_corpus, split_sentences

ARTICLE = (
    "# Ferry to the islands will stop\n\n"
    "The harbour board met on Tuesday evening behind closed doors. "
    "It voted to end the winter ferry to the northern islands from next November. "
    "Forty children cross the strait each morning to reach their school in Port Ellan. "
    "The board calls the subsidy of two million a year impossible to defend. "
    "Fishermen have offered their own boats for the mail. "
    "Nobody has said who will carry the doctor when the weather turns."
)


def thread(*comments: str, replies: tuple[int, ...] = ()) -> pd.DataFrame:
    names = ["article", *(f"c{number}" for number in range(1, len(comments) + 1))]
    reply_to = [None] + ["c1" if number in replies else None for number in range(1, len(comments) + 1)]
    return pd.DataFrame({
        "text_id": names,
        "thread_id": "ferry",
        "kind": ["article"] + ["comment"] * len(comments),
        "reply_to": reply_to,
        "text": [ARTICLE, *comments],
    })  # fmt: skip


def links_of(*comments: str, **options: tuple[int, ...]) -> pd.DataFrame:
    return link_comments(thread(*comments, **options))


@pytest.mark.parametrize("comment", [
    'You write "the subsidy of two million a year" as if it were much.',
    "THE SUBSIDY OF TWO MILLION A YEAR is nothing.",
    "> The board calls the subsidy of two million a year impossible to defend.\n\nReally?",
])  # fmt: skip
def test_five_equal_words_are_a_quotation_in_any_case_and_in_quoted_lines(comment: str) -> None:
    found = links_of(comment)
    assert found["kind"].tolist()[0] == "quotation"
    assert found["passage"].tolist()[0].startswith("The board calls")
    assert "subsidy of two million a year" in found["evidence"].tolist()[0]
    assert found["answers"].tolist()[0] == "article"


def test_four_equal_or_common_words_link_nothing() -> None:
    assert "quotation" not in links_of("Two million a year? I doubt it.")["kind"].tolist()
    assert links_of("It is what it is, and they will do what they want to do.")["answers"].tolist() == ["cannot tell"]
    assert link_comments(load_corpus("nato-preemptive-strike"))["answers"].tolist() == ["cannot tell"] * 2


def test_a_run_of_words_ends_with_its_comment_and_may_run_over_two_sentences() -> None:
    comment = (
        "It says: voted to end the winter ferry to the northern islands from next November. "
        "Forty children cross the strait each morning. Shame."
    )
    passages = set(links_of(comment).query("kind == 'quotation'")["passage"].str.split().str[0])
    assert passages == {"It", "Forty"}
    found = links_of("Who will carry the", "doctor when the weather turns? Nobody knows this.")
    assert "quotation" not in found[found["text_id"].eq("c1")]["kind"].tolist()


def test_a_sentence_with_two_letters_changed_is_a_near_quotation() -> None:
    found = links_of("Fisherman have offered there own boats for thee mail.")
    assert found["kind"].tolist() == ["near_quotation"]
    assert found["score"].between(85, 100).all()


def test_rare_words_in_common_link_a_comment_and_are_the_evidence() -> None:
    found = links_of("My children go to school across the strait every morning, and Port Ellan has no boarding house.")
    row = found[found["kind"].eq("shared_words")].iloc[0]
    assert row["passage"].startswith("Forty children cross the strait")
    assert {"strait", "school", "morning"} <= set(row["evidence"].split())
    assert row["score"] > row["by_chance"]


def test_a_reply_without_a_link_answers_another_comment_and_inherits_nothing() -> None:
    quoting = 'They "voted to end the winter ferry to the northern islands".'
    found = links_of(quoting, "I agree with you.", replies=(2,))
    assert found[found["text_id"].eq("c2")]["answers"].tolist() == ["another comment"]
    assert found[found["text_id"].eq("c2")]["kind"].isna().all()


def test_a_quoted_title_is_an_answer_to_the_headline() -> None:
    found = links_of('"Ferry to the islands will stop" is not even true.')
    assert found["answers"].tolist() == ["headline"]


def test_every_comment_has_a_row_and_the_passages_are_those_of_split_sentences() -> None:
    texts = load_corpus("library-hours")
    found = link_comments(texts)
    assert set(found["text_id"]) == set(texts.loc[texts["kind"].eq("comment"), "text_id"])
    units = split_sentences(texts)
    linked = found.dropna(subset=["kind"])
    known = dict(zip(units["unit_id"], units["text"], strict=True))
    assert [known[name] for name in linked["passage_id"]] == linked["passage"].tolist()
    assert [known[name] for name in linked["sentence_id"]] == linked["sentence"].tolist()


def test_the_same_texts_in_another_order_of_comments_have_the_same_quotations() -> None:
    texts = load_corpus("library-hours")
    other = pd.concat([texts.iloc[:1], texts.iloc[:0:-1]])
    first, second = (link_comments(each).query("kind == 'quotation'") for each in (texts, other))
    columns = ["text_id", "passage_id", "evidence"]
    assert sorted(first[columns].values.tolist()) == sorted(second[columns].values.tolist())


def test_links_do_not_cross_threads() -> None:
    one, two = thread("It calls the subsidy of two million a year too much."), load_corpus("library-hours")
    both = link_comments(pd.concat([one, two], ignore_index=True)).dropna(subset=["kind"])
    starts = both["passage_id"].str.startswith("library-hours/")
    assert (starts == both["text_id"].str.startswith("library-hours/")).all()


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        *((thread("Hello.").drop(columns=column), f"'{column}'") for column in ("text", "text_id", "kind")),
        (thread("Hello.").iloc[1:], "both an article and comments"),
        (split_sentences(thread("Hello.")), "split before"),
    ],
)
def test_what_cannot_be_linked_is_an_error_that_says_what_to_check(texts: pd.DataFrame, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        link_comments(texts)


def test_an_article_without_words_leaves_every_comment_open() -> None:
    texts = thread("Where is the article?")
    assert link_comments(texts.assign(text=["", "Where is the article?"]))["answers"].tolist() == ["cannot tell"]
    assert link_comments(texts.assign(text=["🔥🔥", "Where is the article?"]))["answers"].tolist() == ["cannot tell"]
