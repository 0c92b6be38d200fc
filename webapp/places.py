"""Where templates, static files and migrations lie: beside the package in a wheel, one level up in a checkout."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def find(name: str) -> Path:
    """The folder `name` (``templates``, ``static`` or ``migrations``) of this installation."""
    for parent in (PACKAGE, PACKAGE.parent):
        if (folder := parent / name).is_dir():
            return folder
    raise FileNotFoundError(f"{name} belongs to the installation and is missing")
