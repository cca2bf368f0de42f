"""Up to four listings side by side."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

from flask import g, render_template, request

from portal.kernel.ids import parse_reference
from portal.listings.forms import LANGUAGES
from portal.listings.models import Listing
from portal.listings.queries import compared
from portal.listings.states import IpStance, Kind, Level, ListingState, Visa
from portal.listings.views.mount import bp
from portal.web.caching import kept
from portal.web.filters import day, money, money_range, number
from portal.web.guards import public
from portal.web.markdown import markdown
from portal.web.words import gettext as _

MOST = 4
_LOOKED_AT = 20  # references of an address
_OF_KIND = {kind.facts.prefix: kind for kind in Kind}

Value = Callable[[Listing, Any], Any]  # (listing, its detail) → what stands in the cell; empty where it says nothing


@bp.get("/compare")
@kept
@public
def compare() -> Any:
    """What each of the listings named says, fact by fact; with nothing named, how to come here."""
    asked = list(dict.fromkeys(request.args.getlist("ids")[:_LOOKED_AT]))
    found = compared(g.db, g.actor, list(_numbers(asked)))
    listings = found[:MOST]
    others = [(listing, _address([other for other in listings if other is not listing])) for listing in listings]
    return render_template("listings/compare.html", listings=others, rows=list(_rows(listings)), too_many=len(found) > MOST)


def _numbers(references: list[str]) -> Iterator[int]:
    for parsed in map(parse_reference, references):
        if parsed is not None and parsed[0] in _OF_KIND:
            yield parsed[1]


def _address(listings: list[Listing]) -> str:
    return "/compare?" + urlencode({"ids": [listing.reference for listing in listings]}, doseq=True)


def _rows(listings: list[Listing]) -> Iterator[list[Any]]:
    """A label and a cell for each listing; facts that none of them states are left out."""
    for label, value in _facts():
        cells = [value(listing, listing.detail) for listing in listings]
        if any(cells):
            yield [label, *(cell or "–" for cell in cells)]


def _facts() -> Iterator[tuple[str, Value]]:
    yield _("Kind"), lambda x, _d: _(x.kind.label)
    yield _("Organisation"), lambda x, _d: x.organisation.name
    yield _("In short"), lambda x, _d: x.summary
    yield _("Closes"), lambda x, _d: _closing(x)
    yield _("Place"), lambda x, _d: _place(x)
    yield _("Money"), _money
    yield _("Dates"), lambda _x, d: _dates(d)
    yield _("Hours"), lambda _x, d: _("%(n)s a week", n=hours) if (hours := _of(d, "hours_per_week")) else ""
    yield _("Held"), lambda _x, d: _(mode.label) if (mode := _of(d, "mode")) else ""
    yield _("Level"), lambda _x, d: _(level.label) if (level := _of(d, "level")) and level is not Level.ANY else ""
    yield _("Technology readiness"), lambda _x, d: _("Level %(n)s of 9", n=level) if (level := _of(d, "trl")) else ""
    yield _("Accelerator"), lambda _x, d: _of(d, "accelerator")
    yield _("GPU-hours"), lambda _x, d: number(_of(d, "gpu_hours") or None)
    yield _("Places"), lambda x, d: number(x.capacity or _of(d, "places") or _of(d, "seats") or None)
    yield _("Who may answer"), lambda _x, d: _text(_of(d, "eligibility"))
    yield _("Permit to work"), lambda _x, d: _(visa.label) if (visa := _of(d, "visa")) and visa is not Visa.UNSAID else ""
    yield _("What is asked"), lambda _x, d: _text(_of(d, "must_haves") or _of(d, "partner_sought") or _of(d, "prerequisites"))
    yield _("Results"), lambda _x, d: _(ip.label) if (ip := _of(d, "ip_stance")) and ip is not IpStance.OPEN else ""
    yield _("Skills and topics"), lambda x, _d: ", ".join((*x.skills, *sorted(term.label for term in x.fields)))
    yield _("Language"), lambda x, _d: LANGUAGES.get(x.language, x.language)


def _of(detail: Any, name: str) -> Any:
    return getattr(detail, name, None) or ""


def _text(text: str) -> Any:
    return markdown(text) if text else ""


def _closing(listing: Listing) -> str:
    if listing.state is ListingState.ANNOUNCED:
        return _("Announced: opens %(day)s", day=day(listing.opens_at, weekday=False))
    if listing.state is not ListingState.PUBLISHED:
        return _(listing.state.label)
    return str(day(listing.closes_at, weekday=False)) if listing.closes_at else _("Open until filled")


def _place(listing: Listing) -> str:
    if listing.place and listing.remote:
        return _("%(place)s, or from elsewhere", place=listing.place)
    return _("From anywhere") if listing.remote else listing.place


def _money(listing: Listing, detail: Any) -> str:
    currency = listing.currency
    if pay := _of(detail, "pay_minor"):
        return f"{money(pay, currency)} {_(detail.pay_period.label)}"
    if cost := _of(detail, "cost_minor"):
        return _("costs %(amount)s", amount=money(cost, currency))
    budget, prize = _of(detail, "budget_minor"), _of(detail, "prize_minor")
    offered = money_range(None, budget, currency) if budget else money(_of(detail, "amount_minor") or prize or None, currency)
    return str(offered)


def _dates(detail: Any) -> str:
    first, last = (day(moment, weekday=False) if moment else "" for moment in (_of(detail, "starts_on"), _of(detail, "ends_on")))
    if first and last:
        return str(first) if first == last else _("%(first)s to %(last)s", first=first, last=last)
    return _("from %(day)s", day=first) if first else _("until %(day)s", day=last) if last else ""
