"""Pages of people: looking for one, reading one, and one's own."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request

from portal.kernel.db import transaction
from portal.kernel.errors import Missing
from portal.kernel.paging import Slice
from portal.kernel.policy import Actor
from portal.kernel.states import member_of
from portal.kernel.terms import the_terms
from portal.kernel.text import N_, Words
from portal.people.actions import add_outputs, edit_profile, remove_output
from portal.people.forms import ASKED, LookupForm, OutputsForm, ProfileForm
from portal.people.inputs import Lookup, NewOutputs, ProfileText
from portal.people.models import Profile
from portal.people.policies import OWN, READ
from portal.people.queries import FULL, affiliations, directory, office_of, own_profile, people_called, seen_by
from portal.people.search import LOOKUPS
from portal.people.states import Audience, ContactBy, Duty, Level
from portal.web.caching import kept
from portal.web.forms import attempt
from portal.web.guards import loads, public, signed_in
from portal.web.limits import limited
from portal.web.panels import Loaded, panels_for
from portal.web.words import gettext
from portal.writing.forms import resumed, settle

bp = Blueprint("people", __name__)


@bp.get("/people")
@public
@limited(LOOKUPS)
def index() -> Any:
    """Those who agreed to be found: all of them page by page, or those of a name."""
    form = LookupForm(request.args)
    wanted = form.read(Lookup)
    asked = bool(wanted is None or wanted.q)
    found: Slice[Profile] = Slice(()) if wanted is None else _people(wanted)
    return render_template("people/index.html", form=form, found=_lines(found.rows), after=found.after, asked=asked), (
        200 if wanted else 422
    )


@bp.get("/people/<string:slug>")
@kept
@loads(Profile, READ, by="slug", options=FULL)
def show(profile: Profile) -> Any:
    """One person, with what other features know of them."""
    return _draw_page(profile, g.actor, panels=panels_for("person", profile), own=OWN.holds(g.actor, profile))


@bp.get("/me/seen-as/<string:audience>")
@signed_in
def seen(audience: str) -> Any:
    """One's own page as others find it, or that they find none."""
    audience_meant = member_of(Audience, audience)
    if audience_meant is None:
        raise Missing
    profile = own_profile(g.db, g.actor)
    return _draw_page(profile, seen_by(audience_meant, profile), preview=audience_meant)


@bp.get("/me")
@signed_in
def edit() -> Any:
    """One's own profile as a form."""
    profile = own_profile(g.db, g.actor)
    return _draw(profile, resumed(_form_of(profile)), 200)


@bp.post("/me")
@signed_in
def update() -> Any:
    """Save it, unless it changed in another window: then the text stays in the form."""
    profile = own_profile(g.db, g.actor)
    form = _form_of(profile)
    status = _save(profile, form)
    if status != 303:
        return _draw(profile, form, status)
    settle()
    flash(gettext(N_("Your profile is saved.")), "good")
    return redirect(profile.href, 303)


@bp.get("/me/outputs")
@signed_in
def edit_outputs() -> Any:
    """The works on one's own page, and a field for more."""
    return _draw_outputs(own_profile(g.db, g.actor), OutputsForm(), 200)


@bp.post("/me/outputs")
@signed_in
def create_outputs() -> Any:
    """Add what can be read; say what cannot."""
    profile, form = own_profile(g.db, g.actor), OutputsForm()
    given = form.read(NewOutputs)
    if given is None:
        return _draw_outputs(profile, form, 422)
    added, status = attempt(form, NewOutputs, lambda read: add_outputs(g.db, profile, read, actor=g.actor))
    if added is None:
        return _draw_outputs(profile, form, status)
    left = OutputsForm(formdata=None) if not given.problems else form
    return _draw_outputs(profile, left, 200, added=added, problems=given.problems)


@bp.post("/me/outputs/remove")
@signed_in
def delete_output() -> Any:
    """Take one off the page."""
    profile = own_profile(g.db, g.actor)
    with transaction(g.db):
        remove_output(g.db, profile, request.form.get("key", ""), actor=g.actor)
    flash(gettext(N_("The work is off your page.")), "good")
    return redirect("/me/outputs", 303)


def _form_of(profile: Profile) -> ProfileForm:
    return ProfileForm(profile=profile, terms=the_terms().offered(g.db))


def _draw_outputs(
    profile: Profile, form: OutputsForm, status: int, *, added: int | None = None, problems: Sequence[Words] = ()
) -> Any:
    return render_template(
        "people/edit_outputs.html",
        profile=profile,
        form=form,
        added=added,
        problems=[gettext(problem) for problem in problems],
    ), status


def _people(wanted: Lookup) -> Slice[Profile]:
    return Slice(people_called(g.db, wanted.q)) if wanted.q else directory(g.db, request.args.get("after"))


def _draw_page(
    profile: Profile, reader: Actor, *, panels: Sequence[Loaded] = (), own: bool = False, preview: Audience | None = None
) -> Any:
    known = affiliations(profile, actor=reader)
    return render_template(
        "people/show.html",
        profile=profile,
        fields=the_terms().numbered(g.db, profile.field_ids),
        own=own,
        affiliations=known,
        office=office_of(known, actor=reader) if profile.contact_by is ContactBy.OFFICE else None,
        panels=panels,
        signed_in=reader.is_person,
        levels={level.value: level.label for level in Level},
        duties=[gettext(duty.label) for duty in Duty if duty.value in profile.duties],
        preview=preview,
        audiences=tuple(Audience),
        found=READ.holds(reader, profile),
    )


def _lines(profiles: Any) -> list[tuple[Profile, str]]:
    """Each person found with the organisations that the reader may know of."""
    return [(profile, ", ".join(one.organisation.name for one in affiliations(profile, actor=g.actor))) for profile in profiles]


def _save(profile: Profile, form: ProfileForm) -> int:
    def save(given: ProfileText) -> None:
        edit_profile(g.db, profile, given, actor=g.actor, version=form.version.data)

    _, status = attempt(form, ProfileText, save)
    if status == 409:
        form.version.data = str(profile.version)  # sent again, it goes over what is there now, knowingly
    return status


def _draw(profile: Profile, form: ProfileForm, status: int) -> Any:
    return render_template("people/edit.html", profile=profile, form=form, asked=ASKED[profile.account.kind]), status
