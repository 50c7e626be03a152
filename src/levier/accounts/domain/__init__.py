"""Pure part of accounts: who acts, and in whose name."""
