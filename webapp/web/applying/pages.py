"""The blueprint `applying` with all its pages."""

from webapp.web.applying import certificates, start, steps
from webapp.web.applying.blueprint import bp

__all__ = ["bp", "certificates", "start", "steps"]
