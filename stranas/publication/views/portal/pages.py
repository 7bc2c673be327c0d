"""The country, a province, an agency, an action, a period; league tables, search, what each figure means."""
