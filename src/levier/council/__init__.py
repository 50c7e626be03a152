"""The council room: sittings, deliberations, the register, and each act checked against the law."""
