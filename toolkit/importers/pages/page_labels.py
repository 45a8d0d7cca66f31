"""Blocks of a saved page that are not its text: button labels, notices, galleries, teasers, lists of names."""

import itertools
import re
from collections import Counter
from typing import Final

from ..documents.markdown_writer import Piece, one_line
from ..documents.running_text import FEWEST_NAMES, SHORT_LINE, is_name, is_prose, writer_of
from .element_names import NAMES

LONGEST_NOTICE: Final = 40  # words of a notice; characters of a label that is quoted
MOST_SHOWN: Final = 5  # labels quoted in a note
LONGEST_ROW: Final = 8  # words in a row of buttons
LEAST_LINKED, LEAST_LABELLED = 0.8, 0.4  # share of a line in links: a line of links, a link after a label
FEWEST_TEASERS, LONGEST_TEASER = 3, 60  # teasers in a row, and words of each
LONGEST_PEOPLE: Final = 60  # characters of the line that introduces a list of people

# Words on buttons: a line of nothing else is a row of buttons.
_BUTTONS: Final = frozenset(NAMES["beside_the_text"]["buttons"].split())
_PICTURES = r"(?:getty images|reuters|afp|ap|epa|shutterstock|istock|rex)"
_CREDIT = re.compile(
    r"(?i:photo(?:graph)?s?|pictures?|images?|illustrations?|foto|bild)(?:\s?: ?| by )"
    r"[A-Z][\w.'’-]{0,20}(?:(?: |, ?| ?/ ?| and | \| )[A-Z][\w.'’-]{0,20}){0,5}"
)
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?", re.IGNORECASE)  # live blogs; headings stay
_LABELS = (
    r"(?:skip )?advertisement(?: ?[-–—.:]? ?(?:scroll|continue|skip).{0,40})?|this advertisement has .{1,60}",
    r"(?:sponsored|promoted)(?: content| by| stories.{0,20})?|(?:story|article) continues below(?: advertisement)?",
    r"(?:share|tweet|pin|e-?mail|print|save|like|follow|reply|report|copy|gift|listen to)"
    r"(?: (?:this|it|us|link|on \w+|via \w+|(?:this |full )?(?:article|story|post|page)))?",
    r"(?:compartir en|partager (?:sur|par)|condividi (?:su|via)|compartilhar no|delen (?:op|via)) \w{1,20}"
    r"|auf \w{1,20} teilen|copi(?:ar|a|er)(?: el| o| le| il)? (?:enlace|link|lien)|link (?:kopieren|kopiëren)",
    r"click to (?:share|e-?mail|print) .{1,60}|(?:link )?copied(?: to clipboard)?|\d{1,3}[ -]min(?:ute)?s?(?: read)?",
    r"please wait|(?:previous|next)(?: (?:article|story|post))?|back to top|(?:main|skip to (?:main )?) ?content",
    r"(?:leave|add|post|write|view|show|hide|read)(?: (?:a|all|the))? comments?",
    r"\d{1,6} (?:view )?(?:comments?|replies|reply|shares?|likes?|views?)",
    r"(?:read|see|view|show|load|learn|find out) more(?: about this)?",
    r"continue reading|member-only story|you have \d{1,2} (?:free )?(?:articles?|stories) (?:left|remaining).{0,40}",
    r"view (?:this )?(?:image|photo|gallery)|related(?: (?:articles?|stories|posts?|topics?|content|coverage))?",
    r"recommended(?: for you)?|you (?:may|might) also like|more (?:on this story|from .{1,30})",
    r"(?:sign|log) (?:in|up)(?: to (?:post )?comments?)?|subscribe now|already have an account\? .{0,20}",
    rf"{_PICTURES}(?: ?/ ?{_PICTURES})?",
    r"(?:read (?:more|also|next)|also read|related(?: \w{1,12})?|recommended|watch(?: more)?)\s?[:|] .{1,120}",
    r"(?:first |last )?(?:published|posted|updated|modified)(?: on| at)?:? .{0,20}\d.{0,40}",
    r"filed under: .{1,120}|(?:follow|find|like|join) us on .{1,60}|suscríbete a .{1,30}\bnewsletter\b.{0,60}",
    r"\d{1,6} points? by \S{1,40} (?:on .{0,12}\d{4}|.{0,40}\bago)\b.{0,80}",
    r"(?:source url|printed from|retrieved from|find (?:this|it) .{0,20}\bat)\s?:? \"?https?://\S{1,300}.{0,40}",
    r"jump to (?:the )?(?:comments?|(?:main )?content|ingredients|instructions|navigation|recipe|search|video)",
    r"(?:view|read|open) .{0,20}in (?:your |the )?(?:browser|app)|order reprints",
    r"(?:liked|loved|followed) by .{1,80}|\S.{1,79} (?:(?:likes?|liked|reblogged) this(?: from .{1,60})?"
    r"|(?:and|und|et|y|e) \d{1,6} (?:others?|weiteren?|autres|más|altri|outros)(?: .{0,30}like.{0,20})?)",
)
_LABEL = re.compile(rf"[\[(]?(?:{'|'.join(_LABELS)})[\s.:…›»!>\])]{{0,5}}", re.IGNORECASE)
_LETTERS = r"(?:newsletters?|channel|briefing|e-?mails?|alerts?|inbox|podcast|app|(?:whatsapp|telegram) group)"
_LEADS_AWAY = re.compile(
    r"[»›→▶>]?\s?(?:(?:read|see|watch|(?:show|load|view) (?:more|all)|also|more|related|recommended|don['’]t miss"
    r"|in case you missed|lire|voir|lesen|sehen|mehr|leer|lee|lea|ver|vea|lees|leggi|leia|veja|les|läs|læs|czytaj)\b"
    rf"|(?:[^?]{{1,40}}\? )?(?:click here to )?(?:sign up|subscribe|get|join)\b.{{1,60}}\b{_LETTERS}\b)",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"(?:©|copyright\b|\(c\)).{1,300}|.{0,80}\ball rights reserved\b.{0,200}"
    r"|.{0,30}(?:版权所有|版權所有|無断転載|무단 ?전재).{0,60}",
    re.IGNORECASE,
)
_JOINING: Final = (
    r"(?:subscri(?:be|ption)|sign (?:in|up)|log in|register|create an? (?:free )?account"
    r"|become a (?:member|subscriber))"
)
_PAYWALLS = (
    rf"\b{_JOINING}\b.{{0,80}}\b(?:to (?:continue|keep|finish|unlock|read)|for (?:full|unlimited) access)\b",
    rf"\b(?:to|want to) (?:continue|keep|finish|unlock|read)\b.{{0,60}}\b{_JOINING}\b",
    r"\bunlock (?:this|the full) (?:article|story|post)\b",
    r"\bthis (?:article|story|post|content) is (?:only |exclusively )?(?:for|available to|reserved for) "
    r"(?:paid |paying )?(?:subscribers|members)\b",
    r"\balready (?:a|an) (?:subscriber|member)\s?\?|\bcontinue reading with a .{0,30}(?:trial|subscription)\b",
    r"\byou(?:'ve|’ve| have) (?:\w{1,9} ){0,3}(?:reached|used|read|hit) .{0,40}\bfree (?:articles?|stories)\b",
    r"\bmit \S{1,20}(?: plus|\+|-?abo| abo)\b.{0,30}\bweiter|\bweiterlesen mit\b|\b(?:für|nur) abonnent",
    r"\bréservée? aux abonnés\b|\bagli abbonati\b",
    r"\bil vous reste .{1,12}% (?:de cet article|à )|\bpara suscriptores\b",
    r"\bpara (?:seguir|continuar) (?:leyendo|lendo)\b|\bpara assinantes\b|\bdla (?:prenumerator|subskrybent)ów\b",
    r"\bverder met een abonnement\b",
    r"\brest of this (?:article|story|post) is (?:available )?(?:to|for) .{0,20}(?:members|subscribers)",
)
PAYWALL: Final = re.compile("|".join(_PAYWALLS), re.IGNORECASE)
_NAME = r"(?-i:[A-Z][\w.’'-]{0,20}(?: [A-Z][\w.’'-]{0,20}){0,3})"
_NOTICE = re.compile(
    r"(?:\A|[.!?] )(?:you(?:['’]re| are)? receiv(?:ed?|ing) this|(?:sie erhalten|du erhältst) diese"
    r"|vous recevez cet?|recib(?:es?|iste) este|ricevi questa|você (?:recebeu|está recebendo) est[ae]"
    r"|otrzym\w{1,7} tę) .{1,60}\b(?:because|weil|da|car|parce que|porque|perché|ponieważ)\b"
    r"|\A(?:someone )?forwarded this e-?mail\?"
    r"|\A(?:to (?:view|watch|play) this .{1,20})?(?:please )?enable javascript\b"
    r"|\A(?:manage|update) your (?:e-?mail )?(?:preferences|subscription)\.?\Z"
    r"|\Aprivacy notice: |[.!?] (?-i:More about [A-Z]).{1,40}\Z"
    r"|\A(?=.*\b(?:affiliates?|links?|buy|purchases?|sales?)\b)[^.]{0,60}"
    r"\bwe (?:may|might|can) (?:earn|receive|get) [^.]{0,40}\bcommission\b"
    r"|\A(?:do you have an opinion on .{1,60} raised in|.{0,80}a diversity of letters to the editor\b)"
    r"|\A(?:(?:you can |to )?(?:reach|contact|e-?mail|write to)|follow) .{1,60} (?:at|on) .{0,30}@\w"
    rf"|\A{_NAME} is (?:an?|the) (?:[\w’'-]{{1,20}} ){{0,5}}(?:columnist|correspondent|reporter|contributor"
    r"|staff writer)(?: (?:for|at|with|in|based in|of) .{1,60})?\.?\Z"
    r"|\A(?:a version of )?this (?:article|essay|story) (?:appear(?:s|ed)|was published) in (?:print (?:in|on|under)\b"
    r"|.{0,60}\bprint (?:edition|issue|version)\b)"
    r"|\Athis (?:post|article|page|site|story) (?:may |might )?(?:contain|include|use|ha[sv])\w{0,2} "
    r".{0,30}\baffiliate links?\b"
    r"|(?:…|\.{3}|\[…\]) ?(?-i:READ MORE|Read [Mm]ore|Continue [Rr]eading)\W{0,3}\Z"
    r"|\bget unlimited access to\b|\bunsubscribe\b.{0,60}\Z|\bjetzt .{1,40} (?:testen|abonnieren)\b"
    r"|\b(?:we|our|this (?:web)?site)\b.{0,80}\bcookies\b.{0,200}\b"
    r"(?:consent|experience|partners|privacy|personali[sz]ed|preferences|settings|accept|agree|analy[sz]e)\b"
    r"|\b(?:we|site) (?:will )?(?:also )?uses? cookies and (?:data|other|similar)\b",
    re.IGNORECASE,
)
_SAID = re.compile(r"\b(?:said|says|wrote|writes)\b")  # notices never quote anyone
_COUNTER = re.compile(
    r"\(?(?:(?:slide|photo|image|picture|foto|bild) )?\d{1,3}\s?(?:/|of|von|de|sur)\s?\d{1,3}\)?(?:\W|\Z)",
    re.IGNORECASE,
)
_MORE = r"(?:articles?|stories|posts?|news|topics?|content|coverage|reading|videos?|links|headlines|episodes)"
HEADS_A_BOX: Final = re.compile(  # heading of a box beside the text
    r"(?:(?:the )?(?:related|recommended|popular|trending|latest|recent|more|other|top"
    r"|most (?:read|popular|viewed|shared))"
    rf"(?: {_MORE})?(?: (?:on this(?: story| topic)?|from .{{1,40}}|in .{{1,30}}|for you|now|today))?"
    r"|(?:what to )?read (?:more|next|also|this next)|keep reading"
    r"|you (?:may|might) also (?:like|enjoy|be interested in)"
    r"|don['’]t miss|editor['’]?s['’]? (?:picks?|choice)|up next|around the web|(?:our )?newsletters?"
    r"|(?:sign up|subscribe) (?:for|to) .{1,60}|get .{1,60} (?:newsletter|inbox)"
    r"|mehr zum thema|(?:lesen|sehen) sie auch|auch interessant|das könnte (?:sie|dich) (?:auch )?interessieren"
    r"|(?:à )?(?:lire|voir) aussi|(?:sur|dans) le même (?:sujet|thème)|à lire (?:également|ensuite)|le plus lus"
    r"|(?:le[ae]|ver|vea|veja|leia) también|(?:leia|veja) (?:também|mais)|te (?:puede|puede que) interes\w{1,4}"
    r"|(?:noticias |notas )?relacionad[ao]s|más (?:información|noticias|leídas|sobre .{1,30})|mais lidas|leggi anche"
    r"|lees ook"
    r")[:.!…]?",
    re.IGNORECASE,
)

