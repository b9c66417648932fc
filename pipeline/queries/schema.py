"""JSON Schemas (2020-12) of the two models, and datasets held against theirs."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter, ValidationError

from pipeline.errors import InvalidDatasetError, UsageError
from pipeline.model.dataset import Dataset
from pipeline.model.document import Document

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MODELS: dict[str, type] = {"dataset": Dataset, "document": Document}
_MOST = 20


def names() -> tuple[str, ...]:
    """The models that have a schema."""
    return tuple(_MODELS)


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of a model.

    Objects may hold unknown fields, for readers ignore what a later version adds. Raises
    `UsageError` for an unknown name.
    """
    if name not in _MODELS:
        raise UsageError(f"there is no schema «{name}»", f"use one of: {', '.join(_MODELS)}")
    mode = "serialization"
    body = TypeAdapter(_MODELS[name]).json_schema(mode=mode)  # type: ignore[arg-type]
    _open(body)
    return {"$schema": _DIALECT, "$id": f"urn:samsyn:schema:{name}:1.0", **body}


def _open(node: Any) -> None:
    if isinstance(node, dict):
        if node.get("additionalProperties") is False:
            del node["additionalProperties"]
        for value in node.values():
            _open(value)
    elif isinstance(node, list):
        for value in node:
            _open(value)


def schema_json(name: str) -> str:
    """The schema as it is committed under `schemas/`."""
    return json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"


def validate(data: bytes) -> Dataset:
    """The dataset that JSON text holds.

    Raises `InvalidDatasetError` naming the places that do not follow the schema.
    """
    try:
        raw = json.loads(data)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise InvalidDatasetError(
            f"this is no JSON: {error}", "write it again with samsyn run"
        ) from error
    try:
        return Dataset.model_validate_json(data, extra="ignore")
    except ValidationError as error:
        places = [f"{'/'.join(map(str, e['loc'])) or '(root)'}: {e['msg']}" for e in error.errors()]
        more = f"\n… and {len(places) - _MOST} more" if len(places) > _MOST else ""
        version = raw.get("schema_version") if isinstance(raw, dict) else None
        raise InvalidDatasetError(
            "the dataset does not follow the schema:\n" + "\n".join(places[:_MOST]) + more,
            f"it says version {version}; write it again with samsyn run",
        ) from error
