"""更正申请表 as a PDF: what the printed sheet of a request says, with a place for three signatures (R-COR-17)."""

from collections.abc import Mapping

from flask_babel import gettext as _

from webapp.domain.corrections import lifecycle
from webapp.models.corrections import Correction
from webapp.web import paper
from webapp.web.corrections import words


def evidence(found: Correction) -> list[str]:
    """What is to be brought for the request, by name."""
    return [str(words.KINDS[kind]) for kind in lifecycle.needs(found)]


def data(facts: Mapping[str, object]) -> dict[str, object]:
    """What `templates/pdf/correction_sheet.typ` asks for. `facts` are those of the page, numbers masked."""
    found, record = facts["found"], facts["record"]
    return paper.of(
        found.unit.name,
        _("学籍信息更正申请表"),
        caption=_("%(school)s，%(number)s 号", school=found.unit.name, number=found.key[:8]),
        rows=[
            (_("姓名"), record.name),
            (_("学号"), record.student_number or "—"),
            (_("证件号码"), facts["number"]),
            (_("层次"), str(facts["level"])),
            (_("专业"), record.major or "—"),
            (_("提交时间"), facts["moment"](found.submitted) if found.submitted else "—"),
        ],
        heads=[_("更正的项目"), _("申请时登记的"), _("应该是")],
        changes=[(str(facts["label"]), facts["before"], facts["wanted"])],
        reason=(_("理由"), " ".join(filter(None, (str(facts["ground"]), found.why)))),
        evidence=(_("证明材料"), evidence(found) or ["—"]),
        signatures=[_("审查人员"), _("部门负责人"), _("分管校领导")],
        day=_("　　　　年　　月　　日"),
    )
