"""The blueprint `corrections` with all its pages."""

from webapp.web.corrections import evidence, following, history, new, proving
from webapp.web.corrections.blueprint import bp

__all__ = ["bp", "evidence", "following", "history", "new", "proving"]
