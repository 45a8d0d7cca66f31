"""The report page: what it reports, what it refuses to, and that texts in it are only words."""

import base64
import hashlib
import html
import io
import itertools
import json
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import pypdf
import pytest
from helpers.browser import Browser, Watched
from helpers.pages import Outline
from helpers.synthetic_threads import thread_of

from toolkit import METRICS, list_corpora, load_corpus, plot_structure, read_thread, write_report
from toolkit.figures.display import bundle
from toolkit.reports import findings
from toolkit.reports.measured_thread import measure_thread
from toolkit.reports.page_parts import MOST_ROWS, note, paragraph, sentence, table
from toolkit.reports.write_report import report_html

NAMES = list_corpora()["name"].tolist()
# The first picture, what the comments answer, their conversation, the structure, the tone where it is not the first,
# the word shift, the typical words.
FIGURES = {"library-hours": 7, "library-notice": 2, "nato-preemptive-strike": 3, "nato-wire-report": 2}
HOSTILE = (
    '<script>document.title = "run"</script>',
    '<img src="https://example.org/x.png" onerror="document.title=\'run\'">',
    "</title></style></blockquote><svg onload=alert(1)>",
    '"><a href="javascript:alert(1)">click</a> <iframe src="https://example.org"></iframe>',
    "[link](https://example.org/a) ![pixel](https://example.org/b.png) &lt;b&gt; &amp;",
    "It costs $5 yesterday and $10 today. \\(x^2\\) $$y$$ {{7*7}}",
    "\u202eright to left\u202c \x00\x1b[31m and \ufffe the end",
    "@import url(https://example.org/x.css); body{display:none}",
)


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {name: report_html(load_corpus(name)) for name in NAMES}


def fingerprint_in(page: str) -> str:
    found = re.search(r"fingerprint ([0-9a-f]{12})\b", page)
    assert found
    return found[1]


def test_the_same_texts_have_the_same_fingerprint_and_one_letter_changes_it() -> None:
    texts = thread_of("It is good.", "It is bad.", None)
    pairs = [["article", texts["text"][0]], ["comment", "It is good."], ["comment", "It is bad."], ["comment", ""]]
    digest = hashlib.sha256(json.dumps(pairs).encode()).hexdigest()
    assert fingerprint_in(report_html(texts)) == digest[:12]
    other = thread_of("It is good.", "It is bad!", None)
    assert fingerprint_in(report_html(other)) != digest[:12]


# What every page has


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_every_figure_measure_and_value_in_under_2_mb(name: str, pages: dict[str, str]) -> None:
    page = Outline(pages[name])
    assert 50_000 < len(pages[name].encode("utf-8")) < 2_000_000
    assert len(page.all("figure")) == len(page.all("details")) == FIGURES[name]
    assert "An empty figure" not in pages[name]
    assert all(f"{package} {version(package)}" in pages[name] for package in ("vaderSentiment", "emoji"))
    assert [metric.label for metric in METRICS if html.escape(metric.label) not in pages[name]] == []
    assert not re.search("docstring|NaN", page.text.partition("Glossary")[2])
    for rows in re.findall(r"<tbody>(.*?)</tbody>", pages[name], re.DOTALL):
        assert set(re.findall(r"<td[^>]*>(.*?)</td>", rows)) != {"–"}


