"""The templates: each lays out the same values with a character of its own."""

from types import ModuleType

from reports.kit.templates import kawung, lembar, sorot

TEMPLATES: dict[str, ModuleType] = {"kawung": kawung, "lembar": lembar, "sorot": sorot}
DEFAULT = "kawung"
