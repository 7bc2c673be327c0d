"""Questions about the catalogue."""

from stranas.catalogue.queries.scopes import agency_facts, item_ids, period_ids
from stranas.catalogue.queries.tree import catalogue, item_page

__all__ = ["agency_facts", "catalogue", "item_ids", "item_page", "period_ids"]
