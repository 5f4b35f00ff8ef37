//! What a reader must be able to tell apart, held for every colour and for the charts of all samples:
//! colours in each other's neighbourhood, text on what is under it, labels next to each other.

use std::path::{Path, PathBuf};

use plotters::style::RGBColor;
use roxmltree::{Document, Node};

use super::fill::{Fill, Texture};
use super::grid_map::GridMap;
use super::histogram::{self, Histogram, bins};
use super::lines::{Line, Lines, Mark};
use super::marker::{MARKERS, Marker};
use super::place::Area;
use super::scatter::{Point, Scatter, Target};
use super::svg::{Groups, svg};
use super::text::{Align, Style, width};
use super::theme::{CHOSEN_INK, GREY, Hue, INK, PALE, WARNING, WARNING_INK, WHITE, edge_of, ink_of, ink_on};
use super::tornado::{self, Swing, Tornado};
use super::vision::{contrast, distance, lightness};
use super::week_map::STEPS;
use super::{Emphasis, Heading, Note};

/// The least distance of two colours that a legend or a label must tell apart.
const APART: f64 = 10.0;

/// What the Web Content Accessibility Guidelines ask of text, and of what is drawn.
const TEXT: f64 = 4.5;
const DRAWN: f64 = 3.0;

/// All shades that are in use: the parts of a bar, in the order in which they are stacked.
fn fills() -> Vec<Fill> {
    let hues = [(Hue::Blue, 4), (Hue::Green, 3), (Hue::Orange, 4), (Hue::Grey, 3)];
    let hues: Vec<Hue> = hues.into_iter().flat_map(|(hue, many)| vec![hue; many]).collect();
    Fill::of(&hues)
}

#[test]
fn any_two_signs_differ_for_anybody() {
    let colors: Vec<RGBColor> = (0..MARKERS).map(|number| Marker::of(number).color).collect();
    for (n, &color) in colors.iter().enumerate() {
        for &other in &colors[..n] {
            let apart = distance(color, other);
            assert!(apart >= APART, "{color:?} {other:?}: {apart:.1}");
        }
        assert!(contrast(color, WHITE) >= DRAWN, "{color:?}: {:.2}", contrast(color, WHITE));
        assert!(contrast(ink_of(color), WHITE) >= TEXT, "{color:?}");
    }
}

/// Shades of one texture differ in lightness too, which is what is left of them in grey.
#[test]
fn parts_differ_in_texture_or_lightness() {
    let fills = fills();
    for (n, fill) in fills.iter().enumerate() {
        for other in fills[..n].iter().filter(|other| other.texture == fill.texture) {
            let (apart, lighter) =
                (distance(fill.color, other.color), (lightness(fill.color) - lightness(other.color)).abs());
            assert!(apart >= APART && lighter >= 10.0, "{fill:?} {other:?}: {apart:.1} {lighter:.1}");
        }
    }
}

#[test]
fn values_in_parts_can_be_read_and_parts_seen() {
    for Fill { color, .. } in fills() {
        let read = contrast(ink_on(color), color);
        assert!(read >= TEXT, "{color:?}: {read:.2}");
        let edge = if super::theme::contrast(color, WHITE) < DRAWN { edge_of(color) } else { color };
        assert!(contrast(edge, WHITE) >= DRAWN, "{color:?}");
    }
}

#[test]
fn what_stands_side_by_side_differs_without_colour() {
    for pair in STEPS.windows(2) {
        let lighter = lightness(pair[1].1) - lightness(pair[0].1);
        assert!(lighter >= 10.0, "{}: {lighter:.1}", pair[1].2);
    }
    let (low, high) = (tornado::LOW, tornado::HIGH);
    assert!(low.texture != high.texture && (lightness(low.color) - lightness(high.color)).abs() >= 20.0);
    assert_ne!(Texture::Plain, histogram::BELOW.texture);
}

