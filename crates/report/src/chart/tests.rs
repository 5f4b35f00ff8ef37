//! Every chart with hostile names and degenerate numbers: always well-formed, always inside
//! the picture, and twice the same bytes.

use roxmltree::{Document, Node};

use super::grid_map::GridMap;
use super::histogram::{Histogram, bins};
use super::lines::{Line, Lines, Mark};
use super::scatter::{Faint, Point, Scatter, Target};
use super::stacked_bars::{Bar, Hue, Part, StackedBars};
use super::svg::{Groups, svg};
use super::text::{SMALL, Style, width};
use super::theme::WIDTH;
use super::tornado::{Swing, Tornado};
use super::week_map::{Cell, ServiceWeek, WeekMap};
use super::{Chart, Emphasis, Heading, Note, stacked_bars};

/// Each chart with these names and numbers in every place that takes them.
fn all(names: &[&str], values: &[f64]) -> Vec<Box<dyn Chart>> {
    let name = |n: usize| names.get(n % names.len().max(1)).unwrap_or(&"").to_string();
    let heading = Heading { title: name(0), subtitle: name(1), description: name(0) };
    let note = Some(Note { text: name(1), tone: Emphasis::Warning });
    let bars = StackedBars {
        budget: Some(1.0),
        heading: heading.clone(),
        parts: (values.iter().enumerate()).map(|(n, _)| Part { name: name(n), hue: Hue::Any }).collect(),
        bars: (0..names.len())
            .map(|n| Bar { name: name(n), values: values[n % values.len().max(1)..].to_vec(), note: note.clone() })
            .collect(),
    };
    let marks: Vec<Mark> = (values.iter()).map(|&value| Mark { x: value, y: Some(value), label: name(0) }).collect();
    let lines = Lines {
        heading: heading.clone(),
        x_title: name(0),
        lines: (0..names.len())
            .map(|n| Line {
                name: name(n),
                values: values.to_vec(),
                band: values.iter().map(|&value| (value, -value)).collect(),
                muted: n == 1,
                marker: n,
            })
            .collect(),
        marks: marks.clone(),
        ..Lines::default()
    };
    let over_values = Lines { x_values: values.to_vec(), x_suffix: name(1), zoomed: true, ..lines.clone() };
    let scatter = Scatter {
        budget: Some(1.0),
        heading: heading.clone(),
        cost_title: name(0),
        coverage_title: name(1),
        points: (values.iter().enumerate())
            .map(|(n, &value)| Point {
                name: name(n),
                cost: value,
                coverage: value,
                covered: name(n),
                marker: n,
                on_frontier: n % 2 == 0,
                note: note.clone(),
            })
            .collect(),
        target: values.first().map(|&coverage| Target { coverage, label: name(0) }),
        frontier_label: name(1),
        cloud: values.iter().map(|&value| Faint { cost: value, coverage: value, on_frontier: value > 0.0 }).collect(),
    };
    let week = WeekMap {
        heading: heading.clone(),
        services: (0..names.len())
            .map(|n| ServiceWeek {
                name: name(n),
                figure: name(n),
                cells: values.iter().map(|&value| Cell::Staffed(value)).collect(),
            })
            .collect(),
        figure_title: name(0),
    };
    let tornado = Tornado {
        heading: heading.clone(),
        low_name: name(0),
        high_name: name(1),
        base: values.first().copied().unwrap_or_default(),
        base_label: name(0),
        rows: (values.iter().enumerate())
            .map(|(n, &value)| Swing {
                name: name(n),
                low: -value,
                high: value,
                low_label: name(n),
                high_label: name(1),
            })
            .collect(),
    };
    let histogram = Histogram {
        heading: heading.clone(),
        x_title: name(0),
        y_title: name(1),
        bins: bins(values, 20),
        below: name(0),
        above: name(1),
        marks,
    };
    let grid_map = GridMap {
        heading,
        x_title: name(0),
        y_title: name(1),
        x_values: values.iter().map(|_| name(0)).collect(),
        y_values: names.iter().map(|&name| name.to_owned()).collect(),
        names: (0..names.len()).map(name).collect(),
        markers: (0..names.len()).collect(),
        cells: vec![(0..values.len()).map(Some).collect()],
        here: Some((0, 1)),
        here_label: name(0),
    };
    vec![
        Box::new(bars.clone()),
        Box::new(stacked_bars::fold_small(bars, 3, "Other")),
        Box::new(lines),
        Box::new(over_values),
        Box::new(scatter),
        Box::new(week),
        Box::new(tornado),
        Box::new(histogram),
        Box::new(grid_map),
    ]
}

