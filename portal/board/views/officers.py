"""The officer's board."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, g, redirect, render_template, request

from portal.board.forms import BoardForm, KeptForm
from portal.board.inputs import FILTERS, Sought
from portal.board.models import BoardView
from portal.board.policies import OFFICE
from portal.board.queries import choices_for, lanes_of, table_of, tickets_of, views_of
from portal.web.guards import only

bp = Blueprint("officers", __name__)


@bp.get("/board")
@only(OFFICE)
def index() -> Any:
    """Everything the officer's organisations have under way, in lanes or (`view=table`) as a table."""
    views = views_of(g.db, g.actor.id)
    if not request.args and views and views[0].is_default:
        return redirect(views[0].href)
    return _draw(views)


def _draw(views: Sequence[BoardView]) -> Any:
    form = BoardForm(request.args, meta={"csrf": False})
    sought = form.read(Sought)
    form.offer(choices_for(g.db, g.actor))
    keeping = KeptForm(formdata=None, data={"address": request.query_string.decode()})
    values: dict[str, Any] = {"form": form, "query": _query(), "as_table": request.args.get("view") == "table"}
    values |= {"views": views, "keeping": keeping}
    if sought is None:
        return render_template("board/index.html", lanes=None, **values), 422
    lanes = lanes_of(g.db, g.actor, sought)
    values |= {"lanes": lanes, "is_narrowed": bool(values["query"])}
    if values["as_table"]:
        values["rows"] = table_of(g.db, g.actor, sought, lanes.usual, request.args.get("after"))
    else:
        values["tickets"] = tickets_of(g.db, g.actor, sought, lanes.usual)
    return render_template("board/index.html", **values)


def _query() -> str:
    """The filters as an address carries them."""
    return urlencode([(name, value) for name in FILTERS if (value := request.args.get(name))])
