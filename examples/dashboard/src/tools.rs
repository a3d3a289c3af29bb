use chatui::{App, Context, Json, Result, data, prompt, tool, widget};

use crate::weather::{Day, Weather, mean_of, sum_of, tenths};

/// Seattle's weather over some years: the key figures, a chart of the temperature and one of the rain.
#[widget(
    "widgets/dashboard.html",
    text = "{title}: {days} days, {mean} °C on average, from {coldest} °C ({coldest_on}) to {warmest} °C ({warmest_on}), {rain} mm of rain on {wet_days} days"
)]
struct Dashboard {
    title: String,
    first_day: String,
    last_day: String,
    days: usize,
    /// Mean temperature in °C.
    mean: f64,
    /// Highest temperature in °C.
    warmest: f64,
    warmest_on: String,
    /// Lowest temperature in °C.
    coldest: f64,
    coldest_on: String,
    /// All rain and melted snow in mm.
    rain: f64,
    /// Days with at least 1 mm.
    wet_days: usize,
    /// Drawn by the widget, never shown to the model.
    #[ui_only]
    by: Step,
    #[ui_only]
    series: Vec<Point>,
}

/// What one point of the chart stands for.
#[data]
#[serde(rename_all = "snake_case")]
#[derive(Clone, Copy)]
enum Step {
    Month,
    Week,
}

#[data]
struct Point {
    /// Its first day, as 2012-01-01.
    start: String,
    low: f64,
    mean: f64,
    high: f64,
    rain: f64,
}

/// Use this when the user asks to see the dashboard, or for a chart of the weather in Seattle from 2012 to 2015.
#[tool(read_only, examples = ["Show me the dashboard", "Draw Seattle's rain in 2014, week by week"])]
fn show_dashboard(
    /// First year to include, 2012 to 2015; the first of the data if absent.
    from: Option<i32>,
    /// Last year to include, 2012 to 2015; the last of the data if absent.
    to: Option<i32>,
    /// What a point of the chart stands for; if absent, a week where one year is shown and a month otherwise.
    by: Option<Step>,
    weather: &Weather,
) -> Result<Dashboard> {
    let days = weather.between(from, to)?;
    let (first, last) = (&days[0], &days[days.len() - 1]);
    let one_year = first.year == last.year;
    let by = by.unwrap_or(if one_year { Step::Week } else { Step::Month });
    let warmest = days.iter().max_by(|a, b| a.high.total_cmp(&b.high)).unwrap_or(first);
    let coldest = days.iter().min_by(|a, b| a.low.total_cmp(&b.low)).unwrap_or(first);
    let years = if one_year { format!("{}", first.year) } else { format!("{}–{}", first.year, last.year) };
    Ok(Dashboard {
        title: format!("Seattle weather {years}"),
        first_day: first.date.to_owned(),
        last_day: last.date.to_owned(),
        days: days.len(),
        mean: mean_of(days, Day::mean),
        warmest: warmest.high,
        warmest_on: warmest.date.to_owned(),
        coldest: coldest.low,
        coldest_on: coldest.date.to_owned(),
        rain: sum_of(days, |day| day.rain),
        wet_days: days.iter().filter(|day| day.is_wet()).count(),
        by,
        series: series(days, by),
    })
}

fn series(days: &[Day], by: Step) -> Vec<Point> {
    let part = |day: &Day| match by {
        Step::Month => (day.year, day.month),
        Step::Week => (day.year, day.week),
    };
    days.chunk_by(|a, b| part(a) == part(b))
        .map(|days| Point {
            start: days[0].date.to_owned(),
            low: mean_of(days, |day| day.low),
            mean: mean_of(days, Day::mean),
            high: mean_of(days, |day| day.high),
            rain: sum_of(days, |day| day.rain),
        })
        .collect()
}

/// One year of Seattle's weather, month by month, against the years around it; the user switches year and measure in it.
#[widget("widgets/enhanced.html", text = in_words)]
struct EnhancedExample {
    measure: Measure,
    year: i32,
    /// The year's mean (temperatures, in °C) or total (rain in mm, wet days).
    value: f64,
    /// The same, averaged over all years of the data.
    usual: f64,
    /// Drawn by the widget, never shown to the model.
    #[ui_only]
    years: Vec<Year>,
}

#[data]
#[serde(rename_all = "snake_case")]
#[derive(Clone, Copy)]
enum Measure {
    High,
    Low,
    Rain,
    WetDays,
}

#[data]
struct Year {
    year: i32,
    value: f64,
    /// January to December.
    months: Vec<f64>,
}

/// Asks how one year of Seattle's weather was beside the others.
#[prompt(title = "Compare a year")]
fn compare_year(
    /// The year, 2012 to 2015.
    #[arg(complete = years, range = 2012..=2015)]
    year: i32,
    /// What to compare.
    measure: Option<Measure>,
) -> String {
    let what = match measure {
        None => "weather",
        Some(Measure::High) => "daily highs",
        Some(Measure::Low) => "daily lows",
        Some(Measure::Rain) => "rain",
        Some(Measure::WetDays) => "wet days",
    };
    format!("Show Seattle's {what} of {year} against the years around it, and say in one sentence what was unusual.")
}

