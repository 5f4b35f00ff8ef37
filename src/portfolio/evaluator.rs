//! Rows evaluated.
//!
//! The first row of a form is read as a file is; the next ones of that form, which say other numbers
//! in the same columns, are set in what was read and held to the rules between numbers. A row that
//! says anything else (a text, hours, a range) is read anew. Both give the same figures.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use rust_decimal::Decimal;

use super::{Client, Reject};
use crate::compare;
use crate::load::{Cell, Column, Document, Template};
use crate::scenario::{Input, Scenario};

/// A row with one cell for each column.
#[derive(Clone, Copy, Debug)]
pub struct ClientRow<'r> {
    /// The cells, in the order of the columns; an empty one keeps what the base says.
    pub cells: &'r [Cow<'r, str>],
}

/// What evaluates rows.
pub struct Evaluator {
    document: Document,
    columns: Vec<Column>,
    /// What the base has for each column, if that is one number.
    base: Vec<Option<Decimal>>,
    currency: crate::money::Currency,
    ids: Vec<Arc<str>>,
    forms: RwLock<HashMap<Form, Option<Arc<Prepared>>>>,
}

/// Which columns a row must say although the base leaves them out.
type Form = Vec<bool>;

/// More forms than this are not kept; rows of others are read one by one.
const MOST_FORMS: usize = 256;

/// A scenario that the rows of a form are set in.
struct Prepared {
    template: Template,
    /// The place of each column's number; none where the form leaves the column out.
    inputs: Vec<Option<Input>>,
}

/// What a row says, read.
type Values<'r> = Vec<Cell<'r>>;

impl Evaluator {
    /// What evaluates rows over a base. `scenario` is what the base says as it is.
    pub fn new(document: &Document, scenario: &Scenario, columns: Vec<Column>) -> Self {
        let base = |column: &Column| {
            let mut inputs = scenario.inputs.iter().filter(|(_, _, about)| about.path == column.path);
            let (_, value, _) = inputs.next()?;
            inputs.next().is_none().then_some(value)
        };
        Self {
            document: document.without_simulation(),
            base: columns.iter().map(base).collect(),
            columns,
            currency: scenario.currency,
            ids: scenario.alternatives.iter().map(|alternative| alternative.id.as_str().into()).collect(),
            forms: RwLock::default(),
        }
    }

    /// The currency of every client.
    pub fn currency(&self) -> crate::money::Currency {
        self.currency
    }

    /// Cells that a row has beside its id.
    pub fn width(&self) -> usize {
        self.columns.len()
    }

    /// The ids of the alternatives of the base.
    pub fn ids(&self) -> &[Arc<str>] {
        &self.ids
    }

