"""Whom facts about organisations and memberships concern."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel.events import Event
from portal.kernel.notices import Concerned, Notice
from portal.kernel.policy import Role
from portal.kernel.text import N_
from portal.organisations.events import (
    InvitationAccepted,
    InvitationDeclined,
    InvitationSent,
    MemberAddressLeft,
    MemberAdmitted,
    MemberRemoved,
    MembershipDeclined,
    MembershipDissolved,
    MembershipMoved,
    MembershipRequested,
    OrganisationRefused,
    OrganisationVerified,
    RolesChanged,
)
from portal.organisations.models import Invitation
from portal.organisations.queries import KEEPERS, holders_of, portal_administrators

_YOU_KEEP = N_("because you confirm the members of this organisation")
_NOBODY_KEEPS = N_("because you run the portal, and nobody keeps this organisation yet")
_YOU_ADMINISTER = N_("because you are an administrator of this organisation")
_YOU_INVITED = N_("because you sent the invitation")
_IT_IS_YOU = N_("because it is about you")


def keepers(session: Session, event: Event) -> Iterable[Concerned]:
    """The organisation's administrators; where there are none, the portal's administrators."""
    found = holders_of(session, event.organisation_id, *KEEPERS) if event.organisation_id else []
    if found:
        return [Concerned(account_id, _YOU_KEEP) for account_id in found]
    return [Concerned(account_id, _NOBODY_KEEPS) for account_id in portal_administrators(session)]


def other_administrators(session: Session, event: Event) -> Iterable[Concerned]:
    """Those who run the portal, except whoever did it."""
    why = N_("because you administer this portal")
    return [Concerned(account_id, why) for account_id in portal_administrators(session) if account_id != event.actor_id]


def administrators(session: Session, event: Event) -> Iterable[Concerned]:
    """The organisation's own administrators."""
    return [Concerned(account_id, _YOU_ADMINISTER) for account_id in holders_of(session, event.subject_id, Role.ADMINISTRATOR)]


def person_concerned(session: Session, event: Event) -> Iterable[Concerned]:
    """The person whose membership it is, unless it followed at once from what they did themselves."""
    return [] if event.actor_id is None else [Concerned(event.data["account_id"], _IT_IS_YOU)]


def whoever_moved(_session: Session, event: Event) -> Iterable[Concerned]:
    """The person whose membership the portal moved or ended by itself."""
    return [Concerned(event.data["account_id"], _IT_IS_YOU)]


def whoever_is_invited(session: Session, event: Event) -> Iterable[Concerned]:
    """Whoever has the address, if there is an account with it; everybody is written to, whether there is or not."""
    account_id = session.scalar(select(Invitation.account_id).where(Invitation.id == event.subject_id))
    return [] if account_id is None else [Concerned(account_id, _IT_IS_YOU)]


def whoever_invited(session: Session, event: Event) -> Iterable[Concerned]:
    """The administrator who sent it."""
    account_id = session.scalar(select(Invitation.invited_by_id).where(Invitation.id == event.subject_id))
    return [] if account_id is None else [Concerned(account_id, _YOU_INVITED)]


NOTICES = (
    Notice(
        InvitationSent,
        whoever_is_invited,
        N_("%(actor)s invites you to %(title)s"),
        N_("It is your turn: accept or decline within fourteen days."),
        N_("Open the invitation"),
        mail=False,
    ),
    Notice(
        InvitationAccepted,
        whoever_invited,
        N_("%(actor)s accepted your invitation to %(title)s"),
        N_("You need do nothing. They belong to it now, with the roles you named."),
        N_("Open the invitation"),
    ),
    Notice(
        InvitationDeclined,
        whoever_invited,
        N_("%(actor)s declined your invitation to %(title)s"),
        N_("You need do nothing. They do not belong to it."),
        N_("Open the invitation"),
    ),
    Notice(
        MembershipRequested,
        keepers,
        N_("%(actor)s asks to join %(title)s"),
        N_("It is your turn: confirm that you know this person, or decline."),
        N_("Look at the request"),
    ),
    Notice(
        MemberAdmitted,
        person_concerned,
        N_("You now belong to %(title)s"),
        N_("You need do nothing. What its members may see and do is open to you."),
        N_("See your organisation"),
    ),
    Notice(
        MembershipDeclined,
        person_concerned,
        N_("%(title)s declined your request to join"),
        N_("You need do nothing. The reason stands on the page, and you can ask again."),
        N_("Read the reason"),
    ),
    Notice(
        MemberRemoved,
        person_concerned,
        N_("Your membership of %(title)s has ended"),
        N_("You need do nothing. If this is a mistake, ask to join again."),
        N_("See your organisations"),
    ),
    Notice(
        MemberAddressLeft,
        keepers,
        N_("A member of %(title)s has an address elsewhere now"),
        N_("It is your turn: end the membership if this person works there no longer. Until then nothing changes."),
        N_("Look at the membership"),
    ),
    Notice(
        MembershipMoved,
        whoever_moved,
        N_("Your organisation was merged into %(title)s"),
        N_("You need do nothing. Its administrators confirm that you belong there, and give anew the roles you need."),
        N_("See your membership"),
    ),
    Notice(
        MembershipDissolved,
        whoever_moved,
        N_("%(title)s was merged into another organisation of yours"),
        N_("You need do nothing. What you may do in the other one stays as it was."),
        N_("See your organisations"),
    ),
    Notice(
        RolesChanged,
        person_concerned,
        N_("Your roles at %(title)s changed"),
        N_("You need do nothing. What you may do there changed at once."),
        N_("See your roles"),
    ),
    Notice(
        OrganisationVerified,
        administrators,
        N_("%(title)s is verified"),
        N_("You need do nothing. Everybody can see it now, and colleagues can join."),
        N_("Open its page"),
    ),
    Notice(
        OrganisationRefused,
        administrators,
        N_("%(title)s was not accepted"),
        N_("It is your turn: read the reason, mend what is missing and ask again."),
        N_("Read the reason"),
    ),
)
