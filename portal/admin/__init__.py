"""The operator's pages: moderation, verification, dead letters, audit. Reads many features and is imported by none."""
