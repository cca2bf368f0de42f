"""Facts about accounts. Addresses and networks never stand in them."""

from dataclasses import dataclass
from typing import ClassVar

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class AccountRegistered(Fact):
    """Somebody asked for an account."""

    kind: ClassVar[str] = "account.registered"
    says: ClassVar[str] = N_("%(subject)s registered")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class AccountConfirmed(Fact):
    """The address answered."""

    kind: ClassVar[str] = "account.confirmed"
    says: ClassVar[str] = N_("%(subject)s confirmed their address")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class GuardianAgreed(Fact):
    """A parent or guardian agreed that a child has an account."""

    kind: ClassVar[str] = "account.guardian_agreed"
    says: ClassVar[str] = N_("The parent or guardian of %(subject)s agreed to the account")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class SignedIn(Fact):
    """A session began."""

    kind: ClassVar[str] = "account.signed_in"
    says: ClassVar[str] = N_("%(subject)s signed in")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class SignInFailed(Fact):
    """Somebody typed a wrong password for this account; told once an hour at most."""

    kind: ClassVar[str] = "account.sign_in_failed"
    says: ClassVar[str] = N_("Somebody tried to sign in to the account of %(subject)s with a wrong password")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class CodesFailed(Fact):
    """Somebody who knew the password entered one wrong code after another, and has to begin again."""

    kind: ClassVar[str] = "account.codes_failed"
    says: ClassVar[str] = N_("Somebody who knows the password of %(subject)s entered too many wrong codes")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class SessionEnded(Fact):
    """A session ended, by signing out or by being revoked."""

    kind: ClassVar[str] = "account.session_ended"
    says: ClassVar[str] = N_("A session of %(subject)s ended")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class PasswordChanged(Fact):
    """A new password is in force; every other session ended with the old one."""

    kind: ClassVar[str] = "account.password_changed"
    says: ClassVar[str] = N_("%(subject)s changed their password")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class AddressChanged(Fact):
    """Another e-mail address opens the account; the old one does no longer."""

    kind: ClassVar[str] = "account.address_changed"
    says: ClassVar[str] = N_("%(subject)s changed their e-mail address")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class SecondFactorAdded(Fact):
    """Signing in asks for a code from now on."""

    kind: ClassVar[str] = "account.second_factor_added"
    says: ClassVar[str] = N_("%(subject)s added a second factor")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class SecondFactorRemoved(Fact):
    """Signing in asks for the password alone."""

    kind: ClassVar[str] = "account.second_factor_removed"
    says: ClassVar[str] = N_("%(subject)s removed their second factor")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class AppRemoved(Fact):
    """No codes of an app open the account any more; a passkey is still asked for."""

    kind: ClassVar[str] = "account.app_removed"
    says: ClassVar[str] = N_("%(subject)s removed their authenticator app")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class PasskeyAdded(Fact):
    """One more device shows who its owner is."""

    kind: ClassVar[str] = "account.passkey_added"
    says: ClassVar[str] = N_("%(subject)s added a passkey")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class PasskeyRenamed(Fact):
    """Its owner calls it otherwise."""

    kind: ClassVar[str] = "account.passkey_renamed"
    says: ClassVar[str] = N_("%(subject)s renamed a passkey")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class PasskeyRemoved(Fact):
    """It opens the account no longer."""

    kind: ClassVar[str] = "account.passkey_removed"
    says: ClassVar[str] = N_("%(subject)s removed a passkey")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class RecoveryCodesReplaced(Fact):
    """The old recovery codes are void."""

    kind: ClassVar[str] = "account.recovery_codes_replaced"
    says: ClassVar[str] = N_("%(subject)s made new recovery codes")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class AccountLinked(Fact):
    """Somebody at a provider opens the account from now on."""

    kind: ClassVar[str] = "account.linked"
    says: ClassVar[str] = N_("%(subject)s linked a sign-in of another service")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class AccountUnlinked(Fact):
    """Whoever that was opens the account no longer."""

    kind: ClassVar[str] = "account.unlinked"
    says: ClassVar[str] = N_("%(subject)s unlinked a sign-in of another service")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class TokenMade(Fact):
    """A program may read in its owner's place."""

    kind: ClassVar[str] = "account.token_made"
    says: ClassVar[str] = N_("%(subject)s made a token for a program")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class TokenEnded(Fact):
    """A token opens nothing any more, before it would have expired."""

    kind: ClassVar[str] = "account.token_ended"
    says: ClassVar[str] = N_("A token of %(subject)s was ended")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class AccountDeactivated(Fact):
    """Its owner, an administrator or the operator closed the account: no session and no ticket opens it."""

    kind: ClassVar[str] = "account.deactivated"
    says: ClassVar[str] = N_("The account of %(subject)s was closed")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class AccountRestored(Fact):
    """The account is open again, with all that it had."""

    kind: ClassVar[str] = "account.restored"
    says: ClassVar[str] = N_("The account of %(subject)s was opened again")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class DataTaken(Fact):
    """Its owner downloaded everything the portal keeps about them."""

    kind: ClassVar[str] = "account.data_taken"
    says: ClassVar[str] = N_("%(subject)s downloaded their data")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class AccountErased(Fact):
    """Its owner had everything removed that says who they are. What others have part in stays, as a former member's."""

    kind: ClassVar[str] = "account.erased"
    says: ClassVar[str] = N_("The account of %(subject)s was erased")
    seen_by: ClassVar[str] = "staff"
