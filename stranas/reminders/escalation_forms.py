"""What is typed about the secretariat's letters. Days are WIB days."""

from datetime import date

from flask_wtf import FlaskForm
from wtforms import DateField, FileField, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from stranas.reminders.letter_rules import day_problem

LONGEST = 2000


class RecordForm(FlaskForm):
    """Number, date and scan of a letter that went out."""

    number = StringField(
        "Nomor surat",
        [DataRequired("Tulis nomor suratnya."), Length(max=200, message="Paling panjang 200 huruf.")],
    )
    dated_on = DateField("Tanggal surat", [InputRequired("Isi tanggal suratnya, misalnya 20 Juli 2020.")])
    scan = FileField("Pindaian surat bertanda tangan")
    seen = HiddenField()  # the number that stood there when the page was opened
    drafted_on: date | None = None
    today: date | None = None
    withdrawn_on: date | None = None

    def of(self, *, drafted_on: date, today: date, withdrawn_on: date | None) -> "RecordForm":
        """Which days it may bear."""
        self.drafted_on, self.today, self.withdrawn_on = drafted_on, today, withdrawn_on
        return self

    def validate_dated_on(self, field: DateField) -> None:
        problem = field.data and day_problem(
            field.data, drafted_on=self.drafted_on, today=self.today, withdrawn_on=self.withdrawn_on
        )
        if problem:
            raise ValidationError(problem)


class WithdrawForm(FlaskForm):
    why = TextAreaField(
        "Alasan",
        [DataRequired("Tulis alasannya."), Length(max=LONGEST, message=f"Paling panjang {LONGEST} huruf.")],
        render_kw={"rows": 2},
    )
