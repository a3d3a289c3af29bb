"""The tool of benches/server with the package `fastmcp`, stateless and with JSON answers: `python_fastmcp.py PORT`."""

import sys

from fastmcp import FastMCP
from pydantic import BaseModel

server = FastMCP("bench-fastmcp", version="0.1.0")


class Sum(BaseModel):
    sum: float


# Not a plain `def`, which would run in a thread.
@server.tool(annotations={"readOnlyHint": True})
async def add(a: float, b: float) -> Sum:
    """Adds two numbers."""
    return Sum(sum=a + b)


# As quiet as the others: uvicorn would write a line per request.
server.run("http", show_banner=False, log_level="warning", port=int(sys.argv[1]), stateless_http=True, json_response=True)
