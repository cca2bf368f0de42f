import pytest
from sqlalchemy import select

from portal import wiring
from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.db import transaction
from portal.kernel.events import Event
from portal.kernel.inputs import Reason
from portal.kernel.policy import Role
from portal.kernel.scopes import Scope
from portal.kernel.subscribers import drain
from portal.notifications.actions import choose_mails
from portal.notifications.delivery import OLDEST
from portal.notifications.models import Delivery, Notification
from portal.organisations.models import Membership
from portal.organisations.workflow import MEMBERSHIP_FLOW
from portal.proposals.states import ProposalState
from portal.proposals.workflow import PROPOSAL_FLOW
from portal.threads.actions import post_message
from tests.build import a_listing, a_member, a_proposal, actor_of, an_organisation

SUBSCRIBER = wiring.SUBSCRIBERS[0]


class Case:
    """A submitted proposal between two organisations, everybody told so far."""

    def __init__(self, database, session):
        self.database, self.session = database, session
        self.company, self.university = an_organisation(session, "Tidewell"), an_organisation(session, "Lindmoor")
        self.owner = a_member(session, self.company, Role.POSTER, name="Helena Brandt")
        self.author = a_member(session, self.university, name="Ingrid Solheim")
        self.colleague = a_member(session, self.university, Role.OFFICER, name="Omar Officer")
        a_member(session, self.company, Role.OFFICER)
        listing = a_listing(session, self.owner, self.company)
        self.proposal = a_proposal(session, listing, self.author, state=ProposalState.SUBMITTED, title="Early warning")
        session.commit()
        self.tell()

    def tell(self):
        self.session.commit()
        drain(self.database, wiring.SUBSCRIBERS)

    def told_of(self, kind):
        with self.database.reading() as session:
            return sorted(
                session.scalars(
                    select(User.name).join(Notification, Notification.account_id == User.id).where(Notification.kind == kind)
                )
            )

    def mails(self):
        with self.database.reading() as session:
            return {row.to_address: row.subject for row in session.scalars(select(Delivery).order_by(Delivery.id))}


@pytest.fixture
def case(frozen, database, session):
    return Case(database, session)


def test_owner_is_told_once_in_the_portal_and_by_mail(case):
    case.tell()

    assert case.told_of("proposal.submitted").count("Helena Brandt") == 1
    assert "Early warning" in case.mails()[case.owner.email]


def test_nobody_is_told_of_what_they_did_themselves(case):
    assert "Ingrid Solheim" not in case.told_of("proposal.submitted")


def test_message_reaches_the_other_side_and_names_its_author(case):
    post_message(case.session, "proposal", case.proposal.id, "Good day", actor=actor_of(case.session, case.author))
    case.tell()

    assert case.told_of("message.posted") == ["Helena Brandt"]
    assert case.mails()[case.owner.email] == "Message from Ingrid Solheim about “Early warning”"


def test_message_to_colleagues_is_no_news_for_the_other_side(case):
    officer = actor_of(case.session, case.colleague)
    post_message(case.session, "proposal", case.proposal.id, "Psst", actor=officer, scope=Scope(case.university.id))
    case.tell()

    assert case.told_of("message.posted_inside") == ["Ingrid Solheim"]


def test_whoever_wrote_before_is_told_of_answers(case):
    post_message(case.session, "proposal", case.proposal.id, "I am the officer", actor=actor_of(case.session, case.colleague))
    post_message(case.session, "proposal", case.proposal.id, "Hello", actor=actor_of(case.session, case.owner))
    case.tell()

    assert "Omar Officer" in case.told_of("message.posted")


def test_who_lost_the_right_to_read_is_not_told(case):
    post_message(case.session, "proposal", case.proposal.id, "I am the officer", actor=actor_of(case.session, case.colleague))
    case.tell()
    membership = case.session.scalars(select(Membership).where(Membership.account_id == case.colleague.id)).one()
    keeper = actor_of(case.session, a_member(case.session, case.university, Role.ADMINISTRATOR))
    MEMBERSHIP_FLOW.perform(case.session, membership, "end", actor=keeper, given=Reason("Left."))
    before = case.told_of("message.posted")

    post_message(case.session, "proposal", case.proposal.id, "Hello", actor=actor_of(case.session, case.owner))
    case.tell()

    assert case.told_of("message.posted") == sorted([*before, "Ingrid Solheim"])


def test_closed_account_is_not_told(case):
    case.session.get_one(User, case.owner.id).active = False
    post_message(case.session, "proposal", case.proposal.id, "Hello", actor=actor_of(case.session, case.author))
    case.tell()

    assert case.told_of("message.posted") == []


def test_what_happened_long_ago_is_listed_but_no_news(case, frozen):
    post_message(case.session, "proposal", case.proposal.id, "Hello", actor=actor_of(case.session, case.author))
    with clock.at(frozen + OLDEST * 2):
        case.tell()

    with case.database.reading() as session:
        told = session.scalars(select(Notification).where(Notification.kind == "message.posted")).one()
    assert (told.at, told.seen_at) == (frozen, frozen + OLDEST * 2)
    assert not any(subject.startswith("Message") for subject in case.mails().values())


def test_who_wants_no_mails_finds_the_news_in_the_portal(case):
    choose_mails(case.session, case.owner.id, wanted=False)
    post_message(case.session, "proposal", case.proposal.id, "Hello", actor=actor_of(case.session, case.author))
    case.tell()

    assert case.told_of("message.posted") == ["Helena Brandt"]
    assert not any(subject.startswith("Message") for subject in case.mails().values())


def test_reading_the_log_again_tells_nobody_twice(case):
    with case.database.writing() as session, transaction(session):
        before = len(session.scalars(select(Notification)).all())
        SUBSCRIBER.handle(session, session.scalars(select(Event).order_by(Event.id)).all())
        assert len(session.scalars(select(Notification)).all()) == before


def test_withdrawn_proposal_is_told_by_its_name_only_to_those_who_may_know(case):
    PROPOSAL_FLOW.perform(case.session, case.proposal, "withdraw", actor=actor_of(case.session, case.author))
    case.tell()

    assert "Ingrid Solheim" not in case.told_of("proposal.withdrawn")
    assert "Helena Brandt" in case.told_of("proposal.withdrawn")


@pytest.mark.parametrize("notice", wiring.NOTICES, ids=lambda notice: notice.fact.kind)
def test_sentences_of_a_notice_name_only_what_is_known(notice):
    known = {"title", "actor", *getattr(notice.fact, "__dataclass_fields__", ())}

    for sentence in (notice.subject, notice.turn, notice.button):
        used = {part.partition(")")[0] for part in sentence.split("%(")[1:]}
        assert used <= known, sentence
        assert "{" not in sentence
