//! How time grows with a scenario: everything of a comparison but its pixels, at 125, 250, 500 and 1,000 of each
//! thing that a file can have many of.
//!
//! What matters is the last column: the power of the number that the time grows with between the last two sizes.
//! Around 1 is right, or 1.1 for n log n; 2 means that a file twice as large takes four times as long.
//! All on one core, in processor time. `cargo bench --bench growth`, or `cargo bench --bench growth -- offers tiers`.

use std::fmt::Write;
use std::hint::black_box;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use comanage_analysis::compare::compare;
use comanage_analysis::simulate::{Sampling, simulate};
use comanage_analysis::sweep::sweep;
use comanage_analysis::vary::{Axis, Request, Spacing, Varied};
use comanage_format::load::Document;
use comanage_report::chart::svg::{Groups, svg};
use comanage_report::chart_data;
use comanage_report::datasets;
use comanage_report::document;
use comanage_report::write;

const SIZES: [usize; 4] = [125, 250, 500, 1_000];

/// Samples that are drawn of scenarios with ranges.
const SAMPLES: usize = 256;

/// A kind of growth: its name, and the scenario with `n` of it.
type Kind = (&'static str, fn(usize) -> String);

const KINDS: [Kind; 13] = [
    ("services", |n| file(&[services(n, "20"), role(0, &[0]), offer(0, "15")])),
    ("roles", |n| file(&[services(2, "20"), (0..n).map(|i| role(i, &[0, 1])).collect(), offer(0, "15")])),
    ("offers", |n| {
        file(&[services(2, "20"), role(0, &[0, 1]), (0..n).map(|i| offer(i, &(15 + i).to_string())).collect()])
    }),
    ("alternatives", |n| {
        let alternative = |i| format!("[alternatives.a{i}]\noffers = [\"o0\", \"o1\"]\n");
        file(&[services(2, "20"), role(0, &[0]), offer(0, "15"), offer(1, "20"), (0..n).map(alternative).collect()])
    }),
    ("classes", |n| {
        let each = |value: usize| (0..n).map(|i| format!("c{i} = {value}")).collect::<Vec<_>>().join(", ");
        let users = format!("{{ {} }}", each(5));
        file_of(&users, &[services(1, "20"), role(0, &[0]), offer(0, &format!("{{ {} }}", each(12)))])
    }),
    ("tiers", |n| {
        let tier = |i: usize| format!("{{ up_to = {}, rate = {} }}, ", i + 1, 1_001 - i);
        let tiers: String = (0..n - 1).map(tier).collect();
        file(&[services(1, "20"), role(0, &[0]), offer(0, &format!("{{ tiers = [{tiers}{{ rate = 1 }}] }}"))])
    }),
    ("changes", |n| {
        let change = |i: usize| format!("[[organization.change]]\nmonth = {}\nusers = 1\n", i % 35 + 1);
        file(&[(0..n).map(change).collect(), services(1, "20"), role(0, &[0]), offer(0, "15")])
    }),
    ("seasons", |n| {
        let season = "[[organization.season]]\nmonths = [\"jan\"]\nusers = 1\n";
        file(&[season.repeat(n), services(1, "20"), role(0, &[0]), offer(0, "15")])
    }),
    ("bands of hours", |n| {
        let band = |i: usize| format!("{{ hours = \"sun {:02}:{:02}-24:00\", multiplier = 2 }}", i / 60, i % 60);
        let bands: Vec<String> = (0..n).map(band).collect();
        let hourly =
            format!("[offers.o0]\nhourly = {{ rate = 100 }}\nafter_hours = [{}]\ncovers = \"all\"\n", bands.join(", "));
        file(&[services(1, "20"), hourly])
    }),
    ("ranges", |n| file(&[services(n, "{ low = 10, high = 30 }"), role(0, &[0]), offer(0, "15")])),
    ("correlations", |n| {
        let path = |i: usize| format!("\"services.s{i}.hours_per_month\"");
        let pairs: Vec<String> = (1..n).map(|i| format!("[{}, {}, 0.3]", path(i - 1), path(i))).collect();
        let simulation = format!("[simulation]\ncorrelations = [{}]\n", pairs.join(", "));
        file(&[services(n, "{ low = 10, high = 30 }"), role(0, &[0]), offer(0, "15"), simulation])
    }),
    ("samples (thousands)", |_| file(&[services(2, "{ low = 10, high = 30 }"), role(0, &[0]), offer(0, "15")])),
    ("values of a sweep", |_| file(&[services(2, "20"), role(0, &[0]), offer(0, "15")])),
];

fn file(parts: &[String]) -> String {
    file_of("100", parts)
}

fn file_of(users: &str, parts: &[String]) -> String {
    let head = "schema = 1\nname = \"Growth\"\ncurrency = \"USD\"\nterm_months = 36\n";
    format!("{head}organization.users = {users}\n{}", parts.concat())
}

fn services(n: usize, hours: &str) -> String {
    let service = |i| format!("[services.s{i}]\nhours = \"mon-fri 08:00-17:00\"\nhours_per_month = {hours}\n");
    (0..n).map(service).collect()
}

fn role(number: usize, services: &[usize]) -> String {
    let services: Vec<String> = services.iter().map(|service| format!("\"s{service}\"")).collect();
    let terms = "headcount = 1\nsalary = 50_000\nhours = \"mon-fri 08:00-17:00\"";
    format!("[[team]]\nrole = \"r{number}\"\n{terms}\nservices = [{}]\n", services.join(", "))
}

fn offer(number: usize, per_user: &str) -> String {
    format!("[offers.o{number}]\nper_user = {per_user}\ncovers = \"all\"\n")
}

/// Reads, compares, draws and writes a scenario, and simulates it if it has ranges.
fn work(name: &str, n: usize, text: &str) {
    let document = Document::parse("growth.toml", text.as_bytes(), &mut |_| unreachable!("it extends nothing"));
    let loaded = document.read();
    let scenario = loaded.scenario.unwrap_or_else(|| panic!("{name}: {:?}", loaded.diagnostics.first()));
    let comparison = compare(&scenario).expect("its figures have room");
    let samples = if name.starts_with("samples") { n * 1_000 } else { SAMPLES };
    let drawn = scenario
        .has_ranges()
        .then(|| simulate(&comparison, samples, 1, Sampling::Hypercube, &|_| true).expect("it can be drawn"));
    let simulation = drawn.as_ref().and_then(|drawn| drawn.as_ref());
    black_box(write::csv::write(&datasets::comparison(&comparison, simulation)));
    black_box(write::csv::write(&datasets::ledger(&comparison)));
    black_box(write::markdown::render(&document::comparison(&comparison, simulation)));
    for picture in chart_data::comparison::pictures(&comparison) {
        black_box(svg(&*picture.chart, Groups::None));
    }
    if name.starts_with("values") {
        let to = n.to_string();
        let asked = Request { path: "organization.users", from: "1", to: &to, spacing: Spacing::Step("1") };
        let axis = Axis::new(&document, &scenario, &asked).unwrap_or_else(|_| panic!("users can be varied"));
        let varied = Varied::new(&document, &scenario, vec![axis]).unwrap_or_else(|_| panic!("users can be varied"));
        black_box(sweep(&scenario, &varied, &|| ()).map(|swept| swept.cells.len()).unwrap_or_default());
    }
}

/// The best of three, since whatever disturbs a measurement makes it longer.
fn best(name: &str, n: usize, text: &str) -> Duration {
    let once = || {
        let begin = processor_time();
        work(name, n, text);
        processor_time().saturating_sub(begin)
    };
    (0..3).map(|_| once()).min().unwrap_or_default()
}

/// What this thread has had of a processor, so that others on the machine do not matter; by the clock where the
/// system does not say.
fn processor_time() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = told.split(' ').next().and_then(|number| number.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

fn main() {
    rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .use_current_thread()
        .build_global()
        .expect("one thread can be started");
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    println!("{:<22}{:>9}{:>9}{:>9}{:>9}  growth", "ms", SIZES[0], SIZES[1], SIZES[2], SIZES[3]);
    for (name, scenario) in KINDS {
        if !wanted.is_empty() && !wanted.iter().any(|word| name.contains(word.as_str())) {
            continue;
        }
        let times = SIZES.map(|n| best(name, n, &scenario(n)).as_secs_f64() * 1e3);
        let mut line = format!("{name:<22}");
        for time in times {
            write!(line, "{time:>9.1}").expect("a text can grow");
        }
        println!("{line}  {:.2}", (times[3] / times[2]).log2());
    }
}
