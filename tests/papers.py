"""The words of a printed PDF, read by PDFium: a reader written in Python takes thirty times as long."""

import pypdfium2


def pages_of(content: bytes) -> list[str]:
    """The words of each page, with one space between them."""
    paper = pypdfium2.PdfDocument(content)
    try:
        return [_words(page) for page in paper]
    finally:
        paper.close()


def words_of(content: bytes) -> str:
    """The words of all pages."""
    return " ".join(pages_of(content))


def _words(page: pypdfium2.PdfPage) -> str:
    text = page.get_textpage()
    try:
        return " ".join(text.get_text_bounded().split())
    finally:
        text.close()
        page.close()
