"""Search terms are private: the access log shows addresses without their query."""

import logging


def hide_queries() -> None:
    """Cut the query from every line of uvicorn's access log, however it was started."""
    access = logging.getLogger("uvicorn.access")
    if not any(isinstance(each, QueryHider) for each in access.filters):
        access.addFilter(QueryHider())


class QueryHider(logging.Filter):
    """Cuts `?…` from the path of an access record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without its query."""
        if isinstance(record.args, tuple):
            record.args = tuple(
                each.partition("?")[0] if isinstance(each, str) else each for each in record.args
            )
        return True
