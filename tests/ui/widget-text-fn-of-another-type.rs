/// A card.
#[chatui::widget("ui/card.html", text = describe)]
struct Card {
    city: String,
}

fn describe(city: &String) -> String {
    city.clone()
}

/// Another card.
#[chatui::widget("ui/card.html", text = count)]
struct Other {
    city: String,
}

fn count(other: &Other) -> usize {
    other.city.len()
}

fn main() {}