@pytest.mark.parametrize("name", NAMES)
def test_a_page_loads_nothing_and_links_to_nothing_but_itself(name: str, pages: dict[str, str]) -> None:
    page = Outline(pages[name])
    assert not {tag for tag, _ in page.tags} & {"link", "iframe", "object", "form", "base", "svg"}
    (script,) = re.findall(r"<script>(.*?)</script>", pages[name], re.DOTALL)  # its search, which its hash allows
    allowed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"default-src 'none'; script-src 'sha256-{allowed}'; style-src" in str(page.all("meta"))
    assert not re.search(r"fetch|https?:|import|eval|innerHTML", script)
    anchors = {attributes.get("id") for _, attributes in page.tags}
    links = [each["href"] or "" for each in page.all("a")]
    inside, files = [link for link in links if link[0] == "#"], [link for link in links if link[0] != "#"]
    assert inside
    assert {link.removeprefix("#") for link in inside} <= anchors
    assert all(link.startswith("data:text/csv;charset=utf-8;base64,") for link in files)
    assert len(files) == len(page.all("table"))
    assert all((each["src"] or "").startswith("data:image/png;base64,") for each in page.all("img"))
    assert "url(" not in pages[name]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_can_be_read_by_a_screen_reader(name: str, pages: dict[str, str]) -> None:
    page = Outline(pages[name])
    assert page.all("html") == [{"lang": "en"}]
    assert [len(page.all(tag)) for tag in ("h1", "main", "header", "footer", "nav")] == [1] * 5
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert all(len(each["alt"] or "") > 40 for each in page.all("img"))
    assert len(page.all("table")) == len(page.all("caption")) > 3
    assert {each.get("scope") for each in page.all("th")} == {"col", "row"}
    assert re.search(r"<th[^>]*></th>", pages[name]) is None  # an empty heading heads nothing
    identities = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(identities) == len(set(identities))


@pytest.mark.parametrize(
    ("name", "said", "not_said"),
    [
        ("library-hours", ("have shorter sentences: [0-9.]+ on average against [0-9.]+ in the article",
                           "comments: shorter sentences"), "cannot tell whether the comments"),
        ("nato-preemptive-strike", ("whether the comments differ from the article: there are 2 comments[.]",
                                    "There are 2 comments[.] Below 8 no interval is given",
                                    "Of [0-9]+ sentences of the article, [0-9]+ sound negative and [0-9]+ positive[.]",
                                    "Of its 34 paragraphs, 32 are one sentence[.]", "war −2[.]9"), "The comments have"),
        ("nato-wire-report", ("There are no comments, so nothing can be compared[.]",
                              "How readers answered: there are no comments[.]"), "Which words make the difference"),
    ],
)  # fmt: skip
def test_a_page_states_what_its_numbers_support(
    name: str, said: tuple[str, ...], not_said: str, pages: dict[str, str]
) -> None:
    page = Outline(pages[name]).text
    assert [each for each in said if not re.search(each, page)] == []
    assert not_said not in page


@pytest.mark.parametrize("many", [1, 3])
def test_a_page_with_few_comments_states_what_it_cannot_show(many: int) -> None:
    page = Outline(report_html(thread_of(*["A good day. What a bad day!"] * many))).text
    assert f"from the article: there {'is 1 comment' if many == 1 else f'are {many} comments'}." in page
    assert "Below 8 no interval is given" in page


UNMEASURED = (
    "", "🔥🔥🔥", "# Only a title", "Привет, мир. Как дела?", "$5", "- a\n- b", "<!-- promo -->\nGive us money.",
    "x" * 3000,
)  # fmt: skip


@pytest.mark.parametrize("article", UNMEASURED)
def test_an_article_that_cannot_be_measured_still_gives_a_page(article: str) -> None:
    comments = ["🔥", "", "!!!"] * (UNMEASURED.index(article) % 2)  # each article once, with comments or without
    assert "Values that are missing, and why" in report_html(thread_of(*comments, article=article))


# Texts from elsewhere


def test_no_text_becomes_markup_and_every_sign_stays_as_typed() -> None:
    article = "# Cost $5 and $10 <b>now</b>\n\n" + "\n\n".join(HOSTILE)
    texts = thread_of(*HOSTILE, *HOSTILE, article=article)
    plain, nasty = Outline(report_html(thread_of(*["Good."] * 16))), Outline(report_html(texts, title=HOSTILE[2]))
    known = {tag for tag, _ in plain.tags} | {"h3", "ul", "li", "blockquote", "p", "span"}
    assert {tag for tag, _ in nasty.tags} <= known
    assert not [name for _, attributes in nasty.tags for name in attributes if name.startswith("on")]
    assert "It costs $5 yesterday and $10 today." in nasty.text
    assert not re.search("[\x00-\x08\x1b\u202a-\u202e\ufffe]", nasty.text)


