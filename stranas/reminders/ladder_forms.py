"""The ladder as a form: for each anchor its steps, and one empty line for another."""

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from stranas.reminders.rules import REACHED, Anchor, Audience, Step, ladder_problem, step_problem

WHOLE = "Tulis bilangan bulat, misalnya -3 atau 1."


class StepForm(FlaskForm):
    """One line. Left empty it counts for nothing."""

    class Meta:
        csrf = False  # the whole form has its token

    days = IntegerField("Hari", [Optional()])
    counted = SelectField(
        "Dihitung", choices=[SelectChoice("hari", "hari"), SelectChoice("kerja", "hari kerja")], default="hari"
    )
    audience = SelectMultipleField(
        "Penerima",
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        invalid_choice_message="“%(value)s” tidak ada dalam daftar.",
    )
    remove = BooleanField("Hapus")

    def validate_days(self, field: IntegerField) -> None:
        if field.process_errors:
            field.errors = [WHOLE]


class LadderForm(FlaskForm):
    """`lines_of(anchor)`: its list. `steps`: what was read, once it is valid."""

    seen = HiddenField()
    reason = TextAreaField("Alasan perubahan", [InputRequired("Tulis alasan perubahan."), Length(max=1000)])
    due = FieldList(FormField(StepForm), max_entries=40)
    lock = FieldList(FormField(StepForm), max_entries=40)
    back = FieldList(FormField(StepForm), max_entries=40)
    correction = FieldList(FormField(StepForm), max_entries=40)
    verification = FieldList(FormField(StepForm), max_entries=40)
    unit = FieldList(FormField(StepForm), max_entries=40)
    steps: tuple[Step, ...] = ()

    def lines_of(self, anchor: Anchor) -> FieldList:
        return self["back" if anchor is Anchor.RETURN else anchor.value]

    def offer(self) -> None:
        """Whom each line may reach."""
        for anchor in Anchor:
            for line in self.lines_of(anchor):
                line.form.audience.choices = [SelectChoice(one.value, one.label) for one in REACHED[anchor]]

    def add_empty_lines(self) -> None:
        """One at the end of each list that ends in a step."""
        for anchor in Anchor:
            lines = self.lines_of(anchor)
            if not len(lines) or lines[-1].form.days.raw_data or lines[-1].form.days.data is not None:
                lines.append_entry()
        self.offer()

    def validate(self, extra_validators=None) -> bool:
        is_fine = super().validate(extra_validators)
        self.steps = tuple(step for anchor in Anchor for step in self._read(anchor))
        problem = ladder_problem(self.steps)
        if problem:
            self.form_errors = [*self.form_errors, problem]
        return is_fine and not problem and not any(self._wrong())

    def _read(self, anchor: Anchor) -> Iterable[Step]:
        for line in self.lines_of(anchor):
            form = line.form
            if form.days.data is None or form.remove.data:
                continue
            audience = tuple(one for one in Audience if one.value in (form.audience.data or ()))
            step = Step(anchor, form.days.data, form.counted.data == "kerja", audience)
            problem = step_problem(step)
            if problem:
                name, why = problem
                form[name].errors = [*form[name].errors, why]
            yield step

    def _wrong(self) -> Iterable[str]:
        return (error for anchor in Anchor for line in self.lines_of(anchor) for f in line.form for error in f.errors)


def filled(steps: Iterable[Step], seen: str) -> LadderForm:
    """The form of a ladder as it stands."""
    form = LadderForm(formdata=None)
    form.seen.data = seen
    for step in steps:
        lines = form.lines_of(step.anchor)
        line = lines.append_entry().form
        line.days.data, line.counted.data = step.days, "kerja" if step.in_working_days else "hari"
        line.audience.data = [audience.value for audience in step.audience]
    return form
