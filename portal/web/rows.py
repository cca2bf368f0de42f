"""Lists of small forms, whose rows people add and remove by buttons that send the form."""

from collections.abc import Iterator, Mapping
from typing import Any

from wtforms import FieldList

from portal.web.forms import Form


class Rows(FieldList):  # type: ignore[type-arg]  # generic in the stubs only
    """A list of small forms whose rows are numbered with ASCII digits; other names are nobody's rows."""

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        start = f"{prefix}-"
        for key in formdata:
            number = key.removeprefix(start).partition("-")[0] if key.startswith(start) else ""
            if number.isascii() and number.isdigit() and len(number) < 5:
                yield int(number)


def reshaped(form: Form, pressed: Mapping[str, str]) -> bool:
    """Add or remove a row where such a button was pressed; nothing is saved and nothing typed is lost."""
    add, remove = pressed.get("add"), pressed.get("remove")
    for field in form:
        if not isinstance(field, Rows):
            continue
        if add == field.name and len(field) < (field.max_entries or 0) - 1:
            field.append_entry()
        for number, entry in enumerate(list(field)):
            if remove == entry.name:
                field.pop_entry(number)  # type: ignore[call-arg]  # the stubs know an older version
                return True
    return add is not None or remove is not None
