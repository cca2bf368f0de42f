"""Conversations: the page of one, writing, changing, taking back, answering, following, locking, and a side's own notes.

The pages of the things themselves show the newest messages; whatever is done to one is done here.
"""

from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, render_template, request

from portal.kernel.db import transaction
from portal.kernel.errors import Missing
from portal.kernel.scopes import EVERYBODY, Scope
from portal.kernel.subjects import own_side, subject_named
from portal.kernel.text import N_, folded
from portal.threads.actions import (
    change_message,
    choose_place,
    load_conversation,
    lock_thread,
    mark_read,
    post_message,
    remove_note,
    take_back,
    write_note,
)
from portal.threads.forms import EditForm, MessageForm, NoteForm
from portal.threads.inputs import Post
from portal.threads.mentioning import quoted
from portal.threads.models import Message
from portal.threads.queries import SUGGESTED, Said, Thread, choices_of, message_at, messages_for, notes_for, people_in
from portal.web.caching import KeptPages
from portal.web.forms import Form, attempt
from portal.web.guards import signed_in
from portal.web.panels import panels_for
from portal.web.words import gettext

bp = Blueprint("threads", __name__)
_HERE = "/threads/<string:subject_type>/<int:subject_id>"
_ONE = f"{_HERE}/messages/<string:ref>"


@bp.get(_HERE)
@signed_in
def show(subject_type: str, subject_id: int) -> Any:
    """The whole conversation about a thing; `answer` names a message to quote, `before` one to go back from."""
    thing = _thing(subject_type, subject_id)
    thread = messages_for(g.db, g.actor, subject_type, subject_id, before=request.args.get("before", ""))
    form = MessageForm(thread.open_scopes)
    if answered := request.args.get("answer"):
        shown = next((said for said in thread if said.ref == answered), None)
        _quote(form, shown or message_at(g.db, g.actor, subject_type, thing, answered))
    return _draw(thing, thread, form, NoteForm(), 200)


@bp.post(_HERE)
@signed_in
def create(subject_type: str, subject_id: int) -> Any:
    """Post a message and go back to where it was written: the thing it is about, or its conversation."""
    thing = _thing(subject_type, subject_id)
    back = _page_of(thing) if "here" in request.form else subject_named(subject_type).href(thing).partition("#")[0]
    form = MessageForm(_scopes(thing))

    def act(post: Post) -> Message:
        return post_message(g.db, subject_type, subject_id, post.text, actor=g.actor, scope=post.scope)

    sent, status = attempt(form, Post, act)
    if sent is None:
        return render_template("threads/create.html", form=form, back=f"{back}#messages", title=N_("Send a message")), status
    return _done(N_("Your message was sent."), f"{back}#messages")


@bp.route(f"{_ONE}/edit", methods=["GET", "POST"])
@signed_in
def edit(subject_type: str, subject_id: int, ref: str) -> Any:
    """Say a message of one's own better."""
    thing = _thing(subject_type, subject_id)
    message = message_at(g.db, g.actor, subject_type, thing, ref)
    form = EditForm(data={"text": message.body})
    return _ask(form, thing, lambda post: change_message(g.db, thing, ref, post.text, actor=g.actor), f"#message-{ref}")


@bp.post(f"{_ONE}/take-back")
@signed_in
def destroy(subject_type: str, subject_id: int, ref: str) -> Any:
    """Take it back."""
    thing = _thing(subject_type, subject_id)
    with transaction(g.db):
        take_back(g.db, thing, ref, actor=g.actor)
    return _done(N_("The message was taken back."), f"{_page_of(thing)}#messages")


@bp.get(f"{_HERE}/people")
@signed_in
def suggest(subject_type: str, subject_id: int) -> Any:
    """Those who read a scope and whose names begin as typed, as a fragment."""
    thing = _thing(subject_type, subject_id)
    scope = Scope.named(request.args.get("scope", EVERYBODY.key))
    if scope is None or scope not in _scopes(thing):
        raise Missing
    people = people_in(g.db, g.actor, subject_type, thing, scope)
    typed = folded(request.args.get("q", ""))
    fitting = [one.name for one in people if one.id != g.actor.id and f" {folded(one.name)}".find(f" {typed}") >= 0]
    return render_template("threads/suggest.html", names=list(dict.fromkeys(fitting))[:SUGGESTED])


@bp.post(f"{_HERE}/place")
@signed_in
def choose(subject_type: str, subject_id: int) -> Any:
    """How one wants to hear of a conversation."""
    thing, wish = _thing(subject_type, subject_id), request.form.get("hear", "")
    with transaction(g.db):
        choose_place(g.db, thing, follows=wish == "follow", muted=wish == "mute", actor=g.actor)
    return _done(N_("Your choice is saved."), _page_of(thing))


