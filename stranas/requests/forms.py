"""Forms of the requests room."""

from collections.abc import Iterable
from datetime import date

from flask_wtf import FlaskForm
from wtforms import DateField, EmailField, FileField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from stranas.accounts.rules import Signatory
from stranas.agencies.phones import is_number, mobile
from stranas.agencies.queries import UnitView

LONGEST_OFFICE = 200
LONGEST_WORDS = 5_000


def _one_number(_form: FlaskForm, field: StringField) -> None:
    if not is_number(field.data):
        raise ValidationError("Nomor ini tidak dapat dihubungi. Tulis satu nomor lengkap, misalnya 0812-3456-7890.")


class UnitForm(FlaskForm):
    name = StringField("Nama unit", [DataRequired("Isi nama unitnya."), Length(max=200)])
    short_name = StringField("Singkatan", [Length(max=200)])
    head = StringField("Jabatan pimpinan", [Length(max=200)])
    email = EmailField(
        "Surel unit",
        [Optional(), Length(max=200), Email("Alamat surel tidak lengkap. Contoh: dinas@instansi.go.id.")],
    )
    phone = StringField("Nomor WhatsApp", [Optional(), Length(max=80), _one_number])
    parent_id = SelectField("Di bawah unit", coerce=lambda value: int(value) if value not in ("", "None") else None)

    def offer(self, units: Iterable[UnitView]) -> "UnitForm":
        """The units that it may lie in."""
        nested = [(unit.id, "– " * unit.depth + unit.name) for unit in units]
        self.parent_id.choices = [("", "Langsung di bawah pimpinan instansi"), *nested]
        return self

    @property
    def phone_notes(self) -> list[str]:
        """What is worth knowing of a number that is right, but opens no chat."""
        typed = (self.phone.data or "").strip()
        if self.phone.errors or not typed or mobile(typed):
            return []
        return ["Ini bukan nomor ponsel, jadi WhatsApp dibuka tanpa tujuan dan penerimanya dipilih di sana."]

    @property
    def values(self) -> dict:
        return {name: self[name].data for name in ("name", "short_name", "head", "email", "phone", "parent_id")}


def _sensible(_form: FlaskForm, field: DateField) -> None:
    """A year that a letter may bear."""
    if field.data is not None and not 2000 <= field.data.year <= 2100:
        raise ValidationError("Periksa tahunnya.")


class DataLetterForm(FlaskForm):
    """A letter to an office outside the agency."""

    addressee = StringField(
        "Kepada (jabatan dan instansi)",
        [DataRequired("Tulis jabatan dan instansi yang dimintai data."), Length(max=200)],
    )
    place = StringField("Di (kota)", [Length(max=200)])
    wanted = TextAreaField(
        "Data yang diminta",
        [DataRequired("Tulis data yang diminta."), Length(max=LONGEST_WORDS)],
        render_kw={"rows": 5},
    )
    answer_by = DateField("Ditunggu sampai", [InputRequired("Isi tanggalnya."), _sensible])
    signatory = SelectField("Ditandatangani oleh", coerce=int)

    def offer(self, signatories: Iterable[Signatory], today: date) -> "DataLetterForm":
        """Officials whose capacity covers today; or nobody, and the office fills the block in."""
        named = [(one.person_id, f"{one.title}: {one.name}") for one in signatories]
        self.signatory.choices = [*named, (0, "Diisi tangan")]
        self.today = today
        return self

    def validate_answer_by(self, field: DateField) -> None:
        if field.data and field.data < self.today:
            raise ValidationError("Pilih hari ini atau sesudahnya.")


class RegisterLetterForm(FlaskForm):
    number = StringField("Nomor surat", [DataRequired("Tulis nomor suratnya."), Length(max=200)])
    dated = DateField("Tanggal surat", [InputRequired("Isi tanggal suratnya."), _sensible])
    scan = FileField("Hasil pindai surat")
    revision = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
