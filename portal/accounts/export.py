"""Everything the portal keeps about one person, as one JSON document that is written while it is read."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import AccountSession, Link, Ticket, Token, User, WebAuthn
from portal.kernel import clock
from portal.kernel.events import Event

_AT_ONCE = 500  # rows in memory


@dataclass(frozen=True)
class Kept:
    """Rows of one table that are somebody's: those in which one of the columns `by` holds the account's id.

    `without` names columns that are not handed out: secrets, and how the portal finds its own things again.
    """

    by: tuple[Any, ...]
    without: tuple[str, ...] = ()

    @property
    def model(self) -> Any:
        return self.by[0].class_

    @property
    def name(self) -> str:
        return str(self.model.__tablename__)


# What accounts themselves keep. The log is told as this person caused it: ids, numbers and values of enums.
OWN = (
    Kept(
        (User.id,),
        ("password", "fs_uniquifier", "tf_totp_secret", "us_totp_secrets", "mf_recovery_codes", "fs_webauthn_user_handle"),
    ),
    Kept((AccountSession.account_id,), ("fingerprint",)),
    Kept((Ticket.account_id,), ("fingerprint",)),
    Kept((Link.account_id,)),
    Kept((Token.account_id,), ("fingerprint",)),
    Kept((WebAuthn.user_id,), ("public_key", "credential_id", "transports")),
    Kept((Event.actor_id,), ("hash", "prev_hash")),
)


def document(session: Session, account_id: int, kept: Sequence[Kept]) -> Iterator[str]:
    """The document in pieces: when it was made, then each table's rows, at most `_AT_ONCE` of them in memory."""
    yield f'{{"made_at": {json.dumps(clock.now().isoformat())}'
    for table in kept:
        yield f',\n"{table.name}": ['
        for number, row in enumerate(_rows(session, account_id, table)):
            yield (",\n" if number else "\n") + json.dumps(row, ensure_ascii=False, default=_plain)
        yield "]"
    yield "}\n"


def _rows(session: Session, account_id: int, table: Kept) -> Iterator[dict[str, Any]]:
    columns = [column for column in table.model.__table__.columns if column.name not in table.without]
    query = select(*columns).where(or_(*(by == account_id for by in table.by)))
    with session.execute(query.order_by(*table.model.__table__.primary_key).execution_options(yield_per=_AT_ONCE)) as rows:
        for row in rows.mappings():
            yield {column.name: row[column] for column in columns}


def _plain(value: Any) -> str:
    """Moments and days as ISO 8601, everything else as it reads."""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
