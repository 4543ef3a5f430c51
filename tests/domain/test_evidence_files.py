"""Files of evidence: told by their bytes, handed out under names of their own type."""

from __future__ import annotations

import pytest

from domain.evidence_files import LARGEST_BYTES, LONGEST_NAME, fault_of_file, file_type_of, kept_name, media_type_of

JPEG, PNG, PDF = b"\xff\xd8\xff\xe0rest", b"\x89PNG\r\n\x1a\nrest", b"%PDF-1.7 rest"
TYPES = [
    ("a photo", JPEG, "image/jpeg"),
    ("a picture", PNG, "image/png"),
    ("a scan", PDF, "application/pdf"),
    ("a web page", b"<html><script>alert(1)</script>", None),
    ("a picture of lines", b"<svg onload='alert(1)'/>", None),
    ("a program", b"MZ\x90\x00", None),
    ("an animation", b"GIF89a", None),
    ("a workbook", b"PK\x03\x04", None),
    ("a scan after other bytes", b"<html>" + PDF, None),
    ("nothing", b"", None),
]
NAMES = [
    ("现场.jpg", JPEG, "现场.jpg"),
    ("现场.JPEG", JPEG, "现场.JPEG"),
    ("现场.jpg", PNG, "现场.jpg.png"),
    ("许可证.pdf.exe", PDF, "许可证.pdf.exe.pdf"),
    ("page.html", PNG, "page.html.png"),
    ("../../etc/照片.png", PNG, "照片.png"),
    ("C:\\照片\\开工.png", PNG, "开工.png"),
    ("a\r\nSet-Cookie: x.png", PNG, "aSet-Cookie x.png"),
    ('a"<b>.pdf', PDF, "ab.pdf"),
    ("\u202egnp.exe.png", PNG, "gnp.exe.png"),
    (".png", PNG, "png.png"),
    ("", JPEG, "file.jpg"),
    ("照" * 200 + ".png", PNG, "照" * LONGEST_NAME + ".png"),
    ("照" * 200, PDF, "照" * LONGEST_NAME + ".pdf"),
]


@pytest.mark.parametrize(("name", "content", "media_type"), TYPES, ids=[case[0] for case in TYPES])
def test_a_type_is_told_by_the_first_bytes(name: str, content: bytes, media_type: str | None) -> None:
    """Three types are kept; whatever else claims to be one is none."""
    found = file_type_of(content)
    assert (found and found.media_type) == media_type
    assert fault_of_file(content) == (None if media_type else "no_picture")


def test_a_file_is_kept_up_to_its_limit() -> None:
    """10 MB and not a byte more."""
    assert fault_of_file(PDF.ljust(LARGEST_BYTES, b"x")) is None
    assert fault_of_file(PDF.ljust(LARGEST_BYTES + 1, b"x")) == "too_large"


@pytest.mark.parametrize(("name", "content", "expected"), NAMES)
def test_a_file_is_handed_out_as_what_it_is(name: str, content: bytes, expected: str) -> None:
    """No folder, no control character, and the ending and media type of its bytes."""
    assert kept_name(name, content) == expected
    found = file_type_of(content)
    assert found and media_type_of(expected) == found.media_type


def test_no_name_for_what_is_not_kept() -> None:
    """Such a file was refused before."""
    with pytest.raises(ValueError, match="not a file of evidence"):
        kept_name("a.png", b"MZ")
