"""Questions of reminders: what is owed, by whom, who hears of it, and what the outbox holds."""
