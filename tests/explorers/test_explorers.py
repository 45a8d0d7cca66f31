"""The explorers without a browser: effects of their controls, and only results of public functions."""

import asyncio
import itertools
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from helpers.pages import Outline
from helpers.work import cpu_seconds

import toolkit.explorers
from toolkit import METRICS, explore_metrics, explore_sample_size, explore_text, explore_thread, load_corpus, measure
from toolkit.explorers.highlight_layers import LAYERS
from toolkit.explorers.rewriting_tasks import TASKS
from toolkit.explorers.sample_size import MOST_SIZES, _figure
from toolkit.explorers.widgets import WAIT, Panel, later
from toolkit.figures.display import SAVE_SHOWN, SAVE_UNZIPPED
from toolkit.figures.formatting import number

pytestmark = pytest.mark.usefixtures("no_running_loop", "without_svg")

EVIL = '<script>alert(1)</script><img src=x onerror="alert(2)"> $x$ \u202e isn’t good. [a](javascript:alert(3))'
PLAN = "# A terrible plan\n\nThe strike isn’t good. 😀 We like it.\n\nIt has:\n\n- one part\n- two bad parts"
SAID = ["This is a great plan! Thank you.", "No. “It is not a good plan at all,” she said."]
SMALL = pd.DataFrame({"text_id": ["a", "c1", "c2"], "kind": ["article", "comment", "comment"], "text": [PLAN, *SAID]})
NATO = "nato-preemptive-strike"
LIBRARY = "library-hours"


@pytest.fixture(scope="module")
def library() -> pd.DataFrame:
    return load_corpus(LIBRARY)


@pytest.fixture(scope="module")
def measured(library: pd.DataFrame) -> pd.DataFrame:
    return measure(toolkit.split_sentences(library))


def words_in(panel: Panel, part: str) -> str:
    return Outline(panel[part].value).text


def marks_in(panel: Panel, part: str = "marked") -> list[dict[str, str]]:
    return Outline(panel[part].value).marks


# ---- a text


def test_the_table_shows_what_measure_says_and_follows_the_text() -> None:
    panel = explore_text("This is good.")
    for text in ("This is good.", "This is bad."):
        panel["text"].value = text
        value = measure([text])["sentiment"].iloc[0]
        assert f"Tone (mean sentence score){number(value)}VADER" in words_in(panel, "numbers")


def test_the_words_that_make_the_tone_show_their_rating_and_rules() -> None:
    panel = explore_text("It isn't very good. It is bad.")
    table = toolkit.explain_sentiment("It isn't very good. It is bad.").set_index("token")
    notes = [each["data-note"] for each in marks_in(panel)]
    assert f"“good.” is rated +1.90, boosted, negated: counts {number(table.value['good.'])}" in " ".join(notes)
    assert f"sentence 1 scores {number(table.compound['good.'])}" in " ".join(notes)
    assert [each["data-sign"] for each in marks_in(panel) if "data-sign" in each] == ["▼", "−", "▼", "−"]


@pytest.mark.parametrize("layer", LAYERS)
def test_every_layer_has_a_sign_a_note_and_a_look_for_each_mark(layer: str) -> None:
    css = Path(toolkit.explorers.__file__).with_name("widgets.css").read_text(encoding="utf-8")
    drawn = LAYERS[layer].draw(toolkit.read(load_corpus(NATO).text[0]))
    assert drawn.marks
    for mark in drawn.marks:
        assert mark.sign
        assert mark.note
        assert f".btl-{mark.kind} {{" in css
        assert 0 <= mark.start < mark.end <= len(drawn.text)


def test_the_layers_mark_what_a_reader_would_point_at() -> None:
    text = "# The plan\n\nIs it TRUE? 😀 They said “no”.\n\n- one thing"
    panel = explore_text(text)
    panel["layer"].value = "structure"
    signs = [each["data-sign"] for each in marks_in(panel) if "data-sign" in each]
    assert signs == ["#", "?", "A", "“", "•"]
    panel["layer"].value = "emoji"
    assert [each["data-note"] for each in marks_in(panel)] == ["grinning face: expression in a paragraph"]
    panel["layer"].value = "normalising"
    assert [each["data-sign"] for each in marks_in(panel)] == ["✎", "✎"]
    assert 'becomes " (U+0022)' in marks_in(panel)[0]["data-note"]
    panel["layer"].value = "readability"
    assert "No grade: too short: " in words_in(panel, "marked")


