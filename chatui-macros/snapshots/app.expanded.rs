// 14 lines beside the items

#[allow(clippy::all, deprecated)]
const _: () = {
    use ::chatui::__private as __chatui;
    __chatui::submit(__chatui::AppFn {
        package: __chatui::package!(),
        place: __chatui::place!(),
        not_for: __chatui::for_dev!("Do nothing"),
        build: |door| __chatui::task(async move {
            __chatui::made::<
                Result<App>,
            >(app(__chatui::from_door::<worker::Env>(door)).await)
        }),
    });
};
async fn app(env: &worker::Env) -> Result<App> {
    Ok(App::new().state(Store::open(env).await?))
}
