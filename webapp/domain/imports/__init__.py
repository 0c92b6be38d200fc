"""Rosters and photo sets on their way into the records: a dry run, one confirmation, an apply pass, perhaps an undo.

Not here: opening files (`providers/sheets.py`), what a row means (`domain/rosters/`), doing it later (`jobs/imports.py`).
"""
