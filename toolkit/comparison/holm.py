"""Holm's adjustment of p-values for the number of tests."""

import numpy as np


def holm(p: np.ndarray) -> np.ndarray:
    """Adjust p-values for multiple testing by Holm's method, in the order given; NaN is kept and not counted.

    Examples
    --------
    >>> holm(np.array([0.01, np.nan, 0.04])).tolist()
    [0.02, nan, 0.04]
    """
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    adjusted = np.full(len(p), np.nan)
    adjusted[order] = np.minimum(np.maximum.accumulate(p[order] * np.arange(len(order), 0, -1)), 1.0)
    return adjusted
