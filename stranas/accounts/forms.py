"""Forms of the people pages."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, EmailField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional, Regexp, ValidationError

from stranas.accounts.models import CapacityKind, Membership, Role, User
from stranas.accounts.policy import roles_to_give
from stranas.accounts.queries.people import agencies_to_staff, possible_successors


class PersonForm(FlaskForm):
    name = StringField("Nama lengkap", [DataRequired("Isi nama orangnya."), Length(max=200)])
    email = EmailField(
        "Surel",
        [
            DataRequired("Isi alamat surel."),
            Length(max=255),
            Email("Alamat surel tidak lengkap. Contoh: nama@instansi.go.id."),
        ],
    )
    position = StringField("Jabatan", [Length(max=200)])
    phone = StringField(
        "Nomor telepon", [Optional(), Length(max=80), Regexp(r"[0-9 +()-]+\Z", message="Isi dengan angka.")]
    )


class RoleForm(FlaskForm):
    """Which roles and which agencies are on the lists depends on who gives them."""

    role = SelectField("Peran")
    agency = SelectField("Instansi", coerce=lambda value: int(value) if value else None)

    def offer(self, giver: User) -> "RoleForm":
        roles, agencies = roles_to_give(giver), agencies_to_staff(giver)
        self.role.choices = [(role.value, role.label) for role in roles]
        nationwide = [("", "Tanpa instansi (peran nasional)")] if any(role.is_national for role in roles) else []
        self.agency.choices = nationwide + agencies
        return self

    @property
    def chosen_role(self) -> Role:
        return Role(self.role.data)


class NewPersonForm(PersonForm, RoleForm):
    """A person and the first role, on one page."""


class CapacityForm(FlaskForm):
    """In what capacity somebody of the agency signs, and from when until when."""

    person = SelectField("Orang", coerce=int)
    kind = SelectField("Kedudukan", choices=[SelectChoice(kind.value, kind.label) for kind in CapacityKind])
    office = StringField("Jabatan", [DataRequired("Isi jabatannya, misalnya Inspektur."), Length(max=200)])
    top = StringField("Atas nama (a.n.)", [Length(max=200)])
    middle = StringField("Jabatan yang diwakili dengan u.b.", [Length(max=200)])
    rank = StringField("Pangkat", [Length(max=200)])
    employee_number = StringField(
        "NIP", [Optional(), Length(max=80), Regexp(r"[0-9 ]+\Z", message="Isi dengan angka saja.")]
    )
    legal_basis = TextAreaField("Dasar hukum", [Length(max=2000)])
    starts_on = DateField("Berlaku mulai", [InputRequired("Isi tanggal mulainya.")])
    ends_on = DateField("Berlaku sampai dengan", [Optional()])

    def offer(self, people: list[tuple[int, str]]) -> "CapacityForm":
        self.person.choices = [SelectChoice(person_id, name) for person_id, name in people]
        return self

    def validate_kind(self, field) -> None:
        if field.data == CapacityKind.PLH.value and self.ends_on.data is None:
            raise ValidationError("Plh. bertugas untuk waktu tertentu. Isi juga tanggal akhirnya.")

    def validate_middle(self, field) -> None:
        if field.data and not self.top.data:
            raise ValidationError("u.b. hanya dipakai bersama a.n. Isi dahulu jabatan pada baris a.n.")

    def validate_legal_basis(self, field) -> None:
        if self.kind.data != CapacityKind.DEFINITIVE.value and not (field.data or "").strip():
            raise ValidationError("Sebutkan surat perintah atau keputusannya: nomor dan tanggal.")

    def validate_ends_on(self, field) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError("Tanggal akhir tidak boleh sebelum tanggal mulai.")

    @property
    def chosen_kind(self) -> CapacityKind:
        return CapacityKind(self.kind.data)


class EndForm(FlaskForm):
    last_day = DateField("Hari terakhir", [InputRequired("Isi hari terakhirnya.")])


class HandoverForm(FlaskForm):
    """Who takes the role: somebody with an account, or a new person."""

    successor = SelectField("Orang yang sudah mempunyai akun", coerce=lambda value: int(value) if value else None)
    name = StringField("Nama lengkap orang baru", [Length(max=200)])
    email = EmailField("Surel orang baru", [Optional(), Length(max=255), Email("Alamat surel tidak lengkap.")])
    position = StringField("Jabatan orang baru", [Length(max=200)])
    deactivate = BooleanField("Nonaktifkan akun lama")

    def offer(self, membership: Membership | None) -> "HandoverForm":
        people = possible_successors(membership) if membership else []
        self.successor.choices = [("", "Orang baru"), *people]
        return self

    def validate(self, extra_validators=None) -> bool:
        fine = super().validate(extra_validators)
        if self.successor.data or not fine:
            return fine
        for field, sentence in ((self.name, "Isi nama orangnya."), (self.email, "Isi alamat surel.")):
            if not (field.data or "").strip():
                field.errors = [*field.errors, f"{sentence} Atau pilih orang yang sudah mempunyai akun."]
        return not (self.name.errors or self.email.errors)
