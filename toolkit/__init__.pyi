"""The public names of the toolkit, for editors, type checkers and lazy loading (SPEC 1)."""

from .annotation.codings import Scheme as Scheme
from .annotation.codings import load_codings as load_codings
from .annotation.codings import read_codings as read_codings
from .annotation.reliability import agreement as agreement
from .annotation.validity import validity as validity
from .archives.measure_files import measure_files as measure_files
from .archives.synthetic import make_archive as make_archive
from .comparison.compare import compare as compare
from .comparison.correlate import correlate as correlate
from .comparison.keyness import keyness as keyness
from .comparison.meta_analysis import compare_threads as compare_threads
from .comparison.meta_analysis import summarise_threads as summarise_threads
from .comparison.multiverse import robustness as robustness
from .comparison.multiverse import robustness_sentence as robustness_sentence
from .comparison.word_shift import word_shift as word_shift
from .context.comment_links import link_comments as link_comments
from .context.concordance import concordance as concordance
from .context.headline import headline as headline
from .context.sources import sources as sources
from .corpora.load import list_corpora as list_corpora
from .corpora.load import load_corpus as load_corpus
from .corpora.load import provenance as provenance
from .corpora.replies import place_comments as place_comments
from .corpora.save import save_corpus as save_corpus
from .course.check import check as check
from .explorers.coding_panel import code_units as code_units
from .explorers.files_explorer import explore_files as explore_files
from .explorers.metrics_explorer import explore_metrics as explore_metrics
from .explorers.robustness_explorer import explore_robustness as explore_robustness
from .explorers.sample_size import explore_sample_size as explore_sample_size
from .explorers.text_explorer import explore_text as explore_text
from .explorers.thread_explorer import explore_thread as explore_thread
from .figures.display import show as show
from .figures.plot_attention import plot_attention as plot_attention
from .figures.plot_comparison import plot_comparison as plot_comparison
from .figures.plot_conversation import plot_conversation as plot_conversation
from .figures.plot_dispersion import plot_dispersion as plot_dispersion
from .figures.plot_keyness import plot_keyness as plot_keyness
from .figures.plot_metric import plot_metric as plot_metric
from .figures.plot_robustness import plot_robustness as plot_robustness
from .figures.plot_structure import plot_structure as plot_structure
from .figures.plot_threads import plot_threads as plot_threads
from .figures.plot_tone import plot_tone as plot_tone
from .figures.plot_word_shift import plot_word_shift as plot_word_shift
from .importers.read_thread import import_summary as import_summary
from .importers.read_thread import read_thread as read_thread
from .lexicons.dictionaries import afinn_words as afinn_words
from .lexicons.vader_rules import vader as vader
from .lexicons.vader_rules import vader_many as vader_many
from .metrics.attribution import tone_by_voice as tone_by_voice
from .metrics.attribution import voice_agreement as voice_agreement
from .metrics.emoji import emoji_density as emoji_density
from .metrics.emoji import emoji_table as emoji_table
from .metrics.emoji import emoji_variety as emoji_variety
from .metrics.emoji import marker_emoji_share as marker_emoji_share
from .metrics.explanations import explain_readability as explain_readability
from .metrics.explanations import explain_sentiment as explain_sentiment
from .metrics.measure import METRICS as METRICS
from .metrics.measure import Metric as Metric
from .metrics.measure import glossary as glossary
from .metrics.measure import measure as measure
from .metrics.missing_values import why_missing as why_missing
from .metrics.readability import automated_readability_index as automated_readability_index
from .metrics.readability import coleman_liau_index as coleman_liau_index
from .metrics.readability import dale_chall as dale_chall
from .metrics.readability import flesch_kincaid_grade as flesch_kincaid_grade
from .metrics.readability import flesch_reading_ease as flesch_reading_ease
from .metrics.readability import grade_band as grade_band
from .metrics.readability import gunning_fog as gunning_fog
from .metrics.readability import linsear_write as linsear_write
from .metrics.readability import lix as lix
from .metrics.readability import reading_minutes as reading_minutes
from .metrics.readability import rix as rix
from .metrics.readability import smog_index as smog_index
from .metrics.sentiment import negative_share as negative_share
from .metrics.sentiment import positive_share as positive_share
from .metrics.sentiment import sentiment as sentiment
from .metrics.sentiment import sentiment_spread as sentiment_spread
from .metrics.sentiment import sentiment_without_emoji as sentiment_without_emoji
from .metrics.spans import spans as spans
from .metrics.structure import attributed_share as attributed_share
from .metrics.structure import capitals_share as capitals_share
from .metrics.structure import exclamation_share as exclamation_share
from .metrics.structure import heading_share as heading_share
from .metrics.structure import lexical_variety as lexical_variety
from .metrics.structure import links as links
from .metrics.structure import list_share as list_share
from .metrics.structure import one_line_paragraph_share as one_line_paragraph_share
from .metrics.structure import promo_share as promo_share
from .metrics.structure import question_share as question_share
from .metrics.structure import quoted_share as quoted_share
from .metrics.structure import sentences as sentences
from .metrics.structure import words as words
from .metrics.structure import words_per_sentence as words_per_sentence
from .metrics.word_lists import explain_lexicon as explain_lexicon
from .metrics.word_lists import lexicon_metric as lexicon_metric
from .reports.write_report import write_report as write_report
from .text.normalize import normalise as normalise
from .text.reading import Reading as Reading
from .text.reading import read as read
from .text.reading import read_many as read_many
from .text.units import split_blocks as split_blocks
from .text.units import split_passages as split_passages
from .text.units import split_sentences as split_sentences

