"""The dataset as JSON, whole or one session of it; the contract is `schemas/`."""

from __future__ import annotations

from pipeline.model.dataset import Dataset
from pipeline.writers.session_cut import cut_to_session


def dataset_json(dataset: Dataset) -> bytes:
    """UTF-8 with fields in the order of the model, one per line, and a final line end."""
    return (dataset.model_dump_json(indent=1) + "\n").encode()


def session_json(dataset: Dataset, session_id: str) -> bytes:
    """One session of the dataset, itself a valid `Dataset`.

    Raises `UsageError` where there is no such session.
    """
    return dataset_json(cut_to_session(dataset, session_id))
