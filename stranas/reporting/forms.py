"""The entry form. Numbers are written the Indonesian way: 1.234,56."""

from decimal import Decimal

from babel.numbers import NumberFormatError, parse_decimal
from flask_wtf import FlaskForm
from wtforms import DateField, Field, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import HiddenInput, TextInput

from stranas.reporting.operations import Entry
from stranas.reporting.rules import SubmissionKind
from stranas.system import text

LONGEST = 20_000
LARGEST = Decimal(10) ** 13


class IndonesianDecimal(Field):
    """A number with a decimal comma; keeps what was typed when it cannot be read."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return self.raw_data[0]
        return "" if self.data is None else text.number(self.data)

    def process_formdata(self, values: list[str]) -> None:
        typed = values[0].strip() if values else ""
        self.data = None
        if typed:
            try:
                self.data = parse_decimal(typed, locale=text.LOCALE, strict=True)
            except (NumberFormatError, ValueError):
                raise ValueError("Tulis angka saja, dengan koma untuk desimal, misalnya 64,50.") from None


def at_most_four_places(_form: FlaskForm, field: Field) -> None:
    if field.data is not None and field.data.as_tuple().exponent < -4:
        raise ValidationError("Tulis paling banyak empat angka di belakang koma.")


class SubmissionForm(FlaskForm):
    """What an officer types; every field may stay empty while it is a draft."""

    kind = SelectField("Keadaan laporan", choices=[SelectChoice(kind.value, kind.label) for kind in SubmissionKind])
    realised_value = IndonesianDecimal(
        "Realisasi",
        validators=[
            Optional(),
            NumberRange(min=0, max=LARGEST, message="Tulis angka nol atau lebih, paling besar 10.000.000.000.000."),
            at_most_four_places,
        ],
    )
    progress_percent = IndonesianDecimal(
        "Kemajuan pekerjaan (%)",
        validators=[
            Optional(),
            NumberRange(min=0, max=100, message="Tulis angka dari 0 sampai 100."),
            at_most_four_places,
        ],
    )
    narrative = TextAreaField("Uraian", validators=[Length(max=LONGEST)], render_kw={"rows": 5})
    constraint = TextAreaField("Kendala", validators=[Length(max=LONGEST)])
    follow_up = TextAreaField("Rencana tindak lanjut", validators=[Length(max=LONGEST)])
    beside_reason = TextAreaField("Alasan dan dasarnya", validators=[Length(max=LONGEST)])
    waiting_for = StringField("Instansi yang ditunggu", validators=[Length(max=200)])
    waiting_letter = StringField("Nomor surat permintaan", validators=[Length(max=200)])
    waiting_since = DateField("Tanggal surat", validators=[Optional()])
    review_on = DateField("Tinjau kembali tanggal", validators=[Optional()])
    revision = IntegerField(widget=HiddenInput(), validators=[InputRequired()])

    def entry(self, before: Entry) -> Entry:
        """The typed values; a field that could not be read, or did not come along, keeps what was there before."""
        values = {}
        for name, old in vars(before).items():
            field = self[name]
            values[name] = old if field.errors or not field.raw_data else _value(name, field.data)
        return Entry(**values)


def _value(name: str, data):
    if name == "kind":
        return SubmissionKind(data)
    return data.replace("\r\n", "\n") if isinstance(data, str) else data


class DecliningForm(FlaskForm):
    """Why the official does not approve: the coordinator reads it."""

    reason = TextAreaField(
        "Alasan belum disetujui",
        filters=[lambda words: words.strip() if words else words],
        validators=[
            DataRequired("Tulis alasannya, supaya Inspektorat tahu yang perlu diperbaiki."),
            Length(max=LONGEST),
        ],
    )


class AskReopeningForm(FlaskForm):
    reason = TextAreaField(
        "Alasan",
        validators=[DataRequired("Tulis alasannya: apa yang perlu diperbaiki."), Length(max=LONGEST)],
        render_kw={"rows": 5},
    )


class DecideReopeningForm(FlaskForm):
    answer = TextAreaField("Jawaban untuk instansi", validators=[Length(max=LONGEST)], render_kw={"rows": 4})

    def need_answer(self) -> None:
        """Declining is never silent."""
        self.answer.validators = [DataRequired("Tulis mengapa permintaan tidak dikabulkan."), *self.answer.validators]


class LetterForm(FlaskForm):
    """What the agency's register gives a cover letter."""

    register_number = StringField("Nomor surat", validators=[Length(max=200)])
    nature = SelectField("Sifat", choices=[SelectChoice(words, words) for words in ("Biasa", "Penting", "Segera")])
    dated_on = DateField("Tanggal surat", validators=[Optional()])
