"""What roles and states of work accounts are called on screen."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.domain.certification import agencies
from webapp.domain.organisations import keeping
from webapp.models.staff import GUESTS, Grant
from webapp.web.told import label

ROLES = {
    "C": _l("辅导员"),
    "T": _l("教学点"),
    "K": _l("学院教学办"),
    "R": _l("学籍科"),
    "P": _l("省级教育行政部门"),
    "H": _l("客服"),
    "U": _l("审计员"),
    "O": _l("系统管理员"),
    "E": _l("会员单位查验人"),
    "A": _l("认证审核员"),
    "AL": _l("认证主管"),
}

DOES = {
    "C": _l("看自己班的自查进度，提醒同学"),
    "T": _l("看本系、本函授站的自查进度和有误的学生，导出名单，初审更正"),
    "K": _l("看本学院的学籍和进度，导出名单"),
    "R": _l("导入名册，安排自查，答复学生，管理辅导员和教学办"),
    "P": _l("审核本省学校报来的学籍更正，要两个人都同意"),
    "H": _l("审核身份照片，答复学生的咨询，不看学籍"),
    "U": _l("只看操作记录，不改任何东西"),
    "O": _l("管理账号、角色和设置，不看学籍"),
    "E": _l("凭学生的授权书查验报告，别的都看不到"),
    "A": _l("核对交到本机构的学历认证，出具报告"),
    "AL": _l("同审核员，另外复核不通过、复议和失信，管理本机构的人"),
}

STATES = {
    "active": ("ok", _l("正常")),
    "asleep": ("warn", _l("休眠")),
    "closed": ("", _l("已关闭")),
}


def place(grant: Grant) -> str:
    """Where a role holds: a class with its college, a college, a teaching point, a school, a province, or everywhere."""
    within = [one.name for one in (grant.college, grant.klass) if one is not None]
    if within:
        return " ".join(within)
    if grant.department:
        return grant.department
    if grant.province:
        return label("provinces", grant.province)
    if grant.role == "E":
        return keeping.of(grant.staff).name
    if grant.role in GUESTS:
        return agencies.of(grant.staff).name
    return grant.unit.name if grant.unit_id is not None else _("全部学校")


def told(grant: Grant) -> str:
    return f"{ROLES[grant.role]}{_('：')}{place(grant)}"
