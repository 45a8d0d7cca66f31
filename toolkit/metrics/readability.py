"""Readability: published formulas over counts of sentences, words, syllables and letters; grades are US school years.

Every formula was fitted to samples of running prose of about a hundred words: for shorter text it is NaN ("too
short"), as for text that is not English or has no sentence structure. Counts follow the papers and so differ from
textstat 0.7.8 in these ways (tests/metrics/test_difficult_words.py has an example of each):

- Sentences end inside quotations too, and blocks such as list items end sentences.
- A word with several pronunciations has the syllables of the shortest. Parts of hyphenated words are counted
  separately, `Dr.` and `U.S.` as they are spoken, and unknown words by groups of vowels rather than by hyphenation. A
  numeral is one syllable.
- Dale-Chall: regular plurals, possessives, verb forms, comparatives and adverbs in -ly of easy words are easy, and so
  are names, numbers and hyphenated words of easy parts. Any capitalised word inside a sentence counts as a name.
- Gunning fog: hard words have at least three syllables, even if they are on the easy list; names, compounds of easy
  words and verb forms whose third syllable comes from -es or -ed are not hard.
"""

import numpy as np

from ..text.counts import Counts
from ..text.reading import Reading, read
from .formula import formula

SAMPLE = 100  # words: the sample length that the formulas were fitted to and are applied to
WORDS_PER_MINUTE = 238  # silent reading of English non-fiction, adults: Brysbaert (2019)


@formula(words=SAMPLE, english=True, structured=True)
def flesch_reading_ease(r: Counts) -> np.ndarray:
    """Compute Flesch reading ease: about 0 to 100, higher is easier; 60 to 70 is plain English.

    Flesch, R. (1948). A new readability yardstick. Journal of Applied Psychology 32(3), 221-233. doi:10.1037/h0057532
    """
    return 206.835 - 1.015 * r.words / r.sentences - 84.6 * r.syllables / r.words


@formula(words=SAMPLE, english=True, structured=True)
def flesch_kincaid_grade(r: Counts) -> np.ndarray:
    """Compute the Flesch-Kincaid school grade (US) from words per sentence and syllables per word; higher is harder.

    Kincaid, J.P., Fishburne, R.P., Rogers, R.L. & Chissom, B.S. (1975). Derivation of new readability formulas for Navy
    enlisted personnel. Research Branch Report 8-75, Naval Technical Training Command. doi:10.21236/ADA006655
    """
    return 0.39 * r.words / r.sentences + 11.8 * r.syllables / r.words - 15.59


@formula(words=SAMPLE, english=True, structured=True)
def gunning_fog(r: Counts) -> np.ndarray:
    """Compute the Gunning fog index: school grade (US) from sentence length and share of hard words; higher is harder.

    Hard words have at least three syllables. Names, compounds of easy words (`bookkeeper`) and verb forms whose
    third syllable comes from -es or -ed (`created`) are not hard.
    Gunning, R. (1952). The Technique of Clear Writing. McGraw-Hill.
    """
    return 0.4 * (r.words / r.sentences + 100 * r.complex_words / r.words)


@formula(words=1, sentences=30, english=True, structured=True)
def smog_index(r: Counts) -> np.ndarray:
    """Compute the SMOG grade (US) from words of three syllables or more; higher is harder; needs thirty sentences.

    McLaughlin, G.H. (1969). SMOG grading: a new readability formula. Journal of Reading 12(8), 639-646.
    """
    return 1.043 * np.sqrt(30 * r.polysyllables / r.sentences) + 3.1291


@formula(words=SAMPLE, english=True, structured=True)
def automated_readability_index(r: Counts) -> np.ndarray:
    """Compute the automated readability index: school grade (US) from characters and sentence length; higher is harder.

    Smith, E.A. & Senter, R.J. (1967). Automated Readability Index. AMRL-TR-66-220, Wright-Patterson Air Force Base.
    """
    return 4.71 * r.characters / r.words + 0.5 * r.words / r.sentences - 21.43


