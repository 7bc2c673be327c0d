"""Practice data: a believable history up to B18, made by the same operations as real data."""
