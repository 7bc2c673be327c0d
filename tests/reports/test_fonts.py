"""The font of paper and pictures lies ready-made, and is what the font of the pages gives."""

import pytest

from reports import fonts
from reports.fonts.__main__ import cut


@pytest.mark.parametrize("weight", fonts.WEIGHTS)
def test_the_files_are_cut_from_the_font_of_the_pages(weight):
    assert fonts.file(weight).read_bytes() == cut(weight)
