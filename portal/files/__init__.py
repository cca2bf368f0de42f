"""Uploads on any registered subject: stored under random names, served as attachments only. Knows no feature."""
