"""A mail's parts: its head fields as text, the parts that are its body, those attached to it.

The parsing of MIME is left to `email`; fields and characters are decoded here, for mails break
the standard in every way and none of them may be lost.
"""

from __future__ import annotations

import codecs
import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message

from pipeline.extractors.charsets import decode_labelled

_DEEPEST = 30
_LOGO = 50_000
"""Bytes: smaller pictures inside the text are logos of signatures."""

_EMPTY_LINES = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*")
_COUNTED = re.compile(rb"\A(\d{1,10})[ \t]*\r?\n")
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
_NOT_MATERIAL = {
    "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature",
    "application/pgp-encrypted", "application/ics", "text/calendar", "text/vcard",
    "text/x-vcard", "application/ms-tnef", "application/vnd.ms-tnef",
}  # fmt: skip
TNEF = {"application/ms-tnef", "application/vnd.ms-tnef"}
"""What Outlook packs attachments in that only Outlook can unpack."""

_SEALED = {"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"}
_LONGEST_NAME = 120


def parse(data: bytes) -> Message:
    """The message that `data` holds; one saved by Apple Mail begins with its length."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = decode_labelled(data, None).encode("utf-8")
    data = _EMPTY_LINES.sub(b"", data, count=1)
    counted = _COUNTED.match(data)
    if counted:
        data = data[counted.end() :][: int(counted.group(1))]
    return message_from_bytes(data, policy=policy.compat32)


def field(message: Message, name: str) -> str:
    """A field of the head as text, empty where there is none; of several the first."""
    for known, value in message.raw_items():
        if known.lower() == name.lower():
            return _decoded(str(value))
    return ""


def _decoded(value: str) -> str:
    raw = value.encode("utf-8", "surrogateescape")
    value = " ".join(decode_labelled(raw, None).split())
    if "=?" not in value:
        return value
    try:
        chunks = decode_header(value)
    except (MessageError, ValueError, LookupError):
        return value
    text = "".join(
        decode_labelled(chunk, label if label != "unknown-8bit" else None)
        if isinstance(chunk, bytes)
        else chunk
        for chunk, label in chunks
    )
    return " ".join(text.split())


def is_sealed(message: Message) -> bool:
    """Whether the mail is encrypted, or wrapped in its signature, so that it cannot be read."""
    return message.get_content_type() in _SEALED


def is_web_archive(message: Message) -> bool:
    """Whether it is a page saved with its pictures (MHT) rather than a mail that was sent."""
    if field(message, "Snapshot-Content-Location"):
        return True
    kind = message.get_content_type()
    sent = any(field(message, name) for name in ("To", "Cc", "Received", "Message-ID"))
    return kind in {"multipart/related", "text/html"} and not sent and (
        "@" not in field(message, "From")
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Body:
    """One piece of the text: plain, HTML, or both, of which one is to be shown."""

    plain: Message | None = None
    html: Message | None = None


def bodies(message: Message, depth: int = 0) -> list[Body]:
    """The pieces of the text in their order; what is attached is none of them."""
    kind = message.get_content_type()
    if depth > _DEEPEST or kind == "message/rfc822":
        return []
    if not message.is_multipart():
        return _leaf(message, kind)
    parts = [part for part in message.get_payload() if isinstance(part, Message)]
    if kind == "multipart/related":
        return bodies(_root(message, parts), depth + 1) if parts else []
    found = [body for part in parts for body in bodies(part, depth + 1)]
    if kind == "multipart/alternative":
        plain = next((x.plain for x in found if x.plain is not None), None)
        # A body in pieces, as Apple Mail sends it with pictures between, has more than one.
        html = [x for x in found if x.html is not None]
        if len(html) > 1 and plain is None:
            return html
        return [Body(plain, html[0].html if html else None)] if plain or html else []
    return found


def _leaf(message: Message, kind: str) -> list[Body]:
    if _is_attached(message):
        return []
    if kind == "text/html":
        return [Body(html=message)]
    plain = kind.startswith("text/") and kind not in _NOT_MATERIAL
    return [Body(plain=message)] if plain else []


def _root(message: Message, parts: list[Message]) -> Message:
    """The part of a `multipart/related` that shows the others."""
    start = message.get_param("start")
    named = (p for p in parts if start and field(p, "Content-ID") == start)
    texts = (p for p in parts if p.get_content_maintype() in {"text", "multipart"})
    return next(named, None) or next(texts, None) or parts[0]


def text_of_part(message: Message) -> tuple[bytes, str | None]:
    """The bytes of a part without their transfer encoding, and the charset it names."""
    try:
        data = message.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        data = str(message.get_payload()).encode("utf-8", "surrogateescape")
    label = message.get_param("charset")
    label = label[2] if isinstance(label, tuple) else label
    return data if isinstance(data, bytes) else b"", label


def plain_lines(message: Message) -> list[str]:
    """The lines of a plain text; those that only go on (`format=flowed`, RFC 3676) are joined."""
    lines = decode_labelled(*text_of_part(message)).split("\n")
    if str(message.get_param("format", "")).lower() != "flowed":
        return lines
    drops_space = str(message.get_param("delsp", "")).lower() == "yes"
    out: list[str] = []
    flows = joined = False
    depth = 0
    for line in lines:
        marks = re.match(r">*", line)
        before, depth = depth, marks.end() if marks else 0
        text = line[depth:].removeprefix(" ")
        if flows and depth == before:
            out[-1] += text
            joined = True
        else:
            # Whole paragraphs on lines of their own would look like one that was wrapped.
            out += [""] if joined else []
            joined = False
            out.append(f"{'>' * depth}{' ' if depth else ''}{text}")
        flows = text.endswith(" ") and text != "-- "
        if flows and drops_space:
            out[-1] = out[-1][:-1]
    return out


def _disposition(message: Message) -> str:
    return field(message, "Content-Disposition").partition(";")[0].strip().lower()


def _is_attached(message: Message) -> bool:
    return _disposition(message) == "attachment" or bool(_stated_name(message))


def _stated_name(message: Message) -> str:
    """The name of a file, in whatever way its characters are written."""
    plain = Message()
    for name in ("Content-Disposition", "Content-Type"):
        if value := field(message, name):
            plain[name] = value
    try:
        return _decoded(plain.get_filename() or "")
    except (ValueError, LookupError, TypeError, MessageError):
        return ""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file in a mail; `data` is null where it cannot be decoded."""

    name: str
    kind: str
    data: bytes | None


