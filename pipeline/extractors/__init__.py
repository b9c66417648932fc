"""Extractors: one module per format, `extract(path) -> RawDocument`; they show, never interpret."""