def test_readability_marks_the_longest_sentences_and_the_heaviest_words_of_a_long_text() -> None:
    panel = explore_text(
        "We like the sea. " * 40 + "The extraordinary administration reconsidered everything yesterday."
    )
    panel["layer"].value = "readability"
    page = Outline(panel["marked"].value)
    hard = [each for each in page.marks if "btl-hard" in each["class"]]
    assert "Flesch-Kincaid grade" in page.text
    assert len(hard) == 5
    assert all(each["data-sign"].endswith("◆") for each in hard)


def test_normalising_shows_the_score_before_and_after() -> None:
    panel = explore_text("This isn’t good")
    panel["layer"].value = "normalising"
    before, after = (toolkit.vader(text)["compound"] for text in ("This isn’t good", "This isn't good"))
    assert before > 0 > after
    told = words_in(panel, "marked")
    assert told.index(f"text: +{number(before)}.") < told.index(f"text: {number(after)}.")


def test_the_table_shows_the_family_of_the_layer_or_all_metrics_with_reasons_those_without_a_value_last() -> None:
    panel = explore_text("Short.")
    assert words_in(panel, "numbers").count("VADER compound") == 2
    assert "Flesch" not in words_in(panel, "numbers")
    panel["all_metrics"].value = True
    for metric in METRICS:
        assert metric.label in words_in(panel, "numbers")
    assert "no value: too short: 1 word, needs 100" in words_in(panel, "numbers")
    panel["text"].value = "A good day. It rains."
    rows = re.findall(r"<tr><th scope=\"row\">[^<]*</th><td[^>]*>([^<]*)</td>", panel["numbers"].value)
    assert rows.count("–") > 3
    assert "–" not in rows[: rows.index("–")]
    assert set(rows[rows.index("–") :]) == {"–"}


def test_a_custom_metric_is_in_the_table_and_too_long_a_text_is_refused_with_a_message() -> None:
    def letters_e(text: str) -> float:
        return float(text.count("e"))

    panel = explore_text("three trees", metrics=[toolkit.Metric(letters_e, "Letters e", "letters", "more e")])
    assert "Letters e4letters" in words_in(panel, "numbers")
    panel["text"].value = "a" * 10_000_001
    assert "at most 10,000,000" in words_in(panel, "status")


def test_rewriting_keeps_the_original_shows_the_difference_and_says_what_a_task_reached() -> None:
    panel = explore_text("The terrible plan failed in 2014. Anna Kyle wept.")
    panel["rewrite"].value = True
    assert panel["version"].value == panel["text"].value
    panel["version"].value = "The plan ended in 2014."
    assert panel["text"].value == "The terrible plan failed in 2014. Anna Kyle wept."
    one, other = (measure([panel[part].value])["sentiment"].iloc[0] for part in ("text", "version"))
    assert f"{number(one)}{number(other)}▲ {number(other - one)}" in words_in(panel, "numbers")
    assert words_in(panel, "status") == (
        "Sentences with a tone (at least 0.05 either way): 2 of 2 before, 0 of 1 now. "
        "Every sentence is neutral now; does it still say the same?"
    )
    panel = explore_text("The extraordinary administration met in Paris in 2014. Then Anna Kyle wept.")
    panel["rewrite"].value = True
    panel["version"].value = "They met in 2014. She wept."
    panel["task"].value = "make it easier"
    assert words_in(panel, "status").startswith("Words per sentence: 6 before, 3 now; syllables per word: ")
    assert "Easier by both rules of thumb" in words_in(panel, "status")
    panel["task"].value = "keep the facts"
    assert words_in(panel, "status") == "Numbers and names kept: 1 of 4. Missing: Paris, Anna, Kyle."


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("text", ["", "😀", "!!!", EVIL, "\ud800", "это по-русски"])
def test_any_text_can_be_typed_in_any_mode(text: str, task: str) -> None:
    panel = explore_text(text)
    panel["rewrite"].value = True
    panel["task"].value = task
    panel["version"].value = ""
    for layer in LAYERS:
        panel["layer"].value = layer
        for part in ("marked", "version_marked", "numbers", "status"):
            page = Outline(panel[part].value)
            assert not {"script", "img", "a"} & page.names
            panel[part].value.encode("utf-8")


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("rewriting", [False, True], ids=["", "rewriting"])
def test_a_thousand_words_are_shown_at_once(layer: str, rewriting: bool) -> None:
    text = " ".join(((load_corpus(NATO).text[0] + "\n\n") * 2).split(" ")[:1_000])
    panel = explore_text(text)
    panel["layer"].value, panel["rewrite"].value, panel["all_metrics"].value = layer, rewriting, True
    field = panel["version" if rewriting else "text"]
    assert cpu_seconds(lambda: setattr(field, "value", f"{text} again")) < 2  # a tenth of that on a quiet machine


