"""From the end of verification to the released result: clarifications, minutes, release."""
