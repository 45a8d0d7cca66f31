"""Sentences: full units of speech, inside quotation marks too, and what a period after an abbreviation means."""

import functools
import gzip
import itertools
import json
import re
from pathlib import Path

import pytest
import sentencex
from helpers.texts import sentence_starts, straight
from helpers.work import spent
from hypothesis import given
from hypothesis import strategies as st

from toolkit import read
from toolkit.text.normalize import normalise

TREEBANK = Path(__file__).resolve().parents[3] / "shared/data/sentence_treebank/ewt_paragraphs.jsonl.gz"
ENDS = "|"  # where a reader ends a sentence

QUOTATIONS = [
    'He said: "It is late.|We must go.|The bus has left."',
    "He said: \u201cIt is late.|We must go.|The bus has left.\u201d",
    '"Never again." | She left.',
    "\u201cAll warfare is based on deception\u201d?|That might apply.",
    "He said, \u201cDemocracy is the worst form of government.\u201d|If enough people want it, it will happen.",
    '"Really?" she said.|"Yes!" he cried.',
    '"We lost," he said.|"We will be back!"|Nobody laughed.',
    '"Stop!" Tom said.|"Why?" Dr. Ann Lee, 33, asked.|"Oh ..." I said softly.|Nobody moved.',
    '"Stop!"|He said nothing.|"Why?"|Tom said nothing.|"Who?"|People asked.|"Oh..."|Tom left.',
    '"We must\u2014"|He stopped.|"Go on," she said.|"We\u2014" Tom began.|"No!"',
    '"Go!|Go!" they yelled.|"It is late" \u2014 he stood up \u2014 "and we must go."|We went.',
    "\u00ab\u00a0Is it late\u00a0?\u00a0\u00bb she asked.|\u00ab\u00a0It is.\u00a0\u00bb|They left.",
    "\u00bbIs it late?\u00ab she asked.|\u201eIt is.\u201c|\u2018We go.\u2019|They left.",
    "She asked 'Why?' twice.|Nobody knew.",
    "(This is an aside.)|This is not.",
    "It was late (so they said.)|We went home.",
    'The 5" pipe broke.|We fixed it.|The 6" pipe held.',
    '"One mark too many.|We read on.|It ended.',
    "**It is late.**|_We must go._|It rains.",
    "\u201cYou can\u2019t just\u2014\u201d|\u201cWatch me.\u201d|She left.",
    '"Who knows?" Johnson, the manager, said.|"Why?" Tom\'s old mother asked.|"So?"|Ann, his sister, said nothing.',
    "\u201cI... I don\u2019t know,\u201d he said.|\u201cWell...\u201d|We left.",
]
ABBREVIATIONS = [
    "This post helped me.|Thank you for sharing.",
    "The answer is no.|Nobody said why.",
    "Sr. Maria and Fr. Paul pray.|Br. John sings.",
    "The asst. director left.",
    "Act 2, sc. 3 is long.|It ends.",
    "so true fr.|Netflix is done.",
    "That is ok.|Thank you.",
    "We like modern art.|Many people do.",
    "It is the train we miss.|Others do not.",
    "It opened in May.|Nobody came.",
    "So did I.|Then we left.",
    "They didn't.|Today they will.",
    "Other good editions are in vol. 4.|Buy one.",
    "It is approx. 5 miles away.",
    "The vote is at 9 a.m. EST on Monday.|Be there.",
    "It ends at 5 p.m. Monday.",
    "We left at 5 p.m.|Nobody was there.",
    "He lives near Ft. Worth now.",
    "The min. age is 18 and the max. age is 65.",
    "It is the No. 2 and No. 3 largest chain in the U.S. and Canada.",
    "Trying to get back to Com. & Adm. through the most direct path.",
    "He lives in the U.S.|He likes it.",
    "The U.S. Government knows.|It said so.",
    "Dr. Smith met Gen. Jones and Mrs. A. B. Lee.|They spoke.",
    "Samuel L. Jackson spoke at the library.",
    "It was vitamin C.|The doctor said so.",
    "See p. 55 and Fig. 3 of Art. 5.|Read it.",
    "She works for Pitt, Briggs & Co. in Boston.|They pay well.",
    "On Nov. 5 we met Sen. Lee of Calif. and left.",
    "Bring cups, plates, etc.|Guests bring food.",
    "Some fruit, e.g. apples, i.e. food, is cheap.",
    "The table is 10 in. tall and weighs 50 kg. in all.|We turned in.|it was late.",
    "The firm raised £3 mn. in May, $4.5 bn. in the 2nd qtr. alone.|It lost 2 bn.|We know why.",
    "Smith et al. found it.|Lee et al.|The others did not.",
    "It airs at 8 p.m. Eastern on Monday.",
    "Doors open at 7 p.m. EST.|Come in.|It was founded (est. 1999).",
    "I voted for Prop. 8 and read chap. 4 of vol. 2.|See 418 F. Supp. 2d 12.|N.B. This is old.",
    "THE U.S. IS BIG.|IT IS NOT SMALL.",
    "he came at 5.|i left.|call 303-832-8160.|they miss you.|it is the 3. and the 4. place.",
    "10/10.|Would buy again.",
    "See Fed. R. Civ. P. 56 and id. at 45.|Cf. Wm. Herschel, Figs. 2 and 3.|Attn. Mr. Lee, Rm. 204: it is a tie.",
    "It grew 5 pct. in May, the Post vs. The Times.|I love my iPhone.|iPads are fine.|It was 3:2.|we won.",
]
WEB_PROSE = [
    "i love it.|we went again.|would you?|i would!", "Wait... what?|Yes.|Well...|No.", "What a day!!!|Really?!|Yes.",
    "I love her. :)|The dog too. <3|We all do.", "We want peace.|https://example.org/a.b They want war.",
    "It costs $3.50.|Buy version 2.0 now.", "Was it good ?|It was not .|We left.", "Ten came. \U0001f602|It goes on.",
    "He lives in the U.S. now and pays 3.14 dollars.", "Adm. Cavo Dragone spoke.|Dr. Smith left at 5 p.m. on Friday.",
    "I love it :)|We go there often.", "I hate that :-(|It was bad.", "Ask him ;) :D|He knows.", "So nice :D so good",
    "It costs 3: (A) and (B).", "I <3 New York.", "It was cold.|we went home.|fine.|for once it ended.",
    "A first strike... as defense.", "What a day! \U0001f602|It goes on.", "Ask the U.S. government.|It knows.",
    "I love it \U0001f600|We go there often.", "I love it \u2764\ufe0f|We go there.", "I love it <3 <3|We go there.",
    "Thank you\U0001f64f\U0001f3fd \U0001f602|You are kind.", "We \u2764 The Beatles <3|They are back.",
    "Team \U0001f1fa\U0001f1f8 USA won.",
    "So good \U0001f600!|We go.", "Is it so? <3|Yes. </3", "What a day\u203d|You did it\u2047|Yes.",
    "Yahoo! is a site.|We use it.|--bob", "We left. - and so on.", "Do You Yahoo!?|Tired of it?|Yahoo! Mail has it.",
    "We saw Jeopardy! last night.|Tom won Jeopardy!|He left.|A Jeopardy! Masters game.", "What jeopardy!|Tom left.",
    "It was 20 deg. C.|We left.|It was 9 deg. F outside.|It fell by 3 deg.|We left.",
    "A cake -- voila! -- is made.|Eat.", "He walked [...] and left.|We saw.",
    "Ann Lee <ann@example.org>|03/27/2001 09:11 AM|Dear Tom, we met.", "We met.|Kay Mann|04/26/2001 7:17:05 PM|We met.",
    "It came on 04/26/2001 07:17 AM Eastern time.", "Ask Ann <ann@example.org> for it.", "The (US) - Iran talks.",
    "TEHRAN (AFP) -|A contest opened.|It ends.", "(New Scientist)|On 3 May it flew.|A (New York) Times man came.",
    "Read https://example.org/a-b|The rest is here.", "See a@example.org|If not, ask.|https://example.org/a The rest.",
    "We read https://example.org/a Smith wrote.", "Ask @ann The singer.", "It is (on/off) The end.",
]  # fmt: skip

