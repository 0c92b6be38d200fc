"""The questions of an import: the file, what unknown columns are, the reason for a change."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import FieldList, FormField, HiddenField, RadioField, SelectField, StringField
from wtforms import Form as Plain
from wtforms.validators import InputRequired, Length

from webapp.domain.imports import batches
from webapp.models.imports import Batch
from webapp.models.school import Unit
from webapp.web import words
from webapp.web.forms import Form, choices
from webapp.web.staff.imports import shown

KINDS = [("enrolment", _l("学籍名册（在校生、新生）")), ("qualification", _l("学历名册（毕业生）"))]
KINDS += [("admission", _l("高考录取信息（和学籍核对，不新增学生）"))]


class UploadForm(Form):
    """A file for one school; where there is only one, it is not asked."""

    unit = SelectField(_l("学校"), [InputRequired(words.SENTENCES["import_unit"])])

    def offer(self, units: list[Unit]) -> None:
        self.unit.choices = choices((unit.key, unit.name) for unit in units)
        if len(units) == 1:
            self.unit.validators, self.unit.data = [], units[0].key

    def chosen(self, units: list[Unit]) -> Unit:
        return next(unit for unit in units if unit.key == self.unit.data)


class RosterForm(UploadForm):
    kind = RadioField(_l("名册的种类"), [InputRequired(words.SENTENCES["import_kind"])], choices=choices(KINDS))
    file = FileField(_l("文件"), [InputRequired(words.SENTENCES["import_file"])])


class PhotosForm(UploadForm):
    file = FileField(_l("文件"), [InputRequired(words.SENTENCES["import_file"])])


class ColumnForm(Plain):
    """One unknown column; nothing chosen is told, not guessed."""

    header = HiddenField()
    field = SelectField(validators=[InputRequired(_l("选择它对应哪一项，或不导入"))], validate_choice=False)


IGNORED = "-"


class ColumnsForm(Form):
    columns = FieldList(FormField(ColumnForm))

    @classmethod
    def of(cls, batch: Batch, asked: list[str]) -> "ColumnsForm":
        """A question for each column that is asked about."""
        questions = {"columns": [{"header": header} for header in asked]}
        form = cls(data=questions)
        if len(form.columns) != len(asked):  # what was sent answers something else
            form = cls(formdata=None, data=questions)
        fields = [(field, shown.column(field)) for field, _heading in batches.fields(batch.kind)]
        offered = choices([("", _l("还没选")), (IGNORED, _l("不导入这一列")), *fields])
        for entry, header in zip(form.columns, asked, strict=True):
            entry.form.field.choices, entry.form.field.label.text = offered, header
        return form

    def mapping(self, asked: list[str]) -> dict[str, str]:
        chosen = [entry.form.field.data for entry in self.columns]
        return {header: "" if field == IGNORED else field for header, field in zip(asked, chosen, strict=True)}


class ConfirmForm(Form):
    """The reason is needed where key fields change; the verb says so."""

    reason = StringField(_l("改动关键信息的原因"), [Length(max=batches.REASON_LONGEST, message=_l("原因最多 200 字"))])
