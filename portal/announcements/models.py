"""Announcements, and who does not want to see one again."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.announcements.inputs import MOST_ADDRESS, MOST_LABEL, MOST_TEXT
from portal.announcements.states import AnnouncementState, Audience, Tone
from portal.kernel import clock
from portal.kernel.db import Base, UtcTime
from portal.kernel.states import enum_column
from portal.kernel.workflow import Stateful

OPEN = (AnnouncementState.COMING, AnnouncementState.RUNNING)


class Announcement(Stateful, Base):
    """One message. Rows are never removed, and each change counts `version` up: their sum says whether anything changed."""

    __tablename__ = "announcement"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", "ends_after_start"),
        CheckConstraint("(link_label = '') = (link_href = '')", "link_is_whole"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(String(MOST_TEXT))
    tone: Mapped[Tone] = mapped_column(enum_column(Tone))
    audience: Mapped[Audience] = mapped_column(enum_column(Audience))
    link_label: Mapped[str] = mapped_column(String(MOST_LABEL), default="")
    link_href: Mapped[str] = mapped_column(String(MOST_ADDRESS), default="")
    dismissible: Mapped[bool]
    starts_at: Mapped[UtcTime]
    ends_at: Mapped[UtcTime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    made_at: Mapped[UtcTime]
    version: Mapped[int] = mapped_column()
    _state: Mapped[AnnouncementState] = mapped_column("state", enum_column(AnnouncementState), default=AnnouncementState.COMING)

    made_by: Mapped[User] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    @property
    def called(self) -> str:
        """What its steps are about."""
        return self.text

    @property
    def has_begun(self) -> bool:
        """By the clock: the worker writes it down a little later."""
        return self.starts_at <= clock.now()

    @property
    def stands(self) -> AnnouncementState:
        """What people see of it at this moment, whatever was written down."""
        state: AnnouncementState = self.state
        if state not in OPEN:
            return state
        if self.ends_at <= clock.now():
            return AnnouncementState.ENDED
        return AnnouncementState.RUNNING if self.has_begun else AnnouncementState.COMING


class Dismissal(Base):
    """One person does not want to see one announcement again; forgotten once it is over."""

    __tablename__ = "announcement_dismissal"

    announcement_id: Mapped[int] = mapped_column(ForeignKey(Announcement.id, ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), primary_key=True, index=True)
    at: Mapped[UtcTime]
