"""Colours and language: each browser's own choice, kept in two cookies, for visitors as for members."""

from typing import Any

from flask import Flask, current_app, redirect, render_template, request
from werkzeug.wrappers import Response

from portal.kernel.errors import Invalid
from portal.kernel.text import N_
from portal.web.guards import local_target, public
from portal.web.words import LANGUAGES

THEMES = ("", "light", "dark")  # empty: as the device has it
_A_YEAR = 365 * 24 * 3600


def init_display(app: Flask) -> None:
    """Add `/display` to `app`."""
    app.add_url_rule("/display", "display", display, methods=["GET"])
    app.add_url_rule("/display", "set_display", set_display, methods=["POST"])


@public
def display() -> Any:
    """The form; it leads back to the page one came from."""
    own, came_from = request.host_url.rstrip("/"), request.referrer or ""
    page = came_from.removeprefix(own) if came_from.startswith(own + "/") else None
    back = local_target(page, "/")
    return render_template("web/display.html", languages=list(LANGUAGES.items()), back="/" if back == request.path else back)


@public
def set_display() -> Any:
    """Keep the choice for a year, or for as long as the browser wants."""
    theme, language = request.form.get("theme", ""), request.form.get("language", "")
    if theme not in THEMES:
        raise Invalid("theme", N_("Choose one of the options."))
    if language not in LANGUAGES:
        raise Invalid("language", N_("Choose one of the options."))
    response = redirect(local_target(request.form.get("next"), "/"), 303)
    _keep(response, "theme", theme)
    _keep(response, "language", language)
    return response


def _keep(response: Response, name: str, value: str) -> None:
    if not value:
        response.delete_cookie(name)
        return
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(name, value, max_age=_A_YEAR, httponly=True, secure=secure, samesite="Lax")
