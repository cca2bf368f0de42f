"""What a person asks of an organisation, and what an administrator gives."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.kernel import inputs
from portal.kernel.policy import Role
from portal.organisations.states import JoinAs


@dataclass(frozen=True)
class Joining:
    """A wish to belong: as a member, or as one who answers for the organisation. `title` is the person's post there."""

    join_as: JoinAs = JoinAs.MEMBER
    title: str = ""

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: object.__setattr__(self, "join_as", inputs.one_of("join_as", self.join_as, JoinAs)),
            lambda: object.__setattr__(self, "title", inputs.line("title", self.title, most=120, required=False)),
        )


@dataclass(frozen=True)
class RolesGiven:
    """The roles a member holds from now on; whoever belongs is a member."""

    roles: Sequence[Role] = ()
    title: str = ""

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: object.__setattr__(self, "roles", _roles(self.roles)),
            lambda: object.__setattr__(self, "title", inputs.line("title", self.title, most=120, required=False)),
        )


def _roles(values: Sequence[str]) -> tuple[Role, ...]:
    """Each role once, in the order of their enum, always with `member`."""
    chosen = inputs.some_of("roles", values or (), [role.value for role in Role])
    return tuple(role for role in Role if role is Role.MEMBER or role.value in chosen)
