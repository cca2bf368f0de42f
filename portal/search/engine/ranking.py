"""How much a word in a document is worth, in whole numbers.

BM25 per field, summed. Two choices keep hidden documents out of the order of visible ones: the expected length of a
field is a constant rather than an average over the index, and the rarity of a word is counted among what the viewer sees.
Whole numbers make the sum independent of the order of addition, so two executors agree to the last place.

Source: Robertson & Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), section 3.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[Any]

K1 = 1.2
B = 0.75
SCALE = 100
#: A prefix is worth what all its words are worth together, up to this; so the score of 32 of them fits into 31 bits.
PREFIX_LIMIT = 20_000


@dataclass(frozen=True)
class TextField:
    """A searched field.

    Args:
        weight: worth of a word here, compared with one in the running text.
        usual_words: the length at which a word counts neither more nor less.
        max_words: what comes later is not indexed.
    """

    weight: float
    usual_words: int
    max_words: int


#: In the order in which positions of one document are numbered. The weights are those that rank best in `bench/relevance.py`.
TEXT_FIELDS = {
    "title": TextField(weight=4.0, usual_words=9, max_words=500),
    "reference": TextField(weight=4.0, usual_words=2, max_words=20),
    "summary": TextField(weight=1.25, usual_words=30, max_words=2_000),
    "topics": TextField(weight=1.25, usual_words=12, max_words=500),
    "organisation": TextField(weight=0.5, usual_words=4, max_words=100),
    "text": TextField(weight=1.0, usual_words=150, max_words=50_000),
}


def impacts(name: str, frequencies: Numbers, lengths: Numbers) -> Numbers:
    """Worth of a word that occurs so often in the field `name` of so many words; at least 1."""
    field = TEXT_FIELDS[name]
    tempered = K1 * (1 - B + B * lengths / field.usual_words)
    worth = SCALE * field.weight * (K1 + 1) * frequencies / (frequencies + tempered)
    return np.maximum(np.rint(worth), 1).astype(np.int64)


def rarity(found: int, among: int) -> int:
    """Factor for a word that `found` of `among` visible documents hold; at least 1."""
    return max(round(SCALE * math.log(1 + (among - found + 0.5) / (found + 0.5))), 1)


def shared(weight: int, percent: int) -> int:
    """So many hundredths of a weight; at least 1."""
    return max(weight * percent // 100, 1)
