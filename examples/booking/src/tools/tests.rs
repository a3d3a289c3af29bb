use super::*;
use chatui::testing::{block_on, client, json};

#[test]
fn what_hosts_see_is_what_was_committed() {
    chatui::assert_contract!();
}

#[test]
fn days_are_those_of_the_calendar() {
    let days = [(0, "1970-01-01"), (58, "1970-02-28"), (59, "1970-03-01"), (11_016, "2000-02-29"), (20_818, "2026-12-31")];
    assert_eq!(days.map(|(day, _)| date(day)), days.map(|(_, date)| date));
}

#[test]
fn each_mistake_names_its_argument() {
    let client = client(app());
    let call = |people, guest| {
        block_on(client.call("book", json!({ "date": evenings().next(), "time": "19:30", "people": people, "guest": guest })))
            .text()
            .to_owned()
    };
    let told = call(9, json!({ "name": "A", "phone": "555" }));
    for line in ["- `people` is 9; expected an integer from 1 to 8", "- `guest.name` has 1 character", "- `guest.phone` is \"555\""] {
        assert!(told.contains(line), "{told}");
    }
    assert!(call(2, json!({ "name": "Ada" })).contains("- `guest.phone` is missing, and so is `guest.email`"));
}

#[test]
fn no_seat_is_given_twice_and_no_table_to_one_who_asks_twice() -> Result<()> {
    let (all, date) = (Bookings::default(), evenings().next().unwrap_or_default());
    let guest = |name: &str| Guest { name: name.into(), phone: None, email: Some("ada@example.com".into()) };
    let book = |name, people| book(date.clone(), "18:00".into(), people, guest(name), None, &all);
    assert_eq!((book("Ada", 8)?.0.number, book("Ada", 8)?.0.number, book("Ben", 8)?.0.number), (1, 1, 2));
    let refused = book("Cleo", 6).err().and_then(|error| error.told().map(str::to_owned));
    assert!(refused.is_some_and(|why| why.contains("`time` has 4 seats left, too few for 6; times with enough: 19:30, 21:00")));
    let form = show_booking_form(None, 6, &all)?;
    assert!(in_words(&form).starts_with(&format!("Tables for 6 on {date}: 19:30, 21:00.")));
    Ok(())
}
