"""Pages on which work packages are added, changed and taken out."""

from typing import Any

from flask import Blueprint, g

from portal.collaborations.actions import add_package, change_package, remove_package
from portal.collaborations.forms import PackageForm
from portal.collaborations.inputs import PackageEntry
from portal.collaborations.models import Collaboration, WorkPackage
from portal.collaborations.policies import LEAD, PACKAGE_READ, READ
from portal.collaborations.queries import FULL, PACKAGE
from portal.collaborations.views.asking import Asking, tried
from portal.kernel.inputs import Reason
from portal.kernel.text import N_
from portal.web.forms import ReasonForm
from portal.web.guards import loads

bp = Blueprint("packages", __name__)


@bp.route("/collaborations/<ref(CO):id>/packages/new", methods=["GET", "POST"])
@loads(Collaboration, READ, options=FULL, also=LEAD)
def new_package(collaboration: Collaboration) -> Any:
    """Add a work package."""
    form = PackageForm()
    del form.reason
    words = Asking(N_("Add a work package"), N_("Add it"), N_("The plan has one work package more."), "/plan")
    return tried(form, collaboration, words, PackageEntry, lambda e: add_package(g.db, collaboration, e, actor=g.actor))


@bp.route("/work-packages/<int:id>/edit", methods=["GET", "POST"])
@loads(WorkPackage, PACKAGE_READ, options=PACKAGE)
def edit_package(package: WorkPackage) -> Any:
    """Write a work package anew."""
    form = PackageForm(data=_typed(package))
    words = Asking(N_("Change the work package"), N_("Save it"), N_("The work package is changed."), "/plan")
    return tried(form, package.collaboration, words, PackageEntry, lambda e: change_package(g.db, package, e, actor=g.actor))


@bp.route("/work-packages/<int:id>/remove", methods=["GET", "POST"])
@loads(WorkPackage, PACKAGE_READ, options=PACKAGE)
def remove(package: WorkPackage) -> Any:
    """Take a work package out."""
    words = Asking(N_("Take out the work package"), N_("Take it out"), N_("The work package is taken out."), "/plan")
    form = ReasonForm()
    return tried(form, package.collaboration, words, Reason, lambda why: remove_package(g.db, package, why, actor=g.actor))


def _typed(package: WorkPackage) -> dict[str, Any]:
    names = ("title", "goal", "lead", "starts_on", "ends_on")
    after = ", ".join(one.code for one in package.after)
    return {name: getattr(package, name) for name in names} | {"side": package.side.value, "after": after}
