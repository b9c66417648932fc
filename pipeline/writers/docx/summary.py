"""The Word summary of one session, its sections in the order that a reader wants them."""

from __future__ import annotations

from pipeline.languages.pack import LanguagePack
from pipeline.model.dataset import Dataset
from pipeline.writers.docx.agenda import add_agenda
from pipeline.writers.docx.challenges import add_challenges
from pipeline.writers.docx.commitments import add_commitments, add_follow_up
from pipeline.writers.docx.front import add_purpose, add_title_block
from pipeline.writers.docx.labels import Labels
from pipeline.writers.docx.package import to_bytes
from pipeline.writers.docx.page import new_document
from pipeline.writers.docx.participants import add_decisions, add_participants
from pipeline.writers.docx.remainder import add_remainder, add_warnings
from pipeline.writers.docx.view import SessionView
from pipeline.writers.session_cut import cut_to_session

_SECTIONS = (
    add_title_block,
    add_purpose,
    add_agenda,
    add_commitments,
    add_follow_up,
    add_challenges,
    add_decisions,
    add_participants,
    add_remainder,
    add_warnings,
)


def session_summary(dataset: Dataset, session_id: str, pack: LanguagePack) -> bytes:
    """A DOCX file of one session with the words of `pack`; the same bytes for the same dataset.

    Sections that would be empty are left out. Raises `UsageError` where there is no such session.
    """
    labels = Labels(pack)
    view = SessionView(cut_to_session(dataset, session_id), labels)
    document = new_document(view.title, labels)
    for add_section in _SECTIONS:
        add_section(document, view)
    return to_bytes(document)
