"""Units: blocks, sentences and passages as rows, with the text's own columns, and nothing lost."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from helpers.texts import article, number_of_words

from toolkit import load_corpus, measure, split_blocks, split_passages, split_sentences
from toolkit.corpora.load import TEXT_COLUMNS, corpora_folder

NEW = ["unit_id", "block", "voice", "section", "position", "block_id", "quoted_words", "attributed_words"]
CORPORA = sorted(each.name for each in corpora_folder().iterdir() if (each / "about.toml").exists())
Split = Callable[..., pd.DataFrame]


@pytest.fixture(params=[split_blocks, split_sentences, split_passages])
def split(request: pytest.FixtureRequest) -> Split:
    return request.param


@pytest.fixture(params=CORPORA)
def texts(request: pytest.FixtureRequest) -> pd.DataFrame:
    return load_corpus(request.param)


def test_a_long_text_is_not_copied_for_each_of_its_units(split: Split, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = pd.DataFrame({"text_id": "a", "text": ["The people of the city want a good peace.\n\n" * 2_000]})
    taken, take = [], pd.arrays.ArrowStringArray.take

    def counted(column: Any, *given: Any, **named: Any) -> Any:
        taken.append((result := take(column, *given, **named)).nbytes)
        return result

    monkeypatch.setattr(pd.arrays.ArrowStringArray, "take", counted)
    assert len(split(texts)) >= 2_000 * 9 // 110
    assert 0 < max(taken) < 100_000


# Promises of every splitter on every corpus


def test_units_have_the_columns_of_the_texts_and_the_new_ones(split: Split, texts: pd.DataFrame) -> None:
    before = texts.copy(deep=True)
    units = split(texts)
    pd.testing.assert_frame_equal(texts, before)
    kept = [name for name in texts.columns if name != "text"]
    assert list(units.columns) == [*TEXT_COLUMNS, *NEW]
    assert units[kept].dtypes.to_dict() == texts[kept].dtypes.to_dict()
    assert units["text_id"].unique().tolist() == texts["text_id"].tolist()
    assert units["unit_id"].is_unique
    assert units["position"].tolist() == units.groupby("text_id").cumcount().tolist()
    assert set(units["voice"]) <= {"author", "attributed"}
    assert set(units["block"]) <= {"title", "heading", "paragraph", "list_item", "quote", "promo"}
    assert units["position"].dtype == "int64"


def test_units_hold_the_words_of_their_texts(split: Split, texts: pd.DataFrame) -> None:
    units = split(texts)
    running = units[units["block"].isin(["paragraph", "list_item", "quote"])]
    words = measure(running)["words"].groupby(running["text_id"], sort=False).sum()
    assert words.tolist() == measure(texts)["words"].tolist()


def test_a_sentence_is_one_sentence_when_it_is_measured_by_itself(texts: pd.DataFrame) -> None:
    measured = measure(split_sentences(texts))
    assert measured["sentences"].tolist() == (measured["words"] > 0).tolist()  # a row of emoji only has no sentence


@pytest.mark.parametrize("share", ["quoted_share", "attributed_share"])
def test_units_share_out_the_quoted_and_reported_words(split: Split, texts: pd.DataFrame, share: str) -> None:
    units, whole = measure(split(texts)), measure(texts)
    running = units[units["block"].isin(["paragraph", "list_item", "quote"])]
    found = (running[share] * running["words"]).groupby(running["text_id"], sort=False).sum()
    assert found.tolist() == pytest.approx((whole[share] * whole["words"]).fillna(0).tolist())


def test_a_sentence_from_the_middle_of_a_quotation_is_quoted_though_its_marks_are_in_others() -> None:
    text = 'He said: "It is late. We must go. It left." They left.\n\n"We came. It rained.\n\n"It stopped," he said.'
    expected = {'He said: "It is late.': 3 / 5, "We must go.": 1, 'It left."': 1, "They left.": 0}
    expected |= {'"We came.': 1, "It rained.": 1, '"It stopped," he said.': 1 / 2}
    assert measure(split_sentences([text])).set_index("text")["quoted_share"].to_dict() == expected
    expected |= {'"It stopped," he said.': 0}  # two words are nobody's speech
    assert measure(split_sentences([text])).set_index("text")["attributed_share"].to_dict() == expected
    assert measure(split_passages([text], length=8))["attributed_share"].tolist() == [6 / 8, 6 / 12]
    assert measure(split_blocks([text]))["quoted_share"].tolist() == [8 / 12, 1, 1 / 2]


def test_a_table_without_the_number_of_quoted_words_is_measured_by_its_own_marks() -> None:
    units = split_sentences(['"It is late," he said.']).drop(columns=["quoted_words", "attributed_words"])
    assert measure(units)["quoted_share"].tolist() == [3 / 5]
    assert measure(units)["attributed_share"].tolist() == [1]  # by its voice


def test_a_voice_that_was_changed_after_splitting_decides_what_a_unit_reports() -> None:
    units = split_sentences(['We left. He said: "It is late today."\n\n> They did not go.\n\nTom said: "We did go."'])
    units["attributed_words"] = units["attributed_words"].astype(str)  # as from a file of strings
    assert measure(units)["attributed_share"].tolist() == [0, 4 / 6, 1, 3 / 5]
    assert measure(units.drop(columns="voice"))["attributed_share"].tolist() == [0, 4 / 6, 1, 3 / 5]
    units.loc[[0, 2], "voice"] = ["attributed", "author"]
    assert measure(units)["attributed_share"].tolist() == [1, 4 / 6, 0, 3 / 5]


# Nothing is lost, nothing is invented


@pytest.mark.parametrize("nothing", ["", "  \n\n ", None, float("nan"), pd.NA])
def test_a_text_without_units_keeps_one_row_with_a_missing_text(split: Split, nothing: Any) -> None:
    table = pd.DataFrame({"text_id": ["a", "b", "c"], "text": ["One here.", nothing, "Two here."]})
    units = split(table)
    assert units["text_id"].tolist() == ["a", "b", "c"]
    assert units["text"].isna().tolist() == [False, True, False]


def test_an_empty_table_gives_an_empty_table_with_all_columns(split: Split) -> None:
    units = split(load_corpus(CORPORA[0]).head(0))
    assert len(units) == 0
    assert list(units.columns) == [*TEXT_COLUMNS, *NEW]


def test_rows_with_the_same_label_still_get_ids_of_their_own(split: Split) -> None:
    table = pd.DataFrame({"text": ["One here.", "Two here."]}, index=[7, 7])
    assert split(table)["unit_id"].is_unique


def test_a_list_of_texts_is_split_too_and_a_single_text_or_another_value_is_refused(split: Split) -> None:
    assert split(["One here.", "Two here."])["text"].tolist() == ["One here.", "Two here."]
    for wrong, message in (("One here.", "list of texts"), (["One here.", 3.5], r"Row 1.*float")):
        with pytest.raises(TypeError, match=message):
            split(wrong)


# Voices


def test_units_of_both_voices_are_those_without_a_choice(split: Split, texts: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(split(texts, voices=("attributed", "author")), split(texts))


@pytest.mark.parametrize("split", [split_blocks, split_sentences])
@pytest.mark.parametrize("voice", ["author", "attributed"])
def test_units_of_one_voice_are_those_that_have_it_among_all(split: Split, voice: str, texts: pd.DataFrame) -> None:
    everything, kept = split(texts), split(texts, voices=(voice,)).dropna(subset="text")
    wanted = everything[everything["voice"] == voice]
    assert kept["text"].tolist() == wanted["text"].tolist()
    assert kept["block_id"].tolist() == wanted["block_id"].tolist()


def test_a_voice_may_be_given_by_its_name_and_a_text_without_it_keeps_a_row(split: Split) -> None:
    assert split(["> They said so.", "We did not."], voices=("author",))["text"].isna().tolist() == [True, False]
    assert split(["> They said so.\n\nWe did not."], voices="author")["text"].tolist() == ["We did not."]


@pytest.mark.parametrize(("voices", "named"), [(("autor",), "'autor'"), ((), r"\[\]"), (["author", "x"], "'x'")])
def test_a_voice_that_is_not_known_is_refused(split: Split, voices: Any, named: str) -> None:
    with pytest.raises(ValueError, match=f"voices must be 'author' or 'attributed', not {named}"):
        split(["A text."], voices=voices)


# Blocks


def test_blocks_of_the_article_show_kind_section_and_voice() -> None:
    units = split_blocks(load_corpus("nato-preemptive-strike").head(1))
    assert units["block"].value_counts().to_dict() == {
        "paragraph": 34, "list_item": 18, "heading": 9, "promo": 6, "title": 1,
    }  # fmt: skip
    said = units[units["section"].str.startswith("Moscow Responds") & units["block"].eq("list_item")]
    assert said["voice"].tolist() == ["attributed"] * 4
    assert said["text"].iloc[0] == "reckless,"


def test_the_section_is_the_heading_above_and_empty_before_the_first() -> None:
    units = split_blocks(["# T\n\nA line.\n\n## H\n\nB line.\n\n## I\n\nC line.\n\n<!-- promo -->\nBuy it."])
    assert units["section"].tolist() == ["", "", "H", "H", "I", "I", ""]


# Sentences


def test_sentences_name_the_block_in_which_they_begin() -> None:
    units = split_sentences(["## H\n\nA lead-in:\n- one,\n- two.\n\n> Quoted here.\n\nThe end."])
    assert units["text"].tolist() == ["A lead-in: one, two.", "Quoted here.", "The end."]
    assert units["block"].tolist() == ["paragraph", "quote", "paragraph"]
    assert set(units["section"]) == {"H"}


def test_sentences_of_one_block_have_one_block_id_and_other_blocks_another() -> None:
    units = split_sentences(["One here. Two here.\n\nThree here.\n\n- four"])
    first, second, third, fourth = units["block_id"]
    assert first == second
    assert len({first, third, fourth}) == 3


# Passages


def test_every_line_is_a_sentence_on_request() -> None:
    assert len(split_sentences([article()])) == 37
    assert len(split_sentences([article()], join_lines=False)) == 57


@pytest.mark.parametrize("voices", [("author", "attributed"), ("author",)])
def test_passages_are_made_of_whole_sentences_of_their_voices_in_order(voices: Any, texts: pd.DataFrame) -> None:
    both = (split_passages(texts, voices=voices), split_sentences(texts, voices=voices))
    passages, sentences = (units.dropna(subset="text") for units in both)
    for text_id in texts["text_id"]:
        joined = [" ".join(table.loc[table["text_id"] == text_id, "text"]) for table in (passages, sentences)]
        assert joined[0] == joined[1]
    alone = passages.groupby("text_id")["text_id"].transform("size") == 1
    assert ((passages["text"].map(number_of_words) >= 100) | alone).all()
    assert set(passages["voice"]) <= set(voices)


def test_a_passage_is_attributed_only_if_most_of_its_words_are() -> None:
    texts = ["> They said so twice.\n\nWe did not say.", "> They said so twice today.\n\nWe did not say."]
    texts.append('Tom said today: "We did go there." We did not go so soon.')
    assert split_passages(texts)["voice"].tolist() == ["author", "attributed", "author"]  # 4 of 8, 5 of 9, 4 of 13


@pytest.mark.parametrize(("sentences", "passages"), [(1, 1), (9, 1), (10, 1), (11, 1), (19, 1), (20, 2), (35, 3)])
def test_what_remains_joins_the_passage_before_it(sentences: int, passages: int) -> None:
    ten_words = "The people of the city want a good peace now. "
    assert len(split_passages([ten_words * sentences])) == passages


@pytest.mark.parametrize("filler", ["https://example.org/a", "1️⃣"])
def test_links_and_keycaps_do_not_count_towards_a_passage(filler: str) -> None:
    text = f"The people of the city want {filler} a good peace. " * 40  # nine words and a link or keycap
    assert (measure(split_passages([text]))["words"] >= 100).all()


def test_a_passage_does_not_count_the_words_that_were_left_out() -> None:
    ten_words = "The people of the city want a good peace now. "
    text = "> They said so.\n\n".join([ten_words * 9 + "\n\n"] * 2)  # 90 and 90 of the writer's, 3 between them
    assert len(split_passages([text], length=90, voices=("author",))) == 2
    assert len(split_passages([text], length=91, voices=("author",))) == 1
    assert len(split_passages([text], length=91)) == 1
    assert "They" not in split_passages([text], length=90, voices=("author",))["text"].str.cat()


@pytest.mark.parametrize("length", [0, -5])
def test_a_passage_length_below_one_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match=rf"length must be a whole number from 1, not {length}"):
        split_passages(["A text."], length=length)
