"""The five kinds of exercise and how each assesses an answer: number, choice, table, finding, reason."""

import abc
import inspect
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

import pandas as pd

from .compare_answers import difference, near, plain
from .sealed_answers import normalised, seal

FEWEST_WORDS = 5  # of a reason


class Verdict(NamedTuple):
    """The message about an answer; `right` is None if the learner judges."""

    right: bool | None
    words: str


@dataclass(frozen=True, kw_only=True)
class Exercise(abc.ABC):
    """One exercise: its id (notebook and letter), why the right answer matters, and hints.

    `hints` gives the hint for each likely mistake, which is a value or a function of the texts; `again` is the hint
    for all others.
    """

    id: str
    hints: Mapping[str, Any] = field(default_factory=dict)
    why: str
    again: str
    wants: ClassVar[str]

    @property
    def needs_corpus(self) -> bool:
        """Whether `check` needs the texts, because computing the right answer does."""
        computes = getattr(self, "reference", None) or getattr(self, "accepts", None)
        return callable(computes) and "texts" in inspect.signature(computes).parameters

    @abc.abstractmethod
    def weigh(self, answer: Any, texts: pd.DataFrame) -> Verdict:
        """Return whether an answer is right, or a hint."""

    def refuse(self, answer: Any) -> Verdict:
        """Return the message for an answer of the wrong type."""
        return Verdict(False, f"The answer is {self.wants}; this is {kind_of(answer)}.")

    def respond(self, right: bool, hint: str = "") -> Verdict:
        """Return the message for a right answer, or the hint (the general one by default)."""
        return Verdict(True, f"Right. {self.why}") if right else Verdict(False, f"Not yet. {hint or self.again}")

    def hint_for(self, is_made: Callable[[Any], bool], texts: pd.DataFrame) -> str:
        """Return the hint for the first likely mistake that matches; empty if none does."""
        return next((hint for hint, mistake in self.hints.items() if is_made(value_of(mistake, texts))), "")


@dataclass(frozen=True, kw_only=True)
class Number(Exercise):
    """A number within `tolerance` of `reference`, which is a value or a function of the texts."""

    wants = "a single number"
    reference: Any
    tolerance: float = 0.0051

    def weigh(self, answer: Any, texts: pd.DataFrame) -> Verdict:
        """Compare with the reference, then with the likely mistakes."""
        value = as_number(answer)
        if value is None:
            return self.refuse(answer)
        target = float(value_of(self.reference, texts))
        if near(value, target, self.tolerance):
            return self.respond(True)
        hint = self.hint_for(lambda mistake: near(value, float(mistake), self.tolerance), texts)
        return self.respond(False, hint or usual_slip(value, target, self.tolerance))


@dataclass(frozen=True, kw_only=True)
class Choice(Exercise):
    """One of `options`; `sealed` is the hash of the right one (see `seal`), or `reference` computes it."""

    options: Sequence[str]
    sealed: str = ""
    reference: Callable[..., str] | None = None

    def weigh(self, answer: Any, texts: pd.DataFrame) -> Verdict:
        """Compare the normalised answer, or its hash."""
        word = normalised(answer) if isinstance(answer, str) else ""
        if word not in map(normalised, self.options):
            return Verdict(False, f"Choose one of these, in quotation marks: {', '.join(self.options)}.")
        answers = normalised(value_of(self.reference, texts)) if self.reference else self.sealed
        right = answers == (word if self.reference else seal(self.id, word))
        return self.respond(right, self.hint_for(lambda option: option == word, texts))


@dataclass(frozen=True, kw_only=True)
class Table(Exercise):
    """A table, column or list equal to what `reference` computes, in any order and type, with any extra columns."""

    wants = "a table, a column or a list"
    reference: Callable[..., Any]
    tolerance: float = 0.0051

    def weigh(self, answer: Any, texts: pd.DataFrame) -> Verdict:
        """Compare row by row, then with the likely mistakes; a hint names a row but never its value."""
        answer = list(answer) if hasattr(answer, "__next__") else answer
        if plain(answer) is None:
            return self.refuse(answer)
        if not (found := difference(answer, value_of(self.reference, texts), self.tolerance)):
            return self.respond(True)
        hint = self.hint_for(lambda mistake: not difference(answer, mistake, self.tolerance), texts)
        return self.respond(False, hint or f"{found} {self.again}")


@dataclass(frozen=True, kw_only=True)
class Finding(Exercise):
    """A text with some effect: `accepts` takes it, and the texts if needed, and returns "" or a hint."""

    wants = "a text in quotation marks"
    accepts: Callable[..., str]

    def weigh(self, answer: Any, texts: pd.DataFrame) -> Verdict:
        """Test whether the text has the effect."""
        if not isinstance(answer, str):
            return self.refuse(answer)
        given = (answer, texts) if self.needs_corpus else (answer,)
        hint = self.accepts(*given) if answer.strip() else "The text is empty."
        return self.respond(not hint, hint)


@dataclass(frozen=True, kw_only=True)
class Reason(Exercise):
    """A short reason in the learner's own words, which the learner judges with a checklist."""

    wants = "a sentence in quotation marks"
    checklist: Sequence[str]

    def weigh(self, answer: Any, texts: pd.DataFrame) -> Verdict:
        """Show the checklist once there is a sentence to judge."""
        if not isinstance(answer, str):
            return self.refuse(answer)
        if len(answer.split()) < FEWEST_WORDS:
            return Verdict(False, f"Write a whole sentence first, then judge it. {self.again}")
        points = "\n".join(f"  [ ] {point}" for point in self.checklist)
        return Verdict(None, f"You are the judge. Does your answer do this?\n{points}\n{self.why}")


def value_of(given: Any, texts: pd.DataFrame) -> Any:
    """Return a value, or what a function computes, from the texts if it takes them."""
    if not callable(given):
        return given
    return given(texts) if inspect.signature(given).parameters else given()


def as_number(answer: Any) -> float | None:
    """Return the number in an answer, also from a text or a one-cell table; None if there is none."""
    if isinstance(answer, bool) or type(answer).__name__ == "bool":
        return None
    if isinstance(answer, str):
        answer = answer.strip().replace("−", "-").replace(",", ".")
    try:
        return float(answer.item() if getattr(answer, "size", 0) == 1 else answer)
    except (TypeError, ValueError, AttributeError, OverflowError):
        return None


def usual_slip(value: float, target: float, tolerance: float) -> str:
    """Return a hint for a common mistake with any number; empty if none fits."""
    if math.isnan(value):
        return "NaN means that there is no number. Is the text long enough, and is it the right one?"
    if target and near(-value, target, tolerance):
        return "The size is right; check the sign."
    if target and near(value / 100, target, tolerance) and value > 1:
        return "That looks like a percentage. Give a share between 0 and 1."
    if near(value, target, 6 * tolerance):
        return "Very close. Keep one more decimal, and round only at the end."
    return ""


def kind_of(answer: Any) -> str:
    """Describe the type of an answer in words: ``a text``, ``a DataFrame``."""
    name = {
        "str": "text",
        "int": "number",
        "float": "number",
        "bool": "True or False",
        "function": "function (call it, with brackets)",
    }
    known = name.get(type(answer).__name__, type(answer).__name__)
    return known if known.startswith("True") else f"{'an' if known[0] in 'aeiouAEIOU' else 'a'} {known}"
