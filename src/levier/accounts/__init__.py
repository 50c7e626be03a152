"""People, organisations, roles, sign-in and the audit journal."""