OTHER_KINDS = [  # rulings, recipes, results, plays, chats, abstracts, notices, dialogue
    "It is void.|In re Dunmore, slip op. at 3 (9th Cir. 2006), settles it.|Id. at 14.|The clerk shall enter judgment.",
    "Before Ruiz and O'Dell, JJ.|Per curiam.", "Art. 5 para. 2 of the treaty is clear.|See Suppl. Table 1.",
    "(i) No dogs.|(ii) No smoking.", "1.1 The seller warrants title.|1.2 The buyer shall inspect the goods.",
    "Heat 2 tbsp. of oil.|Add 1 lb. of beef, 3 tsp. salt, etc. and stir for 10 min. or until brown.|Serves 4.",
    "Prep. time: 20 min.|Bake at 350 \u00b0F for 1 hr. and rest it 2 hrs.|Slice it.|It weighs 3 lbs.|Brown both sides.",
    "He threw for 301 yds. and two touchdowns.|He is 6 ft. 2 in. tall.|It took 32 gb. of room.",
    "Final: Bears 24, Colts 17.|Marsh scored twice (12', 67').|The return leg is on Sat. at 3 p.m.",
    "ROMAN: You came back.|LENA: I forgot my coat.|(She exits.)", "Act III, Scene 2.|A street in Verona.",
    "Q. Did you see him?|A. I did not.|Q: Why?|A: Because I said so.", "anna: u there?|ben: yep.|what's up?",
    "i called them (twice!) and nobody answered.|really?|in 2024?", "This.|Is.|Huge.", "She said no?!|omg.",
    "We tested 48 adults (M = 31.2 yrs., SD = 4.1).|Scores rose, F(1, 46) = 5.2, p < .05.|No effect was found.",
    "Earlier work (Lee et al., 2001; cf. Roy, 1998) is mixed.|E. coli grew at 37 \u00b0C.|S. aureus did not.",
    "ZURICH, Oct. 4, 2023 -- Novatek AG (SIX: NVT) grew.|Net profit rose 12 pct. to CHF 3.4 bn.|It pays a dividend.",
    "\u2014 Are you cold? he asked.|\u2014 No! she cried.|\u2014 Never.|Would you?|she said yes.",
    "\u2018You\u2019re early,\u2019 said Mrs Dunn.|\u2018The bus was.\u2019",
    "\u2018Did he say \u201cnever\u201d?\u2019 asked Ruth.|\u2018He did.\u2019",
    "'Tis the season.|'Twas ever thus.|Rock 'n' roll!", "The plural of 'ox' is 'oxen'.|The plural of 'box' isn't.",
    "In the year 44 B.C. Caesar died.|In 14 A.D. Augustus followed.|'68 was odder.|2020 was the oddest.",
    "Run pip install foo.|Then edit C:\\Temp\\foo.ini and restart.|It works on node.js and .NET.|v1.3 follows in Q3.",
    'Write to 12 St. James\'s Sq., London SW1.|Mark it "Private."|He lives at 6 Elm St. Apt. 4.|Ring twice.',
    "Ludwig van Beethoven was deaf.|The painting is by El Greco.|De Niro owns it.|Von Trier wants it.",
    "A No. 10 source said no.|No, 10 is too many.", "P.S. Bring wine.|P.P.S. No red wine.|N.B. No beer.",
    "We saw Evita! in London.|I love New York!|it is great.|Thanks Dave!|was worried.|Come!|for once it ended.",
    '"You are late!" Ann\'s mother scolded.', '"Why?" Lee responded.|"Because."', '"Look!" Kim warned.',
    '"Why not?" Tom Lee joked.', '"No!"|Argued points are lost.', "Heat it to 375 degrees F.|Grease a pan.",
    "It was 20 degrees C. in May.", "Bake at 180\u00b0 C. or less.", "They need a plan B.|Mistakes happen.",
    "His blood is type O.|Donors came.", "Plan B. Smith went there.", "It weighs 3 lbs. 4 oz. in all.|It is light.",
    "It took 2 hrs. 14 min. to end.|Rain fell.", "It took 20 min.|3 people came.", "He made $5m. last year.",
    "She is 6in. taller.|Nobody cares.", "It opens at 8 a.m. London time.", "It opens at 8 p.m. New York time.",
    "We came at 5 p.m.|Game time was near.", "We eat at 6 p.m.|Dinner time with kids is sacred.",
    "He left at 3 p.m.|Story time with Ann began.", "It opens at 8 p.m. Mountain time.|It ends at 9 a.m. Turkey time.",
    "The answer is: A.|It was easy.", "There is one rule: 1.|He broke it.", "My grade was: A.|They were kind.",
    "It opens at 8 a.m.|London is asleep.", "It rose 1.1 pct.|Oil fell.", "Read Ps. 23 aloud.",
    "Black met Mmes. Grey.", "There are steps: 1. Open the box.|2. Call us.", "It is simple: A. Pay now.",
    "The score was: 5.|We left.", "See Fed. R. Evid. 403 for it.", "I called the rep.|He said no.",
    "I like my prof.|She is fair.", "We know dr. Lee and prof. Kim.", "It was us vs. The World.",
]  # fmt: skip
LINES_JOINED = [
    "Hi Anna,|I loved this post.|It helped me.", "Dear Dr. Lee,|Thank you for the talk.",
    "Hi, I am Ben.|Nice to meet you.", "Dear Sir or Madam:|We write about the road.",
    "Good morning everyone -|The office is closed.", "All:|We met.", "Hey guys, what is up?",
    "Dear me, what a mess!|We left.", "Hey Jude, don't make it bad.", "Hello!|We met.",
    "Good morning was all he said.|We left.", "However, The Times said no.", "Paris, France, is big.|We live there.",
    "See you soon.|Kind regards,|Anna", "(See the attached file.)|Best regards,|Tom Jones",
    "It works.|Thanks, Ben!|Yes.", "Thank you for your time.|Yours sincerely,|J. B. Smith", "It was fun.|Thanks,|Ben",
    "Thanks, Ben, for it.|We won.", "Respectfully, I disagree.|You are wrong.", "We sent our regards, and Tom left.",
    "He sends his best regards, Tom said.", "It was the best, Tom.", "We need to talk.|Best,|Jill",
    "Love, Actually is a film.", "Good luck,|Mike", "It ended ==========|The next part began.",
    "Notice -------------|All mail is read.", "We left * * *|He came back.", "It ended.|_____ The next part began.",
    "What the **** Is this?", "Fill in the ____ and send it.", "It ran -- Tom said --",
    "We read it:|TEHRAN (AFP) -|A contest opened.", "Photo from Space.com|(Space.com)|It looks like rain.",
    "Sent by Kay Mann|04/26/01 07:17|We have moved.", "The note on 04/25/01 12:42:55|We have moved.",
    "Ann Lee <ann@example.org>|Hi Tom,|We met.", "Email: jo...@example.org|We met.", "Look it up (Space.com) Tuesday.",
    "PS. Love the new site.", "We left.|P.S. It rained.", "We left|PS - It rained.", "We left.|PS: Bring a coat.",
    "I made it with PS.|It took an hour.", "He plays on a PS - It is old.",
    "He asked what it meant. '|And then he left.", "Buy milk|2) Buy bread|3) Buy eggs",
    "There are 1) The old and 2) The new rules.", "We saw: 1) Tom ran, 2) Ann left.",
    "It has rules (see rule 2) The rest is free.", "We saw Oliver! in London.|It was good.", "Oliver!|Come here.",
    "The show Oklahoma! opened in 1943.", "Yum! Brands sells food.|Wham! played there.",
    "I love New York!|it is great.", "He said----- Ann was gone.", "His name is _____ Lee.",
    "**NOTICE*****|All mail is read.", "What the f***** Is that?", "Old McDONALD (AFP) -|Tom left.",
    "On 04/26/01 07:17 Tom left.", "Respectfully, Senator Smith is wrong.", "Sincerely, Bob, you are wrong.",
    "With best wishes, Prince Harry left.", "It was fun.|Yours truly,|Ann and Bob", "Dear God, I hate this.",
    "Hello Kitty, Snoopy and Garfield are cats.", "Best, of course, is to stay.", "Thanks, but no.|Tom left.",
    "TEHRAN (AFP) --|A contest opened.",
]  # fmt: skip
ACROSS = [
    "We met (Ann", "Fine|2) We met Ann.", "It came 04/26/01 07:17 ", "The tube is 10", "in. It stayed.", "A ~~~~~ ",
    "The end.",
]  # fmt: skip
"""What is at the end of one, or the beginning of the next, changes no sentence of the other."""


