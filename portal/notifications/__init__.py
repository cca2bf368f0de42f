"""Telling people: an in-app notice and a mail for each fact that concerns them, each exactly once. Knows no feature."""
