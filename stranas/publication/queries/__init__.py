"""The questions of publication, answered with frozen values."""
