"""How an agency is addressed. Standard library only."""

HEADS = {"provinsi": "Gubernur", "kabupaten": "Bupati", "kota": "Wali Kota"}


def office(*, name: str, level: str, unit: str = "") -> str:
    """The office that letters address (never a person): "Inspektur Kabupaten Temanggung", "Inspektur Jenderal …".

    `unit`: the own name of the unit that it leads; without it the usual one.
    """
    led = unit or oversight_unit(name=name, level=level)
    kind, _, rest = led.partition(" ")
    if kind == "Inspektorat":
        return " ".join(filter(None, ("Inspektur", rest, name)))
    return f"Pimpinan {led} {name}"


def unit_word(*, is_local: bool) -> str:
    """What a unit inside the agency is called: of a local government, of a K/L."""
    return "perangkat daerah" if is_local else "unit kerja"


def head(*, name: str, level: str) -> str:
    """The office of its head: "Bupati Temanggung", "Wali Kota Magelang", "Gubernur Jawa Tengah", "Menteri Sosial".

    Other K/L have heads of many names, which are data; without data "Pimpinan …".
    """
    kind, _, rest = name.partition(" ")
    if level == "kl":
        return f"Menteri {rest}" if kind == "Kementerian" else f"Pimpinan {name}"
    return f"{HEADS[level]} {rest}"


def oversight_unit(*, name: str, level: str) -> str:
    """The unit that oversees the others, unless data say another name."""
    if level != "kl":
        return "Inspektorat"
    return "Inspektorat Jenderal" if name.startswith("Kementerian") else "Unit Pengawasan Internal"


def government(*, name: str, level: str) -> str:
    """The first line of its letters: "Pemerintah Kabupaten Temanggung"; a K/L by its name."""
    return name if level == "kl" else f"Pemerintah {name}"


def copies(*, name: str, level: str, province: str = "", own_head: str = "") -> tuple[str, ...]:
    """Who gets a copy (tembusan) of a letter to the national secretariat, by the kind of agency.

    Source: the letter of the interior minister on this plan went to the governors, so regions write with a copy to
    the governor c.q. his inspector, and to the ministry's inspector general.
    """
    reported = f"{own_head or head(name=name, level=level)} (sebagai laporan)"
    if level == "kl":
        return (reported,)
    if level == "provinsi":
        return ("Menteri Dalam Negeri c.q. Inspektur Jenderal Kementerian Dalam Negeri", reported)
    governor = head(name=province, level="provinsi") if province else "Gubernur"
    return (
        f"{governor} c.q. Inspektur {province or 'Provinsi'}",
        "Inspektur Jenderal Kementerian Dalam Negeri",
        reported,
    )
