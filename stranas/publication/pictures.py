"""What is said about the pictures of a story. Standard library only."""

import re

MOST_PICTURES = 12
_FILE_NAME = re.compile(
    r"\.(?:jpe?g|png|webp|heic|gif|tiff?)\b|^(?:img|dsc|dscf|wa|pxl|screenshot|whatsapp image)[\s_-]*\d", re.I
)


def alt_problem(alt: str) -> str:
    """Why words do not say what a picture shows, with the repair; empty when they do."""
    words = alt.strip()
    if _FILE_NAME.search(words):
        return "Ini nama berkas. Tulis satu kalimat tentang apa yang terlihat pada foto."
    if len(words) < 15 or len(words.split()) < 3:
        return "Tulis satu kalimat tentang apa yang terlihat, misalnya: Warga mengurus izin di loket pelayanan."
    return ""
