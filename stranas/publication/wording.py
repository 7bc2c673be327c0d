"""No wrong number possible: a percentage, a score or a class typed by hand is found, where only a token may stand.

Works on the words as a reader sees them (markdown.plain_words), so that no mark-up, entity, full-width digit or
invisible character hides a number. Ordinary numbers (dates, "12 desa", rupiah) are fine. Standard library only.
"""

import re
import unicodedata

_NUMBER_WORDS = (
    "nol|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|belas|puluh|seratus|ratus|koma|setengah"
)
_PERCENT = r"(?:%|‰|persen\w*|per\s?seratus|pct\b|percent\b)"
_MEASURES = "nilai|skor|indeks|capaian|kepatuhan|ketepatan|lolos|rapor"
_LINKS = (
    "adalah|sebesar|mencapai|menjadi|yaitu|yakni|kami|capaian|nilai|akhir|kepatuhan|pelaporan|waktu|verifikasi|pertama|"
    "naik|turun|dari|ke|sekitar|hampir|lebih|kurang|tepat|instansi|rata-rata|dengan|hingga|sampai|kini|sekarang|di|atas|"
    "bawah|angka|ini|itu|tetap|masih|meningkat|berada|pada"
)
# What may follow a number that stands for itself, and not for a count of something.
_GOES_ON = r"(?:dari|dan|pada|di|untuk|menjadi|atau|dengan|yang|sampai|ke|poin)\b"
_ENDS = rf"(?=\s*(?:$|/\s*100\b|[.,;:!?)\]\"'”’»/|–—-](?!\d)|{_GOES_ON}))"
_NOT_AMOUNT = r"(?!\s*(?:ribu|juta|miliar|milyar|triliun|rupiah|hektare|ha|km|kg|ton|meter|m2|m²)\b)"

_TYPED = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        rf"\d[\d.,]{{0,30}}(?:/\d{{1,4}})?\s*{_PERCENT}",
        rf"\b(?:(?:{_NUMBER_WORDS})\s*){{1,9}}{_PERCENT}",
        r"(?:%|persen\w*)\s*[:=]?\s*\d[\d.,]{0,30}",
        rf"\b(?:{_MEASURES})(?:nya)?\b[\s:=(]*(?:(?:{_LINKS})\b[\s:=(]*){{0,5}}\d{{1,3}}(?:[.,]\d+)?(?![\d.,]*\d){_ENDS}",
        rf"\b(?:{_MEASURES})(?:nya)?\b[\s:=(]*(?:(?:{_LINKS})\b[\s:=(]*){{0,5}}\d{{1,3}},\d+(?!\d){_NOT_AMOUNT}",
        rf"(?<![\d.,])(?<!Rp)(?<!Rp\s)\d{{1,3}},\d{{2}}(?![\d.,]*\d){_NOT_AMOUNT}{_ENDS}",
        r"\d[\d.,]{0,30}\s*poin\s+pers\w+|(?<!\d)\d{1,9},\d{1,9}\s*poin\b",
        r"\b(?:kelas|kategori|predikat|berkategori|berpredikat)\s*[:=]?\s*[\"“']?(?:baik|cukup|kurang)\b",
    )
)
# What would print another number than the inserted one: "1{{capaian}}", "{{capaian}},5", "-{{capaian}}".
_GLUED = re.compile(r"[\d⟧][.,]?⟦[%#]⟧|⟦[%#]⟧[.,]?[\d⟦]|(?:^|\s)[-−–+±]⟦[%#]⟧", re.MULTILINE)
_COUNT_AS_RATE = re.compile(rf"⟦#⟧\s*{_PERCENT}", re.IGNORECASE)
_SCALED = re.compile(r"⟦[%#]⟧\s*(?:ribu|juta|miliar|milyar|triliun)\b", re.IGNORECASE)


def typed_number(words: str) -> str:
    """The first percentage, score or class that is typed; empty without one."""
    seen = as_seen(words)
    # The leftmost: that is the one a reader looks for first.
    found = [match for pattern in _TYPED if (match := pattern.search(seen))]
    return " ".join(min(found, key=lambda match: match.start())[0].split()) if found else ""


def changed_figure(words: str) -> bool:
    """Whether characters beside an inserted figure make another number of it."""
    seen = as_seen(words)
    return any(pattern.search(seen) for pattern in (_GLUED, _COUNT_AS_RATE, _SCALED))


def has_braces(words: str) -> bool:
    return "{{" in (seen := as_seen(words)) or "}}" in seen


def as_seen(words: str) -> str:
    """Digits of all kinds as plain ones, without what is not seen; one space, one line break at a time."""
    plain = unicodedata.normalize("NFKC", words)
    digits = "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in plain)
    shown = "".join(char for char in digits if unicodedata.category(char) not in ("Cf", "Mn", "Me"))
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"[^\S\n]+", " ", shown))
