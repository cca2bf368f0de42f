"""Pages of listings: one's own, reading one, writing one, moving one along."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, current_app, flash, g, redirect, render_template, request
from sqlalchemy import true
from werkzeug.wrappers import Response

from portal.files.queries import files_for
from portal.kernel import clock
from portal.kernel.db import transaction
from portal.kernel.errors import Invalid, Missing, Refused
from portal.kernel.ids import new_token
from portal.kernel.inputs import Reason
from portal.kernel.policy import ADMIN, Role, Rule
from portal.kernel.states import member_of
from portal.kernel.text import N_, Words, one_line
from portal.listings.actions import draft_listing, edit_listing
from portal.listings.forms import FORMS, LANGUAGES, ListingForm, form_of
from portal.listings.inputs import Written, shown_by_clocks
from portal.listings.models import Listing
from portal.listings.policies import EDIT, FORMER_AUDIENCE, OWNER, POSTERS, READ
from portal.listings.queries import FULL, listing_in_full, my_listings, organisations_named, similar, vocabulary
from portal.listings.states import Kind
from portal.listings.workflow import LISTING_FLOW
from portal.web.caching import kept
from portal.web.forms import ReasonForm, show_problems
from portal.web.guards import View, loads, signed_in
from portal.web.panels import panels_for
from portal.web.steps import add_steps
from portal.web.words import gettext

bp = Blueprint("listings", __name__)
ADDRESSES = tuple(f"/{kind.facts.path}/<ref({kind.facts.prefix}):id>" for kind in Kind)
_CHANGED = N_("Somebody was faster: the listing changed while you were writing. What you wrote is still here.")
# A number belongs to one listing of one kind: at the address of another kind there is nothing.
AT_ITS_ADDRESS = Rule(
    N_("at its own address"),
    lambda _actor, listing: f"{request.path}/".startswith(f"{listing.href}/"),
    lambda _actor: true(),
)


def at_each_address(path: str = "", methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """Route a view to the addresses of all five kinds."""

    def route(view: View) -> View:
        for address in ADDRESSES:
            bp.add_url_rule(address + path, view.__name__, view, methods=list(methods))
        return view

    return route


@bp.get("/listings")
@signed_in
def index() -> Any:
    """One's own listings in every state; with `of=organisation` also those of the organisations one looks after."""
    widened = request.args.get("of") == "organisation"
    page = my_listings(g.db, g.actor, request.args.get("after"), all_of_mine=widened)
    rows = [(listing, READ.holds(g.actor, listing)) for listing in page.rows]
    return render_template("listings/index.html", rows=rows, after=page.after, widened=widened, **_who())


@at_each_address()
@kept
@loads(Listing, (READ | FORMER_AUDIENCE) & AT_ITS_ADDRESS, options=FULL)
def show(listing: Listing) -> Any:
    """One listing; for its former readers, once it is withdrawn, that it is gone and what resembles it."""
    alike = similar(g.db, g.actor, listing)
    if not READ.holds(g.actor, listing):
        return render_template("listings/gone.html", similar=alike), 410
    return render_template("listings/show.html", listing=listing, similar=alike, **_around(listing))


@bp.get("/listings/new/<string:kind>")
@signed_in
def new(kind: str) -> Any:
    """An empty form, or how to get one."""
    return _draw_new(_form_for(kind)(data={"form_key": new_token()}), 200)


@bp.post("/listings/new/<string:kind>")
@signed_in
def create(kind: str) -> Any:
    """Save a first draft; sent twice, the form makes one listing."""
    form = _form_for(kind)()
    _offer(form)
    written = form.read_listing()
    listing = _drafted(form, written) if written else None
    return _after_saving(listing) if listing else _draw_new(form, 422)


@at_each_address("/edit")
@loads(Listing, READ & AT_ITS_ADDRESS, options=FULL, also=OWNER)
def edit(listing: Listing) -> Any:
    """The form with what the listing says."""
    if not EDIT.holds(g.actor, listing):
        raise Refused(N_("This cannot be edited now: it is “%(state)s”."), state=Words(listing.state.label))
    return _draw_edit(listing, form_of(listing), 200)


@at_each_address("/edit", ("POST",))
@loads(Listing, READ & AT_ITS_ADDRESS, options=FULL, also=OWNER)
def update(listing: Listing) -> Any:
    """Save what was written – unless the listing moved on meanwhile: then the text stays in the form."""
    form = FORMS[listing.kind]()
    written = form.read_listing(**_fixed(listing))
    if written is None:
        return _draw_edit(listing, form, 422)
    if problem := _conflict(listing, form):
        return _draw_edit(listing, form, 409, problem)
    return _updated(listing, form, written) or _after_saving(listing)


