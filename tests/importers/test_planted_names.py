"""Names of commenters, planted in every format, and every output that could show them: no leak."""

import html
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import toolkit
from toolkit import import_summary, measure, read_thread, save_corpus, split_sentences, write_report
from toolkit.cli.main import main
from toolkit.importers.privacy.masking import mask
from toolkit.importers.privacy.pseudonyms import Pseudonyms
from toolkit.reports.from_files import FilesToReport

pytestmark = pytest.mark.usefixtures("quick_disk")
SAMPLES = Path(__file__).parents[1] / "samples"
ARTICLE = "# A bridge for the harbour\n\nThe council wants a new bridge. Most people welcome it, and some do not.\n"
# Two sets, the second with names the rules were not written for: particles, other scripts, ordinary words, short ones.
FIRST = (("Wilhelmina Castellanos", "castellanos_w"), ("Otto Brandvold", "brandvold77"), ("Renée O'Connor", "reneeoc"))
SECOND = (
    ("Đorđe Petrović-Njegoš", "njegosp"), ("Siobhán Ní Bhriain", "bhriain_s"), ("Wu Xiuying", "xiuying.wu"),
    ("Thandiwe van der Merwe", "merwethandi"), ("Ørjan Åsgård", "asgaard_o"), ("김서연", "seoyeonkim"),
)  # fmt: skip
# A third set, written against the rules: double-barrelled, with an emoji, digits, initials, a nickname, common words.
THIRD = (
    ("Anne-Marie Fitzgerald-Boyce", "fitzboyce"), ("Declan O'Neill", "oneilld"), ("Fiona McDonald", ""),
    ("Abdelrahman Al-Khatib", "khatib.a"), ("Мария Соколова", ""), ("陈伟明", ""), ("Will Thackeray", ""),
    ("Grace Oyelaran", ""), ("Zara 🌸 Quillfeather", ""), ("Brenlow1987", ""), ("Ngô Thị Hằng", ""),
    ("Bo Lindqvist", ""), ("José-María Iñárritu", ""), ("K. R. Venkataraghavan", ""), ("the_real_grimsby", ""),
    ("Σωκράτης Βλάχος", ""), ('Bartholomew "Barty" Wigglesworth', ""), ("Dr. Ulrich Pfefferkorn", ""),
    ("Jay-Z Nkemelu", ""),
)  # fmt: skip

# A fourth set, of other orders and scripts: it goes through every format that gives names.
FOURTH = (
    ("Trần Quốc Bảo", "tranqbao_91"), ("Szabó Zsófia", "zsofi.szabo"), ("Guðrún Þorsteinsdóttir", "gudrun_th"),
    ("محمود العطار", "alattar.m"), ("Sipho van den Heever", "heever_sipho"), ("Niamh O’Callaghan", "ocallaghan9"),
    ("Anne-Sophie Rehnquist-Moe", "as_rehnquist"), ("欧阳娜娜", "ouyang_nana"),
)  # fmt: skip


def forms(name: str, handle: str) -> list[str]:
    """Ways in which people write to and about others; each is masked whole."""
    parts = name.split()
    first, last = parts[0], parts[-1]
    both = [name, name.upper(), f"@{name}", f"@{handle}", f"{name}'s", f"> {name} wrote:", f"**{name}**", f"u/{handle}"]
    if len(parts) > 1:
        both += [first, last, f"{last}, {first}", f"{first}_{last}", f"{first}{last}", f"{first} Q. {last}",
                 f"{first[0]}. {last}", f"{first}\n{last}", f"Mr. {last}", f"#{first}{last}",
                 f"{first}\u200b {last}"]  # fmt: skip
    return both


def more_forms(name: str) -> list[str]:
    """Further ways, some of which join the name to its neighbours or write it in other characters."""
    parts = [part for part in name.split() if any(map(str.isalnum, part))]
    first, last = parts[0], parts[-1]
    wide = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in name)
    return [
        f"[quote={name}]so it is[/quote]", f"Originally posted by {name}", f"In reply to {name}:", f"@{name} and more",
        f"Hi {first}, thanks", f"On 3 May 2024, {name} wrote:\n> no", "".join(name.split()), "-".join(name.split()),
        "_".join(name.split()), f"{name}123", f"~{name}", f"({name})", f"“{name},” he said", f"thanks,{name}!", wide,
        unicodedata.normalize("NFD", name), "\u00a0".join(name.split()), f"{name[:2]}\u200b{name[2:]}",
        f"{last} {first}", f"{first}.{last}", f"{first}/{last}", f"{last}'s plan", f"{first} {last[0]}.",
        f"<b>{name}</b>", name.lower(),
    ]  # fmt: skip