# ---- tables


def test_every_metric_and_grouping_can_be_drawn_and_leads_back_to_the_words(measured: pd.DataFrame) -> None:
    panel = explore_metrics(measured)
    assert panel["by"].options == ("(all together)", "kind", "block", "voice", "section")
    assert [name for _, name in panel["metric"].options] == [metric.name for metric in METRICS]
    other_order = measured.assign(own=1.0)[["own", *measured.columns[::-1]]]
    assert [name for _, name in explore_metrics(other_order)["metric"].options] == [*(m.name for m in METRICS), "own"]
    panel["metric"].value, panel["by"].value = "words", "voice"
    page = Outline(panel["figure"].value)
    assert "Strip plot of Words" in next(each["alt"] for each in page.attributes if "alt" in each)
    assert "details" in page.names
    assert "points x" in page.text
    assert "attributed" in page.text
    longest = measured.sort_values("words")["text"].iloc[-1]
    assert longest[:100] in words_in(panel, "ends")
    assert plt.get_fignums() == []


def test_another_metric_is_reported_in_the_status_line(measured: pd.DataFrame) -> None:
    panel = explore_metrics(measured)
    known = f"{int(measured['sentiment'].notna().sum())} of {len(measured)} sentences with a value."
    assert words_in(panel, "status") == f"Tone (mean sentence score) by kind: {known}"
    panel["metric"].value, panel["by"].value = "words", "(all together)"
    assert words_in(panel, "status") == f"Words: {len(measured)} of {len(measured)} sentences with a value."


def test_hostile_words_and_names_in_a_table_stay_words() -> None:
    table = measure(pd.DataFrame({"text": [EVIL, "Good."], "kind": [EVIL, "b"], EVIL: ["x", "y"]}))
    panel = explore_metrics(table)
    panel["by"].value = EVIL
    for part in ("figure", "ends"):
        page = Outline(panel[part].value)
        assert "script" not in page.names
        handlers = [value for each in page.attributes for name, value in each.items() if name.startswith("on")]
        assert set(handlers) <= {SAVE_SHOWN, SAVE_UNZIPPED}  # of the links that save a figure


