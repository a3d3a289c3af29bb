use chatui::{App, Json, Result, Tell, bail, data, tool, widget};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

const TIMES: [&str; 3] = ["18:00", "19:30", "21:00"];
const SEATS: u8 = 20; // at each of them
const OPEN: &str = "tables are for the next 30 days, and on Mondays it is closed";

/// The form in which the person books a table. It calls `book` itself, and says so when a table is booked.
#[widget("widgets/booking.html", text = in_words)]
struct BookingForm {
    date: String,
    people: u8,
    /// Times of that evening with enough seats for them.
    free: Vec<String>,
    /// The seats that are left on each evening, at each time.
    #[ui_only]
    evenings: BTreeMap<String, BTreeMap<&'static str, u8>>,
}

#[data]
#[derive(Clone, Debug, PartialEq)]
struct Guest {
    #[schemars(length(min = 2, max = 60))]
    name: String,
    /// With its country, as +354 555 1234. The guest leaves this or an e-mail address.
    #[schemars(regex(pattern = r"^\+[1-9][0-9 ]{6,18}[0-9]$"))]
    phone: Option<String>,
    #[schemars(regex(pattern = r"^[^@\s]+@[^@\s]+\.[^@\s.]+$"))]
    email: Option<String>,
}

#[data]
#[derive(Clone, Debug)]
struct Booking {
    number: usize,
    date: String,
    time: String,
    people: u8,
    guest: Guest,
    remark: Option<String>,
}

/// In memory, for an example: a restart forgets them, and on Workers each isolate has its own, as long as it lives.
#[derive(Default)]
struct Bookings(Mutex<Vec<Booking>>);

/// Use this when the user wants a table at the restaurant, or asks when there is one; opens the form in which they book it.
#[tool(read_only, examples = ["I'd like a table for two", "Is there a table for six on Friday?"])]
fn show_booking_form(
    /// The evening, as 2026-12-24; the next one if absent.
    date: Option<String>,
    /// How many they are.
    #[arg(range = 1..=8, default = 2)]
    people: u8,
    bookings: &Bookings,
) -> Result<BookingForm> {
    let open = |date: &String| evenings().any(|evening| evening == *date);
    let date = date.or_else(|| evenings().next()).filter(open).tell(format!("there is no table on that day; {OPEN}"))?;
    let booked = bookings.0.lock().unwrap_or_else(PoisonError::into_inner);
    let left = |date: &str| TIMES.map(|time| (time, seats(&booked, date, time))).into();
    let evenings = evenings().map(|date| (date.clone(), left(&date))).collect();
    Ok(BookingForm { free: free(&booked, &date, people), date, people, evenings })
}

fn in_words(BookingForm { date, people, free, .. }: &BookingForm) -> String {
    format!("Tables for {people} on {date}: {}. The person fills the form in and books by themselves.", listed(free))
}

fn listed(times: &[String]) -> String {
    if times.is_empty() { "none".into() } else { times.join(", ") }
}

/// Use this when the user has named the evening, the time, how many they are, and who they are. Otherwise use show_booking_form.
#[tool(writes, idempotent, invoking = "Booking…", invoked = "Booked")]
fn book(
    /// The evening, as 2026-12-24.
    #[arg(pattern = r"^\d{4}-\d{2}-\d{2}$")]
    date: String,
    /// 18:00, 19:30 or 21:00.
    #[arg(pattern = "^(18:00|19:30|21:00)$")]
    time: String,
    /// How many they are.
    #[arg(range = 1..=8)]
    people: u8,
    /// Who books, and where they can be reached.
    guest: Guest,
    /// What the restaurant should know, for example of allergies.
    #[arg(length = ..=200)]
    remark: Option<String>,
    bookings: &Bookings,
) -> Result<Json<Booking>> {
    let mut booked = bookings.0.lock().unwrap_or_else(PoisonError::into_inner);
    let same = |it: &&Booking| (&it.date, &it.time, it.people, &it.guest) == (&date, &time, people, &guest);
    if let Some(again) = booked.iter().find(same) {
        return Ok(Json(again.clone())); // whoever asks twice, for want of an answer, gets one table
    }
    // Rules across arguments, in the words that chatui has for those of one: a form puts both in the same place.
    let (mut wrong, left) = (Vec::new(), seats(&booked, &date, &time));
    if !evenings().any(|evening| evening == date) {
        wrong.push(format!("`date` is {date}; {OPEN}"));
    } else if left < people {
        let enough = listed(&free(&booked, &date, people));
        wrong.push(format!("`time` has {left} seats left, too few for {people}; times with enough: {enough}"));
    }
    if guest.phone.is_none() && guest.email.is_none() {
        wrong.push("`guest.phone` is missing, and so is `guest.email`; one of them is needed".into());
    }
    if !wrong.is_empty() {
        bail!("wrong arguments:\n- {}", wrong.join("\n- "));
    }
    let booking = Booking { number: booked.len() + 1, date, time, people, guest, remark };
    booked.push(booking.clone());
    Ok(Json(booking))
}

fn seats(booked: &[Booking], date: &str, time: &str) -> u8 {
    SEATS - booked.iter().filter(|it| it.date == date && it.time == time).map(|it| it.people).sum::<u8>()
}

fn free(booked: &[Booking], date: &str, people: u8) -> Vec<String> {
    TIMES.into_iter().filter(|time| seats(booked, date, time) >= people).map(Into::into).collect()
}

/// From tomorrow on, without Mondays. The restaurant is in Reykjavík, where it is UTC all year.
fn evenings() -> impl Iterator<Item = String> {
    #[cfg(target_family = "wasm")]
    let seconds = worker::Date::now().as_millis() / 1000;
    #[cfg(not(target_family = "wasm"))]
    let seconds = std::time::UNIX_EPOCH.elapsed().map_or(0, |since| since.as_secs());
    (1..=30).map(move |ahead| seconds / 86_400 + ahead).filter(|day| day % 7 != 4).map(date) // day 0 was a Thursday
}

fn date(mut day: u64) -> String {
    let (mut year, mut month) = (1970, 1); // right until 2100
    let long = |year: u32, month: u64| if month == 2 { 28 + u64::from(year.is_multiple_of(4)) } else { 30 + (month + month / 8) % 2 };
    while day >= long(year, month) {
        day -= long(year, month);
        (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    }
    format!("{year}-{month:02}-{:02}", day + 1)
}

#[chatui::app(not_for = ["Find me a good restaurant in Paris", "Cancel my flight"])]
fn app() -> App {
    App::new().instructions("Books tables at one restaurant, Hafnarkrá in Reykjavík.").state(Bookings::default())
}

#[cfg(test)]
mod tests;
