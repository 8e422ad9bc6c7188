"""What Prometheus is told of requests."""

from functools import cache

from prometheus_client import Histogram

REQUESTS = Histogram(
    "incubator_request_seconds",
    "Time from a request's arrival until its answer was complete",
    ("method", "route", "status"),
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def measure(method: str, route: str, status: int, seconds: float) -> None:
    """Count one request. `route` is the pattern, not the path, so that there are few."""
    _child(method if method in METHODS else "other", route, status).observe(seconds)


@cache
def _child(method: str, route: str, status: int) -> Histogram:
    return REQUESTS.labels(method, route, str(status))
