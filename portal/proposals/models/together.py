"""What a proposal's own row says of those who write it together: their rights, what partners confirmed, who writes which part."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, case, cast, func, select, type_coerce

from portal.kernel.states import member_of
from portal.proposals.inputs import Content, fingerprint
from portal.proposals.models.partners import Confirmation, Section
from portal.proposals.models.team import CoAuthor
from portal.proposals.states import CoAuthorState, ConfirmationState, Right

_ENOUGH = String(4000)  # no long text: names are looked up with it


@dataclass(frozen=True)
class Asked:
    """One partner of a proposal: its organisation, who leads for it, and what they confirmed."""

    partner_id: int
    lead_id: int
    state: ConfirmationState
    digest: str


class Together:
    """Mixin of the proposal, over the columns that the functions below fill."""

    draft: Any
    shares: Any
    asked_of: Any
    kept_by: Any

    @property
    def written(self) -> Content:
        """What is being written, read once: the rules of one step ask for it several times."""
        kept = self.__dict__.get("_written")
        if kept is None or kept[0] is not self.draft:
            kept = self.__dict__["_written"] = (self.draft, Content.from_json(self.draft))
        return kept[1]

    @property
    def rights(self) -> dict[int, Right]:
        """What each co-author may do, by account."""
        shares = (share.partition(":") for share in (self.shares or "").split())
        return {int(number): member_of(Right, right) for number, _, right in shares}

    @property
    def partners(self) -> list[Asked]:
        """Each partner that has to confirm it, with what they said."""
        marks = [mark.split(":") for mark in (self.asked_of or "").split()]
        found = [Asked(int(one), int(lead), member_of(ConfirmationState, state), digest) for one, lead, state, digest in marks]
        return sorted(found, key=lambda asked: asked.partner_id)

    @property
    def digest(self) -> str:
        """Tells what it says now, and who stands behind it, from anything else it could say."""
        return fingerprint({"content": self.draft, "partners": [asked.partner_id for asked in self.partners]})

    @property
    def unconfirmed(self) -> list[Asked]:
        """The partners who have not confirmed exactly what it says now, or whose lead takes no part any more."""
        partners = self.partners
        now = (ConfirmationState.CONFIRMED, self.digest) if partners else None
        return [asked for asked in partners if (asked.state, asked.digest) != now or asked.lead_id not in self.rights]

    @property
    def keepers(self) -> dict[str, tuple[int, bool]]:
        """By part: the account of whoever writes it (0: nobody is named), and whether it is done."""
        kept = (mark.split(":") for mark in (self.kept_by or "").split())
        return {part: (int(owner), done == "1") for part, owner, done in kept}


def shares_of(proposal_id: Any) -> Any:
    """Account and right of those who take part: `7:edit 9:view`."""
    mark = cast(CoAuthor.account_id, String) + ":" + cast(CoAuthor.right, String)
    return _joined(mark, CoAuthor, CoAuthor.proposal_id == proposal_id, CoAuthor._state == CoAuthorState.ACTIVE)


def asked_of(proposal_id: Any) -> Any:
    """Partner, lead, state and what was confirmed: `3:9:confirmed:ab…`."""
    who = cast(Confirmation.partner_id, String) + ":" + cast(Confirmation.lead_id, String)
    mark = who + ":" + cast(Confirmation._state, String) + ":" + Confirmation.digest
    live = Confirmation._state != ConfirmationState.LEFT_OUT
    return _joined(mark, Confirmation, Confirmation.proposal_id == proposal_id, live)


def kept_by(proposal_id: Any) -> Any:
    """Part, account and whether it is done: `summary:7:1 plan:0:0`."""
    done = case((Section.done_at.is_(None), "0"), else_="1")
    mark = Section.part + ":" + cast(func.coalesce(Section.owner_id, 0), String) + ":" + done
    return _joined(mark, Section, Section.proposal_id == proposal_id)


def _joined(mark: Any, model: Any, *where: Any) -> Any:
    joined = select(func.aggregate_strings(mark, " ")).where(*where).correlate_except(model)
    return type_coerce(joined.scalar_subquery(), _ENOUGH)
