"""The only place that turns refusals and failures into answers. A failure tells nothing but its request id."""

import math
import secrets
from typing import Any

import structlog
from flask import Flask, g, jsonify, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from portal.kernel import events
from portal.kernel.errors import Invalid, Missing, PortalError
from portal.kernel.text import N_, Words
from portal.web.words import gettext

_log = structlog.get_logger(__name__)
PAGES = (400, 403, 404, 409, 410, 413, 422, 429, 500, 503)
LAST_RESORT = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Something went wrong</title>'
    "<main><h1>Something went wrong on our side</h1><p>Nothing you sent was half-saved. Try again in a minute. "
    "If it happens again, tell us this number: {request_id}</p><p><a href='/'>Go to the start page</a></p></main></html>"
)


def init_errors(app: Flask) -> None:
    """Number each request and answer everything that is raised."""

    @app.before_request
    def _number() -> None:
        g.request_id = secrets.token_hex(8)
        events.request_id.set(g.request_id)

    app.register_error_handler(PortalError, _refusal)
    app.register_error_handler(CSRFError, _no_token)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(Exception, _failure)


def _refusal(problem: PortalError) -> Any:
    if g.get("db") is not None:
        g.db.rollback()
    if isinstance(problem, Missing):
        return _answer(404)
    field = problem.field if isinstance(problem, Invalid) else None
    return _answer(problem.status, problem.why, field=field)


def _no_token(_problem: CSRFError) -> Any:
    return _answer(
        400,
        Words(
            N_(
                "This page was open for too long, or your browser refused its cookie. "
                "Go back, load the page again and send it once more."
            )
        ),
    )


def _http(problem: HTTPException) -> Any:
    response = problem.get_response()
    if problem.code is None or problem.code < 400 or problem.code in (405, 501):
        return response
    return _answer(problem.code if problem.code in PAGES else 400, headers=response.headers)


def _busy(problem: OperationalError) -> Any:
    """A database that is locked or away comes back by itself; everything else is a failure like any other."""
    text = str(problem.orig).lower()
    if "locked" in text or "connection" in text or "full" in text:
        _log.warning("database_busy", request_id=g.get("request_id"), error=type(problem.orig).__name__)
        g.failed = True
        return _answer(503, headers={"Retry-After": "5"})
    return _failure(problem)


def _failure(problem: Exception) -> Any:
    _log.error(
        "request_failed", request_id=g.get("request_id"), route=str(request.url_rule), method=request.method, exc_info=problem
    )
    g.failed = True
    return _answer(500)


def _answer(status: int, why: Words | None = None, *, field: str | None = None, headers: Any = None) -> Any:
    """A page, or JSON for those who ask for it; plain HTML from memory where even the page cannot be made."""
    retry = headers.get("Retry-After") if headers else None
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        body: Any = jsonify(error=gettext(why) if why else "", field=field, request_id=g.get("request_id"))
    else:
        values = {"why": gettext(why) if why else None, "minutes": math.ceil(int(retry or 0) / 60)}
        try:
            body = render_template(f"errors/{status}.html", request_id=g.get("request_id"), **values)
        except Exception as problem:
            _log.error("error_page_failed", request_id=g.get("request_id"), exc_info=problem)
            body = LAST_RESORT.format(request_id=g.get("request_id", ""))
    response = _with_status(body, status)
    if retry:
        response.headers["Retry-After"] = retry
    return response


def _with_status(body: Any, status: int) -> Response:
    if isinstance(body, Response):
        body.status_code = status
        return body
    return Response(body, status=status, mimetype="text/html")