def test_the_number_of_an_item_ends_no_sentence_where_a_second_item_follows() -> None:
    found = read("We have rules: 1. He pays. 2. She drives.").sentence_texts()
    assert found == ["We have rules: 1. He pays.", "2. She drives."]


@pytest.mark.parametrize("marked", [*QUOTATIONS, *ABBREVIATIONS, *WEB_PROSE, *OTHER_KINDS, *LINES_JOINED])
def test_sentences_end_where_a_reader_ends_them(marked: str) -> None:
    wanted = [" ".join(normalise(sentence).split()) for sentence in marked.split(ENDS)]
    text = " ".join(sentence.strip() for sentence in marked.split(ENDS))
    assert read(text).sentence_texts() == wanted


@pytest.mark.parametrize("marked", LINES_JOINED)
def test_spaces_that_nobody_sees_end_no_sentence_and_join_none(marked: str) -> None:
    text = " ".join(sentence.strip() for sentence in marked.split(ENDS))
    spaced = re.sub(r"(?<=[A-Za-z,]) (?=[A-Za-z])", "  ", text) + "  "
    assert read(spaced).sentence_texts() == read(text).sentence_texts()


@pytest.mark.parametrize(
    "sentence", ENDS.join([*QUOTATIONS, *ABBREVIATIONS, *WEB_PROSE, *OTHER_KINDS, *LINES_JOINED]).split(ENDS)
)
def test_a_sentence_by_itself_is_one_sentence(sentence: str) -> None:
    assert len(read(sentence.strip()).sentence_texts()) == 1


