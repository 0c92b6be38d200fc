"""Papers from typst: what can be read out of them again, and a child that is killed, hangs, or wants too much."""

import os
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from webapp.domain import certificates
from webapp.domain.ports import Signing, Unavailable
from webapp.providers import fonts
from webapp.providers.pdf_typst import TypstPdf

ROOT = Path(__file__).parents[2]
SAMPLE = {
    "title": "自查回执",
    "language": "zh",
    "made": "2026-11-16T02:00:00",
    "issuer": "云溪职业技术学院",
    "foot": "本站由云溪自行搭建",
    "day": "2026 年 11 月 16 日",
    "caption": "2026 级新生学籍自查",
    "rows": [["姓名", "吴䶮"], ["说明", "#panic() *粗* $x$ \\ <a>"]],
    "number": ["回执编号", "7K3D MX9W QTE5"],
    "notes": ["王𬱖、𬸦、㛃"],
    "blocks": [["heading", "自查时间"], ["text", "11 月 12 日"], ["step", "注册"], ["step", "核对"], ["item", "照片"]],
    "sign": ["云溪职业技术学院", "2026 年 11 月 16 日"],
    "qr": '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><path d="M0 0h4v4z"/></svg>',
    "qr_says": "扫码打开",
    "heads": ["项目", "更正前", "更正后"],
    "changes": [["姓名", "吴龙天", "吴䶮"]],
    "reason": ["更正理由", "登记时打不出这个字"],
    "evidence": ["证明材料", ["身份证", "户口本"]],
    "signatures": ["审查人员", "部门负责人", "分管校领导"],
}
SHEET = SAMPLE | {"heads": ["学号", "姓名", "签名"], "widths": [2, 2, 3], "rows": [[f"{n:010}", "吴䶮", ""] for n in range(90)]}


@pytest.fixture(scope="module")
def pdf():
    made = TypstPdf()
    yield made
    made.close()


def read(data: bytes) -> PdfReader:
    return PdfReader(BytesIO(data))


def text(data: bytes) -> str:
    return "".join(page.extract_text() for page in read(data).pages).replace("\n", "").replace(" ", "")


@pytest.mark.req("CHK-13")
def test_rare_characters_are_drawn_and_can_be_read_out_again(pdf):
    data = pdf.render("receipt", SAMPLE)
    for words in ("自查回执", "吴䶮", "王𬱖、𬸦、㛃", "7K3DMX9WQTE5", "云溪职业技术学院"):
        assert words in text(data), words
    described = read(data)
    assert described.metadata.title == "自查回执"
    assert "pdfaid" in described.xmp_metadata.rdf_root.toxml()
    assert all("/FontFile" in str(list(font)) or font for page in described.pages for font in page["/Resources"]["/Font"])


def test_what_looks_like_a_command_is_printed_as_it_stands(pdf):
    assert "#panic()*粗*$x$\\<a>" in text(pdf.render("receipt", SAMPLE))


@pytest.mark.req("CHK-18")
def test_what_no_font_holds_is_a_box_and_what_nobody_sees_is_left_out(pdf):
    notes = ["王\U0002ebf0。", "笑\U0001fae8。", "甲\x00\x0b\u202e\ufffe乙。", "空　格 \t和\n行。"]
    drawn = text(pdf.render("receipt", SAMPLE | {"notes": notes}))
    assert "王□。" in drawn and "笑□。" in drawn and "甲□乙。" in drawn and "格和行。" in drawn


@pytest.mark.req("CHK-19", "SCH-19", "COR-17")
@pytest.mark.parametrize(
    ("layout", "data", "words"),
    [
        ("document", SAMPLE, ("自查时间", "1.注册", "2.核对", "•照片")),
        ("sheet", SHEET, ("学号", "0000000089")),
        ("correction_sheet", SAMPLE, ("吴龙天", "身份证", "审查人员", "部门负责人", "分管校领导")),
    ],
)
def test_every_layout_draws_what_it_is_given(pdf, layout, data, words):
    drawn = pdf.render(layout, data)
    for one in words:
        assert one in text(drawn), one


def test_the_heads_of_a_sheet_stand_on_every_page(pdf):
    pages = read(pdf.render("sheet", SHEET)).pages
    assert len(pages) > 2
    assert all("签名" in page.extract_text() for page in pages)


def test_the_same_data_give_the_same_bytes(pdf):
    first = pdf.render("receipt", SAMPLE)
    assert first == pdf.render("receipt", SAMPLE)
    assert first != pdf.render("receipt", SAMPLE | {"made": "2026-11-16T02:00:01"})


@pytest.mark.req("RPT-05")
def test_a_signature_fits_into_its_place_whatever_the_names_in_its_certificates(pdf):
    at = datetime.fromisoformat(SAMPLE["made"])
    span, name = (at - timedelta(days=1), at + timedelta(days=1)), "\U00020000" * certificates.ORGANISATION
    root = certificates.root(name, *span)
    own = certificates.signer(name, root, *span)
    paper = pdf.render("receipt", SAMPLE, Signing("k", own.private, own.certificate, (root.certificate,)))
    assert read(paper).get_fields()["Signature"]["/V"]["/SubFilter"] == "/ETSI.CAdES.detached"


def test_a_child_that_was_killed_is_replaced(pdf):
    pdf.render("receipt", SAMPLE)
    before = pdf.child_pid
    os.kill(before, signal.SIGKILL)
    assert pdf.render("receipt", SAMPLE).startswith(b"%PDF-")
    assert pdf.child_pid != before


@pytest.mark.parametrize(
    ("layout", "detail"),
    [
        ("#panic(told.title)", "TypstError"),
        ('#read("/etc/passwd")', "TypstError"),
        ("#for a in range(99999) { for b in range(99999) { let c = calc.sin(a * b) } }", "TooSlow"),
        ('#let a = "x" * 900000000', "Died"),
    ],
)
def test_a_layout_that_fails_or_wants_too_much_is_given_up_and_the_next_paper_is_fine(tmp_path, layout, detail):
    (tmp_path / "bad.typ").write_text(layout)
    (tmp_path / "good.typ").write_text("#json(bytes(sys.inputs.data)).title")
    made = TypstPdf(tmp_path, cpu=0)
    with pytest.raises(Unavailable) as fault:
        made.render("bad", SAMPLE)
    assert (fault.value.retry, fault.value.detail) == (False, detail)
    assert made.render("good", SAMPLE).startswith(b"%PDF-")
    made.close()


@pytest.mark.req("CHK-18")
def test_the_fonts_say_what_they_cannot_draw():
    assert fonts.undrawable("吴䶮 阿依古丽·买买提 𬱖 John\n") == ""
    assert fonts.undrawable("王\U0002ebf0李\U0002ebf0\ue863\u202e□") == "\U0002ebf0\ue863"


def test_typst_is_loaded_in_the_child_alone():
    script = """
import sys
from importlib import import_module
from webapp import web
from webapp.jobs import registry
for feature in web.FEATURES:
    import_module(f"webapp.web.{feature}")
registry.load()
import_module("webapp.providers.pdf_typst")
assert not {"typst", "pyhanko", "docx", "lxml"} & set(sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT).returncode == 0
