//! Keys of every known shape, and what only looks like one. The keys are put together here, so that no scanner of
//! repositories takes them for real.

use chatui_template::find_secret;

/// Letters and digits as a machine would throw them.
fn body(length: usize) -> String {
    let letters = b"k3Jd9fQ2mZx7Lr5TbW8yVn4Hs6Pc0Gu1EaXo";
    (0..length).map(|at| char::from(letters[(at * 7 + at / 36) % letters.len()])).collect()
}

/// The same of the sixteen that a number in hexadecimal has.
fn hex(length: usize) -> String {
    let letters = b"d90b4fe7c2a81563";
    (0..length).map(|at| char::from(letters[(at * 7 + at / 16) % letters.len()])).collect()
}

#[test]
fn keys_are_told_by_their_shape() {
    let upper = body(16).to_uppercase();
    let jwt = |payload: &str| ["eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.", payload, ".", &body(43)].concat();
    let rows = [
        ("an AWS access key", ["AKIA", &upper].concat()),
        ("an AWS access key", ["ASIA", &upper].concat()),
        ("a Google API key", ["AIza", &body(35)].concat()),
        ("a Google OAuth secret", ["GOCSPX-", &body(28)].concat()),
        ("an Azure storage key", ["DefaultEndpointsProtocol=https;AccountName=a;AccountKey=", &body(86), "=="].concat()),
        ("an Azure access key", ["Endpoint=sb://a.servicebus.windows.net/;SharedAccessKey=", &body(43), "="].concat()),
        ("a Stripe key", ["sk_live_", &body(24)].concat()),
        ("a Stripe key", ["rk_live_", &body(99)].concat()),
        ("a Stripe webhook secret", ["whsec_", &body(32)].concat()),
        ("a GitHub token", ["ghp_", &body(36)].concat()),
        ("a GitHub token", ["gho_", &body(36)].concat()),
        ("a GitHub token", ["ghu_", &body(36)].concat()),
        ("a GitHub token", ["ghs_", &body(36)].concat()),
        ("a GitHub token", ["ghr_", &body(76)].concat()),
        ("a GitHub token", ["github_pat_", &body(22), "_", &body(59)].concat()),
        ("a GitLab token", ["glpat-", &body(20)].concat()),
        ("an OpenAI key", ["sk-", &body(20), "T3Blbk", "FJ", &body(20)].concat()),
        ("an OpenAI key", ["sk-proj-", &body(60), "_-", &body(60)].concat()),
        ("an OpenAI key", ["sk-svcacct-", &body(80)].concat()),
        ("an OpenAI key", ["sk-admin-", &body(60), "-_", &body(60)].concat()),
        ("an OpenRouter key", ["sk-or-v1-", &hex(64)].concat()),
        ("an Anthropic key", ["sk-ant-api03-", &body(93), "AA"].concat()),
        ("a Hugging Face token", ["hf_", &body(34)].concat()),
        ("a Slack token", ["xoxb-", "2104872913-6651908237-", &body(24)].concat()),
        ("a Slack token", ["xoxp-", "2104872913-6651908237-", "4172093865-", &hex(32)].concat()),
        ("a Slack token", ["xoxa-", "2-2104872913-6651908237-", &hex(32)].concat()),
        ("a Slack token", ["xoxr-", "2104872913-6651908237-", &body(24)].concat()),
        ("a Slack token", ["xoxs-", "2104872913-6651908237-", &hex(32)].concat()),
        ("a Slack token", ["xapp-", "1-A04T7QK2MZX-6651908237-", &hex(64)].concat()),
        ("an npm token", ["npm_", &body(36)].concat()),
        ("a PyPI token", ["pypi-", "AgEIcHlwaS5vcmc", &body(150), "-_9"].concat()),
        ("a SendGrid key", ["SG.", &body(22), ".", &body(43)].concat()),
        ("a DigitalOcean token", ["dop_v1_", &hex(64)].concat()),
        ("a Groq key", ["gsk_", &body(52)].concat()),
        ("an xAI key", ["xai-", &body(80)].concat()),
        ("a private key", ["-----BEGIN RSA PRIVATE", " KEY-----\nMII", &body(61), "\n"].concat()),
        ("a private key", ["-----BEGIN PRIVATE", " KEY-----\\nMII", &body(61)].concat()),
        ("a JSON web token", jwt("eyJzdWIiOiI0MiJ9")),
        ("a password in an address", ["postgres://shop:", &body(12), "@db.acme.dev:5432/shop"].concat()),
        ("a password in an address", ["mongodb+srv://shop:", &body(12), "@c0.a1b2.mongodb.net/?x"].concat()),
        ("a password in an address", ["redis://:", &body(12), "@cache.acme.dev"].concat()),
        ("a password in an address", ["mysql://shop:", &body(12), "@10.acme.dev/a"].concat()),
        ("a password in an address", ["amqps://shop:", &body(12), "@mq.acme.dev"].concat()),
    ];
    for (kind, key) in rows {
        for (before, after) in [("", ""), ("const a = \"", "\";"), ("é KEY=", "\n"), ("<!-- ", " -->")] {
            let text = [before, &key, after].concat();
            let secret = find_secret(&text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(secret.kind, kind, "{text}");
            assert!(text[secret.at..].starts_with(&key[..4]) || key[..secret.at - before.len()].ends_with([';', ':']), "{text}");
        }
    }
}

#[test]
fn placeholders_and_names_are_no_keys() {
    let long = body(60);
    let rows = [
        "AKIAIOSFODNN7EXAMPLE",
        "AKIAXXXXXXXXXXXXXXXX",
        "sk-…",
        "sk-proj-...",
        "sk-your-api-key-here-1234567890abcdefghijk",
        "sk-1234567890abcdef1234567890abcdef",
        "sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "sk-ant-api03-your-key",
        "<div class=\"sk-folding-cube sk-cube1 sk-loading-animation-container\">",
        "task-abcdef0123456789abcdef0123456789abcdef01",
        "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "hf_<your key>",
        "hf_hub_download_of_a_very_long_function_name",
        "sk_test_4eC39HqLyjWDarjtT1zdp7dc",
        "npm_config_registry_of_some_other_thing1",
        "postgres://user:password@localhost/db",
        "postgres://postgres:postgres@db.acme.dev/db",
        "postgres://${user}:${password}@${host}/db",
        "postgres://user:k3Jd9fQ2@127.0.0.1/db",
        "postgres://user:<password>@db.acme.dev",
        "https://example.com:8080/@scope/name",
        "https://cdn.example.com/npm/a@1.2.3/b:c@d",
        "redis://localhost:6379",
        "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A",
        "if (pem.includes('-----BEGIN PRIVATE KEY-----')) {}",
        "eyJhbGciOiJIUzI1NiJ9",
        // Everybody's example.
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
        &long,
    ];
    for text in rows {
        assert_eq!(find_secret(text), None, "{text}");
    }
}
