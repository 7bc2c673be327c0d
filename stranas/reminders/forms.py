"""Forms of what everybody chooses about his own reminders."""

from datetime import date

from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from stranas.deadlines.forms import day_field
from stranas.reminders.standing_in import pause_problem

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

    def offer(self, people: list[tuple[int, str]], today: date) -> "PauseForm":
        self.today = today
        self.substitute.choices = [SelectChoice("", "Pilih pengganti"), *(SelectChoice(*one) for one in people)]
        return self

    def validate_paused_from(self, field: DateField) -> None:
        self._check_days(field)

    def validate_paused_until(self, field: DateField) -> None:
        self._check_days(field)

    def _check_days(self, field: DateField) -> None:
        if self.paused_from.data and self.paused_until.data:
            problem = pause_problem(self.paused_from.data, self.paused_until.data, today=self.today)
            if problem and problem[0] == field.name:
                raise ValidationError(problem[1])

    def validate_substitute(self, field: SelectField) -> None:
        if field.data not in {choice.value for choice in self.substitute.choices if choice.value}:
            raise ValidationError("Pilih orang yang menggantikan Anda.")
