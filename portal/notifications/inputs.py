"""What a mail may be."""

from dataclasses import dataclass

from portal.kernel.inputs import email
from portal.kernel.text import clean, one_line


@dataclass(frozen=True)
class Mail:
    """One mail to one person. Nothing in it can break out of a header: the subject is one line, the address plausible."""

    to: str
    subject: str
    text: str
    html: str = ""
    stop_href: str = ""  # where a mail program can stop such mails by itself

    def __post_init__(self) -> None:
        object.__setattr__(self, "to", email("to", self.to))
        object.__setattr__(self, "subject", one_line(self.subject)[:300])
        object.__setattr__(self, "text", clean(self.text))
