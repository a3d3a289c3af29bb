"""The Python clients against a server with the tools of the dashboard: `mcp` in each of its modes, and `fastmcp`.

    python tests/clients/python.py http://127.0.0.1:8791/mcp
    python tests/clients/python.py target/debug/dashboard serve --stdio

A line per client, and an exception where one does not see what a host would.
"""

import asyncio
import sys

from fastmcp import Client as FastClient
from fastmcp.client.transports import StdioTransport
from mcp import Client, StdioServerParameters

command = sys.argv[1:]
over_http = command[0].startswith("http")
TOOLS = ["list_widgets", "show_dashboard", "show_enhanced_example"]
MODES = {"auto": "2026-07-28", "2026-07-28": "2026-07-28", "legacy": "2025-11-25"}


def target():
    return command[0] if over_http else StdioServerParameters(command=command[0], args=command[1:])


async def by_mcp(mode, revision):
    async with Client(target(), mode=mode) as client:
        assert client.protocol_version == revision, client.protocol_version
        # Who takes the revision for granted has asked nobody.
        assert mode == revision or client.server_info.name == "dashboard", client.server_info
        tools = (await client.list_tools()).tools
        assert [tool.name for tool in tools] == TOOLS, tools
        shown = await client.call_tool("show_dashboard", {})
        assert not shown.is_error and shown.structured_content, shown
        wrong = await client.call_tool("show_dashboard", {"nothing": 1})
        assert wrong.is_error and "nothing" in wrong.content[0].text, wrong
        widgets = [resource for resource in (await client.list_resources()).resources if resource.uri.startswith("ui://")]
        document = await client.read_resource(widgets[0].uri)
        assert document.contents[0].mime_type == "text/html;profile=mcp-app", document
        assert document.contents[0].text.lower().startswith("<!doctype html>"), document


async def by_fastmcp(mode):
    transport = command[0] if over_http else StdioTransport(command=command[0], args=command[1:])
    async with FastClient(transport, mode=mode) as client:
        assert [tool.name for tool in await client.list_tools()] == TOOLS
        shown = await client.call_tool("show_dashboard", {})
        assert not shown.is_error and shown.structured_content, shown
        assert await client.list_resources()


async def main():
    for mode, revision in MODES.items():
        await asyncio.wait_for(by_mcp(mode, revision), 30)
        print(f"mcp, {mode}: ok, {revision}")
        await asyncio.wait_for(by_fastmcp(mode), 30)
        print(f"fastmcp, {mode}: ok")


asyncio.run(main())
