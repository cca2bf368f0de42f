"""Languages of texts: which one a text is written in, and how its words are cut to their stems.

A document is stemmed in its own language, and its terms carry that language's mark, so that a word that was asked for is
looked up in each document as that document's language has it. Seven languages have stemmers; Arabic loses its article and
commonest endings wherever it stands; every other script and language keeps its words as they are, folded.

Source: Porter, Snowball: a language for stemming algorithms (2001); for Arabic Larkey, Ballesteros & Connell, Light
Stemming for Arabic Information Retrieval (2007), light8.
"""

import re
from collections import Counter
from functools import cache, lru_cache

from portal.search.engine.library import snowball, stem

ENGLISH, PLAIN = "en", "und"
#: What the terms of a language begin with: no text has these characters, `analysis.clean` takes them out.
MARKS = {ENGLISH: "", "de": "\x01", "fr": "\x02", "es": "\x03", "pt": "\x04", "it": "\x05", "nl": "\x06", PLAIN: "\x07"}
TONGUES = tuple(MARKS)

# Words of little meaning, as they are written: what is spelt alike in several of these languages counts for each.
_FUNCTION_WORDS = {
    ENGLISH: "the of and to is are for with that this by from on as be will a an in at it we our which or no so do per have can",
    "de": "der die das und ist sind für mit von den dem des ein eine einer nicht auf im zu zur zum wird werden sie wir bei als",
    "fr": "le la les et est sont pour avec des du de un une dans sur que qui par au aux ce cette nous vous ou en plus",
    "es": "el la los las y es son para con de del un una en que por se su sus al como más nuestro esta este o",
    "pt": "o a os as e é são para com de do da dos das um uma em que por no na nos nas ao não como mais",
    "it": "il lo la gli le e è sono per con di del della dei delle un una in che da al alla nel nella si come più",
    "nl": "de het een en is zijn voor met van op te dat die in aan bij door naar wordt worden niet ook om wij",
}
_SPOKEN_IN = {
    word: tuple(tongue for tongue, words in _FUNCTION_WORDS.items() if word in words.split())
    for word in sorted({word for words in _FUNCTION_WORDS.values() for word in words.split()})
}
_READ = 3_000  # characters: enough to tell by
_ENOUGH = 2  # different function words, for another language than English
_WORD = re.compile(r"[^\W\d_]+")
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3]+")
_ARTICLE = re.compile(r"(?:و?ال|بال|كال|فال|لل)(?=...)")
_ARABIC_ENDING = re.compile(r"(?<=..)(?:ها|ان|ات|ون|ين|يه|ه|ي)$")
_WRITTEN_OUT = re.compile(r"(?<![aeiouq])([aou])e")  # ä, ö and ü where the keyboard lacks them
# Endings that lost the accent by which the stemmer knows them.
_ACCENTED = {
    "es": (("cion", "ción"), ("sion", "sión")),
    "pt": (("cao", "ção"), ("coes", "ção"), ("sao", "são"), ("soes", "são")),
    "it": (("ita", "ità"),),
}
_UNACCENTED = str.maketrans("áãàçéíóõú", "aaaceioou")
_SOFTENED = {"v": "f", "z": "s"}  # bedrijven, bedrijf


def tongue_of(tag: str) -> str:
    """The language in which a text with this tag is stemmed."""
    tongue = tag.partition("-")[0].lower()
    return tongue if tongue in MARKS else PLAIN


def written_in(tag: str, text: str) -> str:
    """The tag, or where it is none or what a form fills in by itself, the language that the text appears to be written in."""
    return spoken(text) if tag in ("", ENGLISH) else tag


def spoken(text: str) -> str:
    """The language of which most of the commonest words occur; English where that does not tell."""
    counts = Counter(tongue for word in set(_WORD.findall(text[:_READ].lower())) for tongue in _SPOKEN_IN.get(word, ()))
    best = max(_FUNCTION_WORDS, key=lambda tongue: counts[tongue])
    return best if counts[best] >= _ENOUGH and counts[best] > 2 * counts[ENGLISH] else ENGLISH


@lru_cache(maxsize=1 << 17)
def term(plain: str, tongue: str) -> str:
    """The term of the index for a folded word of a text in this language."""
    return MARKS[tongue] + _stem(plain, tongue)


def _stem(plain: str, tongue: str) -> str:
    if not plain.isascii():
        return _arabic(plain) if _ARABIC.fullmatch(plain) else plain
    if tongue == ENGLISH:
        return stem(plain)
    if tongue == PLAIN or not plain.isalpha():
        return plain
    return _cut(_restored(plain, tongue), tongue).translate(_UNACCENTED) or plain


def _restored(plain: str, tongue: str) -> str:
    if tongue == "de":
        return _WRITTEN_OUT.sub(r"\1", plain)
    for bare, accented in _ACCENTED.get(tongue, ()):
        if plain.endswith(bare):
            return plain.removesuffix(bare) + accented
    return plain


def _cut(word: str, tongue: str) -> str:
    found = _stemmer(tongue)(word)
    return found[:-1] + _SOFTENED.get(found[-1], found[-1]) if tongue == "nl" and len(found) > 2 else found


_stemmer = cache(snowball)


def _arabic(plain: str) -> str:
    return _ARABIC_ENDING.sub("", _ARTICLE.sub("", plain, count=1) if _ARTICLE.match(plain) else plain)
