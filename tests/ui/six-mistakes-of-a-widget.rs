#[chatui::widget("ui/cart.html", text = "{city} {hours:?}", csp(connect = "api.example.com"), permissions(usb))]
struct Card<T> {
    city: T,
    #[ui_only]
    hours: Vec<u8>,
}

fn main() {}
