"""The blueprint with all its pages."""

from webapp.web.staff.progress import board, bp, export, lists, remind, sheet

__all__ = ["board", "bp", "export", "lists", "remind", "sheet"]
