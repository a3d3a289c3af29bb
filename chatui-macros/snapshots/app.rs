#[app(not_for = ["Do nothing"])]
async fn app(env: &worker::Env) -> Result<App> {
    Ok(App::new().state(Store::open(env).await?))
}
