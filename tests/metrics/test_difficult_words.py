"""Difficult words by Dale and Chall's rules, hard words by Gunning's: counted by hand on passages written for this."""

import re

import pytest
import textstat

from toolkit import read
from toolkit.lexicons.familiar_words import are_hard, is_familiar
from toolkit.lexicons.syllables import count_syllables

# Each passage under its point. U: unfamiliar by the instructions of 1948, looked up in the list of easy words, with
# their rules for endings, names, numbers, abbreviations and hyphens. H: hard by Gunning's rules.
PASSAGES = """
regular plurals and verb forms
    The boys walked past the farms and counted the horses. Two of them were eating, and one jumped the fences.
doubled consonants and changed endings
    She planned to stop, but she kept running. The babies cried, the mother hurried, the dogs were making noise.
comparatives and superlatives
    The older house is bigger and prettier/H than the newest one. It has the widest rooms and the thinnest walls.
nouns in -er are not comparatives
    The burner/U is on. A hunter and a swimmer/U asked the voter/U to help the thinker/U.
adverbs in plain -ly
    He spoke softly and looked at her sadly. Possibly/UH she had heard it clearly, and she went away quickly.
two endings, and suffixes that the rules do not name
    The treatment/U took time. The protection/UH was weak, and the clippings/U in the drawer were useless/U.
names of persons and places inside a sentence
    We went to Merrowby with Zakharova and saw Dragone there. Later we took the train to Kharkiv.
a capital at the start of a sentence is no name
    Escalation/UH is bad. Deterrence/UH is worse. Nothing good ever came from either of them.
a name at the start that the text has inside a sentence, too
    We asked Dragone about it. Dragone said nothing. Dragone's people said nothing.
two capitals in a row open with a name
    Giuseppe Dragone spoke. Meanwhile/U Zakharova laughed. Regarding/UH Dragone she said nothing.
    Negotiation/UH, Dragone said, is dead.
countries, peoples and large cities
    Moscow sent a letter. Ukrainian farmers read it. Nobody in Paris cared, and London had other things to do.
a people in the plural, or on the list of easy words
    Italians sing. Americans read the letter. American farmers wrote it. Ukrainians came, too.
numerals
    In 1948 he paid $250 for 18 cows, 3.5 percent/U more than in the 1930s, and sold 40 of them.
abbreviations
    Mr. Long met Dr. Wood at 9 a.m. in the U.S. and asked NATO/U about it.
initials belong to a name
    Samuel L. Jackson and J. K. Rowling sat at the table.
possessives and contractions
    The children's books weren't in the teachers' room. It's the boy's fault, and they'd better say so.
hyphenated words are familiar if both parts are
    The ten-year-old boy wore a well-made coat. The post-war agreement/UH was a long-term plan.
closed compounds are not on the list, but not hard
    The shareholder/U read the newsletter/U. A storekeeper/U saw everything from the undercarriage/U of the
    waterwheel/U.
verb forms that an ending made three syllables
    She created/U a plan, decided on a day, and avoided/U the crowd. He trespasses/U often. They were remaining/H.
verb forms of words that are long without the ending
    They considered/UH it. She was delivering/UH a lecture/U while the others were remembering/H him.
a quotation opens with a capital that is no name
    He said, "Negotiation/UH is dead." She asked: Deterrence/UH or peace?
words in capitals are words
    THIS IS VERY BAD. We do not want ESCALATION/UH, we want PEACE.
marks around a word change nothing
    The _alliance/UH_ is *old*, (very) “old”; its ‘doctrine/U’ is not—not yet… known!
news prose
    The council/U voted on Monday to keep the library/H open until ten. Several members had feared the cost, but the
    mayor said that the budget/U would allow it.
a comment
    I totally/UH agree with this article/UH. The government/H has no idea/H what ordinary/UH people pay for heating
    now.
an official sentence
    Notwithstanding/UH institutional/UH recommendations/UH, the representatives/UH persistently/UH characterised/UH
    the operation/UH as defensive/UH.
"""
EACH_PASSAGE = [
    pytest.param(" ".join(text.split()), id=point)
    for point, text in re.findall(r"^(\S.*)\n((?: +.*\n)+)", PASSAGES, re.MULTILINE)
]


def words_counted(text: str, feature: str) -> list[str]:
    """The words that make up a total, in order."""
    reading = read(text)
    batch, counts = reading.batch, reading.counts
    chosen = batch.feature(feature) > 0
    chosen[counts.names_at] = False
    assert chosen.sum() == getattr(counts, feature)[0]
    return [batch.known.tokens[row].strip("\"'(),.:;!?*_") for row in batch.rows[chosen].tolist()]


@pytest.mark.parametrize("marked", EACH_PASSAGE)
def test_the_unfamiliar_and_the_hard_words_are_those_found_by_hand(marked: str) -> None:
    text = re.sub("/[UH]+", "", marked)
    for feature, mark in (("difficult_words", "U"), ("complex_words", "H")):
        by_hand = [word for word, marks in re.findall("([A-Za-z-]+)/([UH]+)", marked) if mark in marks]
        assert words_counted(text, feature) == by_hand


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
def test_each_departure_from_textstat_is_intended(what: str, word: str, ours: int, theirs: int) -> None:
    reference = {
        "syllables": textstat.syllable_count,
        "difficult": lambda each: textstat.is_difficult_word(each, syllable_threshold=0),
        "hard": lambda each: textstat.is_difficult_word(each, syllable_threshold=3),
    }
    syllables = count_syllables([word])
    found = {"syllables": syllables, "difficult": not is_familiar(word), "hard": are_hard([word], syllables)}
    assert (found[what], reference[what](word)) == (ours, theirs)
