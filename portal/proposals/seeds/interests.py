"""Interests of every fate: answered, asked about, passed on, left without an answer."""

from portal.accounts.models import User
from portal.kernel.policy import Actor
from portal.kernel.seeding import Stage
from portal.listings.models import Listing
from portal.listings.seeds import begun_days_ago
from portal.proposals.actions import send_interest
from portal.proposals.inputs import Answer, Decline, InterestText, PassOn, Query
from portal.proposals.models import Interest
from portal.proposals.states import DeclineCode, Onward
from portal.proposals.workflow import INTEREST_FLOW

# Interests beside those of students: in which listing, whose, sent how many days ago, and what became of it.
INTERESTS = (("leaks", "ingrid", 6, "asked"), ("pumps", "tomas", 9, "leaks"), ("twin", "amara", 20, "lapsed"))
_PASSED_ON = {"food-intern": "care-intern"}  # where the first student was sent on to


def plan_interests(stage: Stage) -> None:
    """Put those of professors on the agenda."""
    for key, author, days, fate in INTERESTS:
        stage.plan(stage.ago(days), lambda key=key, author=author, fate=fate: _be_interested(stage, key, author, fate))  # type: ignore[misc]


def plan_interest(stage: Stage, listing_key: str, student: str, number: int) -> None:
    """Put one student’s interest in one internship on the agenda."""
    text = next(t for t in stage.texts["listings"] if t["key"] == listing_key)
    begun = begun_days_ago(stage, text) - 8
    days_ago = (5, 9, 12) if len(listing_key) % 2 else (21, 11, 7)  # the oldest goes unanswered and lapses
    stage.plan(stage.ago(min(begun, days_ago[number])), lambda: _show_interest(stage, listing_key, student, number))


def _show_interest(stage: Stage, listing_key: str, student: str, number: int) -> None:
    listing: Listing | None = stage.made.get(("listing", listing_key))
    if listing is None or not listing.is_open:
        return
    text = InterestText(stage.texts["interests"][number % 4], "Two terms of statistics, one year of Python.", declared=True)
    interest = send_interest(stage.session, listing, text, actor=stage.actor_of(student))
    if number == 0 and listing_key in _PASSED_ON:
        stage.later(2, lambda: _pass_on(stage, interest, listing, _PASSED_ON[listing_key]))
    elif number == 1:
        stage.later(2, lambda: _answer(stage, interest, listing, "invite", Answer(stage.texts["answers"][0])))
    elif number == 2:
        stage.later(
            3, lambda: _answer(stage, interest, listing, "decline", Decline(DeclineCode.CAPACITY, stage.texts["answers"][2]))
        )


def _be_interested(stage: Stage, listing_key: str, author: str, fate: str) -> None:
    """Asked something back, left without an answer until it lapses, or passed on to the listing that `fate` names."""
    listing: Listing = stage.made["listing", listing_key]
    text = InterestText(stage.texts["interests"][0], "We did this for two plants before.", declared=True)
    interest = send_interest(stage.session, listing, text, actor=stage.actor_of(author))
    if fate == "asked":
        question = Query("Could you measure at night, when nobody draws water?")
        stage.later(2, lambda: _answer(stage, interest, listing, "ask", question))
    elif fate != "lapsed":
        stage.later(3, lambda: _pass_on(stage, interest, listing, fate))


def _pass_on(stage: Stage, interest: Interest, listing: Listing, target: str) -> None:
    reference = stage.made["listing", target].reference
    given = PassOn(Onward.LISTING, reference, "We have found somebody here; they look for exactly what you offer.")
    _answer(stage, interest, listing, "redirect", given)


def _answer(stage: Stage, interest: Interest, listing: Listing, action: str, given: object) -> None:
    INTEREST_FLOW.perform(stage.session, interest, action, actor=owner_of(stage, listing), given=given)


def owner_of(stage: Stage, listing: Listing) -> Actor:
    """Whoever answers for the listing now."""
    owner: User = stage.session.get_one(User, listing.owner_id)
    return stage.actor_of(stage.made["account key", str(owner.id)])
