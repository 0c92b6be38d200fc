"""What every form shares: its token, and how a refusal becomes a sentence beside a field."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import Field, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, StopValidation

from webapp.domain.refused import Refused
from webapp.web import words


class Form(FlaskForm):
    """A form of this site. Checking happens on submit only, all fields at once; nothing typed is lost.

    `BESIDE` names the field beside which a refusal by the verb is told: code → field.
    """

    BESIDE: ClassVar[dict[str, str]] = {}

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> Any:
            return None if get_locale() is None else super().get_translations(form)

    def process(self, *told: Any, **more: Any) -> None:
        """A text field that was not sent at all is as empty as one that was sent empty."""
        super().process(*told, **more)
        for field in self:
            if isinstance(field, StringField) and field.data is None:
                field.data = ""

    def refuse(self, refused: Refused, field: str | None = None) -> None:
        """Put the sentence of a refusal beside `field` (or the one that the refusal or `BESIDE` names, or above the form)."""
        name = field or refused.facts.get("field") or self.BESIDE.get(refused.code)
        target: Field | None = self._fields.get(name) if name else None
        if target is None:
            self.form_errors.append(words.say(refused))
        else:
            target.errors = [*target.errors, words.say(refused)]


def choices(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """What a field offers, out of values and their labels."""
    return [SelectChoice(value, label) for value, label in pairs]


def scores(words: LazyString, number: int, best: int) -> RadioField:
    """A question that asks for a score from 1 to `best`; `number` is what its error calls it by."""
    unsaid = InputRequired(_l("第 %(n)s 题还没选", n=number))
    return RadioField(words, [unsaid], coerce=int, choices=choices((score, str(score)) for score in range(1, best + 1)))


def rule(check: Callable[[Any], None]) -> Callable[[FlaskForm, Field], None]:
    """A rule of the domain as a validator: its refusal becomes the field's sentence. Nothing typed counts as empty text."""

    def validate(form: FlaskForm, field: Field) -> None:
        try:
            check("" if field.data is None else field.data)
        except Refused as refused:
            raise StopValidation(words.say(refused)) from None

    return validate
