//! How often a call asks for memory: a count, and the same on every machine.

use chatui_benches::{Era, answer, server, small};
use std::hint::black_box;

/// A call that costs more has begun to copy something.
const MOST: u64 = 12;

#[test]
fn a_small_call_allocates_little() {
    let server = server(0);
    for era in Era::ALL {
        let request = small(era, "add");
        let first = answer(&server, request.clone());
        assert!(first.ends_with(b"}}") && String::from_utf8_lossy(&first).contains(r#""sum":5"#), "{first:?}");
        let counted = allocation_counter::measure(|| drop(black_box(answer(&server, request))));
        assert!((1..=MOST).contains(&counted.count_total), "{era}: {} allocations", counted.count_total);
    }
}
