/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(
    #[arg(default = "today")] day: u8,
    #[arg(default = soon())] hour: u8,
) -> String {
    format!("{day} {hour}")
}

fn soon() -> String {
    "soon".into()
}

fn main() {}
