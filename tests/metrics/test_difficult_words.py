"""Difficult words by Dale and Chall's rules, hard words by Gunning's: counted by hand on passages written for this."""

import pytest
import textstat

from toolkit import read
from toolkit.lexicons.familiar_words import are_hard, is_familiar
from toolkit.lexicons.syllables import count_syllables

# Each passage with the words that are unfamiliar by the instructions of 1948: looked up in the list of easy words,
# with their rules for endings, names, numbers, abbreviations and hyphens; then those that are hard by Gunning's rules.
PASSAGES: dict[str, tuple[str, str, str]] = {
    "regular plurals and verb forms": (
        "The boys walked past the farms and counted the horses. Two of them were eating, and one jumped the fences.",
        "",
        "",
    ),
    "doubled consonants and changed endings": (
        "She planned to stop, but she kept running. The babies cried, the mother hurried, the dogs were making noise.",
        "",
        "",
    ),
    "comparatives and superlatives": (
        "The older house is bigger and prettier than the newest one. It has the widest rooms and the thinnest walls.",
        "",
        "prettier",
    ),
    "nouns in -er are not comparatives": (
        "The burner is on. A hunter and a swimmer asked the voter to help the thinker.",
        "burner swimmer voter thinker",
        "",
    ),
    "adverbs in plain -ly": (
        "He spoke softly and looked at her sadly. Possibly she had heard it clearly, and she went away quickly.",
        "Possibly",
        "Possibly",
    ),
    "two endings, and suffixes that the rules do not name": (
        "The treatment took time. The protection was weak, and the clippings in the drawer were useless.",
        "treatment protection clippings useless",
        "protection",
    ),
    "names of persons and places inside a sentence": (
        "We went to Merrowby with Zakharova and saw Dragone there. Later we took the train to Kharkiv.",
        "",
        "",
    ),
    "a capital at the start of a sentence is no name": (
        "Escalation is bad. Deterrence is worse. Nothing good ever came from either of them.",
        "Escalation Deterrence",
        "Escalation Deterrence",
    ),
    "a name at the start that the text has inside a sentence, too": (
        "We asked Dragone about it. Dragone said nothing. Dragone's people said nothing.",
        "",
        "",
    ),
    "two capitals in a row open with a name": (
        "Giuseppe Dragone spoke. Meanwhile Zakharova laughed. Regarding Dragone she said nothing.",
        "Meanwhile Regarding",
        "Regarding",
    ),
    "countries, peoples and large cities": (
        "Moscow sent a letter. Ukrainian farmers read it. Nobody in Paris cared, and London had other things to do.",
        "",
        "",
    ),
    "numerals": (
        "In 1948 he paid $250 for 18 cows, 3.5 percent more than in the 1930s, and sold 40 of them.",
        "percent",
        "",
    ),
    "abbreviations": (
        "Mr. Long met Dr. Wood at 9 a.m. in the U.S. and asked NATO about it.",
        "NATO",
        "",
    ),
    "initials belong to a name": ("Samuel L. Jackson and J. K. Rowling sat at the table.", "", ""),
    "possessives and contractions": (
        "The children's books weren't in the teachers' room. It's the boy's fault, and they'd better say so.",
        "",
        "",
    ),
    "hyphenated words are familiar if both parts are": (
        "The ten-year-old boy wore a well-made coat. The post-war agreement was a long-term plan.",
        "agreement",
        "agreement",
    ),
    "closed compounds are not on the list, but not hard": (
        "The shareholder read the newsletter. A storekeeper saw everything from the undercarriage of the waterwheel.",
        "shareholder newsletter storekeeper undercarriage waterwheel",
        "",
    ),
    "verb forms that an ending made three syllables": (
        "She created a plan, decided on a day, and avoided the crowd. He trespasses often. They were remaining.",
        "created avoided trespasses",
        "remaining",
    ),
    "verb forms of words that are long without the ending": (
        "They considered it. She was delivering a lecture while the others were remembering him.",
        "considered delivering lecture",
        "considered delivering remembering",
    ),
    "a quotation opens with a capital that is no name": (
        'He said, "Negotiation is dead." She asked: Deterrence or peace?',
        "Negotiation Deterrence",
        "Negotiation Deterrence",
    ),
    "words in capitals are words": (
        "THIS IS VERY BAD. We do not want ESCALATION, we want PEACE.",
        "ESCALATION",
        "ESCALATION",
    ),
    "marks around a word change nothing": (
        "The _alliance_ is *old*, (very) \u201cold\u201d; its \u2018doctrine\u2019 is not\u2014not yet\u2026 known!",
        "alliance doctrine",
        "alliance",
    ),
    "news prose": (
        "The council voted on Monday to keep the library open until ten. Several members had feared the cost, but the "
        "mayor said that the budget would allow it.",
        "council budget",
        "library",
    ),
    "a comment": (
        "I totally agree with this article. The government has no idea what ordinary people pay for heating now.",
        "totally article ordinary",
        "totally article government idea ordinary",
    ),
    "an official sentence": (
        "Notwithstanding institutional recommendations, the representatives persistently characterised the operation "
        "as defensive.",
        "Notwithstanding institutional recommendations representatives persistently characterised operation defensive",
        "Notwithstanding institutional recommendations representatives persistently characterised operation defensive",
    ),
}


