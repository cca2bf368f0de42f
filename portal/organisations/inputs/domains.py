"""E-mail domains: one way to write each, whose they cannot be, and what they look like to a person."""

import gzip
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import idna

from portal.kernel import inputs
from portal.kernel.errors import Invalid
from portal.kernel.text import N_, folded

# Mailboxes that anybody can open say nothing about where somebody works. The first are found under many endings.
_NAMES = "aol gmail gmx googlemail hotmail icloud live mailinator msn outlook protonmail yahoo yandex ymail"
# The list that comes with the portal does not know these yet.
_HOSTS = "daum.net hey.com inbox.lv mailbox.org neuf.fr riseup.net sfr.fr telia.com tuta.com tuta.io tutanota.com tutanota.de"
# Second labels under which a country registers others: ac.uk belongs to no university.
_SECOND = """
    ac asso co com edu gc gen go gob gouv gov govt gv id ind info ltd me ne net nhs nom or org plc pref pro sch school web
"""
_PUBLIC_NAMES, _SHARED = frozenset(_NAMES.split()), frozenset(_SECOND.split())
# The addresses of a domain that only those who run it can have. Source: RFC 2142, and the Baseline Requirements of the
# CA/Browser Forum, 3.2.2.4.4, which lets certificates be asked for by these.
MAILBOXES = ("postmaster", "hostmaster", "webmaster", "admin", "administrator")
_PAIRS = (("rn", "m"), ("vv", "w"))
_READ_WRONG = str.maketrans("OIL", "011")  # codes hold no such letters
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


@dataclass(frozen=True)
class ClaimedDomain:
    """A domain that an organisation says is its own, and to which of its mailboxes the code goes."""

    domain: str
    mailbox: str = MAILBOXES[0]

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: object.__setattr__(self, "domain", organisation_domain("domain", self.domain)),
            lambda: object.__setattr__(self, "mailbox", _mailbox("mailbox", self.mailbox)),
        )
        inputs.email("domain", self.address)  # the longest domains leave no room for it

    @property
    def address(self) -> str:
        return f"{self.mailbox}@{self.domain}"


@dataclass(frozen=True)
class DomainCode:
    """What somebody read in the mail to a domain, as they typed it."""

    code: str

    def __post_init__(self) -> None:
        text = inputs.line("code", self.code, most=40).upper()
        object.__setattr__(self, "code", re.sub(r"[^0-9A-Z]", "", text).translate(_READ_WRONG))


def _mailbox(field: str, value: Any) -> str:
    if value not in MAILBOXES:
        raise Invalid(field, N_("Choose one of the options."))
    return str(value)


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
    return labels[-ending - 1] in _PUBLIC_NAMES or not _public_hosts().isdisjoint(with_parents(domain))


def skeleton(domain: str) -> str:
    """What the eye keeps of `domain`: two domains with one skeleton can be taken for one another."""
    try:
        shown = idna.decode(domain)
    except (idna.IDNAError, UnicodeError):
        shown = domain
    text = unicodedata.normalize("NFKC", shown).casefold().translate(_lookalikes())
    text = ".".join("-".join(folded(part) for part in label.split("-")) for label in text.split("."))
    for pair, looks_like in _PAIRS:
        text = text.replace(pair, looks_like)
    return text


@cache
def _public_hosts() -> frozenset[str]:
    """Where anybody can have a mailbox, for good or for ten minutes.

    Source: `portal/data/public_mail.txt.gz`; where it comes from stands in `portal/data/README.md`.
    """
    packed = files("portal").joinpath("data", "public_mail.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode("ascii").split()) | frozenset(_HOSTS.split())


@cache
def _lookalikes() -> dict[int, str]:
    """Letters of other scripts, and digits, by the Latin letter that they look like.

    Source: `portal/data/lookalikes.txt`; where it comes from stands in `portal/data/README.md`.
    """
    pairs = files("portal").joinpath("data", "lookalikes.txt").read_text(encoding="utf-8").split("\n")[:-1]
    return {ord(pair[0]): pair[2] for pair in pairs}
