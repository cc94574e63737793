"""Thân Thiện: the software of a friendly government, one package, one folder per room."""

__version__ = "0.1.0"
