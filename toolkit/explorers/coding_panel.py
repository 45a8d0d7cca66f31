"""code_units: code sentences by hand with the keys 1, 2, 3 …; every answer is saved to disk immediately."""

from __future__ import annotations

import base64
from collections.abc import Hashable, Iterable, Mapping
from pathlib import Path

import pandas as pd
from markupsafe import Markup

from .._tables import check_flags, check_strings, require_columns
from ..annotation.codings import Scheme, as_scheme, checked_name, csv_of, read_codings, read_rows
from ..annotation.reliability import agreement
from ..annotation.session import CodingSession
from ..figures.formatting import counted
from .html_panel import Action, LivePanel, button, drawn, heard, paragraph

_TEMPLATE = "coding.html.j2"
JUST_NOW = 120  # seconds; a coder with an answer this recent may still be at work
MOST_DISPUTED = 6  # most disputed sentences shown to the class


def code_units(
    units: pd.DataFrame,
    scheme: str | Scheme | Mapping[str, str] = "tone",
    coder: str = "",
    path: str | Path | None = None,
    *,
    context: bool = True,
    shuffle: int | None = None,
) -> CodingPanel:
    """Code units by hand: one sentence at a time, with the keys 1 to 9, S to skip and U to undo the last answer.

    Every answer is saved before the next sentence appears, and a coder can resume later under the same name. Each
    coder has a separate file, so a whole class can code at once; `read_codings` joins the files, and `agreement` and
    `validity` measure their quality. *Show the class* summarises every file in the folder and how well the coders
    agree, and updates as answers arrive. Coders should decide before they look.

    Parameters
    ----------
    units : DataFrame
        A table with `unit_id` and `text`, as from `split_sentences`.
    scheme : str, Scheme or dict
        "tone" (-2 to 2), "speech act" (claim, opinion, report, call to action), "constructiveness",
        "answers" (the article, a comment, neither), or one of your own: a `Scheme`, or a dict that maps stored values
        to displayed labels.
    coder : str
        Name or pseudonym; it identifies the file and must be unique.  If empty, the panel asks for it.
    path : path, optional
        The CSV file; by default ``codings-NAME.csv`` in the folder of the notebook.
    context : bool
        Show the rest of the block, as far as `units` contains it.  False if coders must not see it.
    shuffle : int, optional
        Seed of a random order; None keeps the order of the table, where each sentence primes the coder for the next.

    Returns
    -------
    CodingPanel
        A panel for JupyterLab or Voila.  `panel.session.path` is the file.

    Raises
    ------
    TypeError, ValueError
        If a column is missing, there is nothing to code, the scheme is unknown, the coder's name is not valid, or the
        file is not a table of codings.
    """
    check_strings(coder=coder)
    check_flags(context=context)
    return CodingPanel(units, as_scheme(scheme), coder, path, context, shuffle)


class CodingPanel(LivePanel):
    """Panel of `code_units`: draws a `CodingSession` and passes answers to it."""

    def __init__(
        self,
        units: pd.DataFrame,
        scheme: Scheme,
        coder: str,
        path: str | Path | None,
        context: bool,
        shuffle: int | None,
    ) -> None:
        self.session: CodingSession | None = None
        self._class: dict[Path, float] | None = None  # the class's files as last shown; None while hidden
        self._asked_again = ""  # a recently used name that awaits confirmation
        self._units, self._scheme, self._path, self._context, self._shuffle = units, scheme, path, context, shuffle
        require_columns(units, ("unit_id", "text"), "split_sentences(texts) gives units with both.")
        super().__init__("code_units", "Coding by hand", f"{scheme.name}, {len(units)} units", watched=True)
        if coder:
            self.session = self._session_of(coder)
            self._draw(self.session, _welcome(self.session))
        else:
            CodingSession(units, scheme, "nobody", Path("nowhere"), shuffle)  # rejects an invalid table at once
            status = paragraph("Each answer is saved at once.", "btl-status")
            self.show(head=drawn(_TEMPLATE, "name_form"), unit="", answers="", status=status)
        self.look_again()

    def act(self, action: Action) -> None:
        """Carry out an action and report the result; ignore an answer to a unit that is no longer shown."""
        done, value = str(action.get("do")), str(action.get("value", ""))
        if done == "class":
            self._class = {} if self._class is None else None
            self.look_again()
            return
        try:
            if done == "name":
                self.session = self._begin(value)
                said = _welcome(self.session)
            elif self.session is None:
                return
            elif done == "answer" and action.get("about") == self.session.current:
                self.session.answer(value)
                said = f"Saved: {self.session.scheme.answers[value]}."
            elif done == "skip" and action.get("about") == self.session.current:
                self.session.skip()
                said = "Skipped: saved without an answer."
            elif done == "undo":
                said = "Answer removed; answer again." if self.session.undo() else "There is nothing to undo."
            else:
                return
        except (OSError, ValueError) as error:
            self.show(status=paragraph(str(error) if done == "name" else f"Not saved. {error}", "btl-status"))
            return
        self._draw(self.session, said)

    def look_again(self) -> None:
        """Redraw the class's answers if they are shown and have changed."""
        if self._class is None:
            self.show(**{"class": button("Show the class", "class")})
            return
        folder = Path(self._path or "").parent  # file -> time of its last answer
        files = {path: path.stat().st_mtime for path in sorted(folder.glob("codings-*.csv"))}
        if files == self._class and files:
            return
        try:
            said = _class_html(files, self._units, self._scheme)
        except (OSError, ValueError) as error:
            said = paragraph(f"The class's answers cannot be shown. {error}")
        self._class = files
        self.show(**{"class": said + button("Hide the class", "class")})

    def _begin(self, coder: str) -> CodingSession:
        """Begin a session; a recently used name must be confirmed."""
        session = self._session_of(coder)
        if session.seconds_since_an_answer() < JUST_NOW and self._asked_again != session.coder:
            self._asked_again = session.coder
            raise ValueError(
                f"Someone saved an answer as {session.coder} a moment ago. If that was you, press Start again; "
                "otherwise choose another name."
            )
        return session

    def _session_of(self, coder: str) -> CodingSession:
        name = checked_name(coder)
        path = Path(self._path) if self._path is not None else Path(f"codings-{name.replace(' ', '-')}.csv")
        return CodingSession(self._units, self._scheme, name, path, self._shuffle)

    def _draw(self, session: CodingSession, said: str) -> None:
        following = heard(f"Next: {session.unit['text']}") if session.unit is not None else Markup()
        self.show(**_parts(session, self._context), status=paragraph(said, "btl-status") + following)


