"""Samsyn reads workshop material and turns it into structured data."""

__version__ = "0.1.0"
