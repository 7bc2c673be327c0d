"""What changes requests: asking, answering, taking, sending back, links, letters to other offices.

Every step of a request goes through the table of requests.rules and leaves one event.
"""

from stranas.requests.operations.holding import set_responsibilities

__all__ = ["set_responsibilities"]
