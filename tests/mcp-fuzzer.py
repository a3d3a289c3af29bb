"""What mcp-fuzzer says, in a line; fails where it speaks of a crash or of an anomaly."""

import json
import sys

name, file = sys.argv[1:]
with open(file) as text:
    summary = json.load(text)
tools = summary["tools"]["by_name"]
assert tools, "it has found the tools"
total = {}
for tool in tools.values():
    for outcome, count in tool["outcomes"].items():
        total[outcome] = total.get(outcome, 0) + count
messages = sum(kind["total_runs"] for kind in summary["protocols"]["by_type"].values())
calls = sum(tool["total_runs"] for tool in tools.values())
said = ", ".join(f"{count} {outcome}" for outcome, count in total.items() if count)
print(f"{name}: {calls} calls of {len(tools)} tools ({said}), {messages} other messages; findings {summary['findings']['by_category']}")
# Not its exceptions: it thinks of infinite numbers, and JSON has none to send.
wrong = {outcome: count for outcome, count in total.items() if count and outcome in ("crashed", "anomaly")}
# What it takes for malformed and is not, and a name that a JSON text repeats.
odd = {kind for kind in summary["findings"]["by_category"] if kind not in ("accepted_malformed", "injection_reflection")}
if wrong or odd:
    sys.exit(f"mcp-fuzzer: {name}: {wrong or ''} {odd or ''}")
