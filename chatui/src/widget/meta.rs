//! What hosts are told of a widget beside its document: policy, permissions, border, domain.

use super::{Csp, Widget};
use crate::{host::Host, site::Site};
use serde::Serialize;
use std::collections::BTreeMap;

type Origins<'a> = Vec<&'a str>;

/// The same on both, in the standard's words and in ChatGPT's.
#[derive(Serialize)]
pub(super) struct ResourceMeta<'a> {
    ui: UiMeta<'a>,
    #[serde(rename = "openai/widgetDescription")]
    description: &'static str,
    #[serde(rename = "openai/widgetPrefersBorder")]
    prefers_border: bool,
    #[serde(rename = "openai/widgetCSP")]
    csp: OpenaiCsp<'a>,
    #[serde(rename = "openai/widgetDomain", skip_serializing_if = "Option::is_none")]
    domain: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct UiMeta<'a> {
    csp: UiCsp<'a>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    permissions: BTreeMap<&'static str, Empty>,
    prefers_border: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    domain: Option<String>,
}

#[derive(Serialize)]
struct Empty {}

/// Empty lists and not nothing: a review of the app wants the policy in words. Frames alone are asked about when named.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct UiCsp<'a> {
    connect_domains: Origins<'a>,
    resource_domains: Origins<'a>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    frame_domains: &'static [&'static str],
}

#[derive(Serialize)]
struct OpenaiCsp<'a> {
    connect_domains: Origins<'a>,
    resource_domains: Origins<'a>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    frame_domains: &'static [&'static str],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    redirect_domains: &'static [&'static str],
}

impl<'a> ResourceMeta<'a> {
    pub(super) fn of(widget: &'static Widget, site: &'a Site, host: Host) -> Self {
        let Widget { about: description, prefers_border, permissions, csp, .. } = *widget;
        let Csp { connect, resource, frame: frame_domains, redirect: redirect_domains } = csp;
        let with_own = |named: &'static [&'static str]| -> Origins<'a> {
            let base = site.base().filter(|_| widget.template.assets.is_some());
            let mut all = named.to_vec();
            for own in site.origins().chain(base) {
                if !all.contains(&own) {
                    all.push(own);
                }
            }
            all
        };
        let (connect_domains, resource_domains) = (with_own(connect), with_own(resource));
        let permissions = permissions.iter().map(|name| (*name, Empty {})).collect();
        let csp = UiCsp { connect_domains: connect_domains.clone(), resource_domains: resource_domains.clone(), frame_domains };
        ResourceMeta {
            ui: UiMeta { csp, permissions, prefers_border, domain: host.domain(site) },
            description,
            prefers_border,
            csp: OpenaiCsp { connect_domains, resource_domains, frame_domains, redirect_domains },
            domain: host.twin_domain(site),
        }
    }
}