    /// Evaluates rows; what comes back is in their order.
    pub fn block(&self, rows: &[ClientRow<'_>]) -> Vec<Result<Client, Reject>> {
        let mut scratch = None;
        rows.iter().map(|row| self.row(row.cells, &mut scratch)).collect()
    }

    fn row(&self, cells: &[Cow<'_, str>], scratch: &mut Scratch) -> Result<Client, Reject> {
        let values = self.read(cells)?;
        if values.iter().any(|cell| matches!(cell, Cell::Other(_))) {
            return self.read_anew(&values).and_then(|scenario| self.client(&scenario));
        }
        match self.prepared(&values)? {
            Some(prepared) => self.set(&prepared, &values, scratch),
            None => self.read_anew(&values).and_then(|scenario| self.client(&scenario)),
        }
    }

    /// The cells as values.
    fn read<'r>(&self, cells: &'r [Cow<'r, str>]) -> Result<Values<'r>, Reject> {
        let read = |(column, cell): (&Column, &'r Cow<'r, str>)| column.read(cell, self.currency);
        let values = self.columns.iter().zip(cells).map(read);
        values.collect::<Result<_, _>>().map_err(|diagnostic| Reject::from(&*diagnostic))
    }

    /// The scenario of a row, read as a file is.
    fn read_anew(&self, values: &[Cell]) -> Result<Scenario, Reject> {
        let loaded = self.laid(values)?.read();
        loaded.scenario.clone().ok_or_else(|| refused(loaded.errors()))
    }

    /// The base with the cells of a row over it.
    fn laid(&self, values: &[Cell]) -> Result<Document, Reject> {
        let mut document = self.document.clone();
        for (column, cell) in self.columns.iter().zip(values) {
            let text = match cell {
                Cell::Empty => continue,
                Cell::Number(value) => column.write(*value),
                Cell::Other(text) => (*text).to_string(),
            };
            document.set(&column.path, &text).map_err(|diagnostic| Reject::from(&*diagnostic))?;
        }
        Ok(document)
    }

    /// What the rows of the form of this one are set in; none if they have to be read.
    fn prepared(&self, values: &[Cell]) -> Result<Option<Arc<Prepared>>, Reject> {
        let says = |(cell, base): (&Cell, &Option<Decimal>)| base.is_none() && *cell != Cell::Empty;
        let form: Form = values.iter().zip(&self.base).map(says).collect();
        if let Ok(forms) = self.forms.read() {
            if let Some(prepared) = forms.get(&form) {
                return Ok(prepared.clone());
            }
            if forms.len() >= MOST_FORMS {
                return Ok(None);
            }
        }
        let template = self.laid(values)?.template().map_err(refused)?;
        let prepared = self.prepare(template, &form).map(Arc::new);
        if let Ok(mut forms) = self.forms.write() {
            forms.insert(form, prepared.clone());
        }
        Ok(prepared)
    }

    fn prepare(&self, template: Template, form: &Form) -> Option<Prepared> {
        let is_left_out = |number: usize| self.base[number].is_none() && !form[number];
        let input = |(number, column): (usize, &Column)| match is_left_out(number) {
            true => Some(None),
            false => template.input(&column.path).map(Some),
        };
        let inputs = self.columns.iter().enumerate().map(input).collect::<Option<Vec<_>>>()?;
        Some(Prepared { template, inputs })
    }

    /// The client of a row whose numbers are set in what was read.
    fn set(&self, prepared: &Arc<Prepared>, values: &[Cell], scratch: &mut Scratch) -> Result<Client, Reject> {
        let is_same = |(of, _): &&mut (Arc<Prepared>, Scenario)| Arc::ptr_eq(of, prepared);
        if scratch.as_mut().filter(is_same).is_none() {
            *scratch = Some((Arc::clone(prepared), prepared.template.scenario.clone()));
        }
        let Some((_, scenario)) = scratch else { return Err(Reject("no room to evaluate it".into())) };
        for (number, input) in prepared.inputs.iter().enumerate() {
            let Some(input) = input else { continue };
            let value = match values[number] {
                Cell::Number(value) => Some(value),
                Cell::Empty | Cell::Other(_) => self.base[number],
            };
            scenario.inputs.set(*input, value.unwrap_or_default());
        }
        prepared.template.check(&scenario.inputs).map_err(|diagnostic| Reject::from(&*diagnostic))?;
        self.client(scenario)
    }

    fn client(&self, scenario: &Scenario) -> Result<Client, Reject> {
        let comparison = compare::compare(scenario).map_err(|diagnostic| Reject::from(&diagnostic))?;
        let id = |index: usize, id: &str| match self.ids.get(index) {
            Some(own) if **own == *id => Arc::clone(own),
            _ => id.into(),
        };
        Ok(Client::of(&comparison, id))
    }
}

/// A copy of a prepared scenario to set numbers in.
type Scratch = Option<(Arc<Prepared>, Scenario)>;

fn refused(errors: Vec<crate::diagnostic::Diagnostic>) -> Reject {
    errors.first().map_or_else(|| Reject("it is no scenario".into()), Reject::from)
}