@bp.post(f"{_HERE}/seen")
@signed_in
def seen(subject_type: str, subject_id: int) -> Any:
    """All of it has been read."""
    thing = _thing(subject_type, subject_id)
    with transaction(g.db):
        mark_read(g.db, thing, actor=g.actor)
    pages: KeptPages = current_app.extensions["kept_pages"]
    pages.forget(g.get("session_id"))
    return redirect(f"{_page_of(thing)}#messages", 303)


@bp.post(f"{_HERE}/lock")
@signed_in
def lock(subject_type: str, subject_id: int) -> Any:
    """Close what both sides read of it, or (`open`) let it go on."""
    thing, locked = _thing(subject_type, subject_id), "open" not in request.form
    with transaction(g.db):
        lock_thread(g.db, thing, locked=locked, actor=g.actor)
    return _done(N_("The conversation is closed.") if locked else N_("The conversation goes on."), _page_of(thing))


@bp.post(f"{_HERE}/notes")
@signed_in
def create_note(subject_type: str, subject_id: int) -> Any:
    """Write down something for one's own side."""
    thing = _thing(subject_type, subject_id)
    return _ask(NoteForm(), thing, lambda post: write_note(g.db, thing, post.text, actor=g.actor), "#notes")


@bp.route(f"{_HERE}/notes/<int:number>/edit", methods=["GET", "POST"])
@signed_in
def edit_note(subject_type: str, subject_id: int, number: int) -> Any:
    """Another text for a note of one's own."""
    thing = _thing(subject_type, subject_id)
    note = next((one for one in _notes(thing) if one.id == number and one.author_id == g.actor.id), None)
    if note is None:
        raise Missing
    form = NoteForm(data={"text": note.body})
    return _ask(form, thing, lambda post: write_note(g.db, thing, post.text, actor=g.actor, number=number), "#notes")


@bp.post(f"{_HERE}/notes/<int:number>/remove")
@signed_in
def destroy_note(subject_type: str, subject_id: int, number: int) -> Any:
    """Remove it."""
    thing = _thing(subject_type, subject_id)
    with transaction(g.db):
        remove_note(g.db, thing, number, actor=g.actor)
    return _done(N_("The note is gone."), f"{_page_of(thing)}#notes")


def _thing(subject_type: str, subject_id: int) -> Any:
    return load_conversation(g.db, subject_type, subject_id, actor=g.actor)


def _page_of(thing: Any) -> str:
    return f"/threads/{thing.__tablename__}/{thing.id}"


def _scopes(thing: Any) -> Any:
    return choices_of(g.actor, thing.__tablename__, thing)


def _notes(thing: Any) -> Any:
    side = own_side(thing.__tablename__, thing, g.actor)
    return notes_for(g.db, side, thing.__tablename__, thing.id) if side is not None else ()


def _quote(form: MessageForm, message: Message | Said) -> None:
    """The answer goes to those who read what is answered, unless its writer chooses otherwise."""
    if message.taken_back_at is None:
        form.text.data = quoted(message.author_name, message.body)
    form.scope.data = message.scope.key


def _draw(thing: Any, thread: Thread, form: MessageForm, note_form: NoteForm, status: int) -> Any:
    subject = subject_named(thing.__tablename__)
    shown = {
        "title": subject.title(thing),
        "back": subject.href(thing),
        "kind": subject.label,
        "here": _page_of(thing),
        "keeps": subject.keep is not None and subject.keep.holds(g.actor, thing),
        "noting": len(subject.sides(thing)) > 1 and own_side(thing.__tablename__, thing, g.actor) is not None,
        "notes": _notes(thing),
        "panels": panels_for("conversation", thing),
    }
    return render_template("threads/show.html", thread=thread, form=form, note_form=note_form, me=g.actor.id, **shown), status


def _ask(form: Form, thing: Any, act: Any, place: str) -> Any:
    """A box for one text: drawn, or what it says done."""
    here, status = _page_of(thing), 200
    if request.method == "POST":
        done, status = attempt(form, Post, act)
        if done is not None:
            return _done(N_("It is saved."), f"{here}{place}")
    title = N_("Change the message") if isinstance(form, EditForm) else N_("Private note")
    return render_template("threads/create.html", form=form, back=f"{here}{place}", title=title), status


def _done(sentence: str, where: str) -> Any:
    flash(gettext(sentence), "good")
    return redirect(where, 303)
