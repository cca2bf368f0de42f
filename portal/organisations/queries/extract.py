"""The extract of the public register of research organisations that comes with the portal."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

_KINDS = {"education": "university", "company": "company", "government": "public"}


def register_entry(ror: str) -> dict[str, Any] | None:
    """What the register says of the organisation with this ROR id, as the fields of a new one; None where it is not there.

    Source: `portal/data/organisations.jsonl`; where it comes from stands in `portal/data/README.md`.
    """
    found = _entries().get(ror)
    if found is None or found.get("status") != "active":
        return None
    return {
        "name": found["name"],
        "kind": next((_KINDS[each] for each in found.get("types") or () if each in _KINDS), "institute"),
        "short_name": next(iter(found.get("acronyms") or ()), "")[:60],
        "city": found.get("city") or "",
        "country_code": found.get("country_code") or "",
        "website": found.get("website") or "",
        "names": "\n".join(f"{each['lang']}: {each['value']}" for each in found.get("labels") or () if each.get("lang")),
        "ror": f"https://ror.org/{ror}",
    }


@cache
def _entries() -> Mapping[str, Mapping[str, Any]]:
    text = files("portal").joinpath("data", "organisations.jsonl").read_text(encoding="utf-8")
    return {each["id"].removeprefix("https://ror.org/"): each for each in map(json.loads, text.split("\n")[:-1])}
