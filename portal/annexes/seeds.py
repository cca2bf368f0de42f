"""What the demonstration's company tells nobody before there is an agreement."""

from portal.annexes.actions import write_annex
from portal.annexes.inputs import AnnexText
from portal.kernel.seeding import Stage

ANNEX = """## What stopped, and what it cost

Eleven stops in the last year, at four of sixty sites: Saltmarsh, Hollin, Eastfen and the northern works. Six were bearings, \
three were seals, two we do not understand. The dearest closed a beach for a weekend.

## What you would get

* five years of vibration at 10 kHz, 310 GB, by site and pump
* the maintenance log, with names of contractors
* the fault tree our maintenance partner made for us, which is theirs
"""


def seed(stage: Stage) -> None:
    """The annex of the challenge about pumps, since last week."""
    stage.plan(stage.ago(6), lambda: _write(stage))


def _write(stage: Stage) -> None:
    write_annex(stage.session, stage.made["listing", "pumps"], AnnexText(ANNEX), actor=stage.actor_of("helena"))
