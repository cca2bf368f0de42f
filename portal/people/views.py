"""Pages of people: looking for one, reading one, and one's own."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request

from portal.kernel.errors import Missing
from portal.kernel.paging import Slice
from portal.kernel.policy import Actor
from portal.kernel.states import member_of
from portal.kernel.text import N_
from portal.people.actions import edit_profile
from portal.people.forms import LookupForm, ProfileForm
from portal.people.inputs import Lookup, ProfileText
from portal.people.models import Profile
from portal.people.policies import OWN, READ
from portal.people.queries import FULL, affiliations, directory, office_of, own_profile, people_called, seen_by
from portal.people.states import Audience, ContactBy, Level
from portal.web.caching import kept
from portal.web.forms import attempt
from portal.web.guards import loads, public, signed_in
from portal.web.limits import Limit, limited, network
from portal.web.panels import Loaded, panels_for
from portal.web.words import gettext

bp = Blueprint("people", __name__)
LOOKUPS = Limit("people directory", "60 per minute", network)


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
    return _draw(profile, ProfileForm(profile=profile), 200)


@bp.post("/me")
@signed_in
def update() -> Any:
    """Save it, unless it changed in another window: then the text stays in the form."""
    profile = own_profile(g.db, g.actor)
    form = ProfileForm(profile=profile)
    status = _save(profile, form)
    if status != 303:
        return _draw(profile, form, status)
    flash(gettext(N_("Your profile is saved.")), "good")
    return redirect(profile.href, 303)


def _people(wanted: Lookup) -> Slice[Profile]:
    return Slice(people_called(g.db, wanted.q)) if wanted.q else directory(g.db, request.args.get("after"))


def _draw_page(
    profile: Profile, reader: Actor, *, panels: Sequence[Loaded] = (), own: bool = False, preview: Audience | None = None
) -> Any:
    known = affiliations(profile, actor=reader)
    return render_template(
        "people/show.html",
        profile=profile,
        own=own,
        affiliations=known,
        office=office_of(known, actor=reader) if profile.contact_by is ContactBy.OFFICE else None,
        panels=panels,
        signed_in=reader.is_person,
        levels={level.value: level.label for level in Level},
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
    return render_template("people/edit.html", profile=profile, form=form), status
