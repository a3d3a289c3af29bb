use super::*;
use chatui::testing::{block_on, client, json};

#[test]
fn what_hosts_see_is_what_was_committed() {
    chatui::assert_contract!();
}

#[test]
fn all_lines_of_the_map_are_read() {
    let isles = Isles::read(include_str!("../../data/isles.txt")).unwrap_or_default();
    assert_eq!((isles.islands.len(), isles.places.len(), isles.ferries.len()), (7, 9, 5));
    assert!(isles.islands.iter().all(|island| island.coast.len() >= 4), "each is an area");
    assert!(isles.ferries.iter().all(|ferry| ferry.course.len() >= 4), "none sails over land in one line");
}

#[test]
fn far_is_as_far_there_as_back() {
    let client = client(app());
    let from_to = |from, to| block_on(client.call("distance", json!({ "from": from, "to": to })));
    let there = json!({ "from": "Port Merrow", "to": "Larkness", "km": 10.5, "direction": "east", "ferry_minutes": 29.0 });
    from_to("port merrow", " Larkness").assert_data_contains(there);
    from_to("Larkness", "Port Merrow").assert_data_contains(json!({ "km": 10.5, "direction": "west", "ferry_minutes": 29.0 }));
    from_to("Westing", "Tern Light").assert_data_contains(json!({ "km": 46.0, "ferry_minutes": null }));
    from_to("Paris", "Saltby").assert_error_contains("there is no place `Paris`; the places are Port Merrow, Westing, ");
}
