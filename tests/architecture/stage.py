"""A small portal on which the road is played."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from portal import wiring
from portal.accounts.actions import open_session
from portal.accounts.models import User
from portal.collaborations.workflow import COLLABORATION_FLOW
from portal.kernel.db import Database, transaction
from portal.kernel.policy import Role
from portal.kernel.subscribers import drain
from portal.organisations.states import OrganisationKind
from portal.proposals.states import ProposalState
from tests import build
from tests.collaborations.make import in_every_state, settle
from tests.collaborations.make_meetings import meetings_in_every_state
from tests.collaborations.make_papers import papers_in_every_state
from tests.collaborations.make_people import people_in_every_state
from tests.collaborations.make_risks import risks_in_every_state

CAST = (
    *("owner", "host officer", "second host officer", "host administrator", "host member", "author", "second author"),
    *("partner member", "partner officer", "second partner officer", "stranger", "student", "administrator"),
)
ROLES = {"officer": Role.OFFICER, "host administrator": Role.ADMINISTRATOR, "owner": Role.POSTER, "stranger": Role.OFFICER}
LISTINGS = 4


@dataclass
class Stage:
    """A portal with a cast, and with something at each station of the road, kept as a file that every play begins with."""

    database: Database
    kept: Path
    played: Path
    people: dict[str, int] = field(default_factory=dict)

    @classmethod
    def set_up(cls, empty: Path, folder: Path) -> "Stage":
        """Everybody is signed in; one listing is untouched, the others have led further."""
        played = folder / "played.sqlite3"
        stage = cls(Database(f"sqlite:///{played}", durable=False), folder / "kept.sqlite3", played)
        shutil.copy(empty, played)
        with stage.database.writing() as session, transaction(session):
            stage._fill(session)
        drain(stage.database, wiring.SUBSCRIBERS)
        with stage.database.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        stage.database.dispose()
        shutil.copy(played, stage.kept)
        return stage

    def _fill(self, session) -> None:
        host = build.an_organisation(session, "Host", kind=OrganisationKind.COMPANY)
        partner, elsewhere = (build.an_organisation(session, name) for name in ("Partner", "Elsewhere"))
        for name in CAST[:-2]:
            side = elsewhere if name == "stranger" else host if name == "owner" or "host" in name else partner
            roles = [role for word, role in ROLES.items() if word in name]
            self.people[name] = build.a_member(session, side, *roles, name=name).id
        self.people["student"] = build.a_person(session, "student").id
        self.people["administrator"] = build.a_person(session, "administrator", admin=True).id
        owner, author = (session.get_one(User, self.people[name]) for name in ("owner", "author"))
        listings = [build.a_listing(session, owner, host) for _ in range(LISTINGS)]
        build.an_interest(session, listings[1], author)
        build.a_proposal(session, listings[2], author, state=ProposalState.IN_APPROVAL)
        build.a_collaboration(session, listings[3], author)
        further = [build.a_collaboration(session, build.a_listing(session, owner, host), author) for _ in range(2)]
        self._run(session, further[0])
        people_in_every_state(session, further[1])
        for number in self.people.values():
            open_session(session, session.get_one(User, number))

    def _run(self, session, running) -> None:
        """A collaboration in which everything there can be is under way, each thing in every state."""
        settle(session, running)
        COLLABORATION_FLOW.perform(session, running, "start", actor=build.actor_of(session, running.host_lead))
        for fill in (in_every_state, papers_in_every_state, meetings_in_every_state, risks_in_every_state):
            fill(session, running)

    def begin(self) -> None:
        """As at first."""
        self.database.dispose()
        for ending in ("-wal", "-shm"):
            Path(f"{self.played}{ending}").unlink(missing_ok=True)
        shutil.copy(self.kept, self.played)