_GROUP = (
    r"(?:contributors|comment(?:er|ator)s|members|followers|following|subscribers|supporters|patrons|backers|likes?"
    r"|reactions|participants|users|people|readers|others|friends|fans|mitglieder|membres|miembros|membri|leden)"
)
_DID = r"(?:likes?|liked|loves?|loved|follow|reacted|commented|upvoted|recommended|left kudos|voted)"
_PEOPLE = re.compile(  # the line that introduces a list of people
    rf"(?:(?:\(?\d[\d,.]{{0,9}}\)?|all|top|our|recent|newest|latest|active|online|the) ){{0,2}}{_GROUP}"
    rf"(?: (?:online|now|\(?\d[\d,.]{{0,9}}\)?|(?:who )?(?:have )?{_DID}.{{0,30}})){{0,2}}[:.]?"
    r"|(?:liked|loved|favou?rited|shared|upvoted|recommended|followed) by.{0,30}|(?:who )?reacted.{0,30}"
    r"|gefällt .{1,30}|aimé par.{0,30}|le gusta a.{0,30}|(?:and|also) .{1,20} (?:others?|more|like this).{0,20}",
    re.IGNORECASE,
)
_LIKED = re.compile(
    r"\A(?:liked|loved|upvoted|followed) by\b"
    rf"|\b(?:{_DID} (?:this|it)|left kudos|and \d+ (?:others|more))\b.{{0,30}}\Z",
    re.IGNORECASE,
)


