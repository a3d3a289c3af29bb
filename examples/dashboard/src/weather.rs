use std::ops::RangeInclusive;

use chatui::Result;

/// A day counts as wet from this many millimetres on, as climatologists count.
const WET: f64 = 1.0;

pub(crate) struct Weather {
    days: Vec<Day>,
}

pub(crate) struct Day {
    pub date: &'static str,
    pub year: i32,
    pub month: u32,
    /// Week of the year, 0 to 51. The last one takes the odd day or two, so that none is shorter than the others.
    pub week: u32,
    pub rain: f64,
    pub high: f64,
    pub low: f64,
}

impl Weather {
    pub(crate) fn read() -> Result<Self> {
        Self::parse(include_str!("../data/seattle-weather.csv"))
    }

    fn parse(csv: &'static str) -> Result<Self> {
        let mut days: Vec<Day> = Vec::new();
        let mut day_of_year = 0;
        for (above, line) in csv.lines().enumerate().skip(1) {
            let mut day = Day::parse(line).ok_or_else(|| format!("seattle-weather.csv, line {}: `{line}` is no day", above + 1))?;
            let same_year = days.last().is_some_and(|last| last.year == day.year);
            day_of_year = if same_year { day_of_year + 1 } else { 0 };
            day.week = (day_of_year / 7).min(51);
            days.push(day);
        }
        if days.is_empty() {
            return Err("seattle-weather.csv holds no days".into());
        }
        Ok(Self { days })
    }

    pub(crate) fn years(&self) -> RangeInclusive<i32> {
        self.days[0].year..=self.days[self.days.len() - 1].year
    }

    /// The days of these years, first and last included; `None` is as far as the data goes.
    pub(crate) fn between(&self, from: Option<i32>, to: Option<i32>) -> Result<&[Day]> {
        let (first, last) = self.years().into_inner();
        let (from, to) = (from.unwrap_or(first), to.unwrap_or(last));
        if let Some(missing) = [from, to].into_iter().find(|year| !(first..=last).contains(year)) {
            return Err(format!("no weather for {missing}; the years are {first} to {last}").into());
        }
        if from > to {
            return Err(format!("`from` is {from}, after `to`, {to}; swap them").into());
        }
        let start = self.days.partition_point(|day| day.year < from);
        let end = self.days.partition_point(|day| day.year <= to);
        Ok(&self.days[start..end])
    }
}

impl Day {
    fn parse(line: &'static str) -> Option<Self> {
        let mut cells = line.split(',');
        let date = cells.next()?;
        let mut parts = date.split('-');
        let (year, month) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let mut number = || cells.next()?.parse().ok();
        let (rain, high, low) = (number()?, number()?, number()?);
        Some(Self { date, year, month, week: 0, rain, high, low })
    }

    /// Halfway between the highest and the lowest temperature, as is usual where only these two are kept.
    pub(crate) fn mean(&self) -> f64 {
        f64::midpoint(self.high, self.low)
    }

    pub(crate) fn is_wet(&self) -> bool {
        self.rain >= WET
    }
}

/// The mean of a figure over some days, to one decimal.
pub(crate) fn mean_of(days: &[Day], figure: impl Fn(&Day) -> f64) -> f64 {
    tenths(days.iter().map(figure).sum::<f64>() / days.len() as f64)
}

/// The sum of a figure over some days, to one decimal.
pub(crate) fn sum_of(days: &[Day], figure: impl Fn(&Day) -> f64) -> f64 {
    tenths(days.iter().map(figure).sum())
}

/// To one decimal; adding zero turns `-0.0` into `0.0`.
pub(crate) fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_holds_four_whole_years() -> Result<()> {
        let weather = Weather::read()?;
        assert_eq!(weather.years(), 2012..=2015);
        let lengths = (2012..=2015).map(|year| weather.between(Some(year), Some(year)).map(<[Day]>::len));
        assert_eq!(lengths.collect::<Result<Vec<_>>>()?, [366, 365, 365, 365]);
        Ok(())
    }

    #[test]
    fn years_outside_the_data_are_refused_with_those_that_exist() -> Result<()> {
        let weather = Weather::read()?;
        let refusal = |from, to| weather.between(from, to).err().map(|error| error.to_string());
        assert_eq!(refusal(Some(2019), None).as_deref(), Some("no weather for 2019; the years are 2012 to 2015"));
        assert_eq!(refusal(Some(2014), Some(2013)).as_deref(), Some("`from` is 2014, after `to`, 2013; swap them"));
        Ok(())
    }

    #[test]
    fn a_bad_line_is_named() {
        let parsed = Weather::parse("date,precipitation,temp_max,temp_min\n2012-01-01,0.0,12.8,5.0\n2012-01-02,wet,1,0");
        let error = parsed.err().map(|error| error.to_string());
        assert_eq!(error.as_deref(), Some("seattle-weather.csv, line 3: `2012-01-02,wet,1,0` is no day"));
    }
}
