//! The chance that as many people are there as are required.

use smallvec::SmallVec;

use super::classes::Class;
use super::count::Count;
use super::source::{Group, Presence};

/// The chance at a minute of a class; `live` says how far each source counts.
///
/// People with fixed hours have their holidays together: with fewer holidays one is there on the days
/// that only others have off. So the days fall into shares, from one number of holidays to the next,
/// and the chance is the mean over them. Everyone else is there or not on their own.
pub fn chance<'a>(
    sources: &[impl AsRef<Presence<'a>>],
    class: &Class,
    live: impl Fn(usize) -> f64,
    people: u32,
    is_open: bool,
) -> f64 {
    let mut others = Count::new(people);
    add_others(&mut others, sources, class, &live);
    let mut from = 0.0;
    let mut sum = 0.0;
    for until in holiday_steps(sources, class, &live, is_open) {
        let mut count = others.clone();
        add_people(&mut count, sources, class, &live, |holidays| !is_open || holidays <= from);
        sum += (until - from) * count.chance();
        from = until;
    }
    sum
}

/// The ends of the shares of days on which the same people with fixed hours are off, ascending, the last 1.
pub fn holiday_steps<'a>(
    sources: &[impl AsRef<Presence<'a>>],
    class: &Class,
    live: impl Fn(usize) -> f64,
    is_open: bool,
) -> SmallVec<[f64; 4]> {
    let mut steps: SmallVec<[f64; 4]> = SmallVec::new();
    if is_open {
        let there = class.there.iter().filter(|&&index| live(index) > 0.0);
        steps.extend(there.filter_map(|&index| holidays(sources[index].as_ref())));
        steps.sort_unstable_by(f64::total_cmp);
        steps.dedup();
        steps.retain(|share| *share > 0.0);
    }
    steps.push(1.0);
    steps
}

fn holidays(source: &Presence) -> Option<f64> {
    match source.group {
        Group::Fixed(fixed) => Some(fixed.holidays),
        Group::Rota(_) | Group::Provider(_) => None,
    }
}

/// Those who are there on any day: rotas, providers, and roles on call in minutes that are not their own.
pub fn add_others<'a>(
    count: &mut Count,
    sources: &[impl AsRef<Presence<'a>>],
    class: &Class,
    live: impl Fn(usize) -> f64,
) {
    for &index in &class.there {
        match sources[index].as_ref().group {
            Group::Fixed(_) => {}
            Group::Rota(rota) => count.add_rota(rota, live(index)),
            Group::Provider(provider) => count.add_provider(provider, live(index)),
        }
    }
    for &index in class.on_call.iter().filter(|index| !class.there.contains(index)) {
        if let Some(turns) = sources[index].as_ref().turns
            && live(index) > 0.0
        {
            count.add_turns(turns, turns.each);
        }
    }
}

/// People with fixed hours: on duty on days on which they work, else on call, if they are.
pub fn add_people<'a>(
    count: &mut Count,
    sources: &[impl AsRef<Presence<'a>>],
    class: &Class,
    live: impl Fn(usize) -> f64,
    works: impl Fn(f64) -> bool,
) {
    for &index in &class.there {
        let Group::Fixed(fixed) = sources[index].as_ref().group else { continue };
        let live = live(index);
        if live <= 0.0 {
            continue;
        }
        if works(fixed.holidays) {
            count.add_fixed(fixed, live);
        } else if let Some(turns) = sources[index].as_ref().turns
            && class.on_call.contains(&index)
        {
            count.add_turns(turns, turns.each_on_days_off);
        }
    }
}
