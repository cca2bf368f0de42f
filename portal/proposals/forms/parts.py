"""What each part of a proposal shares: it knows how to put its answers into the whole."""

from dataclasses import replace
from functools import partial
from typing import Any

from wtforms import HiddenField

from portal.proposals.inputs import Content
from portal.web.forms import Form


class PartForm(Form):
    """One step of the proposal form. `version` is that of the proposal as it was when the form was drawn."""

    version = HiddenField()

    @property
    def seen(self) -> int:
        """The version the person began from; one that never existed where the form was tampered with."""
        sent = self.version.data or ""
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else -1

    def content(self, before: Content) -> Content | None:
        """The whole with this part replaced, or None with the problems beside the fields."""
        return self.read(partial(self.merged, before))

    @staticmethod
    def merged(before: Content, **answers: Any) -> Content:
        """`before` with these answers in place of its own."""
        return replace(before, **answers)

    @classmethod
    def of(cls, content: Content, version: int) -> "PartForm":
        """The form filled with what is saved."""
        names = [name for name in vars(content) if hasattr(cls, name)]
        return cls(data={"version": version} | {name: getattr(content, name) for name in names})