add_steps(
    bp,
    ADDRESSES,
    LISTING_FLOW,
    loads(Listing, READ & AT_ITS_ADDRESS, options=FULL),
    forms={Reason: ReasonForm},
    href=lambda listing: listing.href,
)


def _form_for(kind: str) -> type[ListingForm]:
    found = member_of(Kind, kind)
    if found is None:
        raise Missing
    return FORMS[found]


def _who() -> dict[str, Any]:
    """What the person may do with listings at all."""
    keeps = bool(g.actor.organisations_as(Role.OFFICER, Role.ADMINISTRATOR))
    return {"may_post": bool(g.actor.organisations_as(*POSTERS)), "keeps": keeps, "kinds": tuple(Kind)}


def _around(listing: Listing) -> dict[str, Any]:
    """What surrounds the text: steps, files, what other features add, the deadline where it was set."""
    terms = [
        (term.label, f"/search?{urlencode({'field': term.label})}")
        for term in sorted(listing.fields, key=lambda term: term.label)
    ]
    skills = [(skill, f"/search?{urlencode({'q': skill})}") for skill in listing.skills]
    return {
        "me": g.actor.id,
        "address": current_app.extensions["settings"].base_url.rstrip("/") + listing.href,
        "tags": [*skills, *terms],
        "languages": LANGUAGES,
        "step_url": lambda action: f"{listing.href}/steps/{action}",
        "offered": LISTING_FLOW.offered(g.actor, listing, session=g.db),
        "files": files_for(g.db, g.actor, "listing", listing.id),
        "panels": panels_for("listing", listing) if listing.published_at else [],
        "mine": OWNER.holds(g.actor, listing),
        "editable": EDIT.holds(g.actor, listing),
        "moderates": ADMIN.holds(g.actor, listing),
        "over": listing.closes_at is not None and listing.closes_at <= clock.now(),
        "set_for": shown_by_clocks(listing.closes_at, listing.time_zone)[1] if listing.closes_at else None,
    }


def _offer(form: ListingForm) -> None:
    organisations = organisations_named(g.db, g.actor.organisations_as(*POSTERS))
    form.offer(organisations, vocabulary(g.db) if organisations else ())


def _draw_new(form: ListingForm, status: int) -> Any:
    if not form.organisations:
        _offer(form)
    return render_template("listings/new.html", form=form, listing=None, conflict=None), status


def _drafted(form: ListingForm, written: Written) -> Listing | None:
    try:
        if form.chosen_organisation is None:
            raise Invalid("organisation_id", N_("Choose one of the options."))
        form_key = one_line(form.form_key.data or "")[:64]
        with transaction(g.db):
            return draft_listing(g.db, written, organisation_id=form.chosen_organisation, actor=g.actor, form_key=form_key)
    except Invalid as invalid:
        show_problems(form, invalid)
        return None


def _draw_edit(listing: Listing, form: ListingForm, status: int, conflict: str | Words | None = None) -> Any:
    form.offer((), vocabulary(g.db))
    return render_template("listings/edit.html", listing=listing, form=form, conflict=conflict), status


def _fixed(listing: Listing) -> dict[str, Any]:
    """What an open listing's form does not ask any more."""
    if not listing.is_open:
        return {}
    return {"visibility": listing.visibility, "intake": listing.intake, "currency": listing.currency}


def _conflict(listing: Listing, form: ListingForm) -> str | Words | None:
    """Why the form cannot be saved as it is; saving it again goes over what is there now, knowingly."""
    if not EDIT.holds(g.actor, listing):
        return Words(N_("This cannot be edited now: it is “%(state)s”."), {"state": Words(listing.state.label)})
    if form.version.data == str(listing.version):
        return None
    form.version.data = str(listing.version)
    return _CHANGED


def _updated(listing: Listing, form: ListingForm, written: Written) -> Any:
    """None once it is saved, else the page that says why it was not."""
    try:
        with transaction(g.db):
            edit_listing(g.db, listing, written, actor=g.actor)
        return None
    except Invalid as invalid:
        show_problems(form, invalid)
        return _draw_edit(listing_in_full(g.db, listing.id), form, 422)
    except Refused:
        now = listing_in_full(g.db, listing.id)
        form.version.data = str(now.version)
        return _draw_edit(now, form, 409, _CHANGED)


def _after_saving(listing: Listing) -> Response:
    """To the preview, or – “Save as draft” – to the list."""
    if request.form.get("go") == "leave":
        flash(gettext(N_("“%(title)s” is saved."), title=listing.title), "good")
        return redirect("/listings", 303)
    return redirect(listing.href, 303)
