"""Writing a story: the list, the form, the figures that may be inserted, asking for approval, correcting."""
