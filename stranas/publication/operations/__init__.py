"""What is done in publication: figures become public, stories are written, approved, published and withdrawn."""