def test_a_search_marks_counts_and_visits_every_place(page: Watched, tmp_path: Path) -> None:
    hostile = thread_of("A lamp (old).", "No LAMP\n(old) here <b>lamp</b>", article="# Lamps\n\nA lamp. Dark.")
    page.page.goto(write_report(hostile, tmp_path / "page.html").as_uri())
    box, said = page.page.get_by_label("Search this page"), page.page.get_by_role("search").locator("output")
    page.page.evaluate("document.querySelectorAll('.described').forEach((one) => one.remove())")
    text = page.page.evaluate("document.querySelector('main').textContent")
    for words, pattern in (("lamp", "lamp"), ("lamp (OLD)", r"lamp\s+\(old\)"), ("x.z", r"x\.z"), ("l", "\0")):
        box.fill(words)
        many = len(re.findall(pattern, text, re.IGNORECASE))
        assert said.inner_text() == ("" if words == "l" else f"{many} found{'; press Enter' * bool(many)}")
        assert page.page.evaluate("CSS.highlights.get('found').size") == many
    box.fill("lamp")
    for key, place in (("Enter", 1), ("Enter", 2), ("Shift+Enter", 1)):
        box.press(key)
        assert said.inner_text().startswith(f"{place} of ")
        assert page.page.evaluate("[...CSS.highlights.get('current')][0].toString().toLowerCase()") == "lamp"
    box.press("Shift+Enter")
    last, _, of = said.inner_text().partition(" of ")
    assert last == of
    assert page.errors == []


