"""Writing a message. Threads are shown by the pages of the things they are about."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template

from portal.kernel.db import transaction
from portal.kernel.errors import Invalid
from portal.kernel.subjects import load_subject, subject_named
from portal.kernel.text import N_
from portal.threads.actions import post_message
from portal.threads.forms import MessageForm
from portal.threads.inputs import Post
from portal.web.forms import show_problems
from portal.web.guards import signed_in
from portal.web.words import gettext

bp = Blueprint("threads", __name__)


@bp.post("/threads/<string:subject_type>/<int:subject_id>")
@signed_in
def create(subject_type: str, subject_id: int) -> Any:
    """Post a message and go back to the thing it is about."""
    thing = load_subject(g.db, subject_type, subject_id, actor=g.actor)
    back = subject_named(subject_type).href(thing).partition("#")[0] + "#messages"
    form = MessageForm()
    post = form.read(Post)
    if post is None or not _posted(form, subject_type, subject_id, post):
        return render_template("threads/create.html", form=form, back=back), 422
    flash(gettext(N_("Your message was sent.")), "good")
    return redirect(back, 303)


def _posted(form: MessageForm, subject_type: str, subject_id: int, post: Post) -> bool:
    try:
        with transaction(g.db):
            post_message(g.db, subject_type, subject_id, post.text, actor=g.actor, side_id=post.side_id)
    except Invalid as invalid:
        show_problems(form, invalid)
        return False
    return True
