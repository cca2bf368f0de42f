"""What is looked for and not found, for administrators of the portal."""

from typing import Any

from flask import Blueprint, g, render_template

from portal.kernel.policy import ADMIN
from portal.search.queries import looked_for
from portal.search.tallying import SLOW_MS
from portal.web.guards import only

bp = Blueprint("wanted", __name__)
DAYS = 30
LEAST = 3  # what was asked for less often might point to somebody
MOST = 100


@bp.get("/admin/searches")
@only(ADMIN)
def index() -> Any:
    """How many searches there were, how many found nothing, and which terms of the vocabularies were missed."""
    everything, terms = looked_for(g.db, DAYS, least=LEAST, most=MOST)
    values = {"days": DAYS, "least": LEAST, "slow": SLOW_MS}
    return render_template("search/wanted.html", everything=everything, terms=terms, **values)
