"""The four answers a rule can give instead of doing what was asked; `web/errors.py` turns them into pages."""

from typing import Any, ClassVar

from portal.kernel.text import N_, Words


class PortalError(Exception):
    """Base of all expected refusals. `why` is a sentence that says what to do next."""

    status: ClassVar[int] = 400

    def __init__(self, why: str | Words, **params: Any) -> None:
        self.why = why if isinstance(why, Words) else Words(why, params)
        super().__init__(str(self.why))


class Invalid(PortalError):
    """One field holds something it cannot hold (422). Several wrong fields are one `Invalid` with `others`."""

    status = 422

    def __init__(self, field: str, why: str | Words, *, others: tuple["Invalid", ...] = (), **params: Any) -> None:
        super().__init__(why, **params)
        self.field = field
        self.others = others

    def all(self) -> tuple["Invalid", ...]:
        """This problem and those found with it, in the order of the fields."""
        return (self, *self.others)


class Refused(PortalError):
    """The request is understood but not possible in the present state (409)."""

    status = 409


class Stale(Refused):
    """Somebody changed the thing since it was read (409); nothing was written."""

    def __init__(self) -> None:
        super().__init__(N_("Somebody was faster: this changed while you were working. Nothing was lost; look at it again."))


class Forbidden(PortalError):
    """The thing may be seen, but this person may not do this with it (403)."""

    status = 403

    def __init__(self, why: str = N_("You may not do this."), **params: Any) -> None:
        super().__init__(why, **params)


class Missing(PortalError):
    """There is no such thing – or this person may not know of it; the two are not told apart (404)."""

    status = 404

    def __init__(self) -> None:
        super().__init__(N_("There is nothing here."))
