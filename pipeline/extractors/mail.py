"""Mails (EML, mailboxes) and pages saved as MHT: head, text, what is cited, signature.

Files attached to a mail are not read here: `attachments` hands them out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from email.message import Message
from itertools import groupby, islice
from pathlib import Path, PurePosixPath

from pipeline.errors import DamagedInputError, EncryptedInputError, LimitError
from pipeline.extractors.html import read_mail_body, read_page
from pipeline.extractors.mail_heads import subject_base
from pipeline.extractors.mail_items import head_line, items_of, title
from pipeline.extractors.mail_message import (
    TNEF,
    Body,
    attached,
    bodies,
    field,
    is_sealed,
    is_web_archive,
    parse,
    plain_lines,
    text_of_part,
)
from pipeline.extractors.mail_text import Part, part_mail
from pipeline.model.document import BlockRole, Problem
from pipeline.model.raw import (
    RawDocument,
    RawItem,
    RawPage,
    RawParagraph,
    RawTable,
)

_MAX_BYTES = 200 * 1024**2
_MOST_MAILS = 2000
_ENVELOPE = re.compile(rb"(?:\A|\n\r?\n)From [^\r\n]*\d\d:\d\d[^\r\n]*\r?\n(?=[!-9;-~]+:)")
_FIELDS = ("From", "To", "Cc", "Date")
_STUB = 0.5
"""A plain text with fewer than this share of the HTML's words only says that there is HTML."""

Entry = tuple[str, RawItem | None]
"""A line of the text; where it was HTML, with the item that it comes from."""


def extract(path: Path) -> RawDocument:
    """Read a mail (`heading` 0 is its subject), a mailbox (a page for each mail) or an MHT page.

    Head fields and cited text are notes, signatures furniture. Raises `EncryptedInputError` for a
    sealed mail, `LimitError`, `DamagedInputError`.
    """
    try:
        mails = [parse(chunk) for chunk in _mails(_bytes(path))]
        if len(mails) == 1 and is_sealed(mails[0]):
            raise EncryptedInputError(
                f"{path.name} is an encrypted mail",
                "open it in your mail program and save its text, or print it to a PDF",
            )
        if len(mails) == 1 and is_web_archive(mails[0]):
            return _web_page(mails[0])
        pages = [RawPage(number=n, items=_items(mail)) for n, mail in enumerate(mails, 1)]
    except RecursionError as error:
        raise DamagedInputError(
            f"{path.name} holds parts in parts without end",
            "open it in a mail program and save the text and the attached files one by one",
        ) from error
    subject = next((x.text for x in pages[0].items if isinstance(x, RawParagraph)), None)
    named = subject if len(pages) == 1 and field(mails[0], "Subject") else None
    problems = [problem for mail in mails for problem in _problems(mail)]
    return RawDocument(pages=pages, title=named, paged=False, problems=problems)


def attachments(path: Path) -> Iterator[tuple[str, bytes]]:
    """Names and contents of the files in a mail or mailbox, forwarded mails among them as EML.

    Names are unique, without folders and safe to write. Signatures, invitations and the logos
    of signatures are left out, and so is what cannot be decoded: `extract` names it.
    """
    taken: set[str] = set()
    for chunk in _mails(_bytes(path)):
        mail = parse(chunk)
        for file in () if is_web_archive(mail) else attached(mail, taken):
            if file.data and file.kind not in TNEF:
                yield file.name, file.data


def unpack(path: Path, folder: Path) -> Iterator[tuple[PurePosixPath, Path]]:
    """Write the attachments into `folder`: yields the name of each and its place."""
    for name, data in attachments(path):
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / name
        target.write_bytes(data)
        yield PurePosixPath(name), target


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > _MAX_BYTES:
        raise LimitError(
            f"{path.name} is larger than 200 MiB",
            "save the mails that matter, and the files attached to them, one by one",
        )
    return path.read_bytes()


