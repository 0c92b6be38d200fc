"""Sets of photos as strangers pack them: what is there, what is nobody's, and what is refused."""

import io
import zipfile

import pytest

from webapp.domain.refused import Refused
from webapp.providers import photo_sets


def zipped(path, files, **options):
    with zipfile.ZipFile(path, "w", **options) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


@pytest.mark.req("IMG-23")
def test_a_folder_and_a_zip_of_it_hold_the_same_photos(tmp_path):
    files = {"一班/2026010101.jpg": b"\xff\xd8\xffone", "2026010102.PNG": b"\x89PNGtwo"}
    nobodys = {"__MACOSX/x.jpg": b"1", "Thumbs.db": b"2", "一班/.DS_Store": b"3"}
    for name, data in (files | nobodys).items():
        (tmp_path / "set" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "set" / name).write_bytes(data)
    (tmp_path / "set" / "outside.jpg").symlink_to("/etc/hostname")
    packed = zipped(tmp_path / "set.zip", files | nobodys)
    found = {one.name: one.data for one in photo_sets.entries(tmp_path / "set")}
    assert found == {one.name: one.data for one in photo_sets.entries(packed)}
    assert found == {"2026010101.jpg": b"\xff\xd8\xffone", "2026010102.PNG": b"\x89PNGtwo"}


@pytest.mark.req("IMG-23")
@pytest.mark.parametrize("name", ["../x.jpg", "a/../../x.jpg", "/etc/x.jpg", "..\\x.jpg", "C:\\x.jpg"])
def test_a_path_that_leads_outside_is_refused(tmp_path, name):
    with pytest.raises(Refused, match="photos_path"):
        list(photo_sets.entries(zipped(tmp_path / "a.zip", {name: b"x"})))


@pytest.mark.req("IMG-23")
def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = zipped(tmp_path / "a.zip", {"1.jpg": bytes(20 << 20)}, compression=zipfile.ZIP_DEFLATED)
    with pytest.raises(Refused, match="photos_bomb"):
        next(photo_sets.entries(path))


def test_of_a_heavy_photo_no_bytes_are_kept(tmp_path):
    (one,) = photo_sets.entries(zipped(tmp_path / "a.zip", {"1.jpg": bytes(600 * 1024)}))
    assert one == ("1.jpg", 600 * 1024, b"")


def test_what_is_no_zip_and_what_is_broken_are_told_apart(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"%PDF")
    with pytest.raises(Refused, match="photos_kind"):
        list(photo_sets.entries(tmp_path / "a.zip"))
    whole = io.BytesIO()
    zipped(whole, {"1.jpg": b"0123456789" * 50})
    (tmp_path / "b.zip").write_bytes(whole.getvalue().replace(b"0123456789", b"0123456780", 1))
    with pytest.raises(Refused, match="photos_unreadable"):
        list(photo_sets.entries(tmp_path / "b.zip"))