const PLAIN: [&str; 3] = ["As it is today", "Northwind hybrid", "Hire two seniors"];

#[test]
fn the_same_data_gives_the_same_bytes() {
    let drawn = || all(&PLAIN, &[1.0, 2.5]).iter().map(|chart| svg(&**chart, Groups::Marked)).collect::<Vec<_>>();
    assert_eq!(drawn(), drawn());
}

#[test]
fn hostile_names_are_harmless() {
    let long = "W".repeat(500);
    let hostile = [
        "<script>alert('x')</script>",
        "\"/><svg onload=\"x\"> & ]]>",
        "\u{0}\u{1b}[31m\u{fffe}\u{202e}line\nbreak\ttab",
        "🦀👩‍👩‍👧‍👦 مرحبا 表形式",
        "",
        &long,
    ];
    for pair in hostile.iter().zip(hostile.iter().cycle().skip(1)) {
        for chart in all(&[pair.0, pair.1], &[1.0, 2.0, 3.0]) {
            let svg = checked(&*chart);
            assert!(!svg.contains("<script") && !svg.contains('\u{202e}') && !svg.contains('\u{0}'));
        }
    }
}

#[test]
fn degenerate_numbers_give_a_picture() {
    let nan = f64::NAN;
    let cases: [&[f64]; 12] = [
        &[],
        &[0.0],
        &[0.0, 0.0, 0.0],
        &[5.0; 14],
        &[-3.0, 2.0, -1.0],
        &[nan, nan],
        &[1.0, nan, 2.0, f64::INFINITY, f64::NEG_INFINITY],
        &[1e15, 1e15 + 1.0],
        &[f64::MAX, f64::MIN, f64::MIN_POSITIVE],
        &[1e-12, 3e-12],
        &[1e300, 1.0],
        &[-0.0],
    ];
    for values in cases {
        for names in [&PLAIN[..], &PLAIN[..1], &[]] {
            for chart in all(names, values) {
                checked(&*chart);
            }
        }
    }
}

/// A file is well-formed, without a number that is not one, holds only shapes and text, and all text is
/// inside; with groups it shows the same.
fn checked(chart: &dyn Chart) -> String {
    let text = svg(chart, Groups::None);
    assert!(!text.contains("NaN") && !text.contains("inf\""), "{text}");
    let document = Document::parse(&text).expect("a chart is well-formed XML");
    let height: f64 = document.root_element().attribute("height").unwrap().parse().unwrap();
    for node in document.descendants().filter(Node::is_element) {
        let name = node.tag_name().name();
        let known = ["svg", "title", "desc", "rect", "line", "polyline", "polygon", "circle", "text"];
        assert!(known.contains(&name), "{name}");
        if name == "text" {
            check_inside(&node, height);
        }
    }
    let grouped = svg(chart, Groups::Marked);
    Document::parse(&grouped).expect("groups are closed");
    let without: String = grouped.lines().filter(|line| !line.contains("<g ") && *line != "</g>").collect();
    assert_eq!(without, text.lines().collect::<String>());
    text
}

fn check_inside(text: &Node, height: f64) {
    let number = |key| text.attribute(key).map_or(0.0, |value| value.parse::<f64>().unwrap());
    let bold = text.attribute("font-weight").is_some();
    assert!((number("font-size")..=height).contains(&number("y")));
    let style = Style { size: number("font-size"), bold, ..SMALL };
    let width = width(text.text().unwrap_or(""), style);
    let left = match text.attribute("text-anchor") {
        None => number("x"),
        Some("middle") => number("x") - width / 2.0,
        _ => number("x") - width,
    };
    assert!(left >= -0.5 && left + width <= WIDTH + 0.5, "{left} {width} {:?}", text.text());
}

#[cfg(feature = "png")]
#[test]
fn a_chart_becomes_a_png() {
    use super::png::png;
    for values in [&[1.0, 2.0][..], &[f64::MAX, -f64::MAX], &[]] {
        for chart in all(&PLAIN, values) {
            let picture = png(&*chart, 1.0).unwrap();
            assert_eq!(&picture[1..4], b"PNG");
            assert_eq!(picture, png(&*chart, 1.0).unwrap());
            assert!(png(&*chart, 1e9).is_err());
        }
    }
}
