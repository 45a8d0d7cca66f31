"""Below the Line: how an article is written, how its readers respond, and what the numbers support.

One verb per arrow, one plain pandas table per box::

    load_corpus(name)         -> texts        one row per text: the article and its comments (own files: read_thread)
    split_sentences(texts)    -> units        one row per unit (or split_blocks, split_passages)
    measure(units)            -> measured     the same rows, one column per metric
    compare(measured)         -> comparison   one row per metric: article against comments
    plot_comparison(measured) -> a figure     show(figure) prints it with alt text and a text description

Every metric is also a plain function ``str -> float``: ``sentiment("What a day!")``.
"""

import difflib

import lazy_loader

_load, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    if name in __all__:
        return _load(name)
    near = difflib.get_close_matches(name, __all__, 1)
    raise AttributeError(f"toolkit has no {name!r}.{''.join(f' Did you mean {each!r}?' for each in near)}")