@pytest.mark.parametrize(
    "marked",
    [
        "He left.|\u201cWe must go,\u201d she said.",
        "She cried \u201cGo!\u201d|He left.",
        "\u201cIt is late.\u201d|\u201cWe know.\u201d",
        "It was the end.|\u201cWe won,\u201d she said. \u201cStay.\u201d|He left.",
        "He said \u201cWe left.\u201d|I stayed.",
        "It read: '\u201cNo.\u201d|We left.'",
    ],
)
def test_a_missing_space_beside_a_quotation_mark_changes_no_sentence(marked: str) -> None:
    spaced, glued = marked.replace(ENDS, " "), marked.replace(ENDS, "")
    assert read(spaced).sentence_texts() == read(glued).sentence_texts() == read(straight(glued)).sentence_texts()
    assert read(spaced).words == read(glued).words


def segments(stretch: str) -> list[str]:
    """The sentences of one stretch."""
    (starts,) = sentence_starts([stretch])
    return [stretch[start:end] for start, end in itertools.pairwise([*starts, len(stretch)])]


def test_many_stretches_at_once_have_the_sentences_of_each_which_join_again() -> None:
    stretches = [
        marked.replace(ENDS, " ")
        for marked in (*QUOTATIONS, "", *ABBREVIATIONS, " ", *WEB_PROSE, *OTHER_KINDS, *LINES_JOINED, *ACROSS)
    ]
    assert sentence_starts(stretches) == [sentence_starts([stretch])[0] for stretch in stretches]
    assert ["".join(segments(stretch * 3)) for stretch in stretches] == [stretch * 3 for stretch in stretches]


