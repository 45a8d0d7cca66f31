"""The word lists that come with the toolkit equal those of the packages they were made from."""

import textstat
from helpers import word_lists

from toolkit.lexicons.dictionaries import dictionary, easy_words, function_words, place_names, spoken_syllables
from toolkit.lexicons.function_words import COMMON, other_languages
from toolkit.lexicons.syllables import ABBREVIATIONS


def test_the_syllables_are_those_of_the_shortest_pronunciation_but_for_abbreviations_read_out() -> None:
    expected = word_lists.shortest_pronunciations()
    found = {word: spoken_syllables(word) for word in word_lists.dictionary()}
    assert found == expected | {word: ABBREVIATIONS[word] for word in ABBREVIATIONS.keys() & expected}


def test_the_dictionary_has_the_features_that_the_rules_for_any_word_give() -> None:
    """Where it fails after a change of rules, `python tests/helpers/word_lists.py` writes the file anew."""
    assert dictionary() == word_lists.dictionary()


def test_the_dictionary_says_so_by_hand_too() -> None:
    assert word_lists.pronunciations()["different"] == [
        ["D", "IH1", "F", "ER0", "AH0", "N", "T"],
        ["D", "IH1", "F", "R", "AH0", "N", "T"],
    ]
    assert spoken_syllables("different") == 2


def test_the_easy_words_are_those_that_textstat_has() -> None:
    assert sorted(easy_words()) == word_lists.easy_words()
    assert not any(textstat.is_difficult_word(word, syllable_threshold=0) for word in easy_words())


def test_the_files_are_as_the_script_writes_them() -> None:
    for name, lines in word_lists.files().items():
        assert (word_lists.DATA / name).read_text(encoding="ascii").splitlines() == lines


def test_function_words_of_other_languages_are_no_frequent_or_easy_english_words() -> None:
    assert {"und", "nicht", "avec", "está", "não", "och", "jest"} <= other_languages() < function_words()
    assert not other_languages() & (COMMON | easy_words())


def test_places_are_lower_case_words() -> None:
    assert {"ukraine", "russian", "moscow", "texas"} <= place_names()
    assert all(place.isalpha() and place.islower() for place in place_names())
