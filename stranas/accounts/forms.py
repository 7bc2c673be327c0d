"""Forms of the people pages."""

from flask_wtf import FlaskForm
from wtforms import EmailField, SelectField, StringField
from wtforms.validators import DataRequired, Email, Length, Optional, Regexp

from stranas.accounts.models import Role, User
from stranas.accounts.policy import roles_to_give
from stranas.accounts.queries import agencies_to_staff


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
