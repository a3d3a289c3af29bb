use chatui::{App, Json, Result, Tell, data, tool, widget};

/// The map of the Merrow Isles, on which the person moves about and picks places. The model learns what they look at.
#[widget("widgets/map.html", text = in_words)]
struct IslesMap {
    /// The place that is picked at first.
    picked: Option<String>,
    places: Vec<Place>,
    #[ui_only]
    islands: Vec<Island>,
    #[ui_only]
    ferries: Vec<Ferry>,
}

#[data]
#[derive(Clone, Debug)]
struct Place {
    name: String,
    about: String,
    /// Kilometres from the western edge of the map.
    east: f64,
    /// Kilometres from its northern edge.
    south: f64,
}

type Point = (f64, f64);

#[data]
#[derive(Clone)]
struct Island {
    name: String,
    coast: Vec<Point>,
}

#[data]
#[derive(Clone)]
struct Ferry {
    from: String,
    to: String,
    minutes: f64,
    course: Vec<Point>,
}

#[derive(Default)]
struct Isles {
    places: Vec<Place>,
    islands: Vec<Island>,
    ferries: Vec<Ferry>,
}

/// Use this when the user wants to see the Merrow Isles, or where a place on them is.
#[tool(read_only, examples = ["Show me the Merrow Isles", "Where is Tern Light?"])]
fn show_map(
    /// The place to show, for example "Sulavik"; all of the isles if absent.
    place: Option<String>,
    isles: &Isles,
) -> Result<IslesMap> {
    let picked = place.map(|name| isles.place(&name)).transpose()?.map(|place| place.name.clone());
    Ok(IslesMap { picked, places: isles.places.clone(), islands: isles.islands.clone(), ferries: isles.ferries.clone() })
}

fn in_words(IslesMap { places, picked, .. }: &IslesMap) -> String {
    let of = picked.as_ref().map_or(String::new(), |name| format!(", with {name} picked"));
    let all: Vec<_> = places.iter().map(|place| format!("{} ({})", place.name, place.about)).collect();
    format!("The map of the Merrow Isles{of}. Places: {}", all.join("; "))
}

#[data]
struct Distance {
    from: String,
    to: String,
    /// As the crow flies.
    km: f64,
    /// Where `to` lies, seen from `from`.
    direction: String,
    /// By the direct ferry; null where there is none.
    ferry_minutes: Option<f64>,
}

/// Use this when the user asks how far it is between two places of the Merrow Isles. "Here" is what they picked on the map.
#[tool(read_only, examples = ["How far is it from Saltby to Sulavik?"])]
fn distance(
    /// A place by its name, for example "Port Merrow".
    from: String,
    /// Another place by its name.
    to: String,
    isles: &Isles,
) -> Result<Json<Distance>> {
    let (from, to) = (isles.place(&from)?, isles.place(&to)?);
    let (east, south) = (to.east - from.east, to.south - from.south);
    let eighth = (south.atan2(east) / std::f64::consts::FRAC_PI_4).round().rem_euclid(8.0) as usize;
    let direction = ["east", "south-east", "south", "south-west", "west", "north-west", "north", "north-east"][eighth];
    let sails = |ferry: &&Ferry| [(&ferry.from, &ferry.to), (&ferry.to, &ferry.from)].contains(&(&from.name, &to.name));
    Ok(Json(Distance {
        from: from.name.clone(),
        to: to.name.clone(),
        km: (east.hypot(south) * 10.0).round() / 10.0,
        direction: direction.into(),
        ferry_minutes: isles.ferries.iter().find(sails).map(|ferry| ferry.minutes),
    }))
}

impl Isles {
    fn place(&self, name: &str) -> Result<&Place> {
        let all = || self.places.iter().map(|place| place.name.as_str()).collect::<Vec<_>>().join(", ");
        let found = self.places.iter().find(|place| place.name.eq_ignore_ascii_case(name.trim()));
        found.tell(format!("there is no place `{name}`; the places are {}", all()))
    }

    /// `data/isles.txt`; its first lines say how.
    fn read(file: &str) -> Option<Self> {
        let mut isles = Isles::default();
        for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let ((kind, name), rest) = line.split_once(": ").and_then(|(head, rest)| Some((head.split_once(' ')?, rest)))?;
            let points =
                || rest.split(' ').map_while(|word| word.split_once(',').and_then(|(x, y)| Some((x.parse().ok()?, y.parse().ok()?))));
            if kind == "island" {
                isles.islands.push(Island { name: name.into(), coast: points().collect() });
            } else if kind == "place" {
                let ((east, south), about) = (points().next()?, rest.split_once(' ')?.1.into());
                isles.places.push(Place { name: name.into(), about, east, south });
            } else {
                let (from, to) = name.split_once(" – ").and_then(|(from, to)| Some((isles.place(from).ok()?, isles.place(to).ok()?)))?;
                let course: Vec<Point> = [(from.east, from.south)].into_iter().chain(points()).chain([(to.east, to.south)]).collect();
                let km: f64 = course.windows(2).map(|leg| (leg[1].0 - leg[0].0).hypot(leg[1].1 - leg[0].1)).sum();
                let (from, to) = (from.name.clone(), to.name.clone());
                isles.ferries.push(Ferry { from, to, minutes: (km / 24.0 * 60.0).round(), course });
            }
        }
        Some(isles)
    }
}

#[chatui::app(not_for = ["Show me a map of Paris", "How far is it from London to Rome?"])]
fn app() -> Result<App> {
    let isles = Isles::read(include_str!("../data/isles.txt")).tell("data/isles.txt can't be read")?;
    Ok(App::new().instructions("Shows the Merrow Isles, an invented archipelago, on a map.").state(isles))
}

#[cfg(test)]
mod tests;
