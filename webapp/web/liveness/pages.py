"""Every page of 实人验证: importing this mounts them."""

from webapp.web.liveness import asked, camera, changing, claimed, level, photo, telephone  # noqa: F401 (their routes)
from webapp.web.liveness.blueprint import bp

__all__ = ["bp"]