def test_without_scripts_there_is_no_search_box(browser: Browser, pages: dict[str, str]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_content(pages["library-notice"])
    assert not page.get_by_label("Search this page").is_visible()
    context.close()


@pytest.mark.parametrize("name", NAMES)
def test_on_phone_and_paper_it_is_no_wider(name: str, page: Watched, pages: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(pages[name], encoding="utf-8")
    for width in (360, 390, 559):  # the last: A5
        page.page.set_viewport_size({"width": width, "height": 800})
        page.page.goto(path.as_uri())
        for media in ("screen", "print"):
            page.page.emulate_media(media=media)
            assert page.page.evaluate("document.documentElement.scrollWidth") == width, media
            drawn = page.page.evaluate("[...document.querySelectorAll('figure img')].map(each => each.offsetWidth)")
            assert all(each >= 600 if media == "screen" else each <= width for each in drawn), media
    page.page.emulate_media(media="screen")


def test_a_figure_is_dimmed_only_on_a_dark_screen(page: Watched, pages: dict[str, str]) -> None:
    page.page.set_content(pages["library-notice"])
    shown: list[tuple[Literal["screen", "print"], Literal["light", "dark"], bool]] = [
        ("screen", "light", False), ("screen", "dark", True), ("print", "dark", False)
    ]  # fmt: skip
    for media, scheme, is_dimmed in shown:
        page.page.emulate_media(media=media, color_scheme=scheme)
        filters = page.page.locator("figure img").evaluate_all("all => all.map(one => getComputedStyle(one).filter)")
        assert {each != "none" for each in filters} == {is_dimmed}, (media, scheme)
    page.page.emulate_media(media="screen", color_scheme="light")
    figure = bundle(plot_structure("One."))["text/html"]
    for lightness, filtered in ((0, "brightness(1) contrast(1)"), (32, "brightness(0.8) contrast(1.2)")):  # JupyterLab
        page.page.set_content(f"<style>:root {{ --jp-shadow-base-lightness: {lightness}; }}</style>{figure}")
        assert page.page.locator("img").evaluate("one => getComputedStyle(one).filter") == filtered


# Bounds and errors


def test_a_very_long_thread_stays_under_2_mb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.figures.display.PIXEL_RATIO", 1.6)  # as readers get it
    lines = "\n\n".join(
        f"## Part {number} {'long ' * 30}\n\nA sentence of {number} words, " + "and more " * 20 for number in range(300)
    )
    many = ["🔥 " + "x" * 500 + " good <b> & $ " * 20] * 60
    assert len(report_html(thread_of(*many, article="# " + "T" * 5000 + "\n\n" + lines)).encode("utf-8")) < 2_000_000


def test_long_quotations_and_tables_are_cut_and_the_file_holds_every_row_and_no_formula() -> None:
    assert len(sentence("word " * 10_000, "en", "", "")) < 800
    made = table("A long one", ["a"], [[number] for number in range(10_000)])
    assert "The file has 9,800 more rows" in made
    assert made.count("<tr>") == MOST_ROWS + 1
    (file,) = Outline(made).all("a")
    assert file["download"] == "a-long-one.csv"
    lines = base64.b64decode(str(file["href"]).partition("base64,")[2]).decode().splitlines()
    assert lines == ["a", *map(str, range(10_000))]
    (file,) = Outline(table("t", ["=a", "b"], [["=1+1", float("nan")], ["@x", None]])).all("a")
    assert base64.b64decode(str(file["href"]).partition("base64,")[2]).decode() == "'=a,b\n'=1+1,\n'@x,\n"


def test_words_are_escaped_and_cut_and_unseen_characters_are_shown() -> None:
    assert paragraph("<a href='x'>&\u202e") == "<p>&lt;a href=&#39;x&#39;&gt;&amp;U+202E</p>\n"
    assert "…" in paragraph("x" * 3000)


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (thread_of().assign(block="x"), "was split before"),
        (thread_of().drop(columns="likes"), "needs the column 'likes'; it has"),
        (thread_of("a").iloc[1:], "this table has 0"),
        (pd.concat([thread_of(), thread_of()]), "this table has 2"),
        ("text", "A table is needed, not str"),
    ],
)
def test_a_table_that_is_not_a_thread_is_refused(texts: Any, message: str, tmp_path: Path) -> None:
    with pytest.raises(TypeError if isinstance(texts, str) else ValueError, match=message):
        write_report(texts, tmp_path / "page.html")
    assert not list(tmp_path.iterdir())


def test_steps_are_reported_as_they_begin_with_none_about_missing_comments() -> None:
    steps, alone = list[str](), list[str]()
    report_html(thread_of("A day."), progress=steps.append)
    report_html(thread_of(), progress=alone.append)
    assert steps[0] == "measuring 2 texts ..."
    assert [step for step in alone if "comments" in step or "difference" in step or "likes" in step] == []
    assert (len(steps), len(alone)) == (12, 8)


@pytest.mark.parametrize("name", NAMES)
def test_a_report_is_printed_on_at_most_8_sheets(name: str, page: Watched, pages: dict[str, str]) -> None:
    page.page.set_content(pages[name])
    for paper in ("A4", "Letter"):
        printed = pypdf.PdfReader(io.BytesIO(page.page.pdf(format=paper, print_background=True)))
        assert 1 < len(printed.pages) <= 8


def test_every_figure_of_a_thread_that_was_read_names_its_article(tmp_path: Path) -> None:
    rows = "".join(f"{n},R{n},A good day.,{n}\n" for n in range(1, 13))
    (tmp_path / "c.csv").write_text(f"id,author,text,likes\n{rows}", encoding="utf-8")
    article = "# Lights\n\nThe lamp is bad. The hall is good."
    page = report_html(read_thread(article, tmp_path / "c.csv", url="https://example.org/hall", quiet=True))
    assert "own texts" not in page
    assert "The article has 1 block with a sentence; an interval needs 8." in page  # its heading has none
    said = Outline(page).text
    assert "Likes and tone (rank correlation" not in said  # every comment has the same tone
    assert "Likes and tone: cannot tell: all comments compared have the same tone or number of likes." in said
    assert "Time and tone: cannot tell: no comment has both a tone and a date." in said


