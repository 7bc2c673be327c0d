"""How an agency is addressed. Standard library only."""


def office(*, name: str, is_local: bool) -> str:
    """The office that letters address (never a person): "Inspektur Kabupaten Temanggung"."""
    return f"Inspektur {name}" if is_local else f"Pimpinan Unit Pengawasan Internal {name}"
