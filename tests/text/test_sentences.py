import pytest
import sentencex

from toolkit.text.sentences import WINDOW, segments


@pytest.mark.parametrize("text", ["", "One. Two.", "He lives in the U.S. now. " * 20])
def test_a_short_stretch_is_cut_as_sentencex_cuts_it(text: str) -> None:
    assert segments(text) == sentencex.segment("en", text)


@pytest.mark.parametrize("piece", ["![", "'", "war ", "War is bad. ", "A. ", "(", "x"])
def test_the_pieces_of_a_long_stretch_join_to_it_again(piece: str) -> None:
    text = piece * (5 * WINDOW // len(piece))
    assert "".join(segments(text)) == text


def test_plain_sentences_are_cut_the_same_across_windows() -> None:
    text = "We saw Mr. Smith in the U.S. last year. It was 3.14 miles away! Was it? Yes. " * 500
    assert segments(text) == sentencex.segment("en", text)


def test_a_sentence_longer_than_many_windows_stays_one() -> None:
    assert len(segments("people " * (5 * WINDOW // 7))) == 1
