"""Forms of the requests room."""

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import EmailField, SelectField, StringField
from wtforms.validators import DataRequired, Email, Length, Optional, Regexp

from stranas.agencies.queries import UnitView

LONGEST_OFFICE = 200
LONGEST_WORDS = 5_000


class UnitForm(FlaskForm):
    name = StringField("Nama unit", [DataRequired("Isi nama unitnya."), Length(max=200)])
    short_name = StringField("Singkatan", [Length(max=200)])
    head = StringField("Jabatan pimpinan", [Length(max=200)])
    email = EmailField(
        "Surel unit",
        [Optional(), Length(max=200), Email("Alamat surel tidak lengkap. Contoh: dinas@instansi.go.id.")],
    )
    phone = StringField(
        "Nomor telepon", [Optional(), Length(max=80), Regexp(r"[0-9 +()-]+\Z", message="Isi dengan angka.")]
    )
    parent_id = SelectField("Di bawah unit", coerce=lambda value: int(value) if value not in ("", "None") else None)

    def offer(self, units: Iterable[UnitView]) -> "UnitForm":
        """The units that it may lie in."""
        nested = [(unit.id, "– " * unit.depth + unit.name) for unit in units]
        self.parent_id.choices = [("", "Langsung di bawah pimpinan instansi"), *nested]
        return self

    @property
    def values(self) -> dict:
        return {name: self[name].data for name in ("name", "short_name", "head", "email", "phone", "parent_id")}
