"""Whether a password can be guessed: length, leaked ones, common words, keyboard walks, words about person or place.

Words are looked for anywhere in the password and in the usual disguises (P@ssw0rd); what is left after taking them out must
still be worth guessing. No rule asks for capitals, digits or signs: those make passwords worse.
"""

import re
from collections.abc import Iterable

from portal.accounts.leaks import is_leaked
from portal.kernel.errors import Invalid
from portal.kernel.text import N_

LEAST, MOST = 12, 128
_LEFT = 6  # characters that are no part of a known word
# A 1 stands for an l or an i.
_DISGUISES = (str.maketrans("@4301!5$7", "aaeolisst"), str.maketrans("@4301!5$7", "aaeoiisst"))
_NOT_WORDS = re.compile(r"[\W\d_]+")

# The words that head published lists of leaked passwords, without those that are a piece of another one here.
_COMMON = frozenset(
    """
    password passwort passwd passw0rd motdepasse contrasena contraseña wachtwoord haslo parola senha salasana
    admin administrator root login user guest test demo welcome willkommen bienvenue letmein changeme default secret geheim
    iloveyou loveyou ilove jetaime love lovely sunshine princess prinzessin dragon monkey shadow master superman batman
    spiderman football fussball soccer baseball basketball hockey tennis golf starwars pokemon minecraft naruto
    michael michelle jennifer jessica ashley daniel andrew joshua jordan thomas robert william matthew anthony nicole
    george charlie hannah amanda samantha andrea martin steven richard patrick justin christian alexander maximilian
    summer winter spring autumn sommer herbst january february march april august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    mustang ferrari porsche mercedes harley corvette camaro yankees cowboys lakers arsenal chelsea liverpool barcelona
    computer internet windows samsung google facebook apple linux android cheese chocolate cookie banana orange pepper
    ginger purple yellow flower butterfly angel angels heaven jesus christ blessed freedom forever family friends mother
    father baby babygirl hello hallo bonjour killer hunter ranger warrior soldier phoenix diamond silver golden tigger
    buster maggie bailey snoopy rabbit tiger panther falcon eagle lion dolphin trustno1 whatever nothing something
    access matrix merlin merlot gandalf hobbit zelda mario sonic fuckyou fuck biteme asshole pussy
    london paris berlin madrid brussels amsterdam vienna america england deutschland france espana
    university professor student company research partnership science study college school
    """.split()  # noqa: SIM905 - two hundred words read better without their quotes
)
_ROWS = (
    *("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "qsdfghjklm"),
    *("zxcvbnm", "yxcvbnm", "wxcvbn", "1qaz2wsx3edc4rfv", "1q2w3e4r5t6z", "q1w2e3r4t5y6"),
)
_STEPS = 4  # neighbours on a row of keys that make a walk; digits need three
_WALKS = frozenset(
    way[start : start + steps]
    for row in _ROWS
    for way in (row, row[::-1])
    for steps in ((3,) if row.isdigit() else (_STEPS,))
    for start in range(len(row) - steps + 1)
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_REPEATED = re.compile(r"(.{1,4}?)\1{2,}")


def require_strong(field: str, password: str, about: Iterable[str] = ()) -> str:
    """`password` unchanged, if it may be used; `about` holds texts whose words stand for the person or the place.

    Raises:
        Invalid: too short, too long, not typeable, easy to guess, or leaked elsewhere.
    """
    if not isinstance(password, str) or len(password) < LEAST:
        raise Invalid(field, N_("Use at least %(least)s characters. A sentence works well."), least=LEAST)
    if len(password) > MOST:
        raise Invalid(field, N_("Use at most %(most)s characters."), most=MOST)
    if any(ord(c) < 32 or 0xD800 <= ord(c) <= 0xDFFF or c == "\x7f" for c in password):
        raise Invalid(field, N_("Use characters that a keyboard can type."))
    texts = _undisguised(password.casefold())
    if _unknown_characters(texts, _COMMON | _WALKS | _words(about)) < _LEFT:
        raise Invalid(field, N_("This is easy to guess. Leave out your name, the portal's name and common words, or add others."))
    if is_leaked(texts, over=_LEFT):
        raise Invalid(field, N_("This is a password that leaked elsewhere, or nearly so. Choose one of your own."))
    return password


def _undisguised(password: str) -> list[str]:
    """As typed, and as the usual disguises are meant to be read; all of one length."""
    return [password, *(password.translate(disguise) for disguise in _DISGUISES)]


def _words(texts: Iterable[str]) -> set[str]:
    """The words of three letters or more in names and addresses, top-level domains left out."""
    words = (word for text in texts for word in _NOT_WORDS.split(text[:200].casefold()))
    return {word for word in words if len(word) >= 3} - {"com", "org", "net", "edu"}


def _unknown_characters(texts: list[str], known: Iterable[str]) -> int:
    """How many characters are in no reading part of a known word, and as typed part of no year and no repetition."""
    password = texts[0]
    taken = bytearray(len(password))
    for word in known:
        for text in texts:
            start = text.find(word)
            while start >= 0:
                taken[start : start + len(word)] = b"\1" * len(word)
                start = text.find(word, start + 1)
    for pattern in (_YEAR, _REPEATED):
        for found in pattern.finditer(password):
            taken[found.start() : found.end()] = b"\1" * (found.end() - found.start())
    return taken.count(0)
