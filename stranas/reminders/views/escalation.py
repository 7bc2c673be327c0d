"""Letters of the secretariat about what an agency owes: drafted here, signed and sent by people."""
