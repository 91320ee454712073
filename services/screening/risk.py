"""One chance that somebody is at risk now, out of two readings of the same message. Pure."""

from __future__ import annotations

from math import exp, log

# Fitted by three-fold cross-validation over the emergency examples and everything people ask (docs/guidance-search.md).
_BEGIN, _LIKENESS, _DANGER, _ANY_DANGER = -1.98, 0.62, 0.7, 2.0
_EDGE = 1e-3


def risk(danger: float, likeness: float) -> float:
    """From 0 to 1: `danger` by the signs that stand in the message (0 for none), `likeness` to known emergencies."""
    score = _BEGIN + _LIKENESS * _odds(likeness)
    if danger > 0.0:
        score += _ANY_DANGER + _DANGER * _odds(danger)
    return 1.0 / (1.0 + exp(-score))


def _odds(chance: float) -> float:
    return log((chance + _EDGE) / (1.0 - chance + _EDGE))
