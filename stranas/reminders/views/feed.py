"""Calendar addresses: the deadlines of one person for his own calendar program."""
