//! A scenario as it may be shown to someone else.
//!
//! What is internal is taken out here, before anything is computed or printed, so that no report can
//! show it. Figures stay as they are.

use super::Scenario;

/// How a line of a remark begins that is not for others.
const INTERNAL: &str = "internal:";

impl Scenario {
    /// Takes out what is internal: lines of `source` and `note` that begin with `internal:`, the folders
    /// of file names, and what is said of offers that no alternative has.
    pub fn hand_over(&mut self) {
        self.leave_out_unused_offers();
        self.inputs.remarks().for_each(take_out);
        let roles = self.team.iter_mut().chain(&mut self.hires).chain(&mut self.sized_hires);
        let roles = roles.flat_map(|role| [&mut role.source, &mut role.note]);
        let services = self.services.iter_mut().flat_map(|service| [&mut service.source, &mut service.note]);
        let tools = self.tools.iter_mut().flat_map(|tool| [&mut tool.source, &mut tool.note]);
        let costs = self.costs.iter_mut().flat_map(|cost| [&mut cost.source, &mut cost.note]);
        let plugs = self.plugs.iter_mut().flat_map(|plug| [&mut plug.source, &mut plug.note]);
        let offers = self.offers.iter_mut().flat_map(|offer| [&mut offer.source, &mut offer.note]);
        roles.chain(services).chain(tools).chain(costs).chain(plugs).chain(offers).for_each(take_out);
        self.file = without_folder(&self.file);
        for file in &mut self.sources.0 {
            file.name = without_folder(&file.name);
        }
    }

    /// Takes the figures of offers that no alternative has out of every list of figures.
    fn leave_out_unused_offers(&mut self) {
        let unused = self.unused_offers();
        self.inputs.leave_out(|about| unused.iter().any(|of| is_below(&about.path, of)));
    }

    /// Whether a path leads into an offer that no alternative has.
    pub fn is_of_unused_offer(&self, path: &str) -> bool {
        self.unused_offers().iter().any(|of| is_below(path, of))
    }

    /// The paths of the offers that no alternative has.
    fn unused_offers(&self) -> Vec<String> {
        let is_used = |index: usize| self.alternatives.iter().any(|a| a.offers.iter().any(|phase| phase.of == index));
        let unused = (0..).zip(&self.offers).filter(|(index, _)| !is_used(*index));
        unused.map(|(_, offer)| format!("offers.{}", offer.key)).collect()
    }
}

/// Whether a path is another one or leads into it.
fn is_below(path: &str, other: &str) -> bool {
    path.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || rest.starts_with('['))
}

/// Leaves the lines of a remark that are for others; none if none is.
fn take_out(remark: &mut Option<String>) {
    let is_internal = |line: &&str| {
        line.trim_start().get(..INTERNAL.len()).is_some_and(|begins| begins.eq_ignore_ascii_case(INTERNAL))
    };
    if let Some(text) = remark.take_if(|text| text.lines().any(|line| is_internal(&line))) {
        let left: Vec<&str> = text.lines().filter(|line| !is_internal(line)).collect();
        *remark = Some(left.join("\n").trim().to_string()).filter(|left| !left.is_empty());
    }
}

/// The last part of a path.
fn without_folder(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or_default().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(remark: &str, expected: Option<&str>) {
        let mut remark = Some(remark.to_string());
        take_out(&mut remark);
        assert_eq!(remark.as_deref(), expected);
    }

    #[test]
    fn leaves_what_is_for_others() {
        check("price held until March", Some("price held until March"));
        check("price held until March\ninternal: our margin is 32%", Some("price held until March"));
        check("Internal: walk away at 62", None);
        check("  INTERNAL: a\nb\n internal:c\n", Some("b"));
        check("an internal: remark", Some("an internal: remark"));
        check("ínternal", Some("ínternal"));
        check("", Some(""));
    }

    #[test]
    fn names_files_without_their_folders() {
        assert_eq!(without_folder("../clients/acme/base.toml"), "base.toml");
        assert_eq!(without_folder("C:\\clients\\acme.toml"), "acme.toml");
        assert_eq!(without_folder("acme.toml"), "acme.toml");
    }
}
