"""What every room shares: calendars, money, provenance, findings, estimates and French wording."""