fn years(typed: &str) -> impl Iterator<Item = String> {
    (2012..=2015).map(|year| year.to_string()).filter(move |year| year.starts_with(typed))
}

/// Use this when the user asks to display the enhanced example widget, or to compare one year's weather in Seattle with the others.
#[tool(read_only, examples = ["Display the enhanced example widget", "Was 2015 warmer than usual in Seattle?"])]
fn show_enhanced_example(
    /// The year to compare, 2012 to 2015; the last one if absent.
    year: Option<i32>,
    /// What to compare; the mean daily high if absent.
    measure: Option<Measure>,
    weather: &Weather,
) -> Result<EnhancedExample> {
    let measure = measure.unwrap_or(Measure::High);
    let year = year.unwrap_or(*weather.years().end());
    let value = figure(weather.between(Some(year), Some(year))?, measure);
    let days = weather.between(None, None)?;
    let years: Vec<Year> = days
        .chunk_by(|a, b| a.year == b.year)
        .map(|days| Year {
            year: days[0].year,
            value: figure(days, measure),
            months: days.chunk_by(|a, b| a.month == b.month).map(|days| figure(days, measure)).collect(),
        })
        .collect();
    let usual = tenths(years.iter().map(|year| year.value).sum::<f64>() / years.len() as f64);
    Ok(EnhancedExample { measure, year, value, usual, years })
}

fn figure(days: &[Day], measure: Measure) -> f64 {
    match measure {
        Measure::High => mean_of(days, |day| day.high),
        Measure::Low => mean_of(days, |day| day.low),
        Measure::Rain => sum_of(days, |day| day.rain),
        Measure::WetDays => sum_of(days, |day| f64::from(day.is_wet())),
    }
}

fn in_words(shown: &EnhancedExample) -> String {
    let (what, unit) = match shown.measure {
        Measure::High => ("mean daily high", " °C"),
        Measure::Low => ("mean daily low", " °C"),
        Measure::Rain => ("rain", " mm"),
        Measure::WetDays => ("wet days", ""),
    };
    let EnhancedExample { year, value, usual, .. } = shown;
    format!("Seattle in {year}, {what}: {value}{unit}, against {usual}{unit} in the average year")
}

#[data]
struct Listed {
    name: String,
    title: String,
    description: String,
    /// What the user can say to see it.
    ask: String,
}

/// Use this when the user asks what widgets are available, or what this app can show.
#[tool(read_only, examples = ["What widgets are available?"])]
fn list_widgets(cx: &Context) -> Json<Vec<Listed>> {
    let listed = cx.widgets().map(|widget| Listed {
        name: widget.name().to_owned(),
        title: widget.title().to_owned(),
        description: widget.description().to_owned(),
        ask: format!("Display the {} widget", widget.title().to_lowercase()),
    });
    Json(listed.collect())
}

#[chatui::app(not_for = [
    "What will the weather in Seattle be tomorrow?",
    "Draw the weather of Paris in 2014",
    "Make a dashboard of my sales",
])]
fn app() -> Result<App> {
    Ok(App::new().instructions("Draws the daily weather of Seattle, 2012 to 2015, as interactive charts.").state(Weather::read()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chatui::testing::{block_on, client, json};

    #[test]
    fn what_hosts_see_is_what_was_committed() {
        chatui::assert_contract!();
    }

    #[test]
    fn the_model_reads_the_figures_and_the_widget_draws_the_points() {
        let client = client(app());
        let answer = block_on(client.call("show_dashboard", json!({ "from": 2014, "to": 2014 })));
        answer.assert_text_contains("Seattle weather 2014: 365 days").assert_data_contains(json!({ "by": "week", "days": 365 }));
        assert!(answer.model_data().get("series").is_none());
        assert!(answer.widget().is_some_and(|uri| uri.starts_with("ui://dashboard/dashboard-")));
        let later = block_on(client.call("show_dashboard", json!({ "from": 2019 })));
        later.assert_error_contains("no weather for 2019; the years are 2012 to 2015");
    }

    #[test]
    fn the_whole_dashboard_has_a_point_per_month() -> Result<()> {
        let shown = show_dashboard(None, None, None, &Weather::read()?)?;
        assert_eq!((shown.days, shown.series.len()), (1461, 48));
        assert_eq!((shown.warmest, shown.coldest), (35.6, -7.1));
        assert_eq!(shown.title, "Seattle weather 2012–2015");
        Ok(())
    }

    #[test]
    fn one_year_has_a_point_per_week_that_loses_no_rain() -> Result<()> {
        let shown = show_dashboard(Some(2014), Some(2014), None, &Weather::read()?)?;
        assert_eq!(shown.series.len(), 52);
        assert_eq!(tenths(shown.series.iter().map(|week| week.rain).sum()), shown.rain);
        Ok(())
    }

    #[test]
    fn a_year_is_compared_with_the_average_of_all() -> Result<()> {
        let shown = show_enhanced_example(Some(2015), Some(Measure::WetDays), &Weather::read()?)?;
        assert!(shown.years.iter().all(|year| year.months.len() == 12 && year.months.iter().sum::<f64>() == year.value));
        assert!(in_words(&shown).starts_with("Seattle in 2015, wet days: "));
        Ok(())
    }
}
