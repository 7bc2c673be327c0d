"""A text in 512 bytes (MinHash), and the keys by which its like is found. Pure: no database.

Two texts have as many equal slots as they share sequences of words (Jaccard, ± 0.04). A band is ROWS slots in a
row; of two texts that share two thirds of their sequences 999 of 1,000 have a band in common, of two that share a
fifth one of twenty.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from operator import eq

from rensa import RMinHash

from stranas.evidence.layout import VERSION
from stranas.evidence.likeness import SEQUENCE, Text

SLOTS, BANDS = 128, 32
ROWS = SLOTS // BANDS
SEED = 1
# What was made by another method is not comparable and is made anew.
METHOD = f"rensa-{RMinHash.ALGORITHM_VERSION}-{SEQUENCE}-{SLOTS}-{SEED}-{VERSION}"


@dataclass(frozen=True)
class Sketch:
    """`slots`: SLOTS numbers of 32 bits, little-endian; `size`: how many sequences the text has."""

    slots: bytes
    size: int

    def bands(self, kind: str) -> Iterator[int]:
        """Signed 64-bit keys. Texts of different kinds never meet."""
        width = 4 * ROWS
        for number in range(BANDS):
            band = self.slots[number * width : (number + 1) * width]
            hashed = blake2b(band, digest_size=8, key=f"{kind}{number}".encode())
            yield int.from_bytes(hashed.digest(), "little", signed=True)

    def part_in(self, other: "Sketch") -> float:
        """About which part of this text's sequences the other one has."""
        equal = sum(map(eq, array("I", self.slots), array("I", other.slots))) / SLOTS
        shared = equal / (1 + equal) * (self.size + other.size)
        return min(1.0, shared / self.size)


def sketch_of(text: Text) -> Sketch | None:
    """None for a text that is too short to be compared."""
    if not text.is_enough:
        return None
    minhash = RMinHash(num_perm=SLOTS, seed=SEED)
    minhash.update(list(text.sequences))
    slots = array("I", minhash.digest())
    return Sketch(slots.tobytes(), len(text.sequences))