def test_a_page_begins_with_a_warning_where_names_could_not_be_masked_and_compares_nothing_without_comments() -> None:
    unmasked = "Do not treat this page as anonymous."
    for author, warned in (("Ann", False), ("", True)):
        comments = pd.DataFrame({"text": ["It is good, Bob."] * 9, "author": [author] * 9})
        page = report_html(read_thread("# Lights\n\nThe lamp is bad.", comments))
        assert (unmasked in page.partition("Findings")[0]) == warned
    alone = report_html(read_thread("# Lights\n\nThe lamp is bad.", quiet=True))
    assert "4 words in the article, no comments below it." in alone
    assert "Before you read on" not in alone


def test_one_dated_comment_is_not_compared_over_time() -> None:
    texts = thread_of(*["A good day."] * 12)
    texts["posted"] = pd.to_datetime(["2025-03-01", "2025-03-02"] + [""] * 11, utc=True)
    assert "Time and tone: cannot tell: only 1 comment has both a tone and a date." in Outline(report_html(texts)).text


def test_the_reason_for_no_verdict_counts_the_blocks_of_an_article_in_another_language() -> None:
    german = "Der Stadtrat hat am Dienstag beschlossen, die Zweigstelle zu schließen, weil niemand mehr kommt."
    page = report_html(thread_of(*["A good day for all of us."] * 12, article="\n\n".join([german] * 3)))
    assert "the article has 3 blocks with a sentence." in page  # no sentence has a tone, but all have a length
    assert "0 blocks" not in page


@pytest.mark.parametrize(
    ("means", "share", "says"),
    [
        ((0.5, 0.2), 0.9, "are more positive: 0.50 on average against 0.20 in the article"),
        ((0.1, 0.2), 0.7, "are more positive, though the averages do not show it: 0.10 on average against 0.20"),
        ((0.2, 0.2), 0.7, "are more positive, though the averages do not show it: 0.20 on average against 0.20"),
        ((0.204, 0.196), 0.7, "are more positive, though the averages do not show it: 0.20 on average against 0.20"),
    ],
)
def test_a_finding_does_not_contradict_the_averages(means: tuple[float, float], share: float, says: str) -> None:
    row = dict(zip(("comment_mean", "article_mean"), means, strict=True))
    said = findings._difference(row | {"verdict": "comments: more positive", "share_higher": share})
    assert says in said
    assert said.endswith(f"; in {share:.2f} of pairs the comment's sentence scores higher, ties counted as half.")


@pytest.mark.parametrize(
    ("comments", "authors", "said"),
    [
        (["One.", "Two.", None], ["R1", "R1", "R2"], ["Some people wrote several comments."]),
        (["One.", "Two."], ["R1", "R1"], ["One person wrote all of the comments."]),
        (["One.", "One.", "One."], [None] * 3, ["2 comments repeat another word for word."]),
        (["One.", None, None, "", " ", " "], [None] * 6, []),  # nothing that anyone has said twice
        (
            ["One.", "One.", *"abcdef"],
            ["R1", "R1", *map("R{}".format, range(2, 8))],
            [
                "Some people wrote several comments; the intervals of the comparison treat each comment as if it were "
                "by a different person, so they may be too narrow.",
                "1 comment repeats another word for word; the intervals treat each as if it were written "
                "independently, so they may be too narrow.",
            ],
        ),
        (
            ["One."] * 8,
            ["R1"] * 8,
            ["One person wrote all of the comments.", "7 comments repeat another word for word."],
        ),
        ([None] * 8, ["R1"] * 8, ["One person wrote all of the comments."]),
    ],
)
def test_pages_warn_of_linked_comments(comments: list[str | None], authors: list[str | None], said: list[str]) -> None:
    article = "It is so." if len(set(comments)) == 1 else "\n\n".join(["It is so."] * 8)  # too short for an interval
    page = findings.warnings_of(measure_thread(thread_of(*comments, author=["Ann", *authors], article=article)))
    warned = [warning for warning in re.findall("<li>(.*?)</li>", page) if not re.search("interval is|block", warning)]
    assert warned == said


