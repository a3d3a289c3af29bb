"""The tool of benches/server with the package `mcp`, stateless and with JSON answers: `python_mcp.py PORT`."""

import sys

from mcp.server import MCPServer
from mcp.types import ToolAnnotations
from pydantic import BaseModel

# As quiet as the others: uvicorn would write a line per request.
server = MCPServer("bench-mcp", version="0.1.0", log_level="WARNING")


class Sum(BaseModel):
    sum: float


# Not a plain `def`, which would run in a thread.
@server.tool(annotations=ToolAnnotations(read_only_hint=True))
async def add(a: float, b: float) -> Sum:
    """Adds two numbers."""
    return Sum(sum=a + b)


server.run("streamable-http", port=int(sys.argv[1]), stateless_http=True, json_response=True)