__all__ = [
    "METRICS",
    "Metric",
    "Reading",
    "Scheme",
    "afinn_words",
    "agreement",
    "attributed_share",
    "automated_readability_index",
    "capitals_share",
    "check",
    "code_units",
    "coleman_liau_index",
    "compare",
    "compare_threads",
    "concordance",
    "correlate",
    "dale_chall",
    "emoji_density",
    "emoji_table",
    "emoji_variety",
    "exclamation_share",
    "explain_lexicon",
    "explain_readability",
    "explain_sentiment",
    "explore_files",
    "explore_metrics",
    "explore_robustness",
    "explore_sample_size",
    "explore_text",
    "explore_thread",
    "flesch_kincaid_grade",
    "flesch_reading_ease",
    "glossary",
    "grade_band",
    "gunning_fog",
    "heading_share",
    "headline",
    "import_summary",
    "keyness",
    "lexical_variety",
    "lexicon_metric",
    "link_comments",
    "links",
    "linsear_write",
    "list_corpora",
    "list_share",
    "lix",
    "load_codings",
    "load_corpus",
    "make_archive",
    "marker_emoji_share",
    "measure",
    "measure_files",
    "negative_share",
    "normalise",
    "one_line_paragraph_share",
    "place_comments",
    "plot_attention",
    "plot_comparison",
    "plot_conversation",
    "plot_dispersion",
    "plot_keyness",
    "plot_metric",
    "plot_robustness",
    "plot_structure",
    "plot_threads",
    "plot_tone",
    "plot_word_shift",
    "positive_share",
    "promo_share",
    "provenance",
    "question_share",
    "quoted_share",
    "read",
    "read_codings",
    "read_many",
    "read_thread",
    "reading_minutes",
    "rix",
    "robustness",
    "robustness_sentence",
    "save_corpus",
    "sentences",
    "sentiment",
    "sentiment_spread",
    "sentiment_without_emoji",
    "show",
    "smog_index",
    "sources",
    "spans",
    "split_blocks",
    "split_passages",
    "split_sentences",
    "summarise_threads",
    "tone_by_voice",
    "vader",
    "vader_many",
    "validity",
    "voice_agreement",
    "why_missing",
    "word_shift",
    "words",
    "words_per_sentence",
    "write_report",
]
__version__: str
