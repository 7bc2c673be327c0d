"""Files made on demand: each kind is one line of `KINDS`."""

from stranas.compliance.exports.kinds import KINDS, Kind, Prepared, in_background, kind_named
from stranas.compliance.exports.slices import Slice

__all__ = ["KINDS", "Kind", "Prepared", "Slice", "in_background", "kind_named"]
