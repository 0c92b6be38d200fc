"""Every page of recovery, so that one name mounts them all."""

from webapp.web.recovery import fresh, in_person, mail, memory, phone, who
from webapp.web.recovery.blueprint import bp

__all__ = ["bp", "fresh", "in_person", "mail", "memory", "phone", "who"]
