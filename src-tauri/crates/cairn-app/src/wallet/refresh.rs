//! Fetching issuers' keys and status lists anew, from hosts that the learner has been told of and agreed to.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc;
use std::time::Duration;

use cairn_domain::RecordId;
use cairn_proof::{MaterialKind, Needed, needed};
use cairn_vault::Change as Step;
use cairn_vault::wallet::held::Held as Row;
use serde::Serialize;
use ureq::Agent;

use super::Checked;
use super::fetch::{self, Problem};
use crate::documents::report::kebab;
use crate::work::Progress;
use crate::{App, AppError, Result};

/// How often what was fetched may name further documents on the same hosts: badge, class, issuer, key.
const ROUNDS: usize = 4;
/// How often it is asked whether to go on while a host does not answer.
const IMPATIENCE: Duration = Duration::from_millis(100);
/// Documents that are asked for one credential at most.
const MOST: usize = 64;

/// A host that a refresh would ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct HostPlan {
    /// The host, with its port where that is not the usual one.
    pub host: String,
    /// For what, in kebab case: `key-document`, `status-list`.
    pub why: Vec<String>,
    /// How many held credentials wait for its answer.
    pub credentials: u32,
}

/// What a refresh brought.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct RefreshReport {
    /// What became of each host.
    pub hosts: Vec<HostAnswer>,
    /// What was found afterwards.
    pub checked: Vec<Checked>,
}

/// What became of one host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct HostAnswer {
    /// The host.
    pub host: String,
    /// How many documents it gave.
    pub got: u32,
    /// What went wrong with the others, as a code; the documents seen earlier are still at hand.
    pub code: Option<String>,
    /// The same in one English sentence.
    pub problem: Option<String>,
}

/// What became of a host so far.
#[derive(Default)]
struct Answer {
    got: u32,
    problem: Option<Problem>,
}

/// What a host answers, or `cancelled` as soon as nobody waits for it any more.
fn fetched(client: &Agent, url: &str, go_on: &mut dyn FnMut() -> bool) -> Result<Result<Vec<u8>, Problem>> {
    let (tell, told) = mpsc::channel();
    let (client, asked) = (client.clone(), url.to_owned());
    // A host that is let go is not heard out: its answer falls on the floor.
    std::thread::spawn(move || tell.send(fetch::fetch(&client, &asked)));
    loop {
        if !go_on() {
            return Err(AppError::new("cancelled", "Cancelled. What was fetched so far is kept."));
        }
        match told.recv_timeout(IMPATIENCE) {
            Ok(answer) => return Ok(answer),
            Err(mpsc::RecvTimeoutError::Timeout) => {}
            Err(mpsc::RecvTimeoutError::Disconnected) => return Ok(Err(Problem::NotReached("the request broke off".into()))),
        }
    }
}

/// What is needed from each host, and for which credentials.
type Plan = BTreeMap<String, (BTreeMap<String, MaterialKind>, BTreeSet<RecordId>)>;

impl App {
    /// The hosts that a refresh of these held credentials, or of all, would ask. Asks none.
    ///
    /// # Errors
    /// `not-held`.
    pub fn refresh_hosts(&self, ids: Option<&[RecordId]>) -> Result<Vec<HostPlan>> {
        let plan = self.plan(&self.chosen(ids)?)?.into_iter().map(|(host, (wanted, credentials))| HostPlan {
            host,
            why: wanted.values().map(kebab).collect::<BTreeSet<_>>().into_iter().collect(),
            credentials: u32::try_from(credentials.len()).unwrap_or(u32::MAX),
        });
        Ok(plan.collect())
    }

    /// Fetches keys and status lists for these held credentials, or for all, from those `hosts` alone, keeps them beside what was
    /// seen before, and checks again. A host that does not answer is told of; everything else goes on.
    ///
    /// # Errors
    /// `not-held`, `cancelled`, `vault-read-only`.
    pub fn refresh(&self, ids: Option<&[RecordId]>, hosts: &[String], progress: &mut Progress<'_>) -> Result<RefreshReport> {
        let rows = self.chosen(ids)?;
        let (client, mut asked) = (fetch::client(), BTreeSet::new());
        let mut answers: BTreeMap<String, Answer> = BTreeMap::new();
        for _ in 0..ROUNDS {
            let agreed = self.plan(&rows)?.into_iter().filter(|(host, _)| hosts.contains(host));
            let agreed = agreed.flat_map(|(host, (wanted, _))| wanted.into_iter().map(move |(url, kind)| (host.clone(), url, kind)));
            let fresh: Vec<_> = agreed.filter(|(_, url, _)| asked.insert(url.clone())).collect();
            if fresh.is_empty() {
                break;
            }
            for (done, (host, url, kind)) in fresh.iter().enumerate() {
                let mut go_on = || progress(done as u64, fresh.len() as u64);
                self.ask(&client, url, *kind, answers.entry(host.clone()).or_default(), &mut go_on)?;
            }
        }
        let told = |(host, Answer { got, problem }): (String, Answer)| HostAnswer {
            code: problem.as_ref().map(|it| it.code().to_owned()),
            problem: problem.map(|it| format!("{host} gave nothing new: {it}.")),
            host,
            got,
        };
        let checked = self.check(ids, None, progress)?;
        self.settle(Step { title: hosts.join(", "), ..Step::new("refresh") })?;
        Ok(RefreshReport { hosts: answers.into_iter().map(told).collect(), checked })
    }

    /// Asks for one document and keeps it. `go_on` is asked while the host lets us wait.
    fn ask(&self, client: &Agent, url: &str, kind: MaterialKind, answer: &mut Answer, go_on: &mut dyn FnMut() -> bool) -> Result<()> {
        // A host that cannot be reached is not tried for each of its documents.
        if matches!(answer.problem, Some(Problem::NotReached(_) | Problem::TooSlow)) {
            return Ok(());
        }
        match fetched(client, url, go_on)? {
            Ok(bytes) => {
                self.vault.note(|noter| noter.saw(&kebab(&kind), url, &bytes))?;
                answer.got += 1;
            }
            Err(problem) => answer.problem = Some(problem),
        }
        Ok(())
    }

    /// What is needed from whom. A list or a profile that is at hand has needs of its own: its issuer's keys.
    fn plan(&self, rows: &[Row]) -> Result<Plan> {
        let mut plan = Plan::new();
        for (row, item) in rows.iter().zip(self.items(rows)) {
            let Ok(item) = item else { continue };
            let mut open = needed(&item.bytes);
            let mut seen: BTreeSet<String> = open.iter().map(|it| it.url.clone()).collect();
            while let Some(Needed { kind, url, host }) = open.pop() {
                let at_hand = self.vault.read(|reader| reader.materials_for(&kebab(&kind), &url))?;
                let further = at_hand.last().map(|newest| needed(&newest.bytes)).unwrap_or_default();
                open.extend(further.into_iter().filter(|it| seen.len() < MOST && seen.insert(it.url.clone())));
                let (wanted, credentials) = plan.entry(host).or_default();
                wanted.insert(url, kind);
                credentials.insert(row.id);
            }
        }
        Ok(plan)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_that_does_not_answer_is_let_go_when_asked() {
        // It takes the call and says nothing.
        let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/did.json", silent.local_addr().unwrap());
        let mut asked = 0;
        let mut go_on = || {
            asked += 1;
            asked < 3
        };
        let ended = fetched(&fetch::client(), &url, &mut go_on);
        assert_eq!(ended.unwrap_err().code, "cancelled");
        assert_eq!(asked, 3);
    }
}
