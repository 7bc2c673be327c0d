"""What is asked on the pages of results. Days and times are in WIB; a day means its end."""

from collections.abc import Sequence
from datetime import datetime

from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from stranas.deadlines.forms import LONGEST, REASON, day_field, jakarta, sensible
from stranas.deadlines.rules import end_of
from stranas.release.rules import Answer, Choice, Stance, Unfinished
from stranas.reporting.rules import EventKind
from stranas.system import text

_LONG = Length(max=LONGEST, message=f"Paling panjang {LONGEST} huruf.")


class AskForm(FlaskForm):
    """An agency asks about one result; a document of its library may go with it."""

    reason = TextAreaField("Alasan", [DataRequired("Tulis mengapa nilai ini perlu ditinjau."), _LONG])
    document = SelectField("Dokumen pendukung", coerce=int)

    def offer(self, documents: Sequence[tuple[int, str]]) -> "AskForm":
        self.document.choices = [(0, "Tanpa dokumen"), *documents]
        return self

    @property
    def document_id(self) -> int | None:
        return self.document.data or None


class AnswerForm(FlaskForm):
    """A second verifier's answer: one of the choices that the result allows, and why."""

    choice = RadioField("Hasil klarifikasi", validate_choice=False)
    answer = TextAreaField("Penjelasan", [DataRequired("Tulis penjelasannya: instansi membacanya."), _LONG])
    offered: Sequence[Choice] = ()

    def offer(self, choices: Sequence[Choice]) -> "AnswerForm":
        self.offered = choices
        self.choice.choices = [(choice.word, choice_words(choice.answer)) for choice in choices]
        return self

    def validate_choice(self, field: RadioField) -> None:
        if field.data not in {choice.word for choice in self.offered}:
            raise ValidationError("Pilih salah satu hasil.")

    @property
    def chosen(self) -> Answer:
        return next(choice.answer for choice in self.offered if choice.word == self.choice.data)


def choice_words(answer: Answer) -> str:
    if answer.event is None:
        return "Nilai tetap"
    if answer.event is EventKind.REJECTED:
        return "Tidak memenuhi, nilai 0"
    return "Disetujui" if answer.score is None else f"Nilai {text.number(answer.score)}"


class SignForm(FlaskForm):
    """How one side puts its name under the berita acara."""

    stance = RadioField(
        "Pernyataan",
        choices=[
            SelectChoice(Stance.SIGNED.value, "Menandatangani"),
            SelectChoice(Stance.WITH_REMARK.value, "Menandatangani dengan catatan"),
            SelectChoice(Stance.REFUSED.value, "Tidak menandatangani, dengan catatan"),
        ],
        validate_choice=False,
    )
    remark = TextAreaField("Catatan", [_LONG])

    def validate_stance(self, field: RadioField) -> None:
        if field.data not in {stance.value for stance in Stance}:
            raise ValidationError("Pilih salah satu pernyataan.")

    def validate_remark(self, field: TextAreaField) -> None:
        needed = self.stance.data in {stance.value for stance in Stance if stance.needs_remark}
        if needed and not (field.data or "").strip():
            raise ValidationError("Tulis catatannya: catatan ini tercantum pada berita acara.")

    @property
    def chosen(self) -> Stance:
        return Stance(self.stance.data)


class ReleaseForm(FlaskForm):
    """When the results are released (empty: now), under which decree; a reason while something is not settled."""

    at = DateTimeLocalField("Waktu penetapan (WIB)", validators=[Optional(), sensible])
    decree = StringField(
        "Nomor keputusan",
        [
            DataRequired("Tulis nomor keputusan penetapan hasil."),
            Length(max=200, message="Paling panjang 200 huruf."),
        ],
    )
    note = TextAreaField("Keterangan untuk instansi", [_LONG])
    reason = TextAreaField("Alasan tetap menetapkan", [_LONG])
    unfinished = Unfinished()
    now: datetime | None = None

    def validate_at(self, field: DateTimeLocalField) -> None:
        if field.data and self.now and jakarta(field.data) <= self.now:
            raise ValidationError("Pilih waktu yang akan datang, atau kosongkan untuk menetapkan sekarang.")

    def validate_reason(self, field: TextAreaField) -> None:
        if not self.unfinished.is_empty and not (field.data or "").strip():
            raise ValidationError("Masih ada yang belum selesai. Tulis alasan mengapa hasil tetap ditetapkan.")

    @property
    def instant(self) -> datetime | None:
        return jakarta(self.at.data) if self.at.data else None


class CancelForm(FlaskForm):
    reason = TextAreaField("Alasan pembatalan", REASON)


class ExtendForm(FlaskForm):
    """A later last day of the masa klarifikasi that still runs."""

    until = day_field("Hari terakhir klarifikasi")
    reason = TextAreaField("Alasan", REASON)
    ends_at: datetime | None = None

    def validate_until(self, field) -> None:
        if field.data and self.ends_at and end_of(field.data) <= self.ends_at:
            raise ValidationError("Pilih hari sesudah akhir masa klarifikasi sekarang.")

    @property
    def until_at(self) -> datetime:
        return end_of(self.until.data)
