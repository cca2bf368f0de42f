"""The identifiers by which the world knows what came of the work: each in one normal form, so that it is found again."""

import re
from collections.abc import Callable
from urllib.parse import quote

from portal.collaborations.states import OutcomeKind as K
from portal.kernel import inputs
from portal.kernel.errors import Invalid
from portal.kernel.text import N_
from portal.organisations.inputs import ror
from portal.people.inputs import doi, orcid

_MOST = 300
_SWHID = re.compile(r"(?:https?://archive\.softwareheritage\.org/)?(swh:1:(?:cnt|dir|rel|rev|snp):[0-9a-f]{40})(?:;[!-~]*|/)?")
_PATENT = re.compile(r"([A-Z]{2})([0-9]{4,13})([A-Z][0-9]?)?")


def _paper(field: str, text: str) -> str:
    if not (found := doi(text)):
        raise Invalid(field, N_("Enter a DOI such as 10.5281/zenodo.8475."))
    return f"doi:{found}"


def swhid(field: str, text: str) -> str:
    """The core identifier; what qualifies it is left out. Source: ISO/IEC 18670, the SWHID specification."""
    found = _SWHID.fullmatch(text)
    if found is None:
        raise Invalid(field, N_("Enter a DOI, or a SWHID such as swh:1:rev: and 40 digits and letters from a to f."))
    return found[1]


def patent(field: str, text: str) -> str:
    """Office, number and kind code without what stands between them. Source: WIPO standards ST.3, ST.6 and ST.16."""
    found = _PATENT.fullmatch(re.sub(r"[\s./,-]", "", text.upper()))
    if found is None:
        raise Invalid(field, N_("Enter the number with the two letters of its office, such as EP 3 456 789 B1."))
    return f"patent:{found[0]}"


def _software(field: str, text: str) -> str:
    return f"doi:{found}" if (found := doi(text)) else swhid(field, text)


_READ: dict[K, Callable[[str, str], str]] = {
    K.PAPER: _paper,
    K.DATA: _paper,
    K.SOFTWARE: _software,
    K.PATENT: patent,
    K.LICENCE: patent,
    K.SPIN_OUT: lambda field, text: f"ror:{ror(field, text)}",
    K.HIRE: lambda field, text: f"orcid:{orcid(field, text)}",
}


def identifier(field: str, kind: K, value: object) -> str | None:
    """What was entered, in the normal form of its scheme; None where nothing was, or things of that kind have none."""
    text = inputs.line(field, value, most=_MOST, required=False)
    read = _READ.get(kind)
    if not text:
        return None
    if read is None:
        raise Invalid(field, N_("There is no such identifier for this kind. Enter a web address instead."))
    return read(field, text)


def address_of(found: str) -> str:
    """Where an identifier leads; empty where no one place answers for it."""
    scheme, _, rest = found.partition(":")
    places = {"doi": "https://doi.org/", "ror": "https://ror.org/", "orcid": "https://orcid.org/"}
    if scheme == "swh":
        return f"https://archive.softwareheritage.org/{found}"
    return places[scheme] + quote(rest, safe="/:;()-._~") if scheme in places else ""