def leaks(out: str, people: tuple[tuple[str, str], ...]) -> list[str]:
    """Parts of names, of three letters and more, that begin a word of an output in any capitals."""
    parts = {part for name, handle in people for part in [*re.split(r'[\s"_-]', name), handle] if len(part) > 2}
    parts -= {"van", "der", "den", "the", "real", "Will", "Grace", "Thị", "Dr."}
    out = unicodedata.normalize("NFKC", out).replace("\u200b", "").casefold()
    return sorted(part for part in parts if re.search(rf"(?<![^\W_]){re.escape(part.casefold())}", out))


def conversation(people: tuple[tuple[str, str], ...], more: bool = False) -> list[dict[str, Any]]:
    """One comment per form of each name, written by the others in turn."""
    said = [(at, form) for at, person in enumerate(people) for form in forms(*person)]
    said += [(at, form) for at, (name, _) in enumerate(people) if more for form in more_forms(name)]
    return [
        {"id": str(row), "parent": str(row - 1) if row > 1 else "", "name": people[(at + 1) % len(people)][0],
         "handle": people[(at + 1) % len(people)][1], "date": "2025-03-01T10:00:00Z",
         "text": f"I have read what {form} thinks about the bridge, and I do not agree."}
        for row, (at, form) in enumerate(said, 1)
    ]  # fmt: skip


def as_table(comments: list[dict[str, Any]], path: Path) -> Path:
    table = pd.DataFrame(comments)
    (table.to_csv if path.suffix == ".csv" else table.to_excel)(path, index=False)
    return path


def as_text(written: str, path: Path) -> Path:
    path.write_text(written, encoding="utf-8")
    return path


# Who comments in the samples: one conversation in every format.
PEOPLE = (("Wilhelmina Castellanos", "castellanos"), ("Otto Brandvold", "brandvold"), ("Ines Quintanar", "quintanar"))
HANDLES = ("youtube.json", "youtube_downloader.jsonl", "reddit.json", "hacker_news_item.json",
           "hacker_news_search.json", "hacker_news_firebase.json")  # fmt: skip
# One person's: only an @ shows names.
NAMELESS = ("instagram.json", "threads.json", "tiktok.json", "youtube_takeout.csv")
OWN = ("facebook.json", *NAMELESS)


def planted(sample: Path, people: tuple[tuple[str, str], ...], folder: Path) -> Path:
    """Give the people of a sample other names, which its last comment has in all forms that the sample can show."""
    content = sample.read_text(encoding="utf-8")
    only_handles, nameless = sample.name in HANDLES, sample.name in NAMELESS
    in_json = sample.suffix in (".json", ".jsonl") or nameless
    written = (lambda text: json.dumps(text)[1:-1]) if in_json else html.escape if sample.suffix == ".xml" else str
    said = []
    for (own, own_handle), (name, handle) in zip(PEOPLE, people, strict=False):
        has_handle = re.search(rf"{own_handle}(?!\.example)", content.replace("w.castellanos", "")) and not only_handles
        if own in content or nameless:
            shown = handle if only_handles else name
            said += forms(shown, handle if has_handle or nameless else shown)
            content = content.replace(own, written(shown))
        if has_handle:
            content = re.sub(rf"(?<!w\.){own_handle}(?!\.example)", handle, content)
    said = [f"I have read what {form} thinks about the bridge." for form in said if not nameless or "@" in form]
    content = content.replace("Otto!", "you!").replace(" a fact", written("\n\n".join(said)))
    return as_text(content, folder / sample.name)


SETS = {"first": FIRST, "second": SECOND, "third": THIRD, "fourth": FOURTH}
MADE: dict[str, Callable[[list[dict[str, Any]], Path], Path]] = {
    "csv": lambda some, folder: as_table(some, folder / "x.csv"),
    "xlsx": lambda some, folder: as_table(some, folder / "x.xlsx"),
    "json": lambda some, folder: as_text(json.dumps(some), folder / "x.json"),
    "chat": lambda some, folder: as_text("".join(
        f"[01.03.25, 10:00:00] {c['name']}: {c['text']}\n" for c in some), folder / "x.txt"),
}  # fmt: skip
CASES = [(each.name, which) for each in sorted(SAMPLES.glob("*.*")) for which in ("first", "second")]
CASES += [(f"{name}.json", "fourth") for name in ("discourse", "openweb", "bluesky", "facebook", "reddit")]
CASES += [("csv", "third"), ("csv", "fourth"), ("xlsx", "second"), ("json", "fourth"), ("chat", "first")]