SURE_WORDS = st.sampled_from("people house walked quickly green river because working table london".split())
SURE_SENTENCES = st.lists(SURE_WORDS, min_size=2, max_size=8).flatmap(
    lambda words: st.sampled_from(".!?").map(lambda mark: " ".join(words).capitalize() + mark)
)


@given(st.lists(SURE_SENTENCES, min_size=1, max_size=8))
def test_plain_prose_is_cut_as_sentencex_cuts_it(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [piece.strip() for piece in segments(text)] == [piece.strip() for piece in sentencex.segment("en", text)]


@pytest.mark.parametrize(
    "piece",
    [
        "!", ". ", "e.g. ", "![", "'", "A. ", "(", "x", "x/", "a.b", '."', ". . ", " ", "! :) ", ":D ", "<3 ",
        "x\u00a0", "No. 1 ",
    ],
)  # fmt: skip
def test_a_long_stretch_takes_linear_time(piece: str) -> None:
    """The work of four times the text is compared: a quadratic pattern takes sixteen times as long, at each try."""
    short, long = (piece * (length // len(piece)) for length in (50_000, 200_000))
    assert "".join(segments(short)) == short
    once = min(spent(functools.partial(segments, short)) for _ in range(2)) + 0.01
    assert any(spent(functools.partial(segments, long)) + 0.01 < 10 * once for _ in range(3))


def _rates(paragraphs: list[list[str]]) -> tuple[float, float]:
    """Precision and recall of the sentence ends inside paragraphs; places are counted in visible characters."""
    right = found = wanted = 0
    for sentences in paragraphs:
        reading = read(" ".join(sentences))
        sizes = [len("".join(normalise(sentence).split())) for sentence in sentences]
        truth = {sum(sizes[:many]) for many in range(1, len(sizes))}
        ours = {len("".join(reading.text[:end].split())) for _, end in reading.sentences_at} - {sum(sizes)}
        right, found, wanted = right + len(truth & ours), found + len(ours), wanted + len(truth)
    return right / found, right / wanted


@pytest.mark.skipif(not TREEBANK.exists(), reason=f"the treebank is not here: {TREEBANK.name}")
@pytest.mark.parametrize(("quoted", "precision", "recall"), [(True, 0.989, 0.92), (False, 0.99, 0.84)])
def test_sentence_ends_of_a_treebank_are_found(quoted: bool, precision: float, recall: float) -> None:
    """Most ends that are missed follow no mark: headings, greetings and signatures in one line."""
    with gzip.open(TREEBANK, "rt", encoding="utf-8") as lines:
        paragraphs = [json.loads(line)["sentences"] for line in lines]
    chosen = [each for each in paragraphs if ('"' in normalise(" ".join(each))) is quoted]
    rates = _rates(chosen)
    assert rates[0] >= precision
    assert rates[1] >= recall
