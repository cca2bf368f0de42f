"""Verbs over listings: written by people, taken over from sources, moved by time."""

from portal.listings.actions.clarifying import note_first_proposal
from portal.listings.actions.following import follow_listing, forget_follower, stop_following
from portal.listings.actions.merging import move_listings
from portal.listings.actions.owners import (
    answer_for,
    end_part_of_member,
    hand_on_listings,
    hand_over,
    name_co_owner,
    name_responsible,
    remove_co_owner,
)
from portal.listings.actions.places import count_places, fill_place
from portal.listings.actions.readers import admit_named, forget_reader, release_listing
from portal.listings.actions.records import add_field, add_skill, publish_imported, renew_imported
from portal.listings.actions.templates import begin_from_template, remove_template, save_template
from portal.listings.actions.timing import close_due, halt_suspended, open_due, remind_expiring
from portal.listings.actions.trusting import end_trust, give_trust
from portal.listings.actions.vocabulary import add_term, merge_term, retire_term, reword_term
from portal.listings.actions.writing import copy_listing, discard_draft, draft_listing, edit_listing, note_annex

TIMED = (open_due, close_due, halt_suspended, remind_expiring)  # what the worker looks for every minute

__all__ = [
    "TIMED",
    "add_field",
    "add_skill",
    "add_term",
    "admit_named",
    "answer_for",
    "begin_from_template",
    "close_due",
    "copy_listing",
    "count_places",
    "discard_draft",
    "draft_listing",
    "edit_listing",
    "end_part_of_member",
    "end_trust",
    "fill_place",
    "follow_listing",
    "forget_follower",
    "forget_reader",
    "give_trust",
    "halt_suspended",
    "hand_on_listings",
    "hand_over",
    "merge_term",
    "move_listings",
    "name_co_owner",
    "name_responsible",
    "note_annex",
    "note_first_proposal",
    "open_due",
    "publish_imported",
    "release_listing",
    "remind_expiring",
    "remove_co_owner",
    "remove_template",
    "renew_imported",
    "retire_term",
    "reword_term",
    "save_template",
    "stop_following",
]
