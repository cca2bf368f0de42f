"""Figures over the whole road: the home page, the live help drawn from the workflow tables. Imported by no feature."""
