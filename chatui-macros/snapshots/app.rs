#[app]
async fn app(env: &worker::Env) -> Result<App> {
    Ok(App::new().state(Store::open(env).await?))
}
