"""The seed: files of seed_data/ into the database, and out again."""
