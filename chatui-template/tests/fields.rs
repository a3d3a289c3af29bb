//! What scripts read of a widget's data, held against its fields.

mod files;

use chatui_template::Policy;
use files::refused;

const OF_A_FORECAST: Policy<'_> = Policy {
    connect: &[],
    resource: &[],
    frame: &[],
    redirect: &[],
    permissions: &[],
    assets: None,
    fields: Some(&["city", "high", "low"]),
    allow: &[],
};

/// What is said of a script, without its place.
fn said(script: &str) -> Vec<String> {
    let body = format!("<p><script>{script}</script>");
    let problems = refused(&body, &[], &OF_A_FORECAST);
    assert!(problems.iter().all(|problem| problem.code == "field"), "{script}: {problems:#?}");
    problems.iter().map(|problem| problem.to_string().split_once(": ").unwrap().1.to_owned()).collect()
}

#[test]
fn a_field_that_is_not_there_is_found_wherever_it_is_read() {
    let scripts = [
        "chatui.on('data', ({ city, hihg }) => draw(city, hihg))",
        "chatui.on('data', async ({ city, hihg = 0, ...rest }) => draw(city, hihg, rest))",
        "chatui.on('data', ({ hihg: top, city: { name } = {} } = {}) => draw(top, name))",
        "chatui.on('data', ({ 'hihg': top }) => draw(top))",
        "chatui.on('data', function ({ city, hihg }) { draw(city, hihg) })",
        "chatui.on('data', function draw({ hihg }) { })",
        "chatui.on('data', data => { title.textContent = data.city + data.hihg })",
        "chatui.on('data', async data => draw(data.city, data?.hihg))",
        "chatui.on('data', (data, before) => draw(data.hihg))",
        "chatui.on('data', function (data) { const { city, hihg } = data; draw(city, hihg) })",
        "chatui.on('data', (async) => draw(async.hihg))",
        "chatui.on('data', data => { last = data; if (!data) return; if (data) show(data, 1); draw(`${data.hihg} °`) })",
        "chatui.on('data', data => { const { city, hihg = 1 } = data ?? {}; draw(city, hihg) })",
        "chatui.on(\"data\", e=>{const{city:t,hihg:n}=e;draw(t,n)})",
        "const { city, hihg } = chatui.data",
        "const { city, hihg } = chatui.data ?? {}",
        "const { hihg } = chatui.data\nlet x = 1",
        "function f() { const { hihg } = chatui.data }",
        "draw(chatui.data.hihg)",
        "draw(chatui.data?.hihg?.length)",
        "draw(window.chatui.data.hihg)",
    ];
    for script in scripts {
        assert_eq!(said(script), ["the widget has no field `hihg`; did you mean `high`?"], "{script}");
    }
    assert_eq!(
        said("draw(chatui.data.rain, chatui.data.wind, chatui.data.wind)"),
        [
            "the widget has no field `rain`; add it, or read one of `city`, `high`, `low`",
            "the widget has no field `wind`; add it, or read one of `city`, `high`, `low`"
        ]
    );
}

