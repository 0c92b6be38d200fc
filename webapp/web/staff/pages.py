"""The blueprint `staff` with all its pages: the door, setting up, the home, the own account, the history."""

from webapp.web.staff import audit, bp, filtering, home, login, me, setup, wake

__all__ = ["audit", "bp", "filtering", "home", "login", "me", "setup", "wake"]
