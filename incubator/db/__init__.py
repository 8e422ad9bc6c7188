"""PostgreSQL: two doors (a quick one and an ordinary one), the embedded server, history, versions."""
