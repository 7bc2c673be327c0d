"""Load the coded return reasons."""

from stranas.system.loading import Loaded, Row, load_rows
from stranas.verification.models import ReturnReason


def load_return_reasons(*, rows: list[Row]) -> Loaded:
    wanted = [{"code": row["code"], "reason": row["reason"], "repair": row["repair"]} for row in rows]
    return load_rows(ReturnReason, wanted, key=("code",))