def is_teaser(above: Piece, piece: Piece) -> bool:
    """Return whether a block is a short text directly below a line of links, like teasers for other articles."""
    return above.linked > LEAST_LINKED and piece.kind != "heading" and piece.text.count(" ") < LONGEST_TEASER


def labels(pieces: list[Piece]) -> tuple[set[int], bool]:
    """Return the positions of labels, galleries, teasers, names and notices, and whether there is a paywall."""
    places, paywall = _gallery(pieces) | _teasers(pieces) | _names(pieces), False
    for at, piece in enumerate(pieces):
        text = one_line(piece.text[:1_000])
        words = text.count(" ") + 1
        said = _SAID.search(text)
        most = SHORT_LINE * (2 if piece.linked >= LEAST_LABELLED and ":" in text[:25] else 1)  # words
        if words <= 2 * LONGEST_NOTICE and not said and (_NOTICE.search(text) or _RIGHTS.fullmatch(text)):
            places.add(at)
        elif words <= LONGEST_NOTICE and not said and PAYWALL.search(text):
            paywall = True
            after = itertools.takewhile(lambda each: pieces[each].kind == "list_item", range(at + 1, len(pieces)))
            offers = itertools.takewhile(lambda each: not is_prose(pieces[each]), after)
            places |= {at, *offers}
        elif words <= most and _is_label(piece, text):
            places.add(at)
    return places, paywall


