"""concordance: words, phrases and patterns in their contexts."""

import pytest

from toolkit import concordance, load_corpus, read, split_sentences

TEXT = (
    "# Lamps\n\nThe old lamp's light — it's lit. “Light the lamps,” she said. Lamplight is not lamp-light.\n\n> A lamp!"
)


def keywords(query: str, text: str = TEXT, **options: bool) -> list[str]:
    return concordance([text], query, **options)["keyword"].tolist()


def test_words_phrases_and_endings_are_found_and_patterns_only_if_asked_for() -> None:
    assert keywords("LAMP") == ["lamp", "lamp", "lamp"]
    assert keywords("Lamps", match_case=True) == ["Lamps"]
    assert keywords("lamp*") == ["Lamps", "lamp", "lamps", "Lamplight", "lamp", "lamp"]
    assert keywords("is*", "It isn’t an issue, is it?") == ["isn't", "issue", "is"]
    assert keywords("it’s lit", "So it's\nlit now.") == ["it's lit"]
    assert keywords("l.mp") == []
    assert keywords(r"\bl.mp\b", pattern=True) == ["lamp", "lamp", "lamp"]


def test_each_use_of_a_word_has_its_position_and_voice() -> None:
    found = concordance([TEXT], "lamp*")
    assert found["block"].tolist() == ["title", *["paragraph"] * 4, "quote"]
    assert found["voice"].tolist()[-1] == "attributed"
    content = read(TEXT).content
    for start, keyword in zip(found["start"], found["keyword"], strict=True):
        assert content[start : start + len(keyword)] == keyword
    assert found["position"].is_monotonic_increasing
    assert found["position"].between(0, 1).all()


@pytest.mark.parametrize("marks", ['("Stay here now," he said.)', '*"Stay here now,"* he said.'])
def test_a_word_is_in_the_voice_that_its_sentence_has_in_the_table_of_sentences(marks: str) -> None:
    text = f"We went. {marks} We left."  # 3 of 5 words are quoted, the first with a mark before the quotation
    assert split_sentences([text])["voice"].tolist() == ["author", "attributed", "author"]
    assert concordance([text], r"went|here|left", pattern=True)["voice"].tolist() == ["author", "attributed", "author"]


def test_the_context_is_at_most_as_wide_as_asked_and_nothing_found_is_an_empty_table() -> None:
    texts = load_corpus("library-hours")
    found = concordance(texts, "library", width=20)
    assert found["left"].str.len().max() <= 20
    assert found["right"].str.len().max() <= 20
    assert {"article", "comment"} == set(found["kind"])
    nothing = concordance(["Nothing."], "lamp")
    assert len(nothing) == 0
    assert nothing.columns.tolist()[:3] == ["left", "keyword", "right"]


@pytest.mark.parametrize(
    ("width", "left", "right"),
    [(3, "one", "two"), (4, "one", "two"), (6, "one", "two"), (7, "two one", "two"), (9, "two one", "two three"),
     (2, "ne", "tw")],
)  # fmt: skip
def test_the_context_is_of_whole_words(width: int, left: str, right: str) -> None:
    found = concordance(["three two one lamp two three four"], "lamp", width=width)
    assert found[["left", "right"]].values.tolist() == [[left, right]]


@pytest.mark.parametrize(
    ("query", "options", "message"),
    [("  ", {}, "empty"), ("(", {"pattern": True}, "regular expression"), ("(a+)+$", {"pattern": True}, "more than")],
)
def test_a_wrong_query_is_explained(query: str, options: dict, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.context.concordance.SECONDS", 0.2)
    with pytest.raises(ValueError, match=message):
        concordance(["a" * 5000 + "!"], query, **options)
