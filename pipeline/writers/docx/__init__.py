"""The Word summary of a session: one document that an organiser can send on as it is."""

from pipeline.writers.docx.summary import session_summary

__all__ = ["session_summary"]
