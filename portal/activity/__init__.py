"""Readers of the event log: what happened, what waits for whom. Keeps no second copy and knows no feature."""
