"""``python -m webapp.translations``: bring the catalogue up to date with the sources and compile it.

Prints the sentences that still have no English; ends with 1 while there are any. A test runs the same.
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from webapp import places

PO = places.PACKAGE / "translations" / "en" / "LC_MESSAGES" / "messages.po"
MO = PO.with_suffix(".mo")
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}


def sources() -> Catalog:
    """Every sentence in the code and in the templates."""
    found = Catalog(locale="en")
    roots = (
        (places.PACKAGE, [("**.py", "python")]),
        (places.find("templates"), [("**.html", "jinja2.ext:babel_extract"), ("**.txt", "jinja2.ext:babel_extract")]),
    )
    for root, methods in roots:
        for _file, _line, sentence, _comments, context in extract_from_dir(str(root), methods, {}, KEYWORDS):
            found.add(sentence, context=context)
    return found


def updated() -> Catalog:
    """The catalogue with the sentences of today: new ones without English, dropped ones gone."""
    known = read_po(io.BytesIO(PO.read_bytes()), locale="en") if PO.is_file() else Catalog(locale="en")
    fresh = sources()
    for sentence in fresh:
        if sentence.id and (before := known.get(sentence.id)) is not None:
            sentence.string = before.string
    return fresh


def missing(catalogue: Catalog) -> list[str]:
    """Sentences without English."""
    return [
        str(one.id)
        for one in catalogue
        if one.id and not all([one.string] if isinstance(one.string, str) else one.string or [""])
    ]


def as_po(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalogue, width=128, sort_output=True, omit_header=True, no_location=True)
    return HEADER + out.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


HEADER = (
    b'msgid ""\nmsgstr ""\n"Language: en\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    b'"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    b'"POT-Creation-Date: 2026-11-21 00:00+0000\\n"\n"PO-Revision-Date: 2026-11-21 00:00+0000\\n"\n\n'
)
"""With dates of its own: the compiled file is the same whenever it is made."""


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


if __name__ == "__main__":
    catalogue = updated()
    _write(PO, as_po(catalogue))
    _write(MO, as_mo(read_po(io.BytesIO(PO.read_bytes()), locale="en")))
    without = missing(catalogue)
    print("\n".join(without) or f"{len(catalogue)} sentences, all in English")
    sys.exit(bool(without))
