"""Which files may be kept as evidence: told by their first bytes, never by their names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

LARGEST_BYTES = 10 * 1024 * 1024
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class FileType:
    """A kind of file: the bytes that it begins with, the endings of its names (the first is given), its media type."""

    magic: bytes
    endings: tuple[str, ...]
    media_type: str


FILE_TYPES = (
    FileType(b"\xff\xd8\xff", (".jpg", ".jpeg"), "image/jpeg"),
    FileType(b"\x89PNG\r\n\x1a\n", (".png",), "image/png"),
    FileType(b"%PDF-", (".pdf",), "application/pdf"),
)


def file_type_of(content: bytes) -> FileType | None:
    """The type that the bytes begin like; None for any other file."""
    return next((each for each in FILE_TYPES if content.startswith(each.magic)), None)


def media_type_of(kept: str) -> str:
    """The media type of a file by the name under which it is handed out, whose ending is that of its bytes."""
    return next(each.media_type for each in FILE_TYPES if kept.lower().endswith(each.endings))


def fault_of_file(content: bytes) -> str | None:
    """Why a file cannot be kept as evidence, as a code; None when it can."""
    if len(content) > LARGEST_BYTES:
        return "too_large"
    return "no_picture" if file_type_of(content) is None else None


def kept_name(name: str, content: bytes) -> str:
    """The name under which it is handed out: without folders and control characters, and with the ending of its type."""
    base = PurePosixPath(name.replace("\\", "/")).name
    base = "".join(character for character in base if character.isprintable() and character not in '<>:"|?*').strip(
        " ."
    )
    found = file_type_of(content)
    if found is None:
        raise ValueError("not a file of evidence")
    stem, dot, ending = base.rpartition(".")
    if dot and f".{ending.lower()}" in found.endings:
        return f"{stem[:LONGEST_NAME]}.{ending}"
    return f"{base[:LONGEST_NAME] or 'file'}{found.endings[0]}"
