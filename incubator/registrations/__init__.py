"""Who comes to a session: registering, waiting, tickets, the door, attendance and what follows it."""
