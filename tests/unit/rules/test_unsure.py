"""Text that recognition was not sure of is kept with its page, and no record rests on it."""

from __future__ import annotations

from dataclasses import replace

from pipeline.flow import Options, make_dataset
from pipeline.languages.detect import packs_for
from pipeline.layout.build import lay_out
from pipeline.model.claims import FileClaims
from pipeline.model.document import UNSURE, BlockRole, SourceInfo
from pipeline.model.raw import RawDocument, RawItem, RawPage, RawParagraph
from pipeline.rules.read import read_document

TOLD = "Norra varvet: laga bryggan senast onsdag 3 maj 2023"


def page(number: int, title: str, *lines: str, unsure: bool = False) -> RawPage:
    role, style = (BlockRole.NOTE, UNSURE) if unsure else (BlockRole.BODY, None)
    items: list[RawItem] = [RawParagraph(title, heading=0)] if title else []
    items += [RawParagraph(line, role=role, style=style, listed=not unsure) for line in lines]
    return RawPage(number, items, width=720, height=540)


def claims(*pages: RawPage, name: str = "deck.pdf", ocr: tuple[int, ...] = ()) -> FileClaims:
    source = SourceInfo(f"source-{name}", name, name * 8, "application/pdf", "pdf")
    document = lay_out(RawDocument(pages, ocr_pages=ocr), source)
    return read_document(replace(document, language="sv"), packs_for("", "sv"))


def test_what_is_believed_is_a_commitment() -> None:
    """The control of the next test: the same line, read surely."""
    dataset = make_dataset([claims(page(1, "Åtaganden till nästa gång", TOLD))], Options())
    assert len(dataset.commitments) == 1


def test_no_record_rests_on_what_is_not() -> None:
    told = claims(page(1, "Åtaganden till nästa gång", TOLD, unsure=True), ocr=(1,))
    dataset = make_dataset([told], Options())
    assert not dataset.commitments
    assert not dataset.people
    assert not dataset.clusters
    assert not told.dates
    (item,) = [i for d in dataset.documents for s in d.sections for i in s.items if i.text == TOLD]
    assert (item.role, item.record_ids) == ("note", ())
    assert dataset.sources[0].ocr_pages == (1,)


def test_a_file_of_nothing_else_makes_no_session() -> None:
    told = claims(page(1, "", TOLD, unsure=True), page(2, "", "jkl mn", unsure=True))
    dataset = make_dataset([told], Options())
    assert not dataset.sessions
    texts = [i.text for d in dataset.documents for s in d.sections for i in s.items]
    assert texts == [TOLD, "jkl mn"]


def test_it_stands_with_the_pages_before_it() -> None:
    told = claims(
        page(1, "Program", "09.00 Kaffe", "10.00 Grupparbete"),
        page(2, "", "fler bojar", unsure=True),
        page(3, "Gemensamma utmaningar", "Isen bär inte"),
    )
    assert [[b.text for _, b in s.blocks] for s in told.sections] == [
        ["Program", "09.00 Kaffe", "10.00 Grupparbete", "fler bojar"],
        ["Gemensamma utmaningar", "Isen bär inte"],
    ]
    assert told.sections[0].pages == (1, 2)
