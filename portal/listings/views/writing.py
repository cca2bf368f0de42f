"""Listings as people write them: begun, copied, changed, and moved along."""

from typing import Any

from flask import flash, g, redirect, render_template, request
from werkzeug.wrappers import Response

from portal.kernel.db import transaction
from portal.kernel.errors import Invalid, Missing, Refused
from portal.kernel.ids import new_token
from portal.kernel.inputs import Reason
from portal.kernel.states import member_of
from portal.kernel.text import N_, Words, one_line
from portal.listings.actions import copy_listing, discard_draft, draft_listing, edit_listing
from portal.listings.forms import FORMS, ListingForm, ReviewForm, form_of
from portal.listings.inputs import Review, Written
from portal.listings.models import Listing
from portal.listings.policies import COPY, DISCARD, EDIT, OWNER, POSTERS, READ
from portal.listings.queries import FORD, FULL, listing_in_full, organisations_named, templates_for, vocabulary
from portal.listings.states import Kind
from portal.listings.views.mount import ADDRESSES, at_each_address, bp
from portal.listings.workflow import LISTING_FLOW
from portal.web.forms import ReasonForm, show_problems
from portal.web.guards import AT_ITS_ADDRESS, loads, signed_in
from portal.web.rows import reshaped
from portal.web.steps import add_steps
from portal.web.words import gettext
from portal.writing.forms import resumed, settle

_CHANGED = N_("Somebody was faster: the listing changed while you were writing. What you wrote is still here.")


@bp.get("/listings/new/<string:kind>")
@signed_in
def new(kind: str) -> Any:
    """An empty form, or how to get one."""
    return _draw_new(resumed(_form_for(kind)(data={"form_key": new_token()})), 200)


@bp.post("/listings/new/<string:kind>")
@signed_in
def create(kind: str) -> Any:
    """Save a first draft; sent twice, the form makes one listing."""
    form = _form_for(kind)()
    _offer(form)
    if reshaped(form, request.form):
        return _draw_new(form, 200)
    written = form.read_listing()
    listing = _drafted(form, written) if written else None
    return _after_saving(listing) if listing else _draw_new(form, 422)


@at_each_address("/edit")
@loads(Listing, READ & AT_ITS_ADDRESS, options=FULL, also=OWNER)
def edit(listing: Listing) -> Any:
    """The form with what the listing says."""
    if not EDIT.holds(g.actor, listing):
        raise Refused(N_("This cannot be edited now: it is “%(state)s”."), state=Words(listing.state.label))
    return _draw_edit(listing, form_of(listing) if listing.is_open else resumed(form_of(listing)), 200)


@at_each_address("/edit", ("POST",))
@loads(Listing, READ & AT_ITS_ADDRESS, options=FULL, also=OWNER)
def update(listing: Listing) -> Any:
    """Save what was written – unless the listing moved on meanwhile: then the text stays in the form."""
    form = FORMS[listing.kind]()
    if reshaped(form, request.form):
        return _draw_edit(listing, form, 200)
    written = form.read_listing(**_fixed(listing))
    if written is None:
        return _draw_edit(listing, form, 422)
    if problem := _conflict(listing, form):
        return _draw_edit(listing, form, 409, problem)
    return _updated(listing, form, written) or _after_saving(listing)


@at_each_address("/copy", ("POST",))
@loads(Listing, READ & AT_ITS_ADDRESS, options=FULL, also=COPY)
def copy(listing: Listing) -> Any:
    """Begin a new draft with what this listing says; the same button pressed twice makes one."""
    with transaction(g.db):
        made = copy_listing(g.db, listing, actor=g.actor, form_key=_form_key(request.form.get("form_key")))
    flash(gettext(N_("This draft says what “%(title)s” says. Its dates are yours to set."), title=listing.title), "good")
    return redirect(f"{made.href}/edit", 303)


@at_each_address("/discard")
@loads(Listing, READ & AT_ITS_ADDRESS, options=FULL, also=DISCARD)
def confirm_discard(listing: Listing) -> Any:
    """What would be lost."""
    return render_template("listings/confirm_discard.html", listing=listing)


@at_each_address("/discard", ("POST",))
@loads(Listing, READ & AT_ITS_ADDRESS, options=FULL, also=DISCARD)
def discard(listing: Listing) -> Any:
    """Remove a draft for good."""
    title = listing.title
    with transaction(g.db):
        discard_draft(g.db, listing, actor=g.actor)
    flash(gettext(N_("“%(title)s” is gone."), title=title), "good")
    return redirect("/listings", 303)


add_steps(
    bp,
    ADDRESSES,
    LISTING_FLOW,
    loads(Listing, READ & AT_ITS_ADDRESS, options=FULL),
    forms={Reason: ReasonForm, Review: ReviewForm},
    href=lambda listing: listing.href,
)


def _form_for(kind: str) -> type[ListingForm]:
    found = member_of(Kind, kind)
    if found is None:
        raise Missing
    return FORMS[found]


def _offer(form: ListingForm) -> None:
    organisations = organisations_named(g.db, g.actor.organisations_as(*POSTERS))
    form.offer(organisations, vocabulary(g.db) if organisations else ())


def _draw_new(form: ListingForm, status: int) -> Any:
    if not form.organisations:
        _offer(form)
    templates = templates_for(g.db, g.actor, form.kind) if form.organisations else ()
    return render_template("listings/new.html", form=form, templates=templates, template_key=new_token()), status


def _drafted(form: ListingForm, written: Written) -> Listing | None:
    try:
        if form.chosen_organisation is None:
            raise Invalid("organisation_id", N_("Choose one of the options."))
        form_key = _form_key(form.form_key.data)
        with transaction(g.db):
            return draft_listing(g.db, written, organisation_id=form.chosen_organisation, actor=g.actor, form_key=form_key)
    except Invalid as invalid:
        show_problems(form, invalid)
        return None


def _form_key(sent: str | None) -> str:
    return one_line(sent or "")[:64]


def _draw_edit(listing: Listing, form: ListingForm, status: int, conflict: str | Words | None = None) -> Any:
    form.offer((), vocabulary(g.db))
    form.remarks = listing.remarks
    return render_template("listings/edit.html", listing=listing, form=form, conflict=conflict), status


def _fixed(listing: Listing) -> dict[str, Any]:
    """What an open listing's form does not ask any more."""
    if not listing.is_open:
        return {}
    kept: dict[str, Any] = {"visibility": listing.visibility, "intake": listing.intake, "currency": listing.currency}
    kept |= {"opens_on": None, "opens_time": None, "announces": False}
    return kept | _settled(listing) if listing.answered_at is not None else kept


def _settled(listing: Listing) -> dict[str, Any]:
    """What holds since somebody proposed; the form asks for nothing but what makes it clearer."""
    names = ("title", "language", "skills", "place", "remote", "time_zone", "capacity")
    own = {name: getattr(listing.detail, name) for name in FORMS[listing.kind].OWN}
    codes = [term.code for term in listing.fields if term.scheme == FORD]
    return {name: getattr(listing, name) for name in names} | own | {"fields": codes}


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
    settle()
    if request.form.get("go") == "leave":
        flash(gettext(N_("“%(title)s” is saved."), title=listing.title), "good")
        return redirect("/listings", 303)
    return redirect(listing.href, 303)
