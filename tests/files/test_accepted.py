import pytest

from portal.files.accepted import content_type_of
from portal.files.inputs import Upload
from portal.kernel.errors import Invalid
from tests.files.corpus import BAD, GOOD


class Part:
    def __init__(self, filename):
        self.filename, self.stream = filename, None


@pytest.mark.parametrize("name", GOOD)
def test_honest_file_gets_the_type_its_name_promises(tmp_path, name):
    data, content_type = GOOD[name]
    path = tmp_path / "stored"
    path.write_bytes(data)

    assert content_type_of(Upload(Part(name)).name, path) == content_type


@pytest.mark.parametrize("name", [name for name in BAD if name != "empty.pdf"])
def test_file_that_is_not_accepted_or_pretends_is_refused(tmp_path, name):
    path = tmp_path / "stored"
    path.write_bytes(BAD[name])

    with pytest.raises(Invalid) as refused:
        content_type_of(Upload(Part(name)).name, path)

    assert refused.value.field == "file"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\me\\offer.pdf", "offer.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
        ("offer\u202efdp.txt", "offerfdp.txt"),
        ("offer\x00.pdf", "offer.pdf"),
        ("..hidden.pdf", "hidden.pdf"),
        ('a"b<c>d|e?f*.pdf', "abcdef.pdf"),
        ("  offer  .pdf", "offer.pdf"),
        ("x" * 500 + ".pdf", "x" * 120 + ".pdf"),
        ("Überblick – 2026.pdf", "Überblick – 2026.pdf"),
        ("مقترح.pdf", "مقترح.pdf"),
    ],
)
def test_name_is_kept_as_far_as_it_is_harmless(given, kept):
    assert Upload(Part(given)).name == kept


@pytest.mark.parametrize("given", ["", None, ".", "..", "/", "\u202e.pdf", ".pdf", "a" * 200_000])
def test_name_without_a_stem_or_a_known_ending_is_refused(given):
    with pytest.raises(Invalid):
        Upload(Part(given))