def files(kind: str, which: str, folder: Path) -> Iterator[tuple[Path, tuple[tuple[str, str], ...]]]:
    """Yield files of one kind with the people that each names."""
    everybody = SETS[which]
    if kind in MADE:
        yield MADE[kind](conversation(everybody, more=which == "third"), folder), everybody
        return
    for at in range(0, len(everybody), len(PEOPLE)):
        people = (*everybody[at:], *everybody)[: len(PEOPLE)]
        yield planted(SAMPLES / kind, people, folder), people


@pytest.mark.filterwarnings("ignore:WARNING. No names of commenters:UserWarning")  # in NAMELESS exports
@pytest.mark.parametrize(("kind", "which"), CASES)
def test_no_name_is_left_in_any_output(kind: str, which: str, tmp_path: Path) -> None:
    for folder, (path, people) in enumerate(files(kind, which, tmp_path)):
        if kind not in NAMELESS:
            named = people[0][kind in HANDLES].replace(" ", "_")
            path = path.rename(tmp_path / f"answers to {named.lower() if which == 'second' else named}{path.suffix}")
        texts = read_thread(ARTICLE, path, name="own", title="A bridge", quiet=True)
        assert len(texts) - 1 == (
            len(conversation(people, which == "third")) if kind in MADE else 3 + (kind not in OWN)
        )
        assert (kind in HANDLES) == ("gives user names only" in import_summary(texts))
        about = {"licence": "A test's.", "creator": "Ann Writer"}
        corpus = save_corpus(texts, "own", about, folder=tmp_path / str(folder))
        outputs = {
            "table": texts.to_csv(),
            "import log": json.dumps(texts.attrs, default=str, ensure_ascii=False),
            "summary": import_summary(texts),
            "corpus": "".join(each.read_text(encoding="utf-8") for each in corpus.iterdir()),
            "loaded": toolkit.load_corpus("own", folder=corpus.parent).to_csv(),
        }
        if kind == "csv":  # a report adds nothing of a format but its import log
            outputs["report"] = write_report(texts, tmp_path / "page.html").read_text(encoding="utf-8")
        assert {name: found for name, out in outputs.items() if (found := leaks(out, people))} == {}


STRANGER = (("Ottoline Grabowski", "grabottoline"),)  # in a text only, after @


def as_page(comments: list[dict[str, Any]], folder: Path) -> Path:
    """A page that has its comments as data of schema.org."""
    found = [
        {"@type": "Comment", "text": c["text"], "author": {"@type": "Person", "name": c["name"]}} for c in comments
    ]
    data = json.dumps({"@type": "NewsArticle", "articleBody": ARTICLE, "comment": found}).replace("<", "\\u003c")
    body = "".join(f"<p>{line}</p>" for line in ARTICLE.strip("# ").split("\n") * 3)
    head = f"<head><script type='application/ld+json'>{data}</script></head>"
    return as_text(f"<html>{head}<article><h1>A bridge</h1>{body}</article>", folder / "x.html")


