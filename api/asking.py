"""What routes are handed beside their parameters."""

from typing import Annotated, cast

from fastapi import Depends, Path, Request

from dateline.search.base import Reader


async def find_reader(request: Request) -> Reader:
    """The reader that the app opened when it started."""
    return cast("Reader", request.app.state.reader)


AskedReader = Annotated[Reader, Depends(find_reader)]
EXAMPLE_ID = "6bc227d0778dee4f21a02904f692e69a"
"""One of the samples, so that every box is filled with something that answers."""

ArticleId = Annotated[
    str,
    Path(
        min_length=1,
        max_length=512,
        description="The `id` of a hit.",
        examples=[EXAMPLE_ID],
    ),
]
