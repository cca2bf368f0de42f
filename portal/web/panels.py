"""Blocks that a higher feature offers to a lower feature's page. `wiring` names them; there should be fewer than ten."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g
from sqlalchemy.orm import Session

from portal.kernel.policy import Actor


@dataclass(frozen=True)
class Panel:
    """`load(session, actor, thing)` gives the template's values, or None where the panel has nothing to say."""

    template: str
    load: Callable[[Session, Actor, Any], Mapping[str, Any] | None]


@dataclass(frozen=True)
class Loaded:
    """A panel ready to be drawn: `{% include panel.template %}` with `panel.values` at hand."""

    template: str
    values: Mapping[str, Any]


def init_panels(app: Flask, panels: Mapping[str, Sequence[Panel]]) -> None:
    """`panels` is keyed by place: “organisation”, “listing”, “person”, “collaboration”."""
    app.extensions["panels"] = panels


def panels_for(place: str, thing: Any) -> list[Loaded]:
    """The panels of `place` that have something to say about `thing` to the person asking."""
    offered: Sequence[Panel] = current_app.extensions["panels"].get(place, ())
    loaded = ((panel.template, panel.load(g.db, g.actor, thing)) for panel in offered)
    return [Loaded(template, values) for template, values in loaded if values is not None]