@pytest.mark.parametrize("kind", ["csv", "json", "page"])
def test_no_name_is_left_in_outputs(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    comments = conversation(FIRST)
    comments[0]["text"] += " @Ottoline Grabowski, no. @grabottoline"
    path = as_page(comments, tmp_path) if kind == "page" else MADE[kind](comments, tmp_path)
    article = as_text(ARTICLE, tmp_path / f"{FIRST[0][0]} answers.md")
    given: tuple[str | Path, str | Path] = (path, "page") if kind == "page" else (article, path)
    texts = read_thread(*given, name="own", title="A bridge", quiet=True)
    assert len(texts) == len(comments) + 1
    assert main(["report", *map(str, given), "-o", "page.html"]) == 0
    for table in ("m.csv", "m.parquet"):
        assert main(["measure", path.name, "-o", table, "--with-text", "--metric", "words"]) == 0
    with pytest.raises(ValueError, match="no" if kind == "page" else "nowhere") as wrong:
        read_thread(*given, columns={"text": "nowhere"}, article_format="nothing" if kind == "page" else None)
    panel = toolkit.code_units(split_sentences(texts), coder="me")
    assert panel.session is not None
    panel.session.answer("1")
    page, parts = FilesToReport(), {"article": given[0], **({} if kind == "page" else {"comments": path})}
    for part, each in parts.items():
        page.act({"do": "file", "part": part, "name": Path(each).name, "at": 0}, Path(each).read_bytes())
    dropped = page.act({"do": "read", "parts": [*parts], "pasted": "", "lines": {}}), page.act({"do": "report"})
    measured = measure(texts).assign(posted=None)  # a workbook has no time zones
    measured.to_excel("m.xlsx")
    outputs = {
        "measured": measured.to_csv(),
        "workbook": pd.read_excel("m.xlsx").to_csv(),
        "class page": json.dumps(dropped, ensure_ascii=False),
        "explorer": json.dumps(toolkit.explore_thread(texts).get_state(), default=str, ensure_ascii=False),
        "import log": json.dumps(texts.attrs, default=str, ensure_ascii=False),
        "commands": "".join(capsys.readouterr()),
        "report": (tmp_path / "page.html").read_text(encoding="utf-8"),
        "CSV": (tmp_path / "m.csv").read_text(encoding="utf-8"),
        "Parquet": pd.read_parquet("m.parquet").to_csv(),
        "error": str(wrong.value),
        "codings": panel.session.path.read_text(encoding="utf-8"),
    }
    assert all(outputs.values())
    found = {name: leaks(out, FIRST + STRANGER) for name, out in outputs.items()}
    assert found == {name: [] for name in outputs}


def test_no_name_is_left_in_what_is_measured_of_an_archive(tmp_path: Path) -> None:
    comments = [*conversation(FIRST), {"id": "x", "name": "Otto Brandvold", "text": "[deleted]"}]
    pd.DataFrame(comments).to_csv(tmp_path / "a.csv", index=False)
    counts = toolkit.measure_files(tmp_path / "a.csv", tmp_path / "out", metrics=["words"], columns={"author": "name"})
    assert counts.rejects.tolist() == [1]
    written = [each.read_bytes().decode("latin-1") for each in (tmp_path / "out").rglob("*") if each.is_file()]
    out = "".join([*written, pd.read_parquet(tmp_path / "out" / "data").to_csv()])
    assert leaks(out, FIRST) == []


@pytest.mark.filterwarnings("ignore:WARNING. No names of commenters:UserWarning")
def test_the_owner_of_a_download_is_nowhere_in_its_table(tmp_path: Path) -> None:
    (name, handle), *_ = STRANGER
    profile = {"userName": handle, "displayName": name, "emailAddress": f"{handle}@tiny.example"}
    said = [f"I like it, says {name}, {handle}.", "Grabowski here. The toll is too high, thanks Ottoline."]
    listed = [{"date": "2025-03-01 10:00:00", "comment": text} for text in said]
    download = {"Profile": {"Profile Info": {"ProfileMap": profile}}, "Comment": {"Comments": {"CommentsList": listed}}}
    texts = read_thread(ARTICLE, as_text(json.dumps(download), tmp_path / "x.json"), quiet=True)
    assert len(texts) == 3
    assert leaks(texts.to_csv() + json.dumps(texts.attrs, default=str) + import_summary(texts), STRANGER) == []


@pytest.mark.parametrize("people", [FIRST, SECOND], ids=["first", "second"])
def test_the_check_for_leaks_finds_them(people: tuple[tuple[str, str], ...]) -> None:
    assert all(leaks(form, people) for name, handle in people for form in (name, f"@{handle}", name.upper()))
    stranger = Pseudonyms([("Nobody Here", "")])
    assert all(leaks(mask(f"what {name} thinks", stranger), people) for name, _ in people)


def test_a_name_that_the_article_has_too_is_noted_and_is_masked_where_it_is_addressed() -> None:
    article = f"{ARTICLE}\nAnna Brightwell welcomes it.\n"
    table = pd.DataFrame(
        {"author": ["Anna Brightwell", "Bo"], "text": ["Anna Brightwell is right.", "@Anna Brightwell!"]}
    )
    texts = read_thread(article, table, quiet=True)
    assert texts["text"].tolist()[1:] == ["Anna Brightwell is right.", "@Reader 01!"]
    assert "Commenters whose names are also in the article: 1." in import_summary(texts)
