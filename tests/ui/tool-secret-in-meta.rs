/// Calls an API with a password that every client would read.
#[chatui::tool(read_only, meta("com.example/database" = "postgres://app:Wq8rT2zLp9xV@db.shop.internal/shop"))]
fn call() {}

/// The same in a default.
#[chatui::tool(read_only)]
fn call_too(#[arg(default = "postgres://app:Wq8rT2zLp9xV@db.shop.internal/shop")] database: String) {
    drop(database);
}

/// And a false alarm that somebody looked at.
#[chatui::tool(read_only, allow = "secret")]
fn documented(#[arg(default = "postgres://app:Wq8rT2zLp9xV@db.shop.internal/shop")] database: String) {
    drop(database);
}

/// A code that is none.
#[chatui::tool(read_only, allow = "secrte")]
fn misspelt() {}

fn main() {}
