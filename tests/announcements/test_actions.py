"""What becomes of announcements; who sees them is the rules', which are compared elsewhere."""

import datetime as dt

import pytest
from sqlalchemy import func, select

from portal.accounts.closing import erase_account
from portal.announcements.actions import announce, begin_due, change_announcement, dismiss, end_due
from portal.announcements.inputs import Message
from portal.announcements.models import Dismissal
from portal.announcements.queries import marks
from portal.announcements.states import AnnouncementState
from portal.announcements.workflow import ANNOUNCEMENT_FLOW
from portal.kernel import clock
from portal.kernel.errors import Forbidden, Invalid, Refused
from tests.build import a_person, actor_of, facts

LATER, EVEN_LATER = "2026-03-02T12:00", "2026-03-03T12:00"


@pytest.fixture
def admin(session):
    return actor_of(session, a_person(session, admin=True))


@pytest.fixture
def reader(session):
    return actor_of(session, a_person(session))


def dismissals(session):
    return session.scalar(select(func.count()).select_from(Dismissal))


def test_it_begins_and_ends_by_the_clock_each_once_and_forgets_who_dismissed_it(session, admin, reader, frozen):
    announcement = announce(session, Message("News.", starts=LATER, ends=EVEN_LATER), actor=admin)
    assert not dismiss(session, announcement.id, actor=reader)
    assert (begin_due(session), end_due(session)) == (0, 0)

    with clock.at(frozen + dt.timedelta(hours=3)):
        assert (begin_due(session), begin_due(session)) == (1, 0)
        assert [dismiss(session, announcement.id, actor=reader) for _ in range(2)] == [True, False]
        assert dismissals(session) == 1
    with clock.at(frozen + dt.timedelta(hours=27)):
        assert not dismiss(session, announcement.id, actor=admin)
        assert (end_due(session), end_due(session)) == (1, 0)

    assert facts(session, announcement) == [f"announcement.{what}" for what in ("made", "begun", "dismissed", "ended")]
    assert dismissals(session) == 0


def test_a_worker_that_was_away_writes_down_both(session, admin, frozen):
    announcement = announce(session, Message("News.", ends=LATER), actor=admin)

    with clock.at(frozen + dt.timedelta(days=9)):
        assert announcement.stands is AnnouncementState.ENDED
        assert (begin_due(session), end_due(session)) == (1, 1)

    assert announcement.state is AnnouncementState.ENDED


def test_other_words_are_shown_again_other_times_are_not(session, admin, reader, frozen):
    announcement = announce(session, Message("News.", ends=LATER), actor=admin)
    dismiss(session, announcement.id, actor=reader)

    change_announcement(session, announcement, Message("News.", ends=EVEN_LATER), actor=admin)
    assert dismissals(session) == 1
    change_announcement(session, announcement, Message("Other news.", ends=EVEN_LATER), actor=admin)
    assert dismissals(session) == 0
    assert announcement.starts_at == frozen
    assert facts(session, announcement)[-2:] == ["announcement.changed"] * 2


def test_each_change_makes_another_mark_and_each_dismissal_is_marked(session, admin, reader, frozen):
    def marked():
        return session.execute(select(*marks(reader.id))).one()

    assert tuple(marked()) == (0, None)
    announcement = announce(session, Message("News.", ends=LATER), actor=admin)
    other = announce(session, Message("Other news.", ends=LATER), actor=admin)
    session.flush()
    seen = [marked()[0]]
    change_announcement(session, announcement, Message("News!", ends=LATER), actor=admin)
    seen.append(marked()[0])
    ANNOUNCEMENT_FLOW.perform(session, announcement, "take_back", actor=admin)
    seen.append(marked()[0])
    dismiss(session, other.id, actor=reader)

    assert seen == sorted(set(seen))
    assert tuple(marked()) == (seen[-1], str(other.id))


def test_only_administrators_announce_and_nothing_of_the_past(session, admin, reader, frozen):
    with pytest.raises(Forbidden):
        announce(session, Message("News.", ends=LATER), actor=reader)
    with pytest.raises(Invalid, match="passed already"):
        announce(session, Message("News.", ends="2026-03-02T09:00"), actor=admin)


def test_what_has_begun_keeps_its_beginning_and_what_is_over_stays_as_it_was(session, admin, frozen):
    announcement = announce(session, Message("News.", ends=LATER), actor=admin)

    with pytest.raises(Invalid, match="shown already"):
        change_announcement(session, announcement, Message("News.", starts="2026-03-02T10:00", ends=LATER), actor=admin)
    with clock.at(frozen + dt.timedelta(hours=4)), pytest.raises(Refused, match="It is over"):
        change_announcement(session, announcement, Message("News.", ends=EVEN_LATER), actor=admin)


def test_what_an_erased_person_had_dismissed_is_forgotten(session, admin, frozen):
    account = a_person(session)
    announcement = announce(session, Message("News.", ends=LATER), actor=admin)
    dismiss(session, announcement.id, actor=actor_of(session, account))

    erase_account(session, account, (), actor=actor_of(session, account))

    assert dismissals(session) == 0
