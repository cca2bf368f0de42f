"""E-mail domains: one way to write each, whose they cannot be, and what they look like to a person."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import idna

from portal.kernel import inputs
from portal.kernel.errors import Invalid
from portal.kernel.text import N_, folded

# Mailboxes that anybody can open say nothing about where somebody works. The first are found under many endings.
_NAMES = "aol gmail gmx googlemail hotmail icloud live mailinator msn outlook protonmail yahoo yandex ymail"
_HOSTS = """
    10minutemail.com 126.com 139.com 163.com 21cn.com att.net bk.ru bluewin.ch bol.com.br btinternet.com centrum.cz comcast.net
    cox.net daum.net duck.com fastmail.com fastmail.fm free.fr freenet.de guerrillamail.com hanmail.net hey.com hushmail.com
    inbox.lv inbox.ru interia.pl laposte.net libero.it list.ru mac.com mail.com mail.ru mailbox.org mailfence.com me.com
    naver.com neuf.fr o2.pl orange.fr pm.me posteo.de posteo.net proton.me qq.com rambler.ru rediffmail.com riseup.net
    rocketmail.com sapo.pt sbcglobal.net seznam.cz sfr.fr sharklasers.com sina.com sky.com sohu.com t-online.de telenet.be
    telia.com temp-mail.org trashmail.com tuta.com tuta.io tutanota.com tutanota.de uol.com.br verizon.net virgilio.it
    virginmedia.com wanadoo.fr web.de wp.pl xs4all.nl ya.ru yopmail.com zoho.com zonnet.nl
"""
# Second labels under which a country registers others: ac.uk belongs to no university.
_SECOND = """
    ac asso co com edu gc gen go gob gouv gov govt gv id ind info ltd me ne net nhs nom or org plc pref pro sch school web
"""
_PUBLIC_NAMES, _PUBLIC_HOSTS, _SHARED = (frozenset(words.split()) for words in (_NAMES, _HOSTS, _SECOND))
# Letters of other scripts that look like Latin ones. Source: Unicode Technical Standard 39, those allowed in domains.
_LOOKALIKES = str.maketrans(
    "аеорсухіѕјһԁԛԝѵвкмтнгпοανρικυτχεηωγɑɡʟ01", "aeopcyxisjhdqwvbkmthrnoavpikutxenwyaglol"
)  # fmt: skip
_PAIRS = (("rn", "m"), ("vv", "w"))
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


@dataclass(frozen=True)
class NewDomain:
    """A domain that belongs to an organisation, and how that is known."""

    domain: str
    note: str = ""
    despite_likeness: bool = False  # an administrator of the portal looked at the domain it resembles

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: object.__setattr__(self, "domain", organisation_domain("domain", self.domain)),
            lambda: object.__setattr__(self, "note", inputs.passage("note", self.note, most=1000, required=False)),
        )


def organisation_domain(field: str, value: Any) -> str:
    """A domain in its one form: lower case, IDNA.

    Raises:
        Invalid: it is no domain, or one in which anybody can have an address.
    """
    domain = canonical(inputs.line(field, value, most=253))
    if domain is None:
        raise Invalid(field, N_("Enter the part of the addresses after the @, such as uni.example."))
    if is_public(domain):
        raise Invalid(
            field, N_("Anybody can have an address at %(domain)s, so it cannot show where somebody works."), domain=domain
        )
    return domain


def canonical(text: str) -> str | None:
    """`@Bücher.Example` → `xn--bcher-kva.example`; None where it is no domain."""
    try:
        domain = idna.encode(text.removeprefix("@").rstrip("."), uts46=True, std3_rules=True).decode().lower()
    except (idna.IDNAError, UnicodeError):
        return None
    labels = domain.split(".")
    fine = len(labels) > 1 and len(domain) <= 253 and all(_LABEL.fullmatch(label) for label in labels)
    return domain if fine and not labels[-1].isdigit() else None


def domain_of(email: str) -> str | None:
    """The canonical domain of an address."""
    return canonical(email.rpartition("@")[2])


def with_parents(domain: str) -> list[str]:
    """`cs.uni.example` → itself and `uni.example`: the domains whose owner an address in it belongs to."""
    labels = domain.split(".")
    return [".".join(labels[i:]) for i in range(len(labels) - 1)]


def is_public(domain: str) -> bool:
    """Whether anybody can have an address in this domain, or others register their domains under it."""
    labels = domain.split(".")
    if len(labels) == 2 and len(labels[1]) == 2 and labels[0] in _SHARED:
        return True
    ending = 2 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SHARED else 1
    return labels[-ending - 1] in _PUBLIC_NAMES or not _PUBLIC_HOSTS.isdisjoint(with_parents(domain))


def skeleton(domain: str) -> str:
    """What the eye keeps of `domain`: two domains with one skeleton can be taken for one another."""
    try:
        shown = idna.decode(domain)
    except (idna.IDNAError, UnicodeError):
        shown = domain
    text = unicodedata.normalize("NFKC", shown).casefold().translate(_LOOKALIKES)
    text = ".".join("-".join(folded(part) for part in label.split("-")) for label in text.split("."))
    for pair, looks_like in _PAIRS:
        text = text.replace(pair, looks_like)
    return text
