"""What each part of a proposal shares: it knows how to put its answers into the whole."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from wtforms import HiddenField, SelectField

from portal.kernel.ids import row_id
from portal.kernel.text import N_
from portal.proposals.inputs import Content
from portal.web.forms import Form
from portal.web.merging import digest_of
from portal.web.words import gettext

NUMERIC = {"inputmode": "numeric", "autocomplete": "off"}
DECIMAL = {"inputmode": "decimal", "autocomplete": "off"}


class PartForm(Form):
    """One step of the proposal form. `version` names what it was drawn from: the proposal's version, a digest of this part."""

    version = HiddenField()

    @property
    def seen(self) -> int:
        """The version the person began from; one that never existed where the form was tampered with."""
        sent = row_id(str(self.version.data or "").partition(".")[0])
        return -1 if sent is None else sent

    def is_over(self, saved: "PartForm") -> bool:
        """Whether it was drawn from what is `saved`, whatever became of the other parts meanwhile."""
        return str(self.version.data or "").partition(".")[2] == digest_of(saved)

    def drawn_from(self, saved: "PartForm") -> None:
        """Note what is `saved` now as what it is typed over."""
        self.version.data = f"{saved.seen}.{digest_of(saved)}"

    def content(self, before: Content) -> Content | None:
        """The whole with this part replaced, or None with the problems beside the fields."""
        return self.read(partial(self.merged, before))

    def offer(self, content: Content) -> None:
        """Offer what is chosen from other parts, as they are saved; for drawing alone."""

    @staticmethod
    def merged(before: Content, **answers: Any) -> Content:
        """`before` with these answers in place of its own."""
        return replace(before, **answers)

    @classmethod
    def of(cls, content: Content, version: int) -> "PartForm":
        """The form filled with what is saved."""
        return cls(formdata=None, data={"version": version} | cls.filled(content))

    @classmethod
    def filled(cls, content: Content) -> dict[str, Any]:
        """What the fields show of what is saved."""
        return {name: value for name, value in vars(content).items() if hasattr(cls, name)}


def offer_partners(fields: Iterable[SelectField], content: Content) -> None:
    """Let each of the fields choose among the partners."""
    named = [("", gettext(N_("Choose a partner"))), *((partner.key, partner.name) for partner in content.partners)]
    for field in fields:
        field.choices = named


def rows_of(parts: Sequence[Any]) -> list[dict[str, Any]]:
    """What the rows of a list show of these parts."""
    return [dict(vars(part)) for part in parts]