def attached(message: Message, taken: set[str]) -> Iterator[Attached]:
    """The files in a mail, forwarded mails as such files; names are safe and not yet `taken`.

    Signatures, invitations and small pictures inside the text are passed over.
    """
    shown = {id(part) for body in bodies(message) for part in (body.plain, body.html)}
    for part in _parts(message):
        kind = part.get_content_type()
        if id(part) in shown or kind in _NOT_MATERIAL - TNEF:
            continue
        data = _message_bytes(part) if kind == "message/rfc822" else _content(part)
        if kind.startswith("text/") and not _is_attached(part):
            continue
        if kind.startswith("image/") and _is_inside(part) and len(data or b"") < _LOGO:
            continue
        yield Attached(_unique(_name(part, kind), taken), kind, data)


def _parts(message: Message) -> Iterator[Message]:
    """The leaves of a mail; a forwarded mail is a leaf, its own files are its own."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        payload = part.get_payload()
        if part.get_content_type() == "message/rfc822" or not isinstance(payload, list):
            yield part
        else:
            waiting.extend(reversed([p for p in payload if isinstance(p, Message)]))


def _message_bytes(part: Message) -> bytes | None:
    payload = part.get_payload()
    if not isinstance(payload, list):
        return _content(part)
    try:
        return payload[0].as_bytes() if payload and isinstance(payload[0], Message) else None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _content(part: Message) -> bytes | None:
    """The bytes of a file; null where they are no base64 though they say so."""
    data, _ = text_of_part(part)
    broken = any("Base64" in type(defect).__name__ for defect in part.defects)
    raw = part.get_payload()
    if broken and isinstance(raw, str) and data.strip() == raw.encode("utf-8", "replace").strip():
        return None
    return data


def _is_inside(part: Message) -> bool:
    """Whether a picture is set inside the text."""
    return bool(field(part, "Content-ID")) or _disposition(part) != "attachment"


def _name(part: Message, kind: str) -> str:
    """A name without folders, with an ending that tells what it is."""
    name = _stated_name(part).replace("\\", "/").rpartition("/")[2]
    if not name and kind == "message/rfc822":
        payload = part.get_payload()
        inner = payload[0] if isinstance(payload, list) and payload else None
        name = field(inner, "Subject")[:80] if isinstance(inner, Message) else ""
        name = f"{name or 'message'}.eml"
    name = _UNSAFE.sub("_", name).strip(" ._")
    if not name:
        name = f"attachment{mimetypes.guess_extension(kind) or ''}"
    stem, dot, ending = name.rpartition(".")
    return f"{stem[:_LONGEST_NAME]}{dot}{ending[:20]}" if stem else name[:_LONGEST_NAME]


def _unique(name: str, taken: set[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, f"{dot}{ending}") if stem else (name, "")
    count, found = 1, name
    while found.casefold() in taken:
        count += 1
        found = f"{stem}-{count}{ending}"
    taken.add(found.casefold())
    return found
