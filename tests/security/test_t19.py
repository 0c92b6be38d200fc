"""T19, hostile uploads: the corpus through the upload page, and mutants of every kind through the store and the job.

As decided: HEIC and WebP are taken, 15 MB and 50 megapixels are the most. 300 mutants, 10,000 with `--full`.
"""

import re
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from tests.claims import Claims
from tests.providers.pictures import HEIC, as_zip, bomb, drawing, file, mutant
from tests.scenes import saved, scene
from tests.security.test_inputs import sane
from tests.world import World
from webapp.domain.duplicates import cases, sending
from webapp.jobs import images
from webapp.models.photos import Upload
from webapp.providers.files import Files
from webapp.providers.image_child import MEMORY
from webapp.web.duplicates.photos import MOST

pytestmark = pytest.mark.anywhere

REASONS = {"image_unreadable", "image_small", "image_too_heavy", "image_kind"}
LARGE = (900, 700)
PAYLOAD = b"<x-evil>payload-that-must-not-live</x-evil>"


def telling() -> bytes:
    """A photo whose file says where it was taken, with 60 KB of profile."""
    exif = Image.Exif()
    exif[0x010E] = "payload-that-must-not-live"
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (39.0, 54.0, 27.0)
    return file(drawing(*LARGE), exif=exif, icc_profile=PAYLOAD * 1500)


def frames() -> bytes:
    many = [Image.new("L", (600, 600), n % 255) for n in range(120)]
    return file(drawing(600, 600), "GIF", save_all=True, append_images=many)


CORPUS = {
    "bomb.png": (lambda: bomb(20_000, 20_000), "refused"),
    "frames.gif": (frames, "clean"),
    "page.jpg": (lambda: file(drawing(*LARGE)) + b"<html><script>x-evil</script></html>", "refused"),
    "code.jpg": (lambda: file(drawing(*LARGE), comment=b"<?php system($_GET[0]); ?>"), "refused"),
    "gifar.gif": (lambda: file(drawing(600, 600), "GIF") + as_zip(), "refused"),
    "zip.jpg": (lambda: file(drawing(*LARGE)) + as_zip(), "refused"),
    "drawing.jpg": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", None),
    "telling.jpg": (telling, "clean"),
    "cut.jpg": (lambda: saved(scene(1, LARGE))[:20_000], "refused"),
    "cmyk.jpg": (lambda: file(drawing(*LARGE, mode="CMYK")), "clean"),
    "deep.png": (lambda: file(Image.new("I;16", (600, 600), 0x8000), "PNG"), "clean"),
    "line.png": (lambda: file(Image.new("L", (1, 65_535)), "PNG"), "refused"),
    "phone.heic": (lambda: HEIC, "refused"),
    "web.webp": (lambda: file(drawing(*LARGE), "WEBP"), "clean"),
    "../../x.jpg": (lambda: file(drawing(*LARGE)), "clean"),
    "a.jpg\x00.php": (lambda: file(drawing(*LARGE)), None),
    "长" * 300 + ".jpg": (lambda: file(drawing(*LARGE)), "clean"),
    "\u202egpj.exe": (lambda: file(drawing(*LARGE)), "clean"),
    "empty.jpg": (lambda: b"", None),
    "heavy.jpg": (lambda: file(drawing(*LARGE)) + bytes(MOST), None),
}
"""Name → the file, and what becomes of it: clean, refused by the job, or None where the page does not take it."""


@pytest.mark.req("SYS-03", "SYS-04", "DUP-08")
def test_the_corpus_through_the_page(world: World, school, person) -> None:
    claims = Claims(world, school)
    party = cases.accept(claims.party().account)
    me, files = world.log_in(person(), party.account), Files(world.worker.outside.storage)
    for name, (made, end) in CORPUS.items():
        me.visit("/duplicate/photos/holding_front")
        sent = {"csrf_token": me.token(), "album": (BytesIO(made()), name)}
        answer = me.client.post("/duplicate/photos/holding_front", data=sent, content_type="multipart/form-data")
        sane(answer, name)
        assert answer.status_code in ((303,) if end else (400, 413, 422)), (name, answer.status_code)
        if end is None:
            continue
        waiting = sending.photos(sending.now(party))["holding_front"].upload
        assert waiting.state == "raw", "nothing is decoded in a request"
        world.work()
        upload = Upload.get_by_id(waiting.id)
        assert (upload.state, bool(upload.reason)) == (end, end == "refused"), name
        if end == "clean":
            _is_only_a_picture(files.read(upload))
    assert not list(world.settings.data_dir.parent.rglob("*.php"))


def _is_only_a_picture(kept: bytes) -> None:
    picture = Image.open(BytesIO(kept))
    assert kept.startswith(b"\xff\xd8\xff") and kept.endswith(b"\xff\xd9")
    assert picture.format == "JPEG" and not picture.getexif() and "icc_profile" not in picture.info
    assert not any(PAYLOAD[at : at + 16] in kept for at in range(len(PAYLOAD) - 16))


@pytest.mark.req("SYS-03")
def test_mutants_are_accepted_or_refused_with_a_reason(world: World, times) -> None:
    outside, random, counts = world.worker.outside, Random(20261122), {}
    files, picture = Files(outside.storage), scene(1, (640, 520))
    seeds = [saved(picture, 80), saved(picture, 80, progressive=True), saved(picture.convert("CMYK"), 80)]
    seeds += [file(picture.resize((520, 510)), kind) for kind in ("PNG", "WEBP", "GIF")] + [HEIC]
    images.clean(outside, files.keep(seeds[0], "claim_photo").key)
    before, most, many = _memory("self"), 0.0, times(300, 10_000)
    for n in range(many):
        upload = files.keep(mutant(random, seeds[n % len(seeds)]), "claim_photo")
        images.clean(outside, upload.key)
        upload = Upload.get_by_id(upload.id)
        assert upload.state == "clean" or upload.reason in REASONS, (upload.state, upload.reason)
        assert (upload.name is None) == (upload.state == "refused")
        outcome = upload.reason or "clean"
        counts[outcome] = counts.get(outcome, 0) + 1
        most = max(most, _memory(outside.images.child_pid))
    grown = _memory("self") - before
    print(f"T19: {many} mutants {counts}; the child at most {most:.0f} MB, this process grew by {grown:.0f} MB")
    assert sum(counts.values()) == many and counts["clean"] > many // 20 and counts["image_unreadable"] > many // 10
    assert most * 2**20 < MEMORY and grown < 50


def _memory(process: int | str | None) -> float:
    """Megabytes that a process held at most, 0 for one that has just ended."""
    try:
        told = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    found = re.search(r"^VmHWM:\s+(\d+) kB", told, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0