#[test]
fn what_is_there_and_what_is_not_the_data_is_left_alone() {
    let scripts = [
        "chatui.on('data', ({ city, high, low }) => draw(city, high, low))",
        "chatui.on('data', ({ city, ...rest }) => draw(city, rest.wind))",
        "chatui.on('data', ({ city = other(a, b), [key]: value }) => draw(city, value))",
        "chatui.on('data', ({ city: { name, at: [x, y] } }) => draw(name, x, y))",
        "chatui.on('data', render); function render(data) { draw(data.wind) }",
        "chatui.on('data', data => { data = data.city; draw(data.wind) })",
        "chatui.on('data', data => { rows.map(data => data.wind); draw(data.city) })",
        "chatui.on('data', data => draw(data.city)); other(data => data.wind)",
        "chatui.on('data', data => { draw(my.data.wind, {data: 1}.wind, ...data.city) })",
        "chatui.on('data', () => draw())",
        "chatui.on('status', ({ state }) => draw(state))",
        "chatui.on('data', data => draw(data.hasOwnProperty('wind')))",
        "const { name } = chatui.data.city; const { length } = chatui.data['x']",
        "const wind = chatui.data; draw(chatui.data)",
        "my.chatui.data.wind; store.data.wind",
        // Other things of the same name.
        "chatui.on('data', data => { for (const { data } of rows) draw(data.wind) })",
        "chatui.on('data', data => { for (const [i, data] of rows) draw(data.wind) })",
        "chatui.on('data', data => { for (data of rows) draw(data.wind) })",
        "chatui.on('data', e=>{for(const[t,e]of r)n(e.wind)})",
        "chatui.on('data', data => { data ??= demo; draw(data.wind) })",
        "chatui.on('data', data => { let a, data; draw(data.wind) })",
        "chatui.on('data', data => { function* data() {} draw(data.wind) })",
        "chatui.on('data', data => { try { f() } catch (data) { draw(data.wind) } })",
        "chatui.on('data', data => { rows.map(function (data) { return data.wind }) })",
        "chatui.on('data', data => { rows.map(async (data) => data.wind) })",
        "chatui.on('data', data => { rows.map((...data) => data.wind) })",
        "chatui.on('data', data => { ({ draw(data) { return data.wind } }) })",
        "chatui.on('data', data => { class A { draw(a, data) { return data.wind } } })",
        "chatui.on('data', data => { [, ...data] = rows; draw(data.wind) })",
        // Not the data alone.
        "const { length } = chatui.data && Object.keys(chatui.data)",
        "const { loading } = chatui.data ?? { loading: true }",
        "const { loading } = chatui.data || DEMO",
        "const { loading } = chatui.data ? a : b",
        "function draw({ city, animate } = chatui.data) { }",
        "let wind; ({ wind } = chatui.data)",
        "const { opts: { wind } = chatui.data } = x",
        "chatui.on('data', data => { rows.map(({ wind } = data) => wind) })",
        // Written before it is read.
        "chatui.on('data', data => { data.total = sum(data.high); draw(data.total) })",
        "chatui.data.opened ??= true; draw(chatui.data.opened)",
        "chatui.data.count++; draw(chatui.data.count)",
        "chatui.data.bits >>>= 1; chatui.data.low2 **= 2; draw(chatui.data.bits, chatui.data.low2)",
        "for (chatui.data.wind of winds) draw(chatui.data.wind)",
        "Object.assign(chatui.data, demo); draw(chatui.data.wind)",
        "chatui.on('data', data => { Object.assign(data, demo); draw(data.wind) })",
        "chatui.data = demo; draw(chatui.data.wind)",
        // Escaped, and with white space that is none of ASCII.
        "draw(chatui.data.c\\u0069ty, chatui.data.city\u{a0}+ 1)",
        "const { 'c\\x69ty': city } = chatui.data",
        // No function.
        "chatui.on('data', (this.onData ?? this.render).bind(this.view))",
        "chatui.on('data', (e.onData||noop).bind(e.ctx))",
        "chatui.on('data', ({ update(d) {} }).update)",
        // What every object has.
        "draw(chatui.data.constructor === Object, chatui.data?.hasOwnProperty?.('city'), chatui.data.toString)",
        "const { hasOwnProperty } = chatui.data",
        "draw(chatui.data.wind?.(), chatui.data.wind`x`)",
        // Asked whether it is there.
        "if (chatui.data.stations) a(); else if (!chatui.data.hours) b(); typeof chatui.data.wind",
        "draw(chatui.data.stations ?? chatui.data.wind ?? chatui.data.rain || chatui.data.hours && 1)",
        "draw(chatui.data.stations ? 1 : 2, chatui.data.wind == null, chatui.data.rain !== undefined, chatui.data.snow === void 0)",
        "const chatui = mine(); chatui.data.wind; chatui.on('data', ({ wind }) => 1)",
        "chatui.data ? .5 : 1",
        "chatui.data == { wind: 1 }",
        "if (wind) { } = chatui.data",
        "chatui.on('data', ",
        "chatui.on('data', function",
        "chatui.on('data', ({ city",
        "const { city = chatui.data",
        "} = chatui.data",
        "chatui.data",
        "chatui.",
    ];
    for script in scripts {
        assert_eq!(said(script), [] as [&str; 0], "{script}");
    }
}

#[test]
fn an_author_may_know_better_and_nothing_is_said_where_fields_are_not_known() {
    let body = "<p><script>draw(chatui.data.wind)</script>";
    assert_eq!(refused(body, &[], &Policy { allow: &["field"], ..OF_A_FORECAST }), []);
    assert_eq!(refused(body, &[], &Policy { fields: None, ..OF_A_FORECAST }), []);
}
