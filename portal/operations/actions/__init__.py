"""Carrying a whole portal elsewhere: all of it into one archive, and an archive into an empty portal."""

from portal.operations.actions.export import export_portal
from portal.operations.actions.restore import restore_portal, staged_files

__all__ = ["export_portal", "restore_portal", "staged_files"]
