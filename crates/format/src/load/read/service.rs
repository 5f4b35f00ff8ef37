//! `[services.X]`: what must be covered, when, and how much work it is.

use comanage_model::scenario::{Input, OnHolidays, Piece, Service, name_of_key};
use comanage_model::week::Week;

use super::super::fields::Fields;
use super::super::format::HOURS_PIECE;
use super::super::lists::Keyed;
use super::super::names::Names;
use super::super::reader::Reader;
use super::super::tree::Value;
use super::Places;

/// Reads the services, in order of priority.
pub(super) fn read(root: &Fields<'_>, reader: &mut Reader, places: &mut Places) -> Vec<Service> {
    let tables = root.keyed(reader, "services");
    places.services = tables.iter().map(|table| table.key_span.clone()).collect();
    let accountable = |table: &Keyed<'_>| table.fields.get("accountable").map(|node| node.span.clone());
    places.accountable = tables.iter().map(accountable).collect();
    tables.iter().map(|table| read_service(table, reader)).collect()
}

/// The names that roles, tools and covers refer to.
pub(super) fn names(services: &[Service]) -> Names {
    Names::new("service", "unknown-service", &["services"], services.iter().map(|service| service.key.as_str()))
}

fn read_service(table: &Keyed<'_>, reader: &mut Reader) -> Service {
    let fields = &table.fields;
    let people = fields.input(reader, "people");
    let pieces = read_pieces(fields, reader, people);
    let hours = pieces.iter().fold(Week::none(), |week, piece| week.or(&piece.hours));
    let open_on_holidays = fields
        .choice(reader, "on_holidays")
        .map_or(hours == Week::all(), |choice: OnHolidays| choice == OnHolidays::Open);
    Service {
        key: table.key.into(),
        name: fields.name(reader, "name").unwrap_or_else(|| name_of_key(table.key)),
        open_on_holidays,
        weight: fields.input(reader, "weight"),
        respond_within: fields.duration(reader, "respond_within"),
        live: fields.flag(reader, "live"),
        from_month: fields.maybe_input(reader, "from_month"),
        until_month: fields.maybe_input(reader, "until_month"),
        months: super::organization::months(fields, reader),
        hours_per_month: fields.input(reader, "hours_per_month"),
        hours_per_year: fields.input(reader, "hours_per_year"),
        hours_total: fields.maybe_input(reader, "hours_total"),
        tickets_per_user: fields.input(reader, "tickets_per_user"),
        minutes_per_ticket: fields.input(reader, "minutes_per_ticket"),
        minutes_per_device: fields.by_class(reader, "minutes_per_device"),
        minutes_per: fields.of_things(reader, "minutes_per"),
        loss_per_uncovered_hour: fields.maybe_input(reader, "loss_per_uncovered_hour"),
        accountable: fields.text(reader, "accountable"),
        consulted: names_of(fields, reader, "consulted"),
        informed: names_of(fields, reader, "informed"),
        reviewed: fields.month(reader, "reviewed"),
        pieces,
        source: fields.source.map(String::from),
        note: fields.note.map(String::from),
        hours,
    }
}

/// The hours of a service: a text, or a list of pieces, each with its people.
fn read_pieces(fields: &Fields<'_>, reader: &mut Reader, people: Input) -> Vec<Piece> {
    let is_list = matches!(fields.get("hours").map(|node| &node.value), Some(Value::List(_)));
    if !is_list {
        return vec![Piece { hours: fields.hours(reader, "hours").unwrap_or_else(Week::none), people }];
    }
    let pieces = fields.tables(reader, "hours", &HOURS_PIECE);
    let read = |piece: &Fields<'_>| Piece {
        hours: piece.hours(reader, "hours").unwrap_or_else(Week::none),
        people: piece.maybe_input(reader, "people").unwrap_or(people),
    };
    pieces.iter().map(read).collect()
}

fn names_of(fields: &Fields<'_>, reader: &mut Reader, name: &str) -> Option<Vec<String>> {
    fields.get(name)?;
    Some(fields.names(reader, name).into_iter().map(|(name, _)| name.to_string()).collect())
}
