"""Translation at the edge: marked sentences become the reader's language here and nowhere below.

English is the source, so an English page pays nothing. The pseudo-locale `en-XA` wraps every marked sentence in ⟦…⟧; a crawl
in it finds the unmarked ones.
"""

from contextvars import ContextVar
from typing import Any

from flask import Flask
from flask_babel import Babel, LazyString, get_translations
from markupsafe import escape

from portal.kernel.text import Words

SOURCE = "en"
PSEUDO = "en-XA"
LANGUAGES = {SOURCE: "English"}
_ACCENTED = str.maketrans("aeiouyAEIOUcnsz", "áéíóúýÁÉÍÓÚçñšž")


# Asked hundreds of times for one page, so not in `g`, which looks the request up each time.
_locale: ContextVar[str] = ContextVar("locale", default=SOURCE)


def speak(locale: str) -> None:
    """Go on in this language until the request ends."""
    _locale.set(locale)


def current_locale() -> str:
    """The reader's language tag; outside a request the source language."""
    return _locale.get()


def gettext(sentence: str | Words, **params: Any) -> str:
    """`sentence` in the reader's language, with `%(name)s` filled from `params` (or from the `Words` themselves)."""
    if isinstance(sentence, Words):
        params = {name: gettext(v) if isinstance(v, Words) else v for name, v in sentence.params.items()} | params
        sentence = sentence.sentence
    locale = current_locale()
    if locale != SOURCE:
        sentence = _pseudo(sentence) if locale == PSEUDO else get_translations().ugettext(sentence)
    return sentence % params if params else sentence


def ngettext(one: str, many: str, number: int, **params: Any) -> str:
    """`one` or `many` as the language wants it for `number`, which fills `%(n)s`."""
    locale = current_locale()
    if locale == SOURCE:
        sentence = one if number == 1 else many
    elif locale == PSEUDO:
        sentence = _pseudo(one if number == 1 else many)
    else:
        sentence = get_translations().ungettext(one, many, number)
    return sentence % {"n": number, **params}


def init_words(app: Flask) -> None:
    """Give Babel and the templates the reader's language."""
    Babel(app, locale_selector=lambda: "en" if current_locale() == PSEUDO else current_locale().replace("-", "_"))
    app.teardown_request(lambda _problem: speak(SOURCE))
    app.jinja_env.globals.update(_=_in_template, ngettext=_many_in_template, N_=lambda sentence: sentence)


def _in_template(sentence: str | Words, **params: Any) -> str:
    """Parameters are escaped, the sentence is ours: the same promise that autoescaping makes."""
    if not params and isinstance(sentence, str):
        return gettext(sentence)
    if any(hasattr(v, "__html__") for v in params.values()):
        return escape(gettext(sentence)) % params
    return gettext(sentence, **params)


def _many_in_template(one: str, many: str, number: int, **params: Any) -> str:
    return ngettext(one, many, number, **params)


def _pseudo(sentence: str) -> str:
    """⟦…⟧ around the sentence with accents on its letters; parameters stay as they are."""
    parts = []
    rest = sentence
    while "%(" in rest:
        before, _, after = rest.partition("%(")
        name, _, rest = after.partition(")s")
        parts.append(f"{before.translate(_ACCENTED)}%({name})s")
    return f"⟦{''.join(parts)}{rest.translate(_ACCENTED)}⟧"


def lazy(sentence: str) -> LazyString:
    """`sentence` translated when it is shown: for labels written down at import."""
    return LazyString(gettext, sentence)
