//! Where labels go, so that they keep clear of each other.
//!
//! Two ways: [`spread`] pushes labels in one column apart, and [`Crowd`] finds a free spot
//! around a point. Both always end, and give the same places for the same input.

/// A rectangle in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    /// The rectangle of this size whose upper left corner is here.
    pub fn sized(left: f64, top: f64, width: f64, height: f64) -> Self {
        Self { left, top, right: left + width, bottom: top + height }
    }

    /// The rectangle around two corners, whichever they are.
    pub fn around(a: (f64, f64), b: (f64, f64)) -> Self {
        Self { left: a.0.min(b.0), top: a.1.min(b.1), right: a.0.max(b.0), bottom: a.1.max(b.1) }
    }

    /// The rectangle with a border added on each side.
    pub fn grown(self, by: f64) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// The surface, in square pixels.
    pub fn size(&self) -> f64 {
        self.width() * self.height()
    }

    pub fn middle(&self) -> (f64, f64) {
        ((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0)
    }

    /// How much of the other rectangle is covered, in square pixels.
    fn overlap(&self, other: &Area) -> f64 {
        let width = self.right.min(other.right) - self.left.max(other.left);
        let height = self.bottom.min(other.bottom) - self.top.max(other.top);
        width.max(0.0) * height.max(0.0)
    }

    /// Whether the rectangles share more than an edge.
    #[cfg(test)]
    pub fn touches(&self, other: &Area) -> bool {
        self.overlap(other) > 0.5
    }

    fn contains(&self, other: &Area) -> bool {
        self.left <= other.left && self.top <= other.top && other.right <= self.right && other.bottom <= self.bottom
    }
}

/// The middle nearest to `x` at which something this wide on each side stays within the
/// range; the middle of the range when it is too wide for that.
pub(super) fn centred_within(x: f64, half: f64, (low, high): (f64, f64)) -> f64 {
    let half = half.min((high - low) / 2.0);
    x.max(low + half).min(high - half)
}

/// The required places, moved as little as possible so that they lie within the range and at
/// least `gap` apart; closer when the range does not fit that.
pub(super) fn spread(wanted: &[f64], gap: f64, (low, high): (f64, f64)) -> Vec<f64> {
    let gap = gap.min((high - low) / wanted.len().saturating_sub(1).max(1) as f64);
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]));
    let mut runs: Vec<Run> = Vec::new();
    for &index in &order {
        let mut run = Run { first: wanted[index], count: 1.0 }.within(gap, low, high);
        while let Some(before) = runs.pop_if(|before| before.first + before.count * gap > run.first) {
            run = before.joined(run, gap).within(gap, low, high);
        }
        runs.push(run);
    }
    let places = runs.iter().flat_map(|run| (0..run.count as usize).map(|n| run.first + n as f64 * gap));
    let mut out = vec![0.0; wanted.len()];
    order.into_iter().zip(places).for_each(|(index, place)| out[index] = place);
    out
}

/// Places that touch: the first one, and the others each a gap further.
struct Run {
    first: f64,
    count: f64,
}

impl Run {
    /// Both runs as one, where their places on average required to be.
    fn joined(self, next: Run, gap: f64) -> Run {
        let count = self.count + next.count;
        let wanted = self.first * self.count + (next.first - self.count * gap) * next.count;
        Run { first: wanted / count, count }
    }

    fn within(self, gap: f64, low: f64, high: f64) -> Run {
        let highest = (high - (self.count - 1.0) * gap).max(low);
        Run { first: self.first.clamp(low, highest), ..self }
    }
}

/// The room that is kept around a label.
const CLEAR: f64 = 5.0;

/// A label that wants a spot: the point it belongs to, and how wide and high it is.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    pub point: (f64, f64),
    pub size: (f64, f64),
}

/// What is already on a plot, and the room there is.
pub(super) struct Crowd {
    bounds: Area,
    taken: Vec<Area>,
}

impl Crowd {
    pub fn new(bounds: Area) -> Self {
        Self { bounds, taken: Vec::new() }
    }

    /// Keeps this area free of labels.
    pub fn take(&mut self, area: Area) {
        self.taken.push(area);
    }

    /// The best spot near a point for a label of this size, which is then taken: close to
    /// the point, within bounds, on as little as possible.
    pub fn find(&mut self, point: (f64, f64), size: (f64, f64)) -> Area {
        let best = self.best(point, size);
        self.take(best.grown(CLEAR));
        best
    }

