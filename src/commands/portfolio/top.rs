//! The clients that come first by a figure.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use clap::{Args, ValueEnum};

use comanage_analysis::portfolio::Named;
use comanage_report::write::csv::ClientTable;

/// In which order clients are written.
#[derive(Debug, Args)]
pub struct SortArgs {
    /// Write clients in the order of a figure, the largest first. All rows are held in memory, unless --top
    /// says how many.
    #[arg(long, value_enum, value_name = "FIGURE", conflicts_with = "summary_only")]
    sort: Option<Figure>,
    /// Write only the first N clients; the summary is of all.
    #[arg(long, value_name = "N", requires = "sort", value_parser = clap::value_parser!(u32).range(1..))]
    top: Option<u32>,
}

/// A figure of the alternative to name: the recommended one, else the cheapest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Figure {
    /// What the recommended alternative saves; clients without one come last.
    Saving,
    /// What the recommended alternative costs over the term, else the cheapest.
    Total,
}

impl SortArgs {
    /// What keeps the first clients, if they are sorted.
    pub fn top(&self) -> Option<Top> {
        let max = self.top.map_or(usize::MAX, |top| top as usize);
        self.sort.map(|by| Top { by, max, kept: BTreeMap::new() })
    }
}

/// The clients that come first, with their rows. Where figures are equal, the order of the table decides,
/// so that the number of threads does not.
pub struct Top {
    by: Figure,
    max: usize,
    kept: BTreeMap<(Reverse<Option<i128>>, u64), Vec<u8>>,
}

impl Top {
    /// Keeps those of some clients that are among the first.
    pub fn offer(top: &Mutex<Self>, table: &ClientTable<'_>, clients: &[Named<'_>]) {
        for named in clients {
            let mut top = top.lock().unwrap_or_else(PoisonError::into_inner);
            let key = (Reverse(top.figure(named)), named.offset);
            let is_among = top.kept.len() < top.max || top.kept.last_key_value().is_some_and(|(last, _)| key < *last);
            if !is_among {
                continue;
            }
            let mut rows = Vec::new();
            table.add(std::slice::from_ref(named), &mut rows);
            top.kept.insert(key, rows);
            if top.kept.len() > top.max {
                top.kept.pop_last();
            }
        }
    }

    fn figure(&self, named: &Named<'_>) -> Option<i128> {
        let client = &named.client;
        match self.by {
            Figure::Saving => client.choice.recommended.and_then(|recommended| client.saving(recommended)),
            Figure::Total => Some(client.total(client.best())),
        }
    }

    /// The rows of the clients that are kept, in order.
    pub fn in_order(top: Mutex<Self>) -> Vec<u8> {
        top.into_inner().unwrap_or_else(PoisonError::into_inner).kept.into_values().flatten().collect()
    }
}