def _welcome(session: CodingSession) -> str:
    were = "was" if session.done == 1 else "were"
    found = f"Welcome back: {counted(session.done, 'answer')} of yours {were} found in"
    again = found if session.done else "Saved to"
    return f"{again} {session.path.name}."


# ---- parts as HTML; the templates escape all text


def _parts(session: CodingSession, context: bool) -> dict[str, Markup]:
    """Render question, sentence and answers; unchanged answers are not redrawn, so they keep the focus."""
    skipped = f", {session.skipped} of them skipped" if session.skipped else ""
    done = f"{session.done} of {session.total} done{skipped}"
    # Coders can download their own answers: a browser page or a class server may not keep the file.
    own = [row for row in read_rows(session.path) if row.coder == session.coder] if session.answers else []
    coded = base64.b64encode(csv_of(own)).decode("ascii") if own else ""
    answers = drawn(_TEMPLATE, "answers", session.scheme.answers.items(), session.unit is None)
    unit = drawn(_TEMPLATE, "thanks", session.total)
    if (row := session.unit) is not None:
        whose = ", ".join(str(row[name]) for name in ("kind", "author") if isinstance(row.get(name), str))
        before, after = _around(session.units, row) if context else ("", "")
        unit = drawn(_TEMPLATE, "unit", row["unit_id"], whose, before, str(row["text"]), after)
    return {"head": drawn(_TEMPLATE, "head", session, done, coded), "unit": unit, "answers": answers}


def _around(units: pd.DataFrame, row: Mapping[Hashable, object]) -> tuple[str, str]:
    if not {"text_id", "block_id"} <= set(units.columns):
        return "", ""
    block = units[(units["text_id"] == row["text_id"]) & (units["block_id"] == row["block_id"])]
    texts, at = block["text"].astype(str).tolist(), block["unit_id"].tolist().index(row["unit_id"])
    return "".join(f"{text} " for text in texts[:at]), "".join(f" {text}" for text in texts[at + 1 :])


def _class_html(files: Iterable[Path], units: pd.DataFrame, scheme: Scheme) -> Markup:
    """Render the number of coders, their agreement, and the units they agree on least."""
    codings = read_codings(*files)
    codings = codings[codings["question"].eq(scheme.name) & codings["unit_id"].isin(units["unit_id"])]
    given = codings.dropna(subset=["answer"])
    overall = agreement(codings, schemes=[scheme])[:1]  # empty if nobody has answered
    counts = given.groupby(["unit_id", "answer"]).size().unstack(fill_value=0).reindex(columns=list(scheme.answers))
    others = (1 - counts.max(axis=1) / counts.sum(axis=1)).loc[lambda share: share > 0]
    texts = units.drop_duplicates("unit_id").set_index("unit_id")["text"]
    disputed = [
        (texts[unit], {scheme.answers[answer]: int(many) for answer, many in counts.loc[unit].items() if many > 0})
        for unit in others.sort_values(ascending=False, kind="stable").index[:MOST_DISPUTED]
    ]
    people, answers = given["coder"].nunique(), counted(len(given), "answer")
    said = f"{'1 person' if people == 1 else f'{people} people'}, {answers}"
    return drawn(_TEMPLATE, "class_so_far", said, overall.to_dict("records"), disputed)
