"""Messages on any registered subject, for both sides or for one's own. Knows no feature."""
