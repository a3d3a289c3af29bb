// 94 lines beside the items

#[allow(clippy::all, unused_imports, unused_variables, deprecated)]
const _: () = {
    use ::renamed::__private::{self as __chatui, Unwritten as _};
    const _: fn() = || {
        __chatui::is_data::<Vec<Hour>>();
    };
    #[derive(__chatui::serde::Serialize, __chatui::schemars::JsonSchema)]
    #[serde(crate = "__chatui::serde", remote = "Forecast", rename = "Forecast")]
    #[schemars(crate = "__chatui::schemars")]
    #[serde(rename_all = "camelCase", tag = "kind")]
    struct __ChatuiModel {
        /// The city.
        #[serde(rename = "town")]
        city: String,
        #[schemars(range(min = -90))]
        high_degrees: i32,
    }
    #[derive(__chatui::serde::Serialize, __chatui::schemars::JsonSchema)]
    #[serde(crate = "__chatui::serde", remote = "Forecast", rename = "Forecast")]
    #[schemars(crate = "__chatui::schemars")]
    #[serde(rename_all = "camelCase", tag = "kind")]
    struct __ChatuiHidden {
        #[serde(skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 24))]
        all_hours: Vec<Hour>,
    }
    static __CHATUI_WIDGET: __chatui::Widget = __chatui::Widget {
        name: "forecast-card",
        title: "The forecast",
        about: "A forecast card for one city.",
        package: __chatui::package!(),
        place: __chatui::place!(),
        template: __chatui::Template {
            before: "<!doctype html>",
            after: "<p>Hi",
            ..__chatui::TEMPLATE
        },
        csp: __chatui::Csp {
            connect: &["https://api.example.com"],
            resource: &["https://a.example", "https://b.example"],
            redirect: &["https://c.example"],
            ..__chatui::CSP
        },
        prefers_border: true,
        permissions: &["geolocation", "clipboardWrite"],
        findings: &[
            __chatui::Finding::new(
                "csp-unused",
                "html:1:1: nothing in the template names `a.example`; keep it if the data or a file from elsewhere do, else remove `https://a.example` from csp(resource = …)",
            ),
            __chatui::Finding::new(
                "csp-unused",
                "html:1:1: nothing in the template names `api.example.com`; keep it if the data or a file from elsewhere do, else remove `https://api.example.com` from csp(connect = …)",
            ),
            __chatui::Finding::new(
                "csp-unused",
                "html:1:1: nothing in the template names `b.example`; keep it if the data or a file from elsewhere do, else remove `https://b.example` from csp(resource = …)",
            ),
            __chatui::Finding::new(
                "csp-unused",
                "html:1:1: nothing in the template names `c.example`; keep it if the data or a file from elsewhere do, else remove `https://c.example` from csp(redirect = …)",
            ),
        ],
        ..__chatui::WIDGET
    };
    #[automatically_derived]
    impl __chatui::Draw for Forecast {
        const WIDGET: &'static __chatui::Widget = &__CHATUI_WIDGET;
        const HIDES: bool = true;
        fn schema(generator: &mut __chatui::SchemaGenerator) -> __chatui::Schema {
            generator.subschema_for::<__ChatuiModel>()
        }
        fn model<S: __chatui::Serializer>(
            &self,
            serializer: S,
        ) -> __chatui::Result<S::Ok, S::Error> {
            __ChatuiModel::serialize(self, serializer)
        }
        fn hidden_schema(
            generator: &mut __chatui::SchemaGenerator,
        ) -> __chatui::Option<__chatui::Schema> {
            __chatui::Some(generator.subschema_for::<__ChatuiHidden>())
        }
        fn hidden<S: __chatui::Serializer>(
            &self,
            serializer: S,
        ) -> __chatui::Result<S::Ok, S::Error> {
            __ChatuiHidden::serialize(self, serializer)
        }
        fn text(&self) -> __chatui::String {
            __chatui::text(describe(self))
        }
    }
};
/// A forecast card for one city.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind", default)]
pub struct Forecast {
    /// The city.
    #[serde(rename = "town", alias = "place")]
    pub city: String,
    pub high_degrees: i32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub all_hours: Vec<Hour>,
}
