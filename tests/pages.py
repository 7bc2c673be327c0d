"""What must hold on every page: `faults(html)` lists what does not, in words."""

import re
import xml.etree.ElementTree as ET
from collections import Counter

import html5lib

# Words that a reader must never see: values of enums, and what libraries say in English.
RAW_WORDS = re.compile(
    r"\b(not_started|awaiting_approval|must_fix|admin_instansi|koordinator|setnas|timnas|pending|planned|claimed|"
    r"achievement|no_activity|Submit|Password|Login|Logout|Email Address|Remember Me|required|None|True|False|"
    r"Not a valid|Invalid|Forgot|Search|Next|Previous)\b"
)
SILENT = {"script", "style", "template"}


def parse(html: str) -> ET.Element:
    """Raises html5lib's ParseError with its position when the page is not valid HTML."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(html)


def faults(html: str) -> list[str]:
    try:
        page = parse(html)
    except html5lib.html5parser.ParseError as error:
        return [f"invalid HTML: {error}"]
    checks = (_language, _headings, _ids, _labels, _tokens, _inline, _words)
    return [fault for check in checks for fault in check(page)]


def _language(page):
    if page.get("lang") != "id":
        yield "html has no lang=id"


def _headings(page):
    count = len(page.findall(".//h1"))
    if count != 1:
        yield f"{count} h1"
    if not "".join(page.find(".//title").itertext()).split("·")[0].strip():
        yield "empty title"


def _ids(page):
    ids = Counter(element.get("id") for element in page.iter() if element.get("id"))
    yield from (f"id {name} {count} times" for name, count in ids.items() if count > 1)


def _labels(page):
    labelled = {label.get("for") for label in page.iter("label")}
    inside = {control for label in page.iter("label") for control in label.iter()}
    for control in page.iter():
        if control.tag not in {"input", "select", "textarea"} or control.get("type") in {"hidden", "submit", "button"}:
            continue
        named = control.get("aria-label") or control.get("aria-labelledby")
        if not named and control.get("id") not in labelled and control not in inside:
            yield f"no label for {control.tag} {control.get('name')}"


def _tokens(page):
    for form in page.iter("form"):
        if form.get("method", "get").lower() == "post" and form.find(".//input[@name='csrf_token']") is None:
            yield f"no token in the form to {form.get('action')}"


def _inline(page):
    for element in page.iter():
        is_data = element.get("type") == "application/ld+json"  # never run
        if element.tag == "style" or (element.tag == "script" and not element.get("src") and not is_data):
            yield f"inline {element.tag}"
        yield from (f"{name}= on {element.tag}" for name in element.attrib if name == "style" or name.startswith("on"))


def _words(page):
    for text in _visible(page.find("body")):
        found = RAW_WORDS.search(text)
        if found:
            yield f"{found.group()!r} in {text.strip()[:80]!r}"


def _visible(element):
    if element.tag in SILENT:
        return
    yield element.text or ""
    for child in element:
        yield from _visible(child)
        yield child.tail or ""