@pytest.mark.parametrize(
    ("ask", "error", "says"),
    [
        (lambda texts: explore_text(None), TypeError, "must be a str"),  # type: ignore[arg-type]
        (lambda texts: explore_metrics(measure(texts), "charm"), ValueError, "or 'lexical_variety', not 'charm'"),
        (lambda texts: explore_metrics(measure(texts), by="charm"), ValueError, "^by must be .* not 'charm'"),
        (lambda texts: explore_metrics(texts[["text", "kind"]]), ValueError, "Call measure"),
        (lambda texts: explore_metrics(["a"]), TypeError, "takes a table"),  # type: ignore[arg-type]
        (lambda texts: explore_metrics(measure(texts))["colour"], KeyError, "it has metric, by"),
        (lambda texts: explore_sample_size(texts[texts["kind"] == "article"]), ValueError, "no 'comment'"),
        (lambda texts: explore_sample_size(texts.drop(columns="text_id")), ValueError, "needs the column .text_id."),
        (lambda texts: explore_sample_size(texts, "smog_index"), ValueError, "no value for single sentences"),
        (
            lambda texts: explore_sample_size(texts.assign(text=texts["text"].where(texts["kind"] == "article", "👏"))),
            ValueError,
            "not 'sentiment'. The others have no value for single sentences",
        ),
        (lambda texts: explore_sample_size(texts, seed=0), ValueError, "1 to 99"),
        (lambda texts: explore_thread(None), TypeError, "takes a table, not NoneType. Give it texts: load_corpus"),  # type: ignore[arg-type]
        (lambda _: explore_thread(load_corpus(NATO).head(0)), ValueError, "nothing to show"),
        (lambda _: explore_thread(load_corpus(NATO).drop(columns="likes")), ValueError, "column 'likes'; it has"),
    ],
)
def test_a_failed_exploration_explains_why(
    ask: Callable[[pd.DataFrame], object], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        ask(SMALL)


def test_robustness_is_computed_once_and_sliced_after(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    full = toolkit.robustness(SMALL, "words")

    def counted(texts: pd.DataFrame, metric: str) -> pd.DataFrame:
        calls.append(metric)
        return toolkit.robustness(texts, metric)

    monkeypatch.setattr("toolkit.explorers.robustness_explorer.robustness", counted)
    panel = toolkit.explore_robustness(SMALL, "words")
    assert words_in(panel, "status") == by_mean_or_median(full)
    panel["headings"].value = "in"
    panel["unit"].value = "sentences"
    kept = full[(full["headings"] == "in") & (full["unit"] == "sentences")]
    assert words_in(panel, "status").startswith(by_mean_or_median(kept))
    assert "include the toolkit's own combination" in words_in(panel, "status")
    panel["headings"].value = "out"
    kept = full[(full["headings"] == "out") & (full["unit"] == "sentences")]
    assert words_in(panel, "status") == by_mean_or_median(kept)
    assert calls == ["words"]


def test_robustness_accepts_a_custom_metric() -> None:
    panel = toolkit.explore_robustness(SMALL, toolkit.lexicon_metric({"late": 1}, name="lateness"))
    assert panel["metric"].value == "lateness"
    assert len(panel["metric"].options) == len(METRICS) + 1


def by_mean_or_median(table: pd.DataFrame) -> str:
    """What the line above the figure says: the title of the figure counts the same combinations differently."""
    said = toolkit.robustness_sentence(table)
    return f"Compared by mean or median, {said[0].lower()}{said[1:]} The title below compares pairs."


def test_choices_without_effect_are_disabled_and_some_exclude_each_other() -> None:
    panel = toolkit.explore_robustness(SMALL, "words")
    assert panel["emoji"].disabled
    assert not panel["headings"].disabled
    panel["lists"].value, panel["unit"].value = "split", "passages"
    assert "No combination has all of these choices" in words_in(panel, "status")
    assert panel["figure"].value == ""
    panel["metric"].value = "lix"
    assert panel["unit"].disabled  # it needs passages
    assert "there is no value" in words_in(panel, "status")


def test_the_sample_is_compared_as_compare_does_it(library: pd.DataFrame, measured: pd.DataFrame) -> None:
    panel = explore_sample_size(library)
    panel["comments"].value = len(panel["comments"].labels)  # one too many: the last
    assert panel["comments"].labels[panel["comments"].value] == "60 of 60 comments"
    row = toolkit.compare(measured, metrics=[metric for metric in METRICS if metric.name == "sentiment"]).iloc[0]
    ends = f"interval {number(row['share_higher_low'])} to {number(row['share_higher_high'])}"
    assert (
        f"{number(row['share_higher'])} of pairs, ties counted as half, {ends}. Verdict: “{row['verdict']}”."
        in words_in(panel, "status")
    )


def test_an_interval_is_drawn_no_longer_than_it_is(library: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    figures: list[Any] = []

    def keep(figure: Any) -> str:
        figures.append(figure)
        return "drawn"

    monkeypatch.setattr("toolkit.explorers.sample_size.drawn_html", keep)
    explore_sample_size(library)
    upright = [line for line in figures[0].axes[0].lines if len({*line.get_xdata()}) == 1 < len(line.get_xdata())]
    assert len(upright) > 1
    assert {line.get_solid_capstyle() for line in upright} == {"butt"}  # else the line passes 0.40 before the interval


def test_a_draw_has_a_number_is_repeatable_and_a_smaller_sample_is_part_of_a_larger_one(library: pd.DataFrame) -> None:
    panel = explore_sample_size(library)
    first = words_in(panel, "words")
    panel["again"].click()
    assert panel["draw"].value == 2
    assert words_in(panel, "words") != first
    assert words_in(explore_sample_size(library), "words") == first
    panel["draw"].value = 99
    panel["again"].click()
    assert panel["draw"].value == 1
    assert words_in(panel, "words") == first
    panel = explore_sample_size(library)
    panel["comments"].value = 1
    assert panel["comments"].labels[1] == "3 of 60 comments"
    assert first.startswith(words_in(panel, "words"))
    assert "no interval. Verdict: “cannot tell from 3 comments”." in words_in(panel, "status")


# ---- what all share


def test_every_control_has_a_label(measured: pd.DataFrame) -> None:
    panels = [explore_text(), explore_metrics(measured), explore_sample_size(SMALL)]
    for panel in (*panels, toolkit.explore_robustness(SMALL, "words")):
        for name, part in panel.parts.items():
            assert getattr(part, "description", "") or getattr(part, "label", "") or hasattr(part, "placeholder"), name


def test_an_explorer_has_the_same_summary_on_every_run(library: pd.DataFrame, measured: pd.DataFrame) -> None:
    assert repr(explore_thread(library)) == "<explore_thread: 1 article and 60 comments>"
    assert repr(toolkit.code_units(measured.head(4))) == "<code_units: tone, 4 units>"
    assert repr(explore_text()) == repr(explore_text(EVIL)) == "<explore_text: a text, its marks, its metrics>"
    assert repr(explore_metrics(measured)) == f"<explore_metrics: {len(measured)} sentences, {len(METRICS)} metrics>"


def test_repeated_requests_run_once_after_a_pause() -> None:
    done: list[float] = []

    async def ask() -> None:
        request = later(lambda: done.append(1.0))
        for change in range(3):
            request(change)
        assert done == []
        await asyncio.sleep(2 * WAIT)

    asyncio.run(ask())
    assert len(done) == 1
    later(lambda: done.append(math.inf))(None)
    assert done[1:] == [math.inf]  # without a loop at once


def test_the_scripts_of_the_explorers_ask_for_nothing_from_outside() -> None:
    for script in Path(toolkit.explorers.__file__).parent.glob("*.js"):
        assert not re.search(r"https?:|import\s*\(|fetch|XMLHttpRequest|eval\(", script.read_text(encoding="utf-8"))


def test_a_search_marks_and_counts_every_use_and_says_what_cannot_be_searched() -> None:
    panel = explore_text("Critics talk. The critic’s plan, a plan.", metrics=["words"])
    for query, uses in (("critic*", ["Critics", "critic"]), ("a plan", ["a plan"]), ("p.an", []), ("", [])):
        panel["search"].value = query
        found = re.findall(r'<span class="btl-mark [^"]*btl-found"[^>]*>([^<]*)</span>', panel["marked"].value)
        assert found == uses
        said = f" “{query}”: {len(uses)} use{'s' * (len(uses) != 1)}." if query else "sentences."
        assert words_in(panel, "status").endswith(said)
    panel["search"].value = "critic*"
    panel["layer"].value = "normalising"
    assert "btl-found" in panel["marked"].value


@pytest.mark.parametrize("most", [60, 5_000, 900_000])
def test_numbers_of_comments_on_the_axis_never_touch(most: int) -> None:
    counts = np.unique(np.geomspace(2, most, MOST_SIZES).round().astype(int))
    sizes = pd.DataFrame({"comments": counts, "share": 0.5, "low": np.nan, "high": np.nan, "verdict": "cannot tell"})
    figure = _figure(sizes, sizes.iloc[0], "Tone", 1, "")
    figure.draw_without_rendering()
    named = [label for label in figure.axes[0].get_xticklabels() if label.get_text()]
    boxes = [label.get_window_extent() for label in named]
    assert all(one.x1 < other.x0 for one, other in itertools.pairwise(boxes))
    assert named[-1].get_text() == f"{most:,}"
    assert len(named) >= len(counts) / 4
