"""Causeway: one road from a listing to its outcomes, for universities, companies and students."""
