"""Comparing what the camera saw, and making a holder's photo harmless; frames are gone when either is through (R-RPV-11)."""

from webapp.domain.face_port import Shots
from webapp.domain.liveness import asking, handing, judging, photos
from webapp.domain.ports import Damaged, Missing, Unavailable
from webapp.jobs import images
from webapp.jobs.registry import Outside, every, job
from webapp.models.liveness import PersonCheck
from webapp.models.photos import Upload
from webapp.providers.files import Files


@job("liveness.judge")
def judge(outside: Outside, key: str) -> None:
    """Ask the provider. Where it cannot be asked the try is over too, and does not count: the holder waits at the phone."""
    check = PersonCheck.by_key(key)
    if check is None or check.state != "judging":
        return
    files, provider = Files(outside.storage), outside.faces.name()
    try:
        shots = [Shots(prompt, tuple(map(files.read, uploads))) for prompt, uploads in judging.shots(check)]
        wanted = judging.wanted(check, _read(files, judging.picture(check)))
        verdict = outside.faces.judge(shots, wanted, key)
    except Unavailable:
        spent = judging.excuse(check, provider)
    except (Missing, Damaged):
        spent = judging.excuse(check, provider, "lost")
    else:
        spent = judging.settle(check, provider, verdict)
    for upload in spent:
        files.shred(upload)


def _read(files: Files, upload: Upload | None) -> bytes:
    return files.read(upload) if upload is not None else b""


@job("liveness.look")
def look(outside: Outside, key: str) -> None:
    """Make the photo harmless, then let people look at it."""
    check = PersonCheck.by_key(key)
    if check is None or check.state != "looking":
        return
    images.clean(outside, check.photo.key)
    photos.looked(PersonCheck.by_key(key))


@every(minute="41")
def end_handoffs(outside: Outside) -> None:
    """Ways to a phone that are over are forgotten, and checks of who never logged in."""
    handing.sweep()
    asking.sweep()
