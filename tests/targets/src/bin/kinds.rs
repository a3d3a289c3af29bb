//! A server of all the tools that are fuzzed, for fuzzers that want one: `tests/mcp-fuzzer`.

use fuzz_targets as _;

fn main() -> chatui::Exit {
    chatui::main()
}
