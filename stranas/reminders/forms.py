"""Forms of what everybody chooses about his own reminders."""

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from stranas.deadlines.forms import day_field

EACH, WEEKLY = "setiap", "mingguan"


class DigestForm(FlaskForm):
    often = RadioField(
        "Pengingat dikirim",
        choices=[
            SelectChoice(EACH, "Pada setiap langkah pengingat"),
            SelectChoice(WEEKLY, "Sekali seminggu sebagai ringkasan, pada hari kerja pertama"),
        ],
        validate_choice=False,
    )

    def validate_often(self, field: RadioField) -> None:
        if field.data not in (EACH, WEEKLY):
            raise ValidationError("Pilih salah satu.")

    @property
    def weekly(self) -> bool:
        return self.often.data == WEEKLY


class PauseForm(FlaskForm):
    """From when until when (both days included), and who stands in meanwhile."""

    paused_from = day_field("Hari pertama")
    paused_until = day_field("Hari terakhir")
    substitute = SelectField(
        "Pengganti", coerce=lambda value: int(value) if str(value).isdecimal() else 0, validate_choice=False
    )

    def offer(self, people: list[tuple[int, str]]) -> "PauseForm":
        self.substitute.choices = [SelectChoice("", "Pilih pengganti"), *(SelectChoice(*one) for one in people)]
        return self

    def validate_substitute(self, field: SelectField) -> None:
        if field.data not in {choice.value for choice in self.substitute.choices if choice.value}:
            raise ValidationError("Pilih orang yang menggantikan Anda.")