def report_labels(pieces: list[Piece]) -> str:
    """Report what was left out: the first labels made only of words on buttons, which name nobody, and the total."""
    texts = dict.fromkeys(one_line(piece.text) for piece in pieces if len(piece.text) <= LONGEST_NOTICE)
    known = _BUTTONS.union(NAMES["beside_the_text"]["beside_buttons"].split())
    shown = [text for text in texts if known.issuperset(re.findall(r"[^\W\d_]+", text.lower()))][:MOST_SHOWN]
    shown = ["the line with the writer's name"] * any(map(writer_of, texts)) + [f'"{text}"' for text in shown]
    quoted = f" ({', '.join(shown)}{', ...' * (len(pieces) > len(shown))})" if shown else ""
    return f"Left out as labels, pictures of a gallery or paywall notices: {len(pieces)}{quoted}."


def _is_label(piece: Piece, text: str) -> bool:
    row = text.casefold().strip(" -–—·|•>»*.:…!").split()
    is_row = len(row) <= LONGEST_ROW and not _BUTTONS.isdisjoint(row)
    if is_row and all(each in _BUTTONS or not each.isalpha() for each in row):
        return True
    if (piece.linked >= LEAST_LABELLED and _LEADS_AWAY.match(text)) or _LABEL.fullmatch(text):
        return True
    row_of_links = piece.linked > LEAST_LINKED and " | " in text
    return piece.kind != "heading" and (
        row_of_links or bool(_CREDIT.fullmatch(text) or _CLOCK.fullmatch(text)) or writer_of(text) != ""
    )


