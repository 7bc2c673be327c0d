"""The notice centre: what one person was told."""
