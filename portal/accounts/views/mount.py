"""The blueprint that all pages of accounts hang on, and what several of them share."""

from typing import Any

from flask import Blueprint, render_template

bp = Blueprint("accounts", __name__)
NOT_KEPT = {"Cache-Control": "no-store"}  # for pages whose address opens something


def expired_page() -> Any:
    """The same for links that are unknown, used, or too old."""
    return render_template("accounts/expired.html"), 410, NOT_KEPT


def codes_page(codes: list[str]) -> str:
    """Recovery codes, shown this once."""
    return render_template("accounts/recovery_codes.html", codes=codes)