def _gallery(pieces: list[Piece]) -> set[int]:
    """Find the blocks of a gallery: lines "3/12" or headings "3/12 A house", and the blocks below each."""
    found = ((at, each, _COUNTER.match(each.text)) for at, each in enumerate(pieces))
    heads = [at for at, each, count in found if count and (each.kind == "heading" or count.end() == len(each.text))]
    if len(heads) < 3:
        return set()
    steps = Counter(b - a for a, b in itertools.pairwise(heads))
    step = steps.most_common(1)[0][0]
    places = {at for head in heads for at in range(head, min(head + step, len(pieces)))}
    return places | {heads[0] - 1} if heads[0] and pieces[heads[0] - 1].kind == "heading" else places


def _teasers(pieces: list[Piece]) -> set[int]:
    """Find teasers for other articles: consecutive short texts, each after a line of links."""
    found: set[int] = set()
    run: list[int] = []
    link, words = -1, 0
    for at, piece in enumerate([*pieces, Piece("heading", "")]):
        if piece.linked > LEAST_LINKED:
            link = at if link < 0 else link
        elif not is_prose(piece):
            continue
        elif link >= 0 and piece.kind != "heading" and piece.text.count(" ") < LONGEST_TEASER:
            run += [link, at]
            link = -1
        else:
            above = pieces[run[0] - 1] if run and run[0] else Piece("", "")
            if len(run) >= 2 * FEWEST_TEASERS:
                start = run[0] - (above.kind == "heading")
                found |= set(range(start, (run[-1] if link < 0 else link) + 1))
            run, link = [], -1
            words += len(piece.text.split())
    teased = sum(len(pieces[at].text.split()) for at in found if is_prose(pieces[at]))
    return found if teased < words else set()  # keep a page that has only teasers


def _names(pieces: list[Piece]) -> set[int]:
    """Find lists of people and the lines that introduce them; other lists of names may be part of the article."""
    found: set[int] = set()
    for run in name_lists(pieces):
        own = one_line(pieces[run[0]].text) if len(run) == 1 else ""
        around = [at for at in (run[0] - 1, run[0], run[-1] + 1) if 0 <= at < len(pieces)]
        about = [at for at in around if _PEOPLE.fullmatch(one_line(pieces[at].text[: LONGEST_PEOPLE + 1]))]
        if about or _LIKED.search(own):
            found |= {*run, *about}
    return found


def name_lists(pieces: list[Piece]) -> list[list[int]]:
    """Return the positions of possible lists of names: single blocks of names, or at least twelve short blocks."""
    lists = []
    for named, run in itertools.groupby(range(len(pieces)), lambda at: is_name(pieces[at])):
        places = list(run)
        words = sum(len(pieces[at].text.split()) for at in places)
        if named and (len(places) >= FEWEST_NAMES or (words >= 2 * FEWEST_NAMES and len(places) == 1)):
            lists.append(places)
    return lists
