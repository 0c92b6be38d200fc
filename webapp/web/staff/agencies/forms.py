"""What is asked about an agency, who comes to work for it, what a copy costs there, and why a key of its is revoked."""

import re
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput

from webapp.domain import certificates
from webapp.domain.certification import keeping
from webapp.domain.certification.catalogue import LANGUAGES, OPEN, PURPOSES
from webapp.domain.certification.keeping import Told
from webapp.domain.identity.tables import PROVINCES
from webapp.models.certification import Agency
from webapp.web import certification_words as words
from webapp.web import told
from webapp.web.brought_pictures import PictureForm
from webapp.web.forms import Form, choices
from webapp.web.staff.fields import Day
from webapp.web.verify.words import REASONS

_yuan = re.compile(r"\d{1,6}(\.\d{1,2})?", re.ASCII).fullmatch


class ContactForm(Form):
    """What a lead changes."""

    address = StringField(_l("通讯地址"))
    phone = StringField(_l("联系电话"))
    hours = StringField(_l("办公时间"))


class AgencyForm(ContactForm):
    """What the administrator changes."""

    name = StringField(_l("机构全称"))
    english = StringField(_l("英文名称"))
    short = StringField(_l("简称"))
    kinds = SelectMultipleField(_l("受理项目"), option_widget=CheckboxInput(), validate_choice=False)
    provinces = SelectMultipleField(_l("受理哪些省份的证书"), option_widget=CheckboxInput(), validate_choice=False)
    active = BooleanField(_l("受理新的申请"))

    @classmethod
    def offered(cls, **given: object) -> "AgencyForm":
        form = cls(**given)
        form.kinds.choices = choices((code, words.KINDS[code]) for code in OPEN)
        form.provinces.choices = choices((one.code, told.label("provinces", one.code)) for one in PROVINCES)
        return form

    def told(self) -> Told:
        texts = {field: self[field].data for field in keeping.MOST}
        return Told(**texts, provinces=tuple(self.provinces.data), kinds=tuple(self.kinds.data), active=self.active.data)


class SealForm(PictureForm):
    """印章图."""


class KeyForm(Form):
    """`after` is the id of the key that was in use when the page was shown, empty without one."""

    after = HiddenField()


class RevokeForm(Form):
    reason = RadioField(
        _l("吊销原因"),
        [InputRequired(_l("选一个吊销原因"))],
        choices=choices((one, REASONS[one]) for one in certificates.REASONS),
    )


class InviteForm(Form):
    role = RadioField(_l("角色"), choices=choices((("A", _l("审核员")), ("AL", _l("主管")))), default="A")
    name = StringField(_l("姓名"), [InputRequired(_l("填写姓名"))])
    login = StringField(_l("登录名"), [InputRequired(_l("填写登录名"))])
    email = StringField(_l("工作邮箱"), [InputRequired(_l("填写邮箱"))])


class PriceForm(Form):
    kind = SelectField(_l("申请项目"), choices=choices((code, words.KINDS[code]) for code in OPEN))
    language = RadioField(_l("报告的语言"), choices=choices((code, words.LANGUAGES[code]) for code in LANGUAGES), default="zh")
    purpose = SelectField(
        _l("申请目的"), choices=choices([("", _l("所有目的")), *((code, words.PURPOSES[code]) for code in PURPOSES)])
    )
    yuan = StringField(_l("每份多少元"), filters=[lambda text: (text or "").strip()])
    starts = Day(_l("从哪天开始"), [InputRequired(_l("填写日期"))])

    def fen(self) -> int:
        """What was typed, in fen; -1, which no price is, where it is no amount."""
        return int(Decimal(self.yuan.data) * 100) if _yuan(self.yuan.data) else -1


class WhenForm(Form):
    """For which purpose and day the prices are shown; asked with GET, so it has no token."""

    class Meta(Form.Meta):
        csrf = False

    use = SelectField(_l("申请目的"), choices=choices((code, words.PURPOSES[code]) for code in PURPOSES), default="work")
    day = Day(_l("哪一天"))


def about(agency: Agency, kinds: list[str], provinces: list[str]) -> dict[str, object]:
    """What stands in the fields of an agency that is there."""
    texts = {field: getattr(agency, field) for field in keeping.MOST}
    return {**texts, "kinds": kinds, "provinces": provinces, "active": agency.active}
