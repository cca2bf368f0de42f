"""Pages of the board and of the calendar."""

from flask import Blueprint

from portal.board.views.calendar import bp as calendar
from portal.board.views.officers import bp as officers

bp = Blueprint("board", __name__)
bp.register_blueprint(officers)
bp.register_blueprint(calendar)

__all__ = ["bp"]
