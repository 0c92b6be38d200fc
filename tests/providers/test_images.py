"""Pictures made harmless: what comes out is only pixels, upright, and light enough."""

import pytest
from PIL import Image

from tests.providers.pictures import HEIC, drawing, file, near, noise, opened, refusal, shows_the_drawing

TAIL = b"the-end-of-the-picture-is-not-the-end-of-the-file" * 20


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("JPEG", "RGB"),
        ("JPEG", "L"),
        ("JPEG", "CMYK"),
        ("PNG", "RGB"),
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("WEBP", "RGB"),
        ("WEBP", "RGBA"),
        ("GIF", "P"),
    ],
)
def test_each_kind_and_mode_becomes_an_upright_rgb_jpeg(images, kind, mode):
    cleaned = images.clean(file(drawing(mode=mode), kind), long_side=400)
    assert (cleaned.width, cleaned.height) == (400, 300)
    assert cleaned.facts["kind"] == kind
    assert (cleaned.facts["width"], cleaned.facts["height"], cleaned.facts["turned"]) == (800, 600, False)
    picture = opened(cleaned)
    assert mode == "L" or shows_the_drawing(picture)


def test_a_heic_of_a_phone_is_read(images):
    cleaned = images.clean(HEIC, long_side=320)
    assert (cleaned.width, cleaned.height, cleaned.facts["kind"]) == (320, 240, "HEIF")
    assert shows_the_drawing(opened(cleaned))


def test_a_picture_of_two_lenses_gives_its_first(images):
    data = file(drawing(), "MPO", save_all=True, append_images=[Image.new("RGB", (800, 600))])
    assert shows_the_drawing(opened(images.clean(data, long_side=400)))


def test_sixteen_bits_of_grey_keep_their_shades(images):
    grey = Image.new("I;16", (64, 64), 0x8000)
    assert near(opened(images.clean(file(grey, "PNG"), long_side=64)).getpixel((5, 5)), (128, 128, 128))


def test_what_is_transparent_becomes_white(images):
    clear = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    assert near(opened(images.clean(file(clear, "PNG"), long_side=64)).getpixel((5, 5)), (255, 255, 255))


def test_an_animation_gives_its_first_picture(images):
    frames = [Image.new("L", (8, 8), shade) for shade in range(1, 200)]
    data = file(drawing(8, 8), "GIF", save_all=True, append_images=frames)
    assert opened(images.clean(data, long_side=8)).size == (8, 8)


def test_a_small_picture_is_not_blown_up(images):
    cleaned = images.clean(file(drawing(40, 30)), long_side=2048)
    assert (cleaned.width, cleaned.height) == (40, 30)


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_turned_phone_gives_an_upright_picture(images, turn):
    inverse = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    held = drawing().transpose(inverse[turn]) if turn > 1 else drawing()
    exif = Image.Exif()
    exif[0x0112] = turn
    cleaned = images.clean(file(held, exif=exif), long_side=400)
    assert (cleaned.width, cleaned.height) == (400, 300)
    assert cleaned.facts == {"kind": "JPEG", "width": 800, "height": 600, "bytes": len(file(held, exif=exif))} | {
        "turned": turn > 1
    }
    assert shows_the_drawing(opened(cleaned))


@pytest.mark.req("SYS-03")
def test_nothing_but_pixels_comes_out(images):
    exif = Image.Exif()
    exif[0x010F], exif[0x9286] = "maker-of-the-phone", "comment-of-a-person"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[29] = "N", (39.0, 54.0, 27.0), "2026:11:21"
    profile = b"colour-profile-payload" * 3000
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>where-she-lives</x:xmpmeta>"
    data = file(drawing(), exif=exif, icc_profile=profile, comment=b"a-comment-in-the-file", xmp=xmp)
    cleaned = images.clean(data + TAIL, long_side=4000)
    picture = opened(cleaned)
    assert not picture.getexif() and not picture.getexif().get_ifd(0x8825)
    assert {"exif", "icc_profile", "comment", "xmp"}.isdisjoint(picture.info)
    pieces = (b"maker-of", b"comment-of", b"colour-profile", b"a-comment-in", b"where-she", b"2026:11:21", b"Exif", b"ICC_")
    assert all(piece in data for piece in pieces[:6])
    assert not any(piece in cleaned.jpeg for piece in (*pieces, b"the-end-of"))
    assert cleaned.jpeg.endswith(b"\xff\xd9")


@pytest.mark.parametrize(("width", "height"), [(1, 65_500), (65_500, 1)])
def test_a_picture_of_one_row_is_a_picture(images, width, height):
    cleaned = images.clean(file(Image.new("RGB", (width, height))), long_side=1000)
    assert (cleaned.width, cleaned.height) == (min(width, 1000), min(height, 1000))


@pytest.mark.parametrize("size", [(499, 800), (800, 499), (1, 65_535)])
def test_too_small_is_said_with_the_numbers(images, size):
    no = refusal(images, file(Image.new("L", size), "PNG"), min_side=500)
    assert (no.code, no.facts) == ("image_small", {"width": size[0], "height": size[1], "least": 500})


def test_just_large_enough_is_large_enough(images):
    assert images.clean(file(drawing(500, 500)), long_side=2048, min_side=500).width == 500


@pytest.mark.parametrize("most", [307_200, 1_048_576, 2_097_152])
def test_a_heavy_photo_is_reduced_to_the_limit(images, most):
    cleaned = images.clean(file(noise(), quality=95), long_side=2048, max_bytes=most, min_side=300)
    assert len(cleaned.jpeg) <= most
    assert min(opened(cleaned).size) >= 300


def test_less_quality_comes_before_fewer_pixels(images):
    whole = images.clean(file(noise(400, 400)), long_side=400)
    cleaned = images.clean(file(noise(400, 400)), long_side=400, max_bytes=len(whole.jpeg) - 1)
    assert (cleaned.width, cleaned.height) == (400, 400)


def test_what_cannot_be_reduced_legibly_is_refused(images):
    no = refusal(images, file(noise()), max_bytes=5_000)
    assert (no.code, no.facts) == ("image_too_heavy", {"most": 5_000})
