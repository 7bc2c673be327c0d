"""What is released, where each period stands, what is asked and signed."""
