"""Who writes a proposal together."""

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.kernel.db import Base, UtcTime
from portal.kernel.ids import reference
from portal.kernel.states import enum_column
from portal.kernel.workflow import Stateful
from portal.organisations.models import Organisation
from portal.proposals.states import CoAuthorState, Right

_LIVE = text(f"state IN ('{CoAuthorState.INVITED}', '{CoAuthorState.ACTIVE}')")


class Team(Base):
    """Where those who write a proposal talk among themselves; it has the proposal's number, and begins with the first of them."""

    __tablename__ = "proposal_team"

    id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True, autoincrement=False)
    begun_at: Mapped[UtcTime]
    proposal: Mapped["Proposal"] = relationship(lazy="raise_on_sql")  # type: ignore[name-defined]  # noqa: F821 - made below it


class CoAuthor(Stateful, Base):
    """Somebody whom the author invited to take part. It holds no secret: only who has confirmed the address finds it.

    `organisation_id` is the author's side; `from_id` the organisation for which they take part, if they belong to one.
    """

    __tablename__ = "co_author"
    __table_args__ = (
        Index("ix_co_author_proposal", "proposal_id", "state"),
        Index("ix_co_author_account", "account_id", "state"),
        Index("ix_co_author_due", "state", "expires_at"),
        Index("uq_co_author_live", "proposal_id", "email", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))
    email: Mapped[str] = mapped_column(String(254), index=True)  # lower case
    account_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))  # whose address it is, once confirmed
    invited_by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    from_id: Mapped[int | None] = mapped_column(ForeignKey(Organisation.id))
    right: Mapped[Right] = mapped_column("permission", enum_column(Right))
    created_at: Mapped[UtcTime]
    expires_at: Mapped[UtcTime]  # of the invitation
    joined_at: Mapped[UtcTime | None]
    version: Mapped[int] = mapped_column()
    _state: Mapped[CoAuthorState] = mapped_column("state", enum_column(CoAuthorState), default=CoAuthorState.INVITED)
    account: Mapped[User | None] = relationship(foreign_keys=[account_id], viewonly=True, lazy="raise_on_sql")
    invited_by: Mapped[User] = relationship(foreign_keys=[invited_by_id], viewonly=True, lazy="raise_on_sql")
    from_organisation: Mapped[Organisation | None] = relationship(foreign_keys=[from_id], viewonly=True, lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    @property
    def called(self) -> str:
        """What its steps are about: nothing of the text."""
        return reference("PR", self.proposal_id)

    @property
    def href(self) -> str:
        return f"/co-authors/{self.id}"

    @property
    def is_active(self) -> bool:
        return self._state is CoAuthorState.ACTIVE
