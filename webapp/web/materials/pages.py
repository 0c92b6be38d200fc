"""The blueprint `materials` with all its pages."""

from webapp.web.materials import slots, tasks
from webapp.web.materials.blueprint import bp

__all__ = ["bp", "slots", "tasks"]
