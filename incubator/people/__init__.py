"""Who: accounts, organisations and their members, roles, sign-in, API tokens, guards."""