@formula(words=SAMPLE, english=True, structured=True)
def coleman_liau_index(r: Counts) -> np.ndarray:
    """Compute the Coleman-Liau index: school grade (US) from letters and sentences per hundred words; higher is harder.

    The factor for letters is 0.058, as in textstat; the paper prints 0.0588, which adds about 0.4 to every grade.
    Coleman, M. & Liau, T.L. (1975). A computer readability formula designed for machine scoring. Journal of Applied
    Psychology 60(2), 283-284. doi:10.1037/h0076540
    """
    return 0.058 * 100 * r.letters / r.words - 0.296 * 100 * r.sentences / r.words - 15.8


@formula(words=SAMPLE, english=True, structured=True)
def dale_chall(r: Counts) -> np.ndarray:
    """Compute the Dale-Chall score from unfamiliar words; higher is harder: up to 4.9 is grade 4, 9 to 9.9 college.

    The formula and the rules for familiar words date from 1948, the list of 3,000 easy words from 1995.
    Familiar words are those on the list and their regular forms (`years`, `walked`, `longest`, `softly`), names of
    people and places, numbers, and hyphenated words of familiar parts. A capitalised word inside a sentence counts as
    a name, so names of organizations are familiar here, whereas the paper counts each as unfamiliar up to twice.
    Dale, E. & Chall, J.S. (1948). A formula for predicting readability. Educational Research Bulletin 27, 11-20, 37-54.
    Chall, J.S. & Dale, E. (1995). Readability Revisited: The New Dale-Chall Readability Formula. Brookline Books.
    """
    difficult = 100 * r.difficult_words / r.words
    return 0.1579 * difficult + 0.0496 * r.words / r.sentences + np.where(difficult > 5, 3.6365, 0)


@formula(words=SAMPLE, english=True, structured=True)
def linsear_write(r: Counts) -> np.ndarray:
    """Compute Linsear Write: school grade (US) from the first hundred words, long ones tripled; higher is harder.

    Long words have at least three syllables.

    O'Hayre, J. (1966). Gobbledygook Has Gotta Go. US Department of the Interior, Bureau of Land Management.
    """
    points = r.linsear_points / r.linsear_sentences
    return np.where(points > 20, points, points - 2) / 2


@formula(words=SAMPLE, english=True, structured=True)
def lix(r: Counts) -> np.ndarray:
    """Compute LIX: words per sentence plus percentage of words over six letters; higher is harder.

    About 30 is easy, 50 is official text.

    Björnsson, C.H. (1968). Läsbarhet. Liber.
    """
    return r.words / r.sentences + 100 * r.long_words / r.words


@formula(words=SAMPLE, english=True, structured=True)
def rix(r: Counts) -> np.ndarray:
    """Compute RIX: words over six letters per sentence; higher is harder.

    Anderson, J. (1983). Lix and Rix: variations on a little-known readability index. Journal of Reading 26(6), 490-496.
    """
    return r.long_words / r.sentences


@formula(words=1)
def reading_minutes(r: Counts) -> np.ndarray:
    """Estimate the minutes an adult needs for silent reading, headings included, at 238 words per minute.

    Brysbaert, M. (2019). How many words do we read per minute? Journal of Memory and Language 109, 104047.
    doi:10.1016/j.jml.2019.104047
    """
    return r.all_words / WORDS_PER_MINUTE


GRADES = (flesch_kincaid_grade, gunning_fog, smog_index, automated_readability_index, coleman_liau_index, linsear_write)
"""The formulas whose result is a US school grade."""


def grade_band(text: str | Reading) -> tuple[float, float, float]:
    """Compute the range of school grades (US) that the grade formulas return; NaN if none returns one.

    The formulas differ by several years on the same text: the band shows this; a single number would hide it.

    Returns
    -------
    float, float, float
        Lowest, median and highest grade; higher is harder.

    Raises
    ------
    TypeError, ValueError
        If `text` is not a str, or is too long.

    Examples
    --------
    >>> grade_band("Too short.")
    (nan, nan, nan)
    """
    reading = text if isinstance(text, Reading) else read(text)
    grades = [grade for grade in (metric(reading) for metric in GRADES) if grade == grade]
    if not grades:
        return (float("nan"),) * 3
    return min(grades), float(np.median(grades)), max(grades)
