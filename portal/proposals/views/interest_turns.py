"""Whose turn it is with an interest, in words for each side."""

from collections.abc import Callable
from typing import Any

from portal.kernel.policy import Actor
from portal.proposals.models import Interest
from portal.proposals.policies import INTEREST_AUTHOR, INTEREST_OWNER
from portal.proposals.states import WITH_PROPOSAL, InterestState
from portal.proposals.views.turns import Turn, nobody, waiting_for, yours
from portal.web.filters import moment
from portal.web.words import gettext as _


def turn_of_interest(interest: Interest, actor: Actor) -> Turn:
    """The banner of an interest's page."""
    return _INTEREST[interest.state](interest, actor)


def _unsent(interest: Interest, actor: Actor) -> Turn:
    if not INTEREST_AUTHOR.holds(actor, interest):
        return Turn(
            False,
            _("Waiting for %(name)s", name=interest.author.name),
            _("This is being written"),
            _("You need do nothing now. You can read it once it is sent."),
        )
    return Turn(
        True,
        yours(actor),
        _("Finish your expression of interest and send it"),
        _("Nobody else sees it until you do."),
        (_("Go on writing"), f"{interest.listing.href}/interest"),
    )


def _to_answer(interest: Interest, actor: Actor) -> Turn:
    until = moment(interest.reply_due_at)
    if INTEREST_OWNER.holds(actor, interest):
        return Turn(
            True,
            yours(actor),
            _("Answer by %(when)s", when=until),
            _("That date was promised to %(name)s. If it passes in silence, both of you are told.", name=interest.author.name),
        )
    return Turn(
        False,
        waiting_for(interest.listing.owner.name, interest.host.name),
        _("You get an answer by %(when)s", when=until)
        if INTEREST_AUTHOR.holds(actor, interest)
        else _("The answer was promised by %(when)s", when=until),
        _("You need do nothing now. If the date passes in silence, both sides are told; silence is never a refusal."),
    )


def _asked(interest: Interest, actor: Actor) -> Turn:
    question = interest.asked[-1]["question"]
    if INTEREST_AUTHOR.holds(actor, interest):
        return Turn(
            True,
            yours(actor),
            _("%(name)s asks you something before answering", name=interest.listing.owner.name),
            f"“{question}”",
        )
    return Turn(
        False,
        _("Waiting for %(name)s", name=interest.author.name),
        _("A question was asked back"),
        _("You need do nothing now. When the answer is here, at least seven days are left to decide."),
    )


def _passed_on(_interest: Interest, actor: Actor) -> Turn:
    return nobody(_("Passed on"), _("Where to, and why, stands below."))


def _lapsed(interest: Interest, actor: Actor) -> Turn:
    if INTEREST_OWNER.holds(actor, interest):
        return Turn(
            True,
            yours(actor),
            _("The promised date has passed: answer now"),
            _("You can still invite or decline. %(name)s was told that the date passed.", name=interest.author.name),
        )
    return Turn(
        False,
        waiting_for(interest.listing.owner.name, interest.host.name),
        _("Not answered by the promised date"),
        _("They can still answer. It counts as unanswered, not as refused. You can write to them below."),
    )


def _invited(interest: Interest, actor: Actor) -> Turn:
    if not INTEREST_AUTHOR.holds(actor, interest):
        return Turn(
            False,
            _("Waiting for %(name)s", name=interest.author.name),
            _("%(name)s is invited", name=interest.author.name),
            _("You need do nothing now."),
        )
    if interest.listing.kind not in WITH_PROPOSAL:
        return Turn(True, yours(actor), _("You are invited"), _("Read the answer below and agree on the next step with them."))
    return Turn(
        True,
        yours(actor),
        _("You are invited: start the proposal"),
        _("What you wrote here is carried over. They see the proposal only when you submit it."),
        (_("Start the proposal"), f"{interest.listing.href}/propose"),
    )


_INTEREST: dict[Any, Callable[[Interest, Actor], Turn]] = {
    InterestState.DRAFT: _unsent,
    InterestState.SENT: _to_answer,
    InterestState.ACKNOWLEDGED: _to_answer,
    InterestState.ASKED: _asked,
    InterestState.REDIRECTED: _passed_on,
    InterestState.LAPSED: _lapsed,
    InterestState.INVITED: _invited,
    InterestState.DECLINED: lambda _interest, _actor: nobody(_("Declined"), _("The reason stands below.")),
    InterestState.WITHDRAWN: lambda _interest, _actor: nobody(
        _("This was withdrawn"), _("Its text is no longer open to the listing's side.")
    ),
}
