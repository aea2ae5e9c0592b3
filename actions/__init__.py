"""Everything that changes something; each action is audited."""
