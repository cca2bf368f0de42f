"""Pages of collaborations."""

from flask import Blueprint

bp = Blueprint("collaborations", __name__)
