"""Pages of questions: those about one listing, asking one, answering one."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template
from sqlalchemy.orm import joinedload

from portal.kernel import clock
from portal.kernel.errors import Forbidden
from portal.kernel.text import N_
from portal.listings.models import Listing
from portal.listings.policies import OWNER
from portal.listings.policies import READ as LISTING_READ
from portal.listings.states import Kind
from portal.organisations.queries import NAMED
from portal.questions.actions import answer_question, ask_question
from portal.questions.forms import AnswerForm, AskForm
from portal.questions.inputs import Answered, Asked
from portal.questions.models import Question
from portal.questions.policies import ANSWER, ASK, READ
from portal.questions.queries import WITH_LISTING, questions_close_at, questions_on
from portal.web.forms import attempt
from portal.web.guards import AT_ITS_ADDRESS, at_each_address_of, loads, to_sign_in
from portal.web.words import gettext

bp = Blueprint("questions", __name__)
_ADDRESSES = tuple(kind.facts.address for kind in Kind)
_load = loads(Listing, LISTING_READ & AT_ITS_ADDRESS, options=(joinedload(Listing.organisation).load_only(*NAMED),))


@at_each_address_of(bp, _ADDRESSES, "/questions")
@_load
def index(listing: Listing) -> Any:
    """What was asked about a listing, and the box to ask."""
    return _draw(listing, AskForm(), 200)


@at_each_address_of(bp, _ADDRESSES, "/questions", ("POST",))
@_load
def create(listing: Listing) -> Any:
    """Ask something."""
    if not g.actor.is_person:
        return to_sign_in()
    if not ASK.holds(g.actor, listing):
        raise Forbidden
    form, href = AskForm(), f"{listing.href}/questions"
    asked, status = attempt(form, Asked, lambda given: ask_question(g.db, listing, given, actor=g.actor))
    return _done(N_("Your question was sent. We tell you when it is answered."), href) if asked else _draw(listing, form, status)


@bp.get("/questions/<int:id>/answer")
@loads(Question, READ, options=WITH_LISTING, also=ANSWER)
def edit(question: Question) -> Any:
    """The question, and the box to answer it."""
    return render_template("questions/edit.html", question=question, form=AnswerForm())


@bp.post("/questions/<int:id>/answer")
@loads(Question, READ, options=WITH_LISTING, also=ANSWER)
def update(question: Question) -> Any:
    """Answer it."""
    form, href = AnswerForm(), question.href

    def act(given: Answered) -> bool:
        answer_question(g.db, question, given, actor=g.actor)
        return True

    done, status = attempt(form, Answered, act)
    if done:
        return _done(N_("Your answer can be read by everybody who reads the listing."), href)
    return render_template("questions/edit.html", question=question, form=form), status


def _done(sentence: str, href: str) -> Any:
    flash(gettext(sentence), "good")
    return redirect(href, 303)


def _draw(listing: Listing, form: AskForm, status: int) -> Any:
    closes_at = questions_close_at(listing)
    shown = {
        "questions": questions_on(g.db, g.actor, listing),
        "closes_at": closes_at,
        "open": listing.is_open and (closes_at is None or closes_at > clock.now()),
        "may_ask": ASK.holds(g.actor, listing),
        "answers": OWNER.holds(g.actor, listing),
    }
    return render_template("questions/index.html", listing=listing, form=form, me=g.actor.id, **shown), status
