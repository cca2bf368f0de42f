"""The page on which owners write the questions of their listing's proposal form."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request
from sqlalchemy import select

from portal.kernel.text import N_
from portal.listings.models import Listing
from portal.listings.policies import OWNER
from portal.listings.states import Kind
from portal.questionnaires.actions import WITH_PROPOSAL, write_questionnaire
from portal.questionnaires.forms import QuestionnaireForm, questions_in
from portal.questionnaires.inputs import Questions
from portal.questionnaires.models import Questionnaire
from portal.questionnaires.queries import questionnaire_of
from portal.web.forms import attempt
from portal.web.guards import AT_ITS_ADDRESS, at_each_address_of, loads
from portal.web.rows import reshaped
from portal.web.words import gettext
from portal.writing.forms import resumed, settle

bp = Blueprint("questionnaires", __name__)
_ADDRESSES = tuple(kind.facts.address for kind in Kind if kind in WITH_PROPOSAL)
_OWNERS = loads(Listing, OWNER & AT_ITS_ADDRESS)


@at_each_address_of(bp, _ADDRESSES, "/questionnaire")
@_OWNERS
def show(listing: Listing) -> Any:
    """The questions, to be changed."""
    found = questionnaire_of(g.db, listing.id)
    return _draw(listing, found, resumed(QuestionnaireForm.of(found)), 200)


@at_each_address_of(bp, _ADDRESSES, "/questionnaire", ("POST",))
@_OWNERS
def update(listing: Listing) -> Any:
    """Save them; a button that adds or removes a row only draws the form again."""
    form, number, href = QuestionnaireForm(), listing.id, listing.href
    if reshaped(form, request.form):
        return _draw(listing, questionnaire_of(g.db, number), form, 200)

    def act(given: Questions) -> Questionnaire:
        return write_questionnaire(g.db, listing, given, actor=g.actor, version=form.version.data or None)

    written, status = attempt(form, questions_in, act)
    if written is None:
        again = g.db.scalars(select(Listing).where(Listing.id == number)).one()
        return _draw(again, questionnaire_of(g.db, number), form, status)
    settle()
    flash(gettext(N_("The questions are saved.")), "good")
    return redirect(f"{href}/questionnaire", 303)


def _draw(listing: Listing, found: Questionnaire | None, form: QuestionnaireForm, status: int) -> Any:
    form.offer(found.questions if found else Questions())
    if found is not None and status == 409:
        form.version.data = str(found.version)
    return render_template("questionnaires/show.html", listing=listing, form=form), status
