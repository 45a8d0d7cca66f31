"""Exports of chats and mail."""

from pathlib import Path

import pytest
from helpers.adversarial_files import written
from helpers.exports import PAIR, Export, check_export

from toolkit import read_thread
from toolkit.cli.main import main
from toolkit.importers.exports.text_chats_and_mail import is_mail

CHAT = "13/05/2024, 10:00 - Mira Kowal created group\n13/05/2024, 10:01 - Mira Kowal: Fine\nplan\n14/05/2024, 10:02 - "
MAIL = (
    "From: Mira Kowal <mira@x.example>\nSubject: {}The plan\nDate: Wed, 0{} May 2024 10:00:00 +0000\n"
    "Message-ID: <{}@x>\n"
)
TELEGRAM = (
    "<!DOCTYPE html>\n<html><body><div class='page_body chat_page'><div class='history'>{}</div></div></body></html>"
)
MESSAGE = (
    '<div class="message {0}" id="message{1}">\n<div class="body"><div class="pull_right date details" '
    'title="01.05.2024 10:00:00 UTC+02:00">\n10:00\n</div>\n<div class="from_name">\n{2}\n</div>{3}</div></div>\n'
)
NAMELESS = '<div class="from_name">\n\n</div>'
EXPORTS: dict[str, Export] = {  # file, content, comments, what the import log says
    "a page of Telegram": ("messages.html", TELEGRAM.format("".join((
        MESSAGE.format("service", 1, "x", "Mira Kowal invited Jo Berg"),
        MESSAGE.format("default clearfix", 2, "Mira Kowal", '<div class="text">\nFine &amp; <b>good</b>\n</div>'),
        MESSAGE.format("default clearfix", 3, "Jo Berg", '<div class="reply_to details">In reply to <a href="#go_to_'
                       'message2">this message</a></div><div class="text">No,<br>Mira</div>'),
        MESSAGE.format("default clearfix joined", 4, "", '<div class="text">So</div>').replace(NAMELESS, ""),
        MESSAGE.format("default clearfix joined", 5, "Al Roe <span>1.5.</span>", '<div class="text">Oh</div>'),
        MESSAGE.format("default clearfix", 6, "Cy Roe", '<div class="media_wrap"></div>')))),
        "Fine_&_good - 1|No,\nReader_01 1 2|So - 2|Oh - 2", "Telegram", "empty: 1"),
    "KakaoTalk": (
        "c.txt", "Mira Kowal 님과 카카오톡 대화\n저장한 날짜 : 2024-05-02 10:00:00\n\n"
        "--------------- 2024년 5월 1일 수요일 ---------------\n"
        "[Mira Kowal] [오전 10:00] Fine\nplan\n[Jo Berg] [오후 1:00] No\n", "Fine\nplan - 1|No - 2"),
    "LINE": ("c.txt", "[LINE] Mira Kowalとのトーク履歴\n保存日時：2024/05/02 10:00\n\n"
        "2024/05/01(水)\n10:00\tMira Kowal\tFine\n11:00\tJo Berg\tNo\n\n2024/05/02(木)\n"
        "10:00\tJo Berg\tSo\n", "Fine - 1|No - 2|So - 2"),
    "IRC": ("c.txt", "2024-05-01 10:00:00 <@mira> Fine\n2024-05-01 10:00:01 -!- jo [j@x] has joined\n"
        "2024-05-01 11:00:00 <jo> No\n", "Fine - 1|No - 2"),
    "IRC without days": ("c.txt", "[10:00:00] <mira> Fine\n[10:00:01] --> jo has joined\n[11:00] <jo> No\n",
                         "Fine - 1|No - 2"),
    "LINE in English": ("c.txt", "[LINE] Chat history with Mira Kowal\nSaved on: 05/31/2024, 10:00\n\nMon, 05/13/2024\n"
        "10:00\tMira Kowal\tFine\n10:05\tJo Berg joined the group.\n11:00\tJo Berg\tNo\n", "Fine - 1|No - 2"),
    "Twitch": ("c.txt", "[2024-05-01 10:00:00 UTC] mira: Fine\n[2024-05-01 10:00:37 UTC] jo: No\n", "Fine - 1|No - 2"),
    "Twitch without days": ("c.txt", "[0:00:37] mira: Fine\n[1:02:03] jo: No\n", "Fine - 1|No - 2"),
    "notices of IRC": ("c.txt", "[10:00] <mira> Fine\n[10:01] -!- josef is now known as zkwag\n"
        "[10:02] <-- hildew (h@x.org) has quit (Ping: 5 s)\n[11:00] <bo> No to zkwag and hildew\n",
        "Fine - 1|No_to_Reader_03_and_Reader_04 - 2", "Left out: service message: 2 (rows 2, 3)"),
    "notices of KakaoTalk": (
        "c.txt", "--------------- 2024년 5월 1일 수요일 ---------------\nZed Kwag님이 들어왔습니다.\n"
        "[Mira Kowal] [오전 10:00] Fine\nJo Berg님이 Wil Maq님을 초대했습니다.\n"
        "[Jo Berg] [오후 1:00] No to Zed Kwag and Wil Maq\n",
        "Fine - 1|No_to_Reader_03_and_Reader_04 - 2", "Left out: service message: 2 (rows 2, 4)"),
    "notices of LINE": ("c.txt", "2024/05/01(水)\n10:00\tMira Kowal\tFine\n10:05\tZed Kwagが退出しました\n"
        "11:00\tJo Berg\tNo to Zed Kwag\n", "Fine - 1|No_to_Reader_03 - 2", "Left out: service message: 1 (row 3)"),
    "a table that begins with a time": ("c.tsv", "time\tauthor\ttext\n10:00\tal\tFine\n11:00\tbo\tNo\n",
                                        "Fine - 1|No - 2"),
    "a table that quotes a chat": ("c.csv", 'author,text\nal,"So:\n[10:00] <jo> hi"\nbo,No\n',
                                   "So:\n[10:00]_<jo>_hi - 1|No - 2"),
    "WhatsApp in French": ("c.txt", "13/05/2024 à 10:00 - Mira Kowal: Fine\n13/05/2024 à 11:00 - Jo Berg: No\n",
                           "Fine - 1|No - 2"),
    "WhatsApp in Finnish": ("_chat.txt", "[13.5.2024 klo 10.00.00] Mira Kowal: Fine\n[13.5.2024 klo 11.00.00] Jo Berg: "
                            "No\n", "Fine - 1|No - 2"),
    "WhatsApp in Arabic": ("c.txt", "١٣\u200f/٠٥\u200f/٢٠٢٤، ١٠:٠٠ ص - Mira Kowal: Fine\n"
                           "١٣\u200f/٠٥\u200f/٢٠٢٤، ١١:٠٠ م - Jo Berg: No\n", "Fine - 1|No - 2"),
    "WhatsApp": ("c.txt", f"{CHAT}Jo Berg: No Mira Kowal\n14/05/2024, 10:03 - Jo Berg: <Media omitted>\n",
                 "Fine\nplan - 1|No_Reader_01 - 2"),
    "WhatsApp in German": (
        "c.txt", "[13.05.24, 10:01:02] Mira: Diese Nachricht\n[13.05.24, 10:02:03] Jo: \u200eDiese Nachricht wurde "
        "gelöscht.\n[13.05.24, 10:02:04] Jo: No\n", "Diese_Nachricht - 1|No - 2"),
    "WhatsApp of an iPhone": (
        "c.txt", "[13.05.24, 10:01:02] Mira Kowal: Fine\n\u200e[13.05.24, 10:02:03] ~\u202fJo: \u200eimage omitted\n"
                              "[13.05.24, 10:02:03] ~\u202fJo: No: no\n", "Fine - 1|No:_no - 2"),
    "Zoom": ("c.txt", "10:01:02\t From  Mira Kowal : Fine\n10:02:03\t From  Jo to Everyone : No\n", "Fine - 1|No - 2"),
    "labelled lines of TikTok": (
        "Comments.txt", "Date: 2024-05-01 10:00:00 UTC\nComment: Fine\nplan: so\n\nUrl: \n\n"
                        "Date: 2024-05-02 10:00:00 UTC\nComment: No\nUrl: \n\n", "Fine\nplan:_so - -|No - -"),
    "labelled lines with names": (
        "c.txt", "Name: Mira Kowal\nComment: Fine\n\nName: Jo\nComment: No Mira\n", "Fine - 1|No_Reader_01 - 2"),
    "labelled lines, one with a name": (
        "c.txt", "Comment: Fine\nDate: 2024-05-01\n\nComment: No\nName: Mira Kowal\nDate: 2024-05-02\n",
        "Fine - -|No - 1"),
    "labelled lines, one without a name": (
        "c.txt", "Name: Mira Kowal\nComment: Fine\n\nComment: So\n\nName: Jo\nComment: No Mira\n",
        "Fine - 1|So - -|No_Reader_01 - 2"),
    "Zoom with texts below": (
        "c.txt", "10:01:02 From Mira Kowal to Everyone:\n\tFine\n10:02:03 From Jo to Everyone:\n\tNo\n",
        "Fine - 1|No - 2"),
    "a chat that many joined first": ("c.txt", "".join(
        f"13/05/2024, 10:00 - Mira Kowal added reader number {n}\n" for n in range(200))
        + "13/05/2024, 10:01 - Mira Kowal: Fine\n", "Fine - 1"),
    "mailbox": (
        "c.mbox", f"From m@x Wed May  1 10:00:00 2024\n{MAIL.format('', 1, 1)}\nFine\n-- \nMira Kowal\n\n"
                 "From j@x Thu May  2 "
                f"10:00:00 2024\n{MAIL.format('Re: ', 2, 2).replace('Mira Kowal', 'Jo')}"
                 "In-Reply-To: <1@x>\n\nNo\n", PAIR),
    "Twitch, with a bot": (
        "c.log", "# Start logging at 2024-05-01 10:00:00 UTC\n[10:00:00]  Kowal: Fine\n[10:00:05] Berg: @Kowal No\n"
                 "[10:00:06]  nightbot: Follow us!\n", "Fine - 1|@Reader_01_No - 2"),
    "LINE with a picture": (
        "c.txt", "[LINE] Chat history in \"Plan\"\nSaved on: 05/14/2024, 10:00\n\nMon, 05/13/2024\n"
                 "10:00\tMira Kowal\tFine\n11:00\tJo Berg\tNo\n11:05\tJo Berg\t[Photo]\n"
                 "11:06\tJo Berg unsent a message.\n",
        "Fine - 1|No - 2",
        "message without text: 1"),
    "WhatsApp in Spanish": (
        "c.txt", "[1/5/24, 10:01:00 a. m.] ~ Mira Kowal: Fine\n[1/5/24, 10:02:00 a. m.] Jo Berg: "
                 "@\u2068~Mira Kowal\u2069 No \u200e<Se editó este mensaje.>\n", "Fine - 1|@Reader_01_No - 2"),
    "Discord as text": (
        "c.txt", f"{'=' * 62}\nGuild: Town\nChannel: News / plan\n{'=' * 62}\n\n[29-Feb-24 11:50 PM] Mira Kowal\nFine\n"
        "plan\n\n{Reactions}\nx (3)\n\n[01-Mar-24 12:20 AM] Jo Berg (pinned)\nNo: Mira Kowal\n\n\n"
        f"{'=' * 62}\nExported 2\n{'=' * 62}\n", "Fine\nplan - 1|No:_Reader_01 - 2", "Discord"),
    "Discord as text, in digits": (
        "c.txt", "Guild: Town\n\n[02/29/2024 23:50] Mira Kowal\nFine\n\n[03/01/2024 00:20] Jo Berg\nNo\n",
        "Fine - 1|No - 2"),
    "a message": ("c.eml", f"{MAIL.format('', 1, 1)}Content-Type: text/html\n\n<p>Fine</p>", "Fine - 1"),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:WARNING. No names of commenters:UserWarning")
@pytest.mark.parametrize("kind", EXPORTS)
def test_comments_in_chats_and_mail_are_read(kind: str, tmp_path: Path) -> None:
    check_export(kind, EXPORTS[kind], tmp_path)


def test_an_article_that_begins_with_a_time_is_not_a_chat(tmp_path: Path) -> None:
    article = written(tmp_path, "c.txt", "01.05.2024 10:30 - The bridge\n\nThe bridge is bad. We want a new one.\n")
    assert "The bridge is bad." in read_thread(article, quiet=True)["text"].iloc[0]


def test_a_chat_is_not_read_as_an_article_nor_a_saved_page_as_mail(tmp_path: Path) -> None:
    telegram = TELEGRAM.format(MESSAGE.format("default", 2, "Mira Kowal", '<div class="text">Fine</div>'))
    for name, content in (("c.txt", f"{CHAT}Jo: No\n"), ("c.html", telegram)):
        with pytest.raises(ValueError, match="Give it second"):
            read_thread(written(tmp_path, name, content), quiet=True)
        main(["measure", str(tmp_path / name), "-o", str(tmp_path / f"{name}.csv"), "--units", "texts", "--with-text"])
        assert "Kowal" not in (tmp_path / f"{name}.csv").read_text(encoding="utf-8")
    assert not is_mail(b"From: <Saved by Blink>\nSnapshot-Content-Location: x\nSubject: y\nDate: z\n\n")
    assert not is_mail(b"From: the town\nSubject: a bridge\n\nThe town wants one.\n")
