"""The blueprint `verify` with all its pages."""

from webapp.web.verify import asking, certificate, file, keys, many, requests, result
from webapp.web.verify.blueprint import bp

__all__ = ["asking", "bp", "certificate", "file", "keys", "many", "requests", "result"]
