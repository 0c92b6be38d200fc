"""A picture that a form brings, from the camera or from the album: the two fields, and its bytes.

It is stored sealed as it comes and made harmless by a job: nothing is decoded in a request. Not here: storing it.
"""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField

from webapp.domain.refused import Refused
from webapp.providers.images_pillow import kind_of
from webapp.web.forms import Form

MOST = 15 << 20
"""Bytes of a picture as a phone takes it; what is stored is much less."""


class PictureForm(Form):
    """Two ways to a file, because some phones offer only the camera, or only the album."""

    camera = FileField(_l("拍照"))
    album = FileField(_l("从相册选"))


def sent(form: PictureForm) -> bytes:
    """The bytes of whichever field has a file; by its first bytes it is a picture.

    Raises picture_missing, picture_heavy (most, in MB), picture_kind.
    """
    file = next((field.data for field in (form.camera, form.album) if field.data), None)
    data = file.read(MOST + 1) if file else b""
    if not data:
        raise Refused("picture_missing")
    if len(data) > MOST:
        raise Refused("picture_heavy", most=MOST >> 20)
    if kind_of(data) is None:
        raise Refused("picture_kind")
    return data