def _mails(data: bytes) -> list[bytes]:
    """The messages of a mailbox, each under a line «From …»; one for a single mail."""
    marks = list(islice(_ENVELOPE.finditer(data), _MOST_MAILS + 1))
    if not marks or marks[0].start() > 0:
        return [data]
    ends = [mark.start() for mark in marks[1:]] + [len(data)]
    return [
        data[mark.end() : end]
        for mark, end in zip(marks[:_MOST_MAILS], ends[:_MOST_MAILS], strict=True)
    ]


def _web_page(mail: Message) -> RawDocument:
    html = next((body.html for body in bodies(mail) if body.html is not None), None)
    if html is None:
        return RawDocument(pages=[RawPage(number=1, items=[])], paged=False)
    found = read_page(*text_of_part(html))
    return replace(found, title=found.title or field(mail, "Subject") or None)


def _items(mail: Message) -> list[RawItem]:
    """Title, head and text of one mail."""
    entries = [entry for body in bodies(mail) for entry in _entries(body)]
    subject = field(mail, "Subject")
    parties = " ".join(field(mail, name) for name in ("From", "To", "Cc"))
    parted = part_mail([line for line, _ in entries], subject, parties)
    answers = any(part in (Part.HEAD, Part.QUOTE) for part, _ in parted)
    answers = answers or bool(field(mail, "References") or field(mail, "In-Reply-To"))
    items = title(subject_base(subject, answers=answers))
    fields = ((name, field(mail, name)) for name in _FIELDS)
    items += [head_line(f"{name}: {value}") for name, value in fields if value]
    pairs = list(zip(entries, parted, strict=True))
    for typed, run in groupby(pairs, key=lambda pair: pair[0][1] is None):
        if typed:
            items += items_of([part for _, part in run])
        else:
            items += _placed((entry[1], part) for entry, (part, _) in run)
    return items


def _entries(body: Body) -> list[Entry]:
    """The lines of a piece of the text: plain, if it says as much as the HTML and shows as much."""
    lines = plain_lines(body.plain) if body.plain is not None else []
    if body.html is None:
        return [(line, None) for line in lines]
    items = read_mail_body(*text_of_part(body.html))
    entries = [entry for item in items for entry in _lines_of(item)]
    words = sum(len(line.split()) for line, _ in entries)
    tables = any(isinstance(item, RawTable) for item in items)
    if not tables and sum(len(line.split()) for line in lines) >= max(_STUB * words, 1):
        return [(line, None) for line in lines]
    return entries


def _lines_of(item: RawItem) -> Iterator[Entry]:
    """An item as lines; what the mail program set in as cited gets its mark."""
    if isinstance(item, RawParagraph):
        mark = "> " if item.style == "cite" else ""
        yield f"{mark}{' '.join(item.text.split())}", item
    elif isinstance(item, RawTable):
        for row in item.rows:
            yield " ".join(" ".join(x.text.split()) for cell in row for x in cell), item
    else:
        yield "", item


def _placed(pairs: Iterable[tuple[RawItem | None, Part]]) -> Iterator[RawItem]:
    """Items of HTML as notes or furniture where their lines are cited or a signature."""
    last: RawItem | None = None
    for item, part in pairs:
        if item is last:
            continue  # a table has a line for each row
        last = item
        if isinstance(item, RawParagraph):
            style = None if item.style == "cite" else item.style
            yield replace(item, style=style) if part is Part.BODY else _apart(item, part)
        elif isinstance(item, RawTable):
            yield item if part is Part.BODY else replace(item, role=BlockRole.NOTE)
        elif item is not None:
            yield item


def _apart(paragraph: RawParagraph, part: Part) -> RawParagraph:
    furniture = part is Part.SIGNATURE
    role = BlockRole.FURNITURE if furniture else BlockRole.NOTE
    return replace(paragraph, heading=None, style=part.value, role=role, furniture=furniture)


def _problems(mail: Message) -> Iterator[Problem]:
    """Attached files that cannot be taken out."""
    for file in attached(mail, set()):
        if file.kind in TNEF or file.data is None:
            yield Problem(
                code="attachment-unreadable",
                message=f"the attached file «{file.name}» could not be taken out of the mail",
                hint="open the mail in the program it was sent with and save the file",
                severity="info",
            )
