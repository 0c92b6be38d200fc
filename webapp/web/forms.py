"""What every form shares: its token, and how a refusal becomes a sentence beside a field."""

from typing import Any

from flask_babel import get_locale
from flask_wtf import FlaskForm
from wtforms import Field

from webapp.domain.refused import Refused
from webapp.web import words


class Form(FlaskForm):
    """A form of this site. Checking happens on submit only, all fields at once; nothing typed is lost."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> Any:
            return None if get_locale() is None else super().get_translations(form)

    def refuse(self, refused: Refused, field: str | None = None) -> None:
        """Put the sentence of a refusal beside `field` (or the field that the refusal names, or above the form)."""
        name = field or refused.facts.get("field")
        target: Field | None = self._fields.get(name) if name else None
        if target is None:
            self.form_errors.append(words.say(refused))
        else:
            target.errors = [*target.errors, words.say(refused)]
