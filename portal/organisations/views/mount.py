"""Where the pages of organisations are mounted."""

from flask import Blueprint

bp = Blueprint("organisations", __name__)