#[test]
fn text_can_be_read() {
    for ink in [INK, GREY, WARNING_INK, CHOSEN_INK] {
        for paper in [WHITE, PALE] {
            assert!(contrast(ink, paper) >= TEXT, "{ink:?} on {paper:?}: {:.2}", contrast(ink, paper));
        }
    }
    assert!(contrast(WARNING, WHITE) >= DRAWN);
}

/// Every kept chart of the samples; only tests read files here.
#[cfg(test)]
fn kept() -> Vec<PathBuf> {
    fn below(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("the folder is there").flatten() {
            let path = entry.path();
            if path.is_dir() {
                below(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "svg") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../output"), &mut found);
    found
}

#[test]
fn no_label_of_the_samples_touches_another() {
    let kept = kept();
    assert!(kept.len() > 100, "{}", kept.len());
    let clashes: Vec<String> = kept
        .iter()
        .flat_map(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let svg = std::fs::read_to_string(path).expect("a kept chart can be read");
            let folder = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
            clashes(&svg, name == "cost-and-coverage.svg")
                .into_iter()
                .map(move |clash| format!("{folder}/{name}: {clash}"))
        })
        .collect();
    assert!(clashes.is_empty(), "{}", clashes.join("\n"));
}

/// Ten alternatives that nearly come to the same, in every chart that names them.
#[test]
fn crowded_charts_keep_their_labels_apart() {
    let ten = || 0..10;
    let name = |n: usize| format!("Alternative {n}, with a name of usual length");
    let heading =
        Heading { title: "Ten alternatives".into(), subtitle: "One next to the other".into(), ..Heading::default() };
    let lines = Lines {
        heading: heading.clone(),
        x_title: "Month".into(),
        lines: ten()
            .map(|n| Line {
                name: name(n),
                values: (0..37).map(|month| f64::from(month) * (20.0 + n as f64 * 0.02)).collect(),
                marker: n,
                ..Line::default()
            })
            .collect(),
        marks: ten().map(|n| Mark { x: 12.0 + n as f64, y: None, label: format!("from {n}: {}", name(n)) }).collect(),
        ..Lines::default()
    };
    let scatter = Scatter {
        budget: None,
        heading: heading.clone(),
        cost_title: "Cost".into(),
        coverage_title: "Coverage".into(),
        points: ten()
            .map(|n| Point {
                name: name(n),
                cost: 700.0 + 37.0 * (n * 7 % 10) as f64,
                coverage: 0.6 + 0.035 * (n * 3 % 10) as f64,
                covered: "95.0%".into(),
                marker: n,
                on_frontier: n < 3,
                note: Some(Note { text: "misses the coverage target".into(), tone: Emphasis::Warning }),
            })
            .collect(),
        target: Some(Target { coverage: 0.95, label: "target 95%".into() }),
        frontier_label: "best coverage for each budget".into(),
        cloud: Vec::new(),
    };
    let values: Vec<f64> = (-40..60).map(|n| f64::from(n * n * n) / 900.0).collect();
    let histogram = Histogram {
        heading: heading.clone(),
        x_title: "Saving".into(),
        y_title: "Share of the samples".into(),
        bins: bins(&values, 30),
        below: "more expensive in 40% of the samples".into(),
        above: "cheaper in 60% of the samples".into(),
        marks: [("P10", -3.0), ("median", 1.0), ("P90", 4.0)]
            .map(|(label, x)| Mark { x, y: None, label: label.into() })
            .to_vec(),
    };
    let map = GridMap {
        heading: heading.clone(),
        x_title: "Users".into(),
        y_title: "Per-user price, Northwind hybrid".into(),
        x_values: (0..24).map(|n| format!("{}", 1_000 + n)).collect(),
        y_values: (0..16).map(|n| format!("{}.50", 40 + n)).collect(),
        names: ten().map(name).collect(),
        markers: ten().collect(),
        cells: (0..16).map(|row| (0..24).map(|column| Some((row / 6 + column / 4) % 10)).collect()).collect(),
        here: Some((9, 7)),
        here_label: "nearest to current values".into(),
    };
    let swing = |n: usize| Swing {
        name: format!("Input {n} of an offer, Northwind hybrid"),
        low: 1_000.0 - 90.0 / (n + 1) as f64,
        high: 1_000.0 + 60.0 / (n + 1) as f64,
        low_label: "75,000".into(),
        high_label: "110,000".into(),
    };
    let tornado = Tornado {
        heading,
        low_name: "input at its low value".into(),
        high_name: "input at its high value".into(),
        base: 1_000.0,
        base_label: "1,000 USD at the likely values".into(),
        rows: ten().map(swing).collect(),
    };
    let drawn = [
        ("lines", svg(&lines, Groups::None)),
        ("scatter", svg(&scatter, Groups::None)),
        ("histogram", svg(&histogram, Groups::None)),
        ("map", svg(&map, Groups::None)),
        ("tornado", svg(&tornado, Groups::None)),
    ];
    for (chart, svg) in drawn {
        assert_eq!(clashes(&svg, chart == "scatter"), [""; 0], "{chart}");
    }
}

/// Texts that lie over each other or over the edge, and where asked, texts over the shapes of signs.
fn clashes(svg: &str, with_signs: bool) -> Vec<String> {
    let document = Document::parse(svg).expect("a chart is well-formed XML");
    let texts: Vec<(String, Area)> = document.descendants().filter_map(text_area).collect();
    let mut clashes = Vec::new();
    for (n, (text, area)) in texts.iter().enumerate() {
        let under = texts[..n].iter().filter(|(_, other)| area.touches(other));
        clashes.extend(under.map(|(other, _)| format!("\"{text}\" lies over \"{other}\"")));
    }
    if with_signs {
        for marker in document.descendants().filter_map(sign_area) {
            let over = texts.iter().filter(|(_, area)| area.touches(&marker));
            clashes.extend(over.map(|(text, _)| format!("\"{text}\" lies over a point")));
        }
    }
    clashes
}

fn number(node: &Node, key: &str) -> f64 {
    node.attribute(key).map_or(0.0, |value| value.parse().expect("it is a number"))
}

/// What the letters of a text cover.
fn text_area(node: Node) -> Option<(String, Area)> {
    let text = node.text().filter(|_| node.has_tag_name("text"))?.to_string();
    let (size, bold) = (number(&node, "font-size"), node.attribute("font-weight").is_some());
    let wide = width(&text, Style { size, bold, color: INK, align: Align::Left });
    let left = match node.attribute("text-anchor") {
        None => number(&node, "x"),
        Some("middle") => number(&node, "x") - wide / 2.0,
        _ => number(&node, "x") - wide,
    };
    Some((text, Area::sized(left, number(&node, "y") - 0.72 * size, wide, 0.74 * size)))
}

/// What a sign covers: a small polygon or circle.
fn sign_area(node: Node) -> Option<Area> {
    if node.has_tag_name("circle") {
        let (x, y, radius) = (number(&node, "cx"), number(&node, "cy"), number(&node, "r"));
        return Some(Area::around((x, y), (x, y)).grown(radius - 1.5));
    }
    let points = node.attribute("points").filter(|_| node.has_tag_name("polygon"))?;
    let numbers: Vec<f64> = points.split([' ', ',']).filter_map(|part| part.parse().ok()).collect();
    let corners = numbers.chunks_exact(2).map(|pair| (pair[0], pair[1]));
    let area = corners.map(|at| Area::around(at, at)).reduce(|a, b| {
        Area::around((a.left.min(b.left), a.top.min(b.top)), (a.right.max(b.right), a.bottom.max(b.bottom)))
    })?;
    (area.width() < 24.0 && area.height() < 24.0).then(|| area.grown(-1.5))
}
