"""Every page of recovery, so that one name mounts them all."""

from webapp.web.recovery import by_face, fresh, in_person, mail, memory, phone, who
from webapp.web.recovery.blueprint import bp

__all__ = ["bp", "by_face", "fresh", "in_person", "mail", "memory", "phone", "who"]
