"""The page that asks for something about a collaboration, and what comes after the answer."""

from typing import Any

from flask import flash, redirect, render_template, request

from portal.collaborations.models import Collaboration
from portal.web.forms import Form
from portal.web.words import gettext as _


def sent(form: Form, make: Any) -> Any:
    """What was sent with the form, or None where nothing was, or something is wrong with it."""
    return form.read(make) if request.method == "POST" else None


def asked(form: Form, collaboration: Collaboration, title: str, button: str) -> Any:
    """The page with the form, and with what is wrong beside its fields."""
    status = 422 if request.method == "POST" else 200
    page = render_template("collaborations/edit.html", form=form, collaboration=collaboration, title=title, button=button)
    return page, status


def done(collaboration: Collaboration, sentence: str, place: str) -> Any:
    """Say so, and lead back to the collaboration."""
    flash(_(sentence), "good")
    return redirect(collaboration.href + place, 303)
