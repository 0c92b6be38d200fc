"""Documents as Word files, for people who go on writing in them. As PDF the same is `templates/pdf/document.typ`."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import segno
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONTS = ("Times New Roman", "宋体")
"""Latin and Chinese, as every office program in China has them."""

UNWRITABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF))
"""What XML cannot hold."""

STYLES = {"heading": "Heading 2", "step": "List Number", "item": "List Bullet", "text": "Normal"}


def write(title: str, blocks: Sequence[tuple[str, str]], *, sign: Sequence[str], link: str, made: datetime) -> bytes:
    """The document: its title, the blocks (kind and words, as `STYLES`), the address with its QR, and who signs.

    The same arguments give the same document, byte for byte only within one version of the library.
    """
    title, sign = title.translate(UNWRITABLE), [line.translate(UNWRITABLE) for line in sign]
    document = Document()
    document.core_properties.title, document.core_properties.author = title, sign[0]
    document.core_properties.created = document.core_properties.modified = made
    for name in {"Title", *STYLES.values()}:
        font = document.styles[name].font
        font.name = FONTS[0]
        document.styles[name].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONTS[1])
    document.styles["Normal"].font.size = Pt(12)
    document.add_paragraph(title, "Title").alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, words in blocks:
        document.add_paragraph(words.translate(UNWRITABLE), STYLES[kind])
    code = BytesIO()
    segno.make(link, error="m", micro=False).save(code, kind="png", scale=8, border=2)
    document.add_picture(code, width=Cm(2.8))
    document.add_paragraph("\n".join(sign)).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    out = BytesIO()
    document.save(out)
    return out.getvalue()