@pytest.mark.parametrize(
    ("article", "said"),
    [
        ("The war is bad.", ["Of 1 sentence of the article, 1 sounds negative and 0 positive."]),
        ("It is on the table.", ["Of 1 sentence of the article, 0 sounds negative and 0 positive."]),
        ("The war is bad. So we go.", ["Of 2 sentences of the article, 1 sounds negative and 0 positive."]),
        (
            "The war is bad. It is a bad plan.\n\nWe go on.\n\nWe are happy.",
            [
                "Of 4 sentences of the article, 2 sound negative and 1 positive.",
                "Of its 3 paragraphs, 2 are one sentence.",
            ],
        ),
        (
            "They walk. We go.\n\nWe go on.",
            [
                "Of 3 sentences of the article, 0 sound negative and 0 positive.",
                "Of its 2 paragraphs, 1 is one sentence.",
            ],
        ),
        ("", []),
    ],
)
def test_the_findings_of_an_article_alone_agree_in_number(article: str, said: list[str]) -> None:
    assert findings._of_the_article(measure_thread(thread_of(article=f"# Lights\n\n{article}"))) == said


@pytest.mark.parametrize(
    ("counts", "linked", "others", "rest"),
    [
        ((1, 0, 0), "Of 1 comment, none", "; none", "it answers"),
        ((2, 0, 0), "Of 2 comments, none", "; none", "they answer"),
        ((3, 1, 1), "Of 3 comments, 1", "; 1 of the others", "the rest answers"),
        ((1234, 2, 0), "Of 1,234 comments, 2", "; none of the others", "the rest answer"),
        ((3, 1, 2), "Of 3 comments, 1", "; 2 of the others", ""),
        ((2, 2, 0), "Of 2 comments, 2", "", ""),
    ],
)
def test_what_comments_answer_adds_up(counts: tuple[int, int, int], linked: str, others: str, rest: str) -> None:
    said = f"{linked} could be linked to a passage of the article"
    said += f"{others} replied to another comment." if others else "."
    said += f" We cannot tell what {rest}." if rest else ""
    assert note("answers", *counts, few=False).strip() == f"<p>{said}</p>"
    few = "1 comment says" if counts[0] == 1 else f"{counts[0]:,} comments say"
    few += " nothing about what readers in general answer."
    assert note("answers", *counts, few=True).strip() == f"<p>{said} {few}</p>"


@pytest.mark.parametrize(
    ("comments", "blocks", "more", "said"),
    [
        (0, 1, {}, ""),
        (8, 8, {}, ""),
        (1, 8, {}, "There is 1 comment. Below 8 no interval is given, and nothing can be said about other comments."),
        (7, 8, {}, "There are 7 comments. Below 8 no interval is given, and nothing can be said about other comments."),
        (8, 1, {}, "The article has 1 block with a sentence; an interval needs 8."),
        (8, 8, {"lost": 1}, "1 row of the comments' file was left out: see below."),
        (8, 8, {"lost": 1200}, "1,200 rows of the comments' file were left out: see below."),
        (
            8, 8, {"foreign": "de and <b>"},
            "Some texts are in another language (de and &lt;b&gt;); the word lists and formulas are for English.",
        ),
    ],
)  # fmt: skip
def test_a_warning_agrees_with_its_numbers(comments: int, blocks: int, more: dict[str, Any], said: str) -> None:
    usual = {"foreign": "", "several": False, "one_person": False, "repeated": 0, "nameless": False, "lost": 0}
    page = note("warnings", comments, blocks, 8, **(usual | more))
    assert page.strip() == (f"<li>{said}</li>" if said else "")
