//! Any record of any kind, made of what its fields may hold. A field that is missing here fails the round trip's test.

use cairn_domain::{AnyRecord, Kind, RecordId};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// What a field may hold.
#[derive(Clone)]
pub enum Holds {
    Name,
    Text,
    Texts,
    Date,
    LateDate,
    Day,
    Moment,
    Email,
    Emails,
    Url,
    Urls,
    Number(f64),
    Count(u32, u32),
    Flag,
    Amount,
    Currency,
    Choice(&'static [&'static str]),
    Link,
    Links,
    Needed(Box<Holds>),
    Maybe(Box<Holds>),
    Object(Vec<(&'static str, Holds)>),
    List(Vec<(&'static str, Holds)>),
}

use Holds::{
    Amount, Choice, Count, Currency, Date, Day, Email, Emails, Flag, LateDate, Link, Links, List, Maybe, Moment, Name, Number, Object,
    Text, Texts, Url, Urls,
};

/// Every field of every kind.
pub fn fields(kind: Kind) -> Vec<(&'static str, Holds)> {
    let held = || Object(vec![("holds", Maybe(Box::new(Flag))), ("reason", Text)]);
    let metric = || {
        let number = || Maybe(Box::new(Number(1e6)));
        Maybe(Box::new(Object(vec![("what", Name), ("before", number()), ("after", number()), ("unit", Text)])))
    };
    let span = || vec![("start", Date), ("end", LateDate)];
    let told = || vec![("summary", Text), ("highlights", Texts), ("url", Url)];
    let money =
        || vec![("credential", Link), ("currency", Currency), ("planned", Maybe(Box::new(Amount))), ("actual", Maybe(Box::new(Amount)))];
    let place = || vec![("address", Text), ("postal_code", Text), ("city", Text), ("region", Text), ("country_code", Text)];
    match kind {
        Kind::Profile => vec![
            ("name", Text),
            ("headline", Text),
            ("email", Email),
            ("other_emails", Emails),
            ("phone", Text),
            ("url", Url),
            ("summary", Text),
            ("location", Object(place())),
            ("links", List(vec![("network", Text), ("username", Text), ("url", Url)])),
        ],
        Kind::Work => [vec![("name", Name), ("description", Text), ("position", Text), ("location", Text)], span(), told()].concat(),
        Kind::Education => {
            [vec![("institution", Name), ("area", Text), ("study_type", Text), ("url", Url), ("score", Text), ("courses", Texts)], span()]
                .concat()
        }
        Kind::Project => [
            vec![
                ("name", Name),
                ("description", Text),
                ("highlights", Texts),
                ("keywords", Texts),
                ("url", Url),
                ("roles", Texts),
                ("entity", Text),
                ("type", Text),
                ("skills", Links),
            ],
            span(),
        ]
        .concat(),
        Kind::Volunteering => [vec![("organization", Name), ("position", Text)], span(), told()].concat(),
        Kind::Award => vec![("title", Name), ("date", Date), ("awarder", Text), ("summary", Text)],
        Kind::Publication => vec![("name", Name), ("publisher", Text), ("release_date", Date), ("url", Url), ("summary", Text)],
        Kind::Language => vec![("language", Name), ("fluency", Text)],
        Kind::Interest => vec![("name", Name), ("keywords", Texts)],
        Kind::Reference => vec![("name", Name), ("reference", Text)],
        Kind::Credential => vec![
            ("title", Name),
            (
                "type",
                Choice(&[
                    "badge",
                    "certificate",
                    "professional-certificate",
                    "nanodegree",
                    "licence",
                    "diploma",
                    "degree",
                    "course-completion",
                ]),
            ),
            ("issuer", Text),
            ("status", Choice(&["considering", "planned", "in-progress", "earned", "expired"])),
            ("issued", Date),
            ("expires", LateDate),
            ("renewal", Date),
            ("identifier", Text),
            ("url", Url),
            ("scope", Text),
            ("competencies", Texts),
            ("hours", Maybe(Box::new(Number(1e4)))),
            ("level", Text),
            (
                "assessment",
                Maybe(Box::new(Choice(&["attendance", "quiz", "proctored-exam", "rubric-marked-project", "externally-judged-work"]))),
            ),
            ("assessment_note", Text),
            ("rubric", List(vec![("criterion", Name), ("levels", Texts), ("reached", Text)])),
            ("assessed", held()),
            ("portable", held()),
            ("stackable", held()),
            ("purpose", Maybe(Box::new(Choice(&["learn", "show-skill", "new-role", "practise", "further-study", "stay-current"])))),
            ("goal", Text),
            ("bloom", Maybe(Box::new(Choice(&["remember", "understand", "apply", "analyse", "evaluate", "create"])))),
            ("dok", Maybe(Box::new(Choice(&["recall", "skill-concept", "strategic-thinking", "extended-thinking"])))),
            (
                "sfia",
                Maybe(Box::new(Choice(&["follow", "assist", "apply", "enable", "ensure-advise", "initiate-influence", "set-strategy"]))),
            ),
            ("prerequisites", Texts),
            ("progression", Text),
            ("credit_transfer", List(vec![("accepted_by", Name), ("credits", Text), ("url", Url)])),
            ("policy_version", Text),
            ("teach_out", Text),
            ("cycle_start", Date),
            ("cycle_end", LateDate),
            ("ce_credits", Maybe(Box::new(Number(1e4)))),
            ("ce_unit", Text),
            ("skills", Links),
            ("notes", Text),
        ],
        Kind::Endorsement => vec![
            ("endorser", Name),
            ("role", Text),
            ("date", Date),
            ("text", Text),
            ("credential", Link),
            ("evidence", Link),
            ("url", Url),
            ("notes", Text),
        ],
        Kind::RenewalActivity => vec![
            ("title", Name),
            ("type", Choice(&["course", "webinar", "conference", "teaching", "publication", "service", "self-study", "practice", "other"])),
            ("status", Choice(&["planned", "done", "reported"])),
            ("date", Holds::Needed(Box::new(Date))),
            ("credits", Maybe(Box::new(Number(1e4)))),
            ("provider", Text),
            ("credential", Link),
            ("evidence", Link),
            ("notes", Text),
        ],
        Kind::Evidence => vec![
            ("title", Name),
            ("type", Choice(&["code", "analysis", "report", "video", "design", "facilitation-plan", "simulation", "link"])),
            ("setting", Maybe(Box::new(Choice(&["on-the-job", "micro-internship", "simulation", "client", "volunteer", "course"])))),
            ("date", Date),
            ("description", Text),
            ("context", Text),
            ("constraints", Text),
            ("result", Text),
            ("claims", Texts),
            ("links", Urls),
            ("credentials", Links),
            ("skills", Links),
            ("work", Links),
        ],
        Kind::Story => vec![
            ("title", Name),
            ("date", Date),
            ("situation", Text),
            ("task", Text),
            ("action", Text),
            ("result", Text),
            ("metric", metric()),
            ("credentials", Links),
            ("evidence", Links),
            ("skills", Links),
            ("work", Links),
        ],
        Kind::Skill => vec![
            ("name", Name),
            ("type", Choice(&["technical", "soft", "power"])),
            ("level", Text),
            ("last_used", Date),
            ("keywords", Texts),
            ("notes", Text),
        ],
        Kind::BudgetLine => [
            vec![
                ("title", Name),
                ("category", Choice(&["fee", "materials", "lab", "retake", "travel", "childcare", "freelance"])),
                ("date", Date),
                ("notes", Text),
            ],
            money(),
        ]
        .concat(),
        Kind::Funding => [
            vec![
                ("title", Name),
                ("type", Choice(&["scholarship", "reimbursement", "grant", "other"])),
                ("source", Text),
                ("conditions", Text),
                ("date", Date),
            ],
            money(),
        ]
        .concat(),
        Kind::ExpectedReturn => vec![
            ("title", Name),
            ("credential", Holds::Needed(Box::new(Link))),
            ("monthly_gain", Amount),
            ("currency", Currency),
            ("from", Date),
            ("months", Count(1, 600)),
            ("probability", Number(100.0)),
            ("notes", Text),
        ],
        Kind::MoneySettings => vec![
            ("home_currency", Currency),
            ("discount_rate", Number(100.0)),
            ("contingency", Number(100.0)),
            ("rates", List(vec![("currency", Currency), ("rate", Amount), ("as_of", Date)])),
        ],
        Kind::Sprint => vec![
            ("goal", Name),
            ("credential", Link),
            ("start", Day),
            ("weeks", Count(1, 12)),
            ("status", Choice(&["planned", "reached", "missed"])),
            ("outcome", Text),
        ],
        Kind::StudyBlock => vec![
            ("title", Name),
            ("start", Moment),
            ("minutes", Count(5, 480)),
            ("status", Choice(&["planned", "kept", "missed"])),
            ("sprint", Link),
            ("credential", Link),
            ("notes", Text),
        ],
        Kind::Deadline => vec![
            ("title", Name),
            ("type", Choice(&["submission", "assessment", "enrolment", "payment", "other"])),
            ("date", Day),
            ("credential", Link),
            ("done", Flag),
            ("notes", Text),
        ],
        Kind::Milestone => {
            vec![("title", Name), ("due", Date), ("reached", Date), ("evidence", Link), ("credential", Link), ("notes", Text)]
        }
        Kind::Reflection => vec![
            ("title", Name),
            ("date", Date),
            ("credential", Link),
            ("milestone", Link),
            ("can_do", Text),
            ("used_where", Text),
            ("changed", Text),
            ("metric", metric()),
            ("next", Text),
        ],
        Kind::Collection => vec![
            ("title", Name),
            ("audience", Text),
            ("language", Choice(&["en", "pt-BR", "ar"])),
            ("paper", Choice(&["a4", "letter"])),
            ("headline", Text),
            ("summary", Text),
            ("sections", List(vec![("kind", Choice(&["work", "credential"])), ("shown", Flag), ("title", Text)])),
            (
                "entries",
                List(vec![
                    ("record", Holds::Needed(Box::new(Link))),
                    ("shown", Flag),
                    ("title", Text),
                    ("summary", Text),
                    ("highlights", Maybe(Box::new(Texts))),
                ]),
            ),
        ],
    }
}

fn value(holds: Holds) -> BoxedStrategy<Value> {
    let text = || {
        prop_oneof![
            Just(String::new()),
            "[a-zA-Z ü,;\"\\\\\n/]{1,12}",
            "\\PC{1,8}",
            Just("Present".to_owned()),
            Just("🙂 \u{202e}".to_owned())
        ]
    };
    let date = |years: std::ops::Range<i32>| {
        (years, 1..13, 1..29, 0..3).prop_map(|(year, month, day, precision)| match precision {
            0 => format!("{year}"),
            1 => format!("{year}-{month:02}"),
            _ => format!("{year}-{month:02}-{day:02}"),
        })
    };
    let id = || (1u128..40).prop_map(|number| Uuid::from_u128(number).to_string());
    let url = || {
        prop_oneof![
            Just(""),
            Just("https://example.org/a?b=ü|#x#y"),
            Just("http://[::1]/"),
            Just("mailto:a@example.org"),
            Just("HTTPS://Example.org"),
        ]
    };
    match holds {
        Name => "[a-zA-ZüÄ+#]{1,3}[a-z \\PC]{0,9}".prop_map(Value::from).boxed(),
        Text => text().prop_map(Value::from).boxed(),
        Texts => prop::collection::vec(text(), 0..4).prop_map(Value::from).boxed(),
        Date => prop_oneof![Just(Value::Null), date(1950..2020).prop_map(Value::from)].boxed(),
        LateDate => prop_oneof![Just(Value::Null), date(2020..2100).prop_map(Value::from)].boxed(),
        Day => (2000..2100, 1..13, 1..29).prop_map(|(year, month, day)| json!(format!("{year}-{month:02}-{day:02}"))).boxed(),
        Moment => (2000..2100, 1..29, 0..24).prop_map(|(year, day, hour)| json!(format!("{year}-03-{day:02}T{hour:02}:15:00"))).boxed(),
        Email => prop::sample::select(vec!["", "a@example.org", "ü@localhost", "a..b@c"]).prop_map(Value::from).boxed(),
        Emails => prop::collection::vec(prop::sample::select(vec!["a@example.org", "ü@localhost"]), 0..3).prop_map(Value::from).boxed(),
        Url => url().prop_map(Value::from).boxed(),
        Urls => prop::collection::vec(url(), 0..3).prop_map(Value::from).boxed(),
        Number(most) => (0.0..most).prop_map(Value::from).boxed(),
        Count(least, most) => (least..=most).prop_map(Value::from).boxed(),
        Flag => any::<bool>().prop_map(Value::from).boxed(),
        Amount => (1u32..10_000_000).prop_map(|cents| json!(format!("{}.{:02}", cents / 100, cents % 100))).boxed(),
        Currency => prop::sample::select(vec!["EUR", "USD", "GBP"]).prop_map(Value::from).boxed(),
        Choice(names) => prop::sample::select(names).prop_map(Value::from).boxed(),
        Link => prop_oneof![Just(Value::Null), id().prop_map(Value::from)].boxed(),
        Links => prop::collection::vec(id(), 0..3).prop_map(Value::from).boxed(),
        Holds::Needed(inner) => value(*inner).prop_filter("needed", |value| !value.is_null()).boxed(),
        Maybe(inner) => prop_oneof![Just(Value::Null), value(*inner)].boxed(),
        Object(inner) => object(inner).prop_map(Value::from).boxed(),
        List(inner) => prop::collection::vec(object(inner), 0..3).prop_map(Value::from).boxed(),
    }
}

fn object(fields: Vec<(&'static str, Holds)>) -> BoxedStrategy<Map<String, Value>> {
    let (names, holds): (Vec<_>, Vec<_>) = fields.into_iter().unzip();
    let values: Vec<BoxedStrategy<Value>> = holds.into_iter().map(value).collect();
    values.prop_map(move |values| names.iter().map(|name| (*name).to_owned()).zip(values).collect()).boxed()
}

/// Any record of `kind` that keeps its rules.
pub fn record(kind: Kind) -> impl Strategy<Value = AnyRecord> {
    object(fields(kind))
        .prop_map(move |fields| AnyRecord::deserialize(kind, Value::Object(fields)).unwrap())
        .prop_filter("keeps the rules", |record| record.check().is_ok())
}

/// Records of every kind, each with an id of its own, in any order.
pub fn vault() -> impl Strategy<Value = Vec<(RecordId, AnyRecord)>> {
    let each = Kind::ALL.iter().map(|kind| prop::collection::vec(record(*kind), 0..3)).collect::<Vec<_>>();
    let all = each.prop_map(|kinds| kinds.into_iter().flatten().collect::<Vec<_>>()).prop_shuffle();
    all.prop_map(|records| (1u128..).map(|number| RecordId::new(Uuid::from_u128(number))).zip(records).collect())
}
