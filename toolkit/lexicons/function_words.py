"""Recognise English words, and function words of other languages in Latin letters."""

import functools
import re

from .dictionaries import dictionary, easy_words, function_words
from .syllables import unaccented
from .vader_rules import library

COMMON = frozenset(
    """
    the of to and a in is it that for was on are as with be they at this have from or had by but what not
    all were we when your can said there use an each which she do how their if will up other about out many
    then them these so some her would make like him into time has look more go see no way could than been
    who its now did get come may i you he me my our us am don't i'm isn't it's can't that's there's what's
    they're we're you're doesn't didn't won't just only over very also after because any most should here
    where why too much even does being nor those off down such
    """.split()
)
"""Very frequent English words."""
FUNCTION_WORDS = COMMON - frozenset(
    "said use look time like go see way come get make right people".split()
) | frozenset(
    """
    above across against although among another anyone anything around because before behind below beneath
    beside besides between beyond both cannot could despite during either else ever every everybody everyone
    everything few hers herself himself his however if inside itself least less many may might mine more much
    must myself near neither nobody none nothing once one onto ours ourselves outside perhaps quite rather shall
    should since somebody someone something still than theirs themselves therefore though through throughout
    thus till together toward towards under until unless upon us whatever when whether which while whom whose
    why within without would yet yours yourself yourselves again already always never often also i'd i'll i've
    you'd you'll you've he'd he'll he's she'd she'll she's it'll we'd we'll we've they'd they'll they've who's
    there'd couldn't shouldn't wouldn't wasn't weren't hasn't haven't hadn't having doing done yes oh well
    """.split()
)
"""English words of closed classes: articles, pronouns, prepositions, conjunctions, auxiliaries, particles."""
SLANG = frozenset(
    """
    af afaik ain't app apps asap asf bc bestie bff blog blogs brb bro bruh bruv btw bussin copium cos coz cuz deadass
    delulu dm dms dope dude em emoji ez facebook fam fav finna fomo fr ftw fyi fyp gg gimme goated gonna google gotcha
    gotta gr8 gyatt haha hahaha hbd hbu hella hes hmm hmu hodl idc idgaf idk ikr imho imma imo internet irl istg iykyk
    jk kinda l8r lemme lfg lit lmao lmaoo lmfao lmk lol lolol lowkey meh meme memes mins mp3 msg nah ngl nope np nvm
    obvs ofc ok omfg omg omw online onto oof outta pic pics pls plz pogchamp poggers ppl prob redpilled rizz rn rofl rt
    selfie shes simp sis skibidi smh smth sorta srsly sry stfu stonks sus tbh tbt tfw thats theyre thru thx tmi tmr
    tmrw ttyl tweet tweets twitter ty tysm u ugh ur vid vids vs wanna wbu wdym website wfh whatcha wifi wikipedia
    wildin wtf wth www wyd x xo xoxo y'all ya yall yass yeah yeet yep yikes yo yolo youre youtube yup
    """.split()
)
"""Words from chats and the internet."""
_AMBIGUOUS = frozenset(
    """
    ad ai al ale alla alt am an ancora ang ar au av bara ben bene biz bo bu ca chi co com comment con contra da dai dal
    dan de del den der des di dia din dos du e el em en encore er era es et eu eux ez faire fais fi gar halt ham han
    hans hay hem ho hon im inn io ja je jo ka kan kay ki kim ko la las le les li lo los ma mai mal man mar mas med mi
    mia min mis mod mon mu na nada ni no non nu o ok om on op os ou pa para pas per po pod por pro qu sa san sans se
    sedan sen si sin sol son sou soy su sur sus ta tak tam tan te ter ti til todo tot tu un ung up va vain vamos van
    vara ve ver vi ville volt von vos w y ya yang z
    """.split()
)
"""Function words of other languages that are also English words, names or slang: no evidence by themselves."""
_TRIPLE, _REPEATED = re.compile(r"(.)\1\1"), re.compile(r"(.)\1{2,}")
_POSSESSIVE = re.compile("'s?$")


def is_english(word: str) -> bool:
    """Return whether a lower-case word is in an English dictionary, VADER's lexicon or the chat slang list.

    Repeated letters (`soooo`) are shortened first; a hyphenated word is English if its parts are.
    """
    if word in other_languages():
        return False
    if _is_listed(word):
        return True
    if "-" in word:
        return all(map(is_english, filter(None, word.split("-"))))
    if not (word.isascii() and word.isalnum()) and any(
        map(_is_listed, (_POSSESSIVE.sub("", word), unaccented(word).replace(".", "")))
    ):
        return True
    return _TRIPLE.search(word) is not None and any(_is_listed(_REPEATED.sub(s, word)) for s in (r"\1", r"\1\1"))


def _is_listed(word: str) -> bool:
    return word in dictionary() or word in _other_lists()


@functools.cache
def _other_lists() -> frozenset[str]:
    return COMMON | SLANG | library().numbers.keys()


@functools.cache
def other_languages() -> frozenset[str]:
    """Function words of 17 other languages that are not English words."""
    return function_words() - _AMBIGUOUS - easy_words() - COMMON - SLANG


@functools.cache
def ambiguous_words() -> frozenset[str]:
    """Function words of other languages that are also rare English words; single letters are excluded."""
    return frozenset(word for word in function_words() & _AMBIGUOUS - COMMON if len(word) > 1)
