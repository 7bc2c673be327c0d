"""Cuts the house's variable font into the files of this folder: the same bytes each time."""

import io

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from reports import fonts
from reports.paper import STATIC

VARIABLE = STATIC / "fonts" / "source-sans-3-latin-wght-normal.woff2"


def cut(weight: int) -> bytes:
    """One weight as TrueType. What is made of the font bears another name, as its licence asks."""
    font = instantiateVariableFont(TTFont(VARIABLE, recalcTimestamp=False), {"wght": weight}, inplace=True)
    font.flavor = None
    names = font["name"]
    names.names = [record for record in names.names if record.nameID not in (3, 4, 16, 17)]
    for record in names.names:
        record.string = {1: fonts.NAME, 6: f"{fonts.NAME}-{weight}"}.get(record.nameID, record.string)
    font["OS/2"].usWeightClass = weight
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


if __name__ == "__main__":
    for weight in fonts.WEIGHTS:
        fonts.file(weight).write_bytes(cut(weight))
