"""How an agency publishes: unit, office, logo, colours, masa pilkada."""
