"""Pictures of pages for link previews (Open Graph)."""
