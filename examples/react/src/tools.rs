use std::sync::{Mutex, PoisonError};

use chatui::{App, Json, Result, Tell, data, tool, widget};

/// A month's expenses, which the person sorts, filters and files under other categories.
#[widget("web/dist", text = in_words)]
struct Expenses {
    month: String,
    /// Of all amounts, as ISO 4217 has it.
    currency: String,
    /// In cents.
    total: u32,
    expenses: Vec<Expense>,
}

#[data]
#[derive(Clone)]
struct Expense {
    id: u32,
    /// For example 2026-10-01.
    date: String,
    payee: String,
    category: Category,
    cents: u32,
}

#[data]
#[serde(rename_all = "snake_case")]
#[derive(Clone, Copy, Debug, PartialEq)]
enum Category {
    Food,
    Home,
    Travel,
    Fun,
    Other,
}

fn in_words(Expenses { month, currency, total, expenses }: &Expenses) -> String {
    let mut words = format!("{} expenses in {month}, {} {currency}", expenses.len(), amount(*total));
    for Expense { id, date, payee, category, cents } in expenses {
        words += &format!("\n{id}. {date} {payee}, {category:?}: {}", amount(*cents));
    }
    words
}

fn amount(cents: u32) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// What an app of yours would have in a database, as `examples/todo` does: this is gone with the process.
struct Ledger(Mutex<Vec<Expense>>);

impl Ledger {
    fn of_october() -> Self {
        use Category::{Food, Fun, Home, Other, Travel};
        let expenses = [
            (1, "Harbour Housing", Home, 124000),
            (2, "Corner Bakery", Food, 840),
            (3, "Green Grocer", Food, 6315),
            (5, "City Transit", Travel, 4900),
            (7, "Lantern Cinema", Fun, 2750),
            (9, "Green Grocer", Food, 7182),
            (11, "Power & Light", Home, 8830),
            (14, "Noodle House", Food, 3460),
            (16, "Northern Rail", Travel, 11200),
            (17, "Old Mill Hotel", Other, 18400),
            (20, "Page One Books", Fun, 4195),
            (23, "Green Grocer", Food, 5847),
            (26, "Family Dentist", Other, 9500),
            (30, "Corner Bakery", Food, 1275),
        ];
        let number = |(id, (day, payee, category, cents)): (u32, (u32, &str, Category, u32))| Expense {
            id,
            date: format!("2026-10-{day:02}"),
            payee: payee.to_owned(),
            category,
            cents,
        };
        Ledger(Mutex::new((1..).zip(expenses).map(number).collect()))
    }
}

/// Use this when the user wants to see the expenses, or asks what was spent, and on what.
#[tool(read_only, examples = ["Show me my expenses", "What did I spend on food in October?"])]
fn show_expenses(ledger: &Ledger) -> Expenses {
    let expenses = ledger.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let total = expenses.iter().map(|expense| expense.cents).sum();
    Expenses { month: "2026-10".into(), currency: "USD".into(), total, expenses }
}

/// Use this when the user says under which category an expense belongs.
#[tool(writes, idempotent, examples = ["The hotel belongs under travel"])]
fn file_expense(
    /// The number of the expense.
    id: u32,
    /// The category that it belongs under.
    category: Category,
    ledger: &Ledger,
) -> Result<Json<Expense>> {
    let mut expenses = ledger.0.lock().unwrap_or_else(PoisonError::into_inner);
    let expense = expenses.iter_mut().find(|expense| expense.id == id);
    let expense = expense.tell(format!("there is no expense {id}; show_expenses lists them with their numbers"))?;
    expense.category = category;
    Ok(Json(expense.clone()))
}

#[chatui::app(not_for = ["What does a train ticket cost?", "Draw a pie chart", "Split this bill by three"])]
fn app() -> App {
    App::new().instructions("Lists the expenses of a month and files them under categories.").state(Ledger::of_october())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chatui::testing::{block_on, client, json};

    #[test]
    fn what_hosts_see_is_what_was_committed() {
        chatui::assert_contract!();
    }

    #[test]
    fn an_expense_is_filed_under_another_category() {
        let ledger = Ledger::of_october();
        let Json(filed) = file_expense(10, Category::Travel, &ledger).unwrap();
        assert_eq!((filed.payee.as_str(), filed.category), ("Old Mill Hotel", Category::Travel));
        let words = in_words(&show_expenses(&ledger));
        assert!(words.starts_with("14 expenses in 2026-10, 2086.94 USD\n1. 2026-10-01 Harbour Housing, Home: 1240.00\n"), "{words}");
        assert!(words.contains("10. 2026-10-17 Old Mill Hotel, Travel: 184.00"));
    }

    #[test]
    fn what_cannot_be_filed_is_told() {
        let client = client(app());
        let missing = block_on(client.call("file_expense", json!({ "id": 99, "category": "food" })));
        missing.assert_error_contains("there is no expense 99");
        block_on(client.call("file_expense", json!({ "id": 1, "category": "rent" }))).assert_error_contains("`category`");
    }
}
