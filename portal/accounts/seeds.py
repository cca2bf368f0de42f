"""The demonstration's people, each with an account from the day their organisation came."""

from portal.accounts.actions import add_account
from portal.accounts.models import Kind, User
from portal.kernel.seeding import Stage
from portal.kernel.states import member_of

OPERATOR = "operator"
OPERATOR_NAME = "Astrid Lund"
_OPERATOR_DOMAIN = "causeway.example"
OPERATOR_ADDRESS = f"{OPERATOR}@{_OPERATOR_DOMAIN}"
SECOND = "second"  # where one administrator of the portal alone may not do it
SECOND_NAME = "Ruth Adeyemi"
SECOND_ADDRESS = f"{SECOND}@{_OPERATOR_DOMAIN}"


def seed(stage: Stage) -> None:
    """Those who run the demonstration's portal are there before everybody else."""
    for key, name in ((OPERATOR, OPERATOR_NAME), (SECOND, SECOND_NAME)):
        stage.plan(stage.ago(730), lambda key=key, name=name: _operator(stage, key, name))  # type: ignore[misc]


def add_person(stage: Stage, key: str, name: str, kind: str, domain: str) -> User:
    """An account with an address in `domain`; people of the demonstration have no password."""
    account = add_account(stage.session, email=f"{key}@{domain}", name=name, kind=member_of(Kind, kind))
    stage.made["account", key] = account
    stage.made["account key", str(account.id)] = key
    return account


def _operator(stage: Stage, key: str, name: str) -> None:
    account = add_person(stage, key, name, "officer", _OPERATOR_DOMAIN)
    account.is_admin = True
    stage.actors.clear()
