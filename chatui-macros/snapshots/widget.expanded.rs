// 45 lines beside the items

#[allow(clippy::all, unused_imports, unused_variables, deprecated)]
const _: () = {
    use ::chatui::__private::{self as __chatui, Unwritten as _};
    const _: &[u8] = ::core::include_bytes!("$DIR/snapshots/card.html");
    #[derive(__chatui::serde::Serialize, __chatui::schemars::JsonSchema)]
    #[serde(crate = "__chatui::serde", remote = "Forecast")]
    #[schemars(crate = "__chatui::schemars")]
    struct __ChatuiModel {
        city: String,
        high: i32,
    }
    static __CHATUI_WIDGET: __chatui::Widget = __chatui::Widget {
        name: "forecast",
        title: "Forecast",
        about: "A forecast card for one city.",
        package: __chatui::package!(),
        place: __chatui::place!(),
        template: __chatui::Template {
            before: "<!doctype html>\n<head>",
            after: "\n<title>Card</title>\n</head>\n<p>Hi\n",
            path: "snapshots/card.html",
            root: if ::core::cfg!(debug_assertions) { "$DIR" } else { "" },
            fields: __chatui::for_dev!("city", "high"),
            ..__chatui::TEMPLATE
        },
        ..__chatui::WIDGET
    };
    #[automatically_derived]
    impl __chatui::Draw for Forecast {
        const WIDGET: &'static __chatui::Widget = &__CHATUI_WIDGET;
        fn schema(generator: &mut __chatui::SchemaGenerator) -> __chatui::Schema {
            generator.subschema_for::<__ChatuiModel>()
        }
        fn model<S: __chatui::Serializer>(
            &self,
            serializer: S,
        ) -> __chatui::Result<S::Ok, S::Error> {
            __ChatuiModel::serialize(self, serializer)
        }
        fn text(&self) -> __chatui::String {
            let Forecast { city, high, .. } = self;
            ::std::format!("{city}: {high}°")
        }
    }
};
/// A forecast card for one city.
pub struct Forecast {
    pub city: String,
    pub high: i32,
}
