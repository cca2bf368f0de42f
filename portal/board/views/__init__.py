"""Pages of the board, of the views of it that are kept, of many things at once, and of the calendar."""

from flask import Blueprint

from portal.board.views.calendar import bp as calendar
from portal.board.views.kept import bp as kept
from portal.board.views.officers import bp as officers
from portal.board.views.together import bp as together

bp = Blueprint("board", __name__)
bp.register_blueprint(officers)
bp.register_blueprint(calendar)
bp.register_blueprint(kept)
bp.register_blueprint(together)

__all__ = ["bp"]
