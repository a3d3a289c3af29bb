// 54 lines beside the items

#[allow(clippy::all, deprecated)]
const _: () = {
    use ::chatui::__private as __chatui;
    const __CHATUI_BODY: __chatui::Body<Result<Option<String>>> = __chatui::body::<
        Result<Option<String>>,
    >();
    const __CHATUI_PARAMS: (__chatui::Param<String>, __chatui::Param<u32>) = (
        __chatui::param::<String>("book", "The book it stands in.")
            .complete(|typed| __chatui::offered(books(typed))),
        __chatui::param::<u32>("id", ""),
    );
    __chatui::submit(__chatui::Resource {
        uri: "notes://{book}/{id}",
        name: "note",
        title: "One note",
        about: "A note.",
        mime: "text/markdown",
        package: __chatui::package!(),
        place: __chatui::place!(),
        params: &[__CHATUI_PARAMS.0.slot, __CHATUI_PARAMS.1.slot],
        lent: &[__chatui::lent::<Notes>()],
        read: |mut call| __chatui::task(async move {
            let args = (call.take(&__CHATUI_PARAMS.0), call.take(&__CHATUI_PARAMS.1));
            call.check()?;
            (__CHATUI_BODY.make)(note(args.0?, args.1?, call.lend::<Notes>()?).await)
        }),
        icon: __chatui::Some("data:image/png,"),
        audience: &["user", "assistant"],
        priority: __chatui::Some(1f64),
        ..__chatui::RESOURCE
    });
    __chatui::submit(__chatui::COMPLETE);
};
/// A note.
async fn note(book: String, id: u32, notes: &Notes) -> Result<Option<String>> {
    notes.read(&book, id).await
}
#[allow(clippy::all, deprecated)]
const _: () = {
    use ::chatui::__private as __chatui;
    const __CHATUI_BODY: __chatui::Body<Json<Vec<Note>>> = __chatui::body::<
        Json<Vec<Note>>,
    >();
    __chatui::submit(__chatui::Resource {
        uri: "notes://all",
        name: "notes",
        title: "Notes",
        about: "All notes.",
        mime: __CHATUI_BODY.mime,
        package: __chatui::package!(),
        place: __chatui::place!(),
        read: |call| __chatui::task(async move {
            call.check()?;
            (__CHATUI_BODY.make)(notes())
        }),
        ..__chatui::RESOURCE
    });
};
/// All notes.
fn notes() -> Json<Vec<Note>> {
    Json(Vec::new())
}
