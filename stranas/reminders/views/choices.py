"""What one person chose about his reminders."""