def words_counted(text: str, feature: str) -> list[str]:
    """The words that make up a total, in order."""
    counts = read(text).counts
    chosen = counts._fact(feature) > 0
    chosen[counts.names_at()] = False
    assert chosen.sum() == getattr(counts, feature)[0]
    rows = counts._rows[counts._tokens.which[chosen]].tolist()
    return [counts._vocabulary.tokens[row].strip("\"'(),.:;!?*_") for row in rows]


@pytest.mark.parametrize(("text", "unfamiliar", "hard"), PASSAGES.values(), ids=PASSAGES)
def test_the_unfamiliar_and_the_hard_words_are_those_found_by_hand(text: str, unfamiliar: str, hard: str) -> None:
    assert words_counted(text, "difficult_words") == unfamiliar.split()
    assert words_counted(text, "complex_words") == hard.split()


# Each departure from textstat 0.7.8: what is counted, a word, our count, textstat's count.
DEPARTURES = [
    ("syllables", "mexican-american", 7, 5),  # parts of hyphenated words are counted apart
    ("syllables", "self-aware", 3, 2),
    ("syllables", "café", 2, 1),  # accents do not hide a word from the dictionary
    ("syllables", "dr", 2, 1),  # read out as "doctor"
    ("syllables", "average", 2, 3),  # the shortest pronunciation
    ("syllables", "faeries", 2, 1),  # unknown words by vowel groups, not by places for hyphens
    ("syllables", "u.s", 2, 1),  # initials by their letters
    ("syllables", "tbh", 3, 1),
    ("syllables", "hmm", 1, 0),  # no word without a syllable
    ("difficult", "years", False, True),  # regular forms are familiar
    ("difficult", "walked", False, True),
    ("difficult", "moscow", False, True),  # so are places
    ("difficult", "1948", False, True),  # and numbers
    ("difficult", "well-made", False, True),  # and hyphenated words of familiar parts
    ("hard", "elephant", True, False),  # Gunning has no list of easy words
    ("hard", "newspapers", False, True),  # but does not count compounds
    ("hard", "managers", True, True),  # -age and -ship are suffixes in front of other endings, too
    ("hard", "championships", True, True),
    ("syllables", "r\u00e9sum\u00e9", 3, 2),  # an accent at the end is spoken
    ("hard", "created", False, True),  # and short verbs with an ending
]


@pytest.mark.parametrize(("what", "word", "ours", "theirs"), DEPARTURES)
def test_each_departure_from_textstat_is_the_one_that_is_meant(what: str, word: str, ours: int, theirs: int) -> None:
    reference = {
        "syllables": textstat.syllable_count,
        "difficult": lambda each: textstat.is_difficult_word(each, syllable_threshold=0),
        "hard": lambda each: textstat.is_difficult_word(each, syllable_threshold=3),
    }
    syllables = count_syllables([word])
    found = {"syllables": syllables, "difficult": not is_familiar(word), "hard": are_hard([word], syllables)}
    assert (found[what], reference[what](word)) == (ours, theirs)