    /// The best spots for the labels of several points, which are then taken. The first that finds
    /// its spot does not know of those after it; so each looks again, a few times, while the others
    /// stay where they are.
    pub fn find_all(&mut self, wanted: &[Wanted]) -> Vec<Area> {
        const ROUNDS: usize = 8;
        let first = self.taken.len();
        let mut spots: Vec<Area> = wanted.iter().map(|of| self.find(of.point, of.size)).collect();
        for _ in 0..ROUNDS {
            for (place, &Wanted { point, size }) in wanted.iter().enumerate() {
                let (x, y) = point;
                self.taken[first + place] = Area::around((x, y), (x, y));
                spots[place] = self.best(point, size);
                self.taken[first + place] = spots[place].grown(CLEAR);
            }
        }
        spots
    }

    /// A spot close to a point where a label of this size covers nothing, which is then taken.
    pub fn find_free(&mut self, point: (f64, f64), size: (f64, f64)) -> Option<Area> {
        let mut spots = [6.0, 11.0, 18.0].into_iter().flat_map(|reach| spots_around(point, size, reach));
        let free = spots.find(|spot| self.bounds.contains(spot) && self.is_free(spot))?;
        self.take(free.grown(CLEAR));
        Some(free)
    }

    /// Whether nothing is there yet.
    pub fn is_free(&self, spot: &Area) -> bool {
        self.taken.iter().all(|area| area.overlap(spot) == 0.0)
    }

    fn best(&self, point: (f64, f64), size: (f64, f64)) -> Area {
        let spots = [11.0, 18.0, 26.0, 34.0, 44.0, 54.0, 64.0, 78.0, 94.0, 120.0, 160.0, 210.0].into_iter();
        spots
            .flat_map(|reach| spots_around(point, size, reach))
            .map(|spot| (self.cost(&spot, point), spot))
            .reduce(|best, next| if next.0 < best.0 { next } else { best })
            .map(|(_, spot)| self.moved_inside(spot))
            .expect("there are spots around a point")
    }

    fn cost(&self, spot: &Area, point: (f64, f64)) -> f64 {
        let covered: f64 = self.taken.iter().map(|area| area.overlap(spot)).sum();
        let outside = if self.bounds.contains(spot) { 0.0 } else { 1e6 };
        let (x, y) = point;
        let near = (x.clamp(spot.left, spot.right), y.clamp(spot.top, spot.bottom));
        let (away, (middle, beside)) = ((near.0 - x).hypot(near.1 - y), spot.middle());
        covered * 10.0 + outside + away + (beside - y).abs() * 0.3 + (middle - x).abs() * 0.02
    }

    fn moved_inside(&self, spot: Area) -> Area {
        let right = (self.bounds.left - spot.left).max(0.0) - (spot.right - self.bounds.right).max(0.0);
        let down = (self.bounds.top - spot.top).max(0.0) - (spot.bottom - self.bounds.bottom).max(0.0);
        Area { left: spot.left + right, top: spot.top + down, right: spot.right + right, bottom: spot.bottom + down }
    }
}

/// Places around a point at this distance: next to it, over it and under it, each shifted to and fro.
/// The plainest come first, because of equals the first is taken.
fn spots_around((x, y): (f64, f64), (width, height): (f64, f64), reach: f64) -> impl Iterator<Item = Area> {
    let beside = [0.5, 0.2, 0.8].into_iter().flat_map(move |part| {
        let top = y - height * part;
        [(x + reach, top), (x - reach - width, top)]
    });
    let stacked = [0.5, 0.15, 0.85, 0.0, 1.0].into_iter().flat_map(move |part| {
        let left = x - width * part;
        [(left, y - reach - height), (left, y + reach)]
    });
    let corners = [
        (x + reach, y - reach - height),
        (x + reach, y + reach),
        (x - reach - width, y - reach - height),
        (x - reach - width, y + reach),
    ];
    beside.chain(stacked).chain(corners).map(move |(left, top)| Area::sized(left, top, width, height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_pushed_apart() {
        assert_eq!(spread(&[10.0, 50.0], 18.0, (0.0, 100.0)), [10.0, 50.0]);
        assert_eq!(spread(&[52.0, 50.0], 18.0, (0.0, 100.0)), [60.0, 42.0]);
        assert_eq!(spread(&[100.0, 100.0], 18.0, (0.0, 100.0)), [82.0, 100.0]);
        assert_eq!(spread(&[5.0; 5], 50.0, (0.0, 100.0)), [0.0, 25.0, 50.0, 75.0, 100.0]);
        assert_eq!(spread(&[], 18.0, (0.0, 100.0)), [0.0; 0]);
    }

    #[test]
    fn labels_find_free_spots() {
        let mut crowd = Crowd::new(Area::sized(0.0, 0.0, 400.0, 300.0));
        let spots: Vec<Area> = (0..6).map(|_| crowd.find((200.0, 150.0), (80.0, 16.0))).collect();
        for (n, spot) in spots.iter().enumerate() {
            assert!(spots[..n].iter().all(|other| other.overlap(spot) == 0.0));
        }
    }
}
