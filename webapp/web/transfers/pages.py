"""The blueprint `transfers` with all its pages. The receiver's are `receiver.py`."""

from webapp.web.transfers import following, originals, sheet, steps, transcripts
from webapp.web.transfers.blueprint import bp

__all__ = ["bp", "following", "originals", "sheet", "steps", "transcripts"]
