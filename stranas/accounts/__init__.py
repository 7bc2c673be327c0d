"""People, memberships, and the policy table."""
