"""Files out of the store as an answer to a browser: papers to keep, pictures to look at. Nothing on the way keeps them.

Not here: who may have which file.
"""

from flask import Response, abort, current_app

from webapp.domain.ports import Missing
from webapp.models.photos import Upload
from webapp.providers.files import Files


def files() -> Files:
    return Files(current_app.extensions["worker"].outside.storage)


def pdf(upload: Upload | None, name: str) -> Response:
    """A paper as a download called `name` (ASCII, without its ending); 404 where it is not there, or not any more."""
    if upload is None or upload.name is None:
        abort(404)
    answer = _sent(upload, "application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


def picture(upload: Upload | None) -> Response:
    """A picture that was made harmless; 404 for any other."""
    if upload is None or upload.state != "clean":
        abort(404)
    return _sent(upload, "image/jpeg")


def _sent(upload: Upload, media: str) -> Response:
    try:
        data = files().read(upload)
    except Missing:
        abort(404)
    return Response(data, mimetype=media, headers={"Cache-Control": "no-store"})
