"""What an agency sets about itself: approval, and what its letters say."""

from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

MOST_LINES = 5


class ApprovalForm(FlaskForm):
    without = RadioField(
        "Cara mengirim",
        choices=[
            SelectChoice("tidak", "Setelah disetujui pejabat"),
            SelectChoice("ya", "Langsung oleh Inspektorat, tanpa persetujuan pejabat"),
        ],
        validators=[DataRequired("Pilih salah satu.")],
    )
    reason = TextAreaField(
        "Alasan",
        filters=[lambda words: words.strip() if words else words],
        validators=[DataRequired("Tulis alasannya: tampil di halaman laporan triwulan."), Length(max=2000)],
    )


def arrived(form: FlaskForm, field: StringField) -> None:
    """Empty is a choice; not sent at all is a broken request, which must not empty what stands there."""
    if field.data is None:
        raise ValidationError("Isian ini tidak terkirim. Muat ulang halaman, lalu simpan sekali lagi.")


class LetterForm(FlaskForm):
    oversight_unit = StringField("Nama unit pengawasan", [arrived, Length(max=200)])
    head = StringField("Jabatan pimpinan instansi", [arrived, Length(max=200)])
    letterhead = TextAreaField("Baris alamat pada kop surat", [arrived, Length(max=1000)], render_kw={"rows": 4})

    def validate_letterhead(self, field) -> None:
        if len(self.lines) > MOST_LINES:
            raise ValidationError(f"Paling banyak {MOST_LINES} baris.")

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in (self.letterhead.data or "").splitlines() if line.strip()]
