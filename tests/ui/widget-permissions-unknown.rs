/// A card.
#[chatui::widget("ui/card.html", text = "{city}", permissions(camara, clipboard_write = true, usb))]
struct Card {
    city: String,
}

fn main() {}
