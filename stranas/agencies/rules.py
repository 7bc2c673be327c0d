"""How an agency is addressed. Standard library only."""


def office(*, name: str, is_local: bool) -> str:
    """The office that letters address (never a person): "Inspektur Kabupaten Temanggung"."""
    return f"Inspektur {name}" if is_local else f"Pimpinan Unit Pengawasan Internal {name}"


def unit_word(*, is_local: bool) -> str:
    """What a unit inside the agency is called: of a local government, of a K/L."""
    return "perangkat daerah" if is_local else "unit kerja"
