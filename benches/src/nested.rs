//! Twenty fields in three levels, in and out.

use chatui::{Json, data, tool};

#[data]
struct Order {
    number: u32,
    customer: Customer,
    delivery: Address,
    billing: Address,
    payment: Payment,
}

#[data]
struct Customer {
    name: String,
    email: String,
    age: u8,
    member: bool,
}

#[data]
struct Address {
    street: String,
    number: u16,
    city: String,
    code: String,
    country: Country,
}

#[data]
enum Country {
    France,
    Japan,
}

#[data]
struct Payment {
    method: String,
    currency: String,
    amount: f64,
    tax: f64,
    paid: Option<bool>,
}

/// Takes an order and repeats it.
#[tool(writes)]
fn order(order: Order) -> Json<Order> {
    Json(order)
}

/// Arguments of `order`.
pub const ORDER: &str = r#"{"order":{"number":4711,"customer":{"name":"Ada Lovelace","email":"ada@example.com","age":36,"member":true},"delivery":{"street":"Rue de Rivoli","number":99,"city":"Paris","code":"75001","country":"France"},"billing":{"street":"Sakura-dori","number":7,"city":"Tokyo","code":"103-0027","country":"Japan"},"payment":{"method":"card","currency":"EUR","amount":129.9,"tax":24.681,"paid":true}}}"#;
