"""Below the Line: how an article is written, how its readers answer, and what the numbers can carry.

One verb an arrow, one plain pandas table a box::

    load_corpus(name)         -> texts        one row a text: the article and its comments (own files: read_thread)
    split_sentences(texts)    -> units        one row a unit (or split_blocks, split_passages)
    measure(units)            -> measured     the same rows, one column a metric
    compare(measured)         -> comparison   one row a metric: article against comments
    plot_comparison(measured) -> a figure     show(figure) prints it with alt text and a text twin

Every metric is also a plain function ``str -> float``: ``sentiment("What a day!")``.
"""

import importlib
from typing import Any

_ROOMS = {
    "corpora": ("list_corpora", "load_corpus", "provenance"),
    "saving": ("save_corpus",),
    "importers": ("import_summary", "read_thread"),
    "normalising": ("normalise",),
    "reading": ("Reading", "read", "read_many"),
    "units": ("split_blocks", "split_passages", "split_sentences"),
    "metrics": ("METRICS", "Metric", "glossary", "measure", "why_missing"),
    "readability": (
        "automated_readability_index",
        "coleman_liau_index",
        "dale_chall",
        "flesch_kincaid_grade",
        "flesch_reading_ease",
        "grade_band",
        "gunning_fog",
        "linsear_write",
        "lix",
        "reading_minutes",
        "rix",
        "smog_index",
    ),
    "tone": ("negative_share", "positive_share", "sentiment", "sentiment_spread", "sentiment_without_emoji"),
    "vader_texts": ("vader_many",),
    "vader_rules": ("vader",),
    "emoji_use": ("emoji_density", "emoji_table", "emoji_variety", "marker_emoji_share"),
    "structure": (
        "attributed_share",
        "capitals_share",
        "exclamation_share",
        "heading_share",
        "lexical_variety",
        "links",
        "list_share",
        "one_line_paragraph_share",
        "promo_share",
        "question_share",
        "quoted_share",
        "sentences",
        "spans",
        "words",
        "words_per_sentence",
    ),
    "comparison": ("compare",),
    "course": ("check",),
    "scale": ("measure_files",),
    "made_archive": ("make_archive",),
    "conversation": ("place_comments",),
    "choices": ("robustness", "robustness_sentence"),
    "choices_figure": ("plot_robustness",),
    "threads": ("compare_threads", "summarise_threads"),
    "threads_figures": ("plot_conversation", "plot_threads"),
    "contrasts": ("keyness", "word_shift"),
    "contrast_figures": ("plot_keyness", "plot_word_shift"),
    "explaining": ("explain_readability", "explain_sentiment"),
    "voices": ("tone_by_voice", "voice_agreement"),
    "codings": ("Scheme", "load_codings", "read_codings"),
    "reliability": ("agreement",),
    "validation": ("validity",),
    "explorers.hand_coding": ("code_units",),
    "explorers.thread": ("explore_thread",),
    "report": ("write_report",),
    "explorers.sampling": ("explore_sample_size",),
    "explorers.tables": ("explore_metrics", "explore_robustness"),
    "explorers.text": ("explore_text",),
    "figures": ("plot_comparison", "plot_metric", "plot_structure", "plot_tone", "show"),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = sorted(_ROOM_OF)
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Open a room when a name of it is asked for: importing the toolkit loads neither pandas nor dictionaries."""
    if name not in _ROOM_OF:
        raise AttributeError(f"toolkit has no {name!r}; it has {', '.join(__all__)}.")
    value = getattr(importlib.import_module(f".{_ROOM_OF[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
