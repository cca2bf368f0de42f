"""Parents and guardians of the young: their agreement opens an account."""

from sqlalchemy.orm import Session

from portal.accounts.actions import confirm, take_ticket
from portal.accounts.events import GuardianAgreed
from portal.accounts.models import User
from portal.accounts.states import Purpose
from portal.kernel import clock
from portal.kernel.events import record
from portal.kernel.policy import VISITOR


def agree_as_guardian(session: Session, token: str) -> User:
    """Open the account of a child, who has shown before that its address is theirs; returns it.

    Raises:
        Missing: the ticket is unknown, too old, void, or was used a moment ago.
    """
    account = take_ticket(session, Purpose.GUARDIAN, token)
    account.guardian_agreed_at = clock.now()
    record(session, GuardianAgreed(), actor=VISITOR, subject=account)
    confirm(session, account)
    return account
