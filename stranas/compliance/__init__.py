"""The arithmetic and the snapshot: one source of page, Excel, PDF and JSON."""
