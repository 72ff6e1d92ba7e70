//! What the window holds: the vault, or why it could not be opened, and the long work under way.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use cairn_app::keeping::{self, Restored};
use cairn_app::packets::Packets;
use cairn_app::records::Change;
use cairn_app::{App, AppError, Kind};
use serde::Serialize;
use tauri::{AppHandle, Emitter};

/// How often the window is told of progress, at most.
const PROGRESS_PAUSE: Duration = Duration::from_millis(80);

/// The window's state.
pub struct Shell {
    vault: PathBuf,
    opened: Arc<Opened>,
    packets: Packets,
    works: Mutex<HashMap<u32, Arc<AtomicBool>>>,
    next_work: AtomicU32,
    /// How often the window was asked to close, or decided to stay.
    endings: AtomicU32,
    /// The file that was picked last for a page to come back to, under its token.
    picked: Mutex<(u32, Option<PathBuf>)>,
}

/// The vault, which opens while the window is still being made.
#[derive(Default)]
struct Opened {
    state: Mutex<State>,
    /// Told when the vault is no longer [`State::Opening`].
    settled: Condvar,
}

#[derive(Default)]
enum State {
    #[default]
    Opening,
    Open(App),
    Failed(AppError),
    Closed,
}

impl From<Result<App, AppError>> for State {
    fn from(opened: Result<App, AppError>) -> Self {
        opened.map_or_else(State::Failed, State::Open)
    }
}

impl Opened {
    /// The state, once the vault has been opened or could not be.
    fn wait(&self) -> MutexGuard<'_, State> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        self.settled.wait_while(state, |state| matches!(state, State::Opening)).unwrap_or_else(PoisonError::into_inner)
    }

    fn settle(&self, settled: State) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        // A window that was closed meanwhile wants no vault any more.
        if matches!(*state, State::Opening) {
            *state = settled;
        }
        self.settled.notify_all();
    }
}

/// Why records have changed: a message in the window offers to undo only what is still the last step.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Cause {
    /// A step of history that this window made.
    Step(i64),
    /// Other steps: another process's, a restored backup.
    Elsewhere,
    /// No step: a verdict on what is there.
    Judged,
}

/// Sent as `changed` whenever records have changed.
#[derive(Clone, Serialize)]
struct Changed<'k> {
    touched: &'k [Kind],
    cause: Cause,
}

/// Sent as `work` while long work goes on.
#[derive(Clone, Serialize)]
struct Work {
    id: u32,
    label: &'static str,
    done: u64,
    total: u64,
    finished: bool,
}

impl Shell {
    /// Opens the vault beside the window, which takes longer to appear, and does something with it `first`; a failure is kept
    /// for the window to show.
    pub fn open(vault: PathBuf, first: impl FnOnce(&App) + Send + 'static) -> Self {
        let opened = Arc::<Opened>::default();
        let (opening, folder) = (Arc::clone(&opened), vault.clone());
        std::thread::spawn(move || {
            let result = open(&folder);
            if let Err(error) = &result {
                tracing::error!(code = error.code, "the vault could not be opened");
            }
            let app = result.as_ref().ok().cloned();
            opening.settle(result.into());
            if let Some(app) = app {
                first(&app);
            }
        });
        Shell {
            vault,
            opened,
            packets: Packets::default(),
            works: Mutex::default(),
            next_work: AtomicU32::new(1),
            endings: AtomicU32::new(0),
            picked: Mutex::default(),
        }
    }

    /// The vault's folder.
    pub fn vault(&self) -> &Path {
        &self.vault
    }

    /// The packets from elsewhere that are open.
    pub fn packets(&self) -> &Packets {
        &self.packets
    }

    /// The window is asked to close; the answer tells this asking from others.
    pub fn begin_to_close(&self) -> u32 {
        self.endings.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Whether the window is still to close because it was asked to by `asked`.
    pub fn is_closing(&self, asked: u32) -> bool {
        self.endings.load(Ordering::Relaxed) == asked
    }

    /// The window does not close after all.
    pub fn stay(&self) {
        self.endings.fetch_add(1, Ordering::Relaxed);
    }

    /// The use cases, or why there are none.
    pub fn app(&self) -> Result<App, AppError> {
        match &*self.opened.wait() {
            State::Open(app) => Ok(app.clone()),
            State::Failed(error) => Err(error.clone()),
            State::Opening | State::Closed => Err(AppError::new("closing", "Cairn is closing.")),
        }
    }

    /// Brings a backup in the place of a vault that could not be opened, and opens that.
    pub fn recover(&self, from: &Path) -> Result<Restored, AppError> {
        let mut state = self.opened.wait();
        if !matches!(&*state, State::Failed(error) if error.code == "vault-damaged") {
            return Err(AppError::new("not-damaged", "The vault is open; it needs no recovery."));
        }
        let restored = keeping::restore_damaged(&self.vault, from)?;
        *state = open(&self.vault).into();
        match &*state {
            State::Failed(error) => Err(error.clone()),
            _ => Ok(restored),
        }
    }

    /// Ends all work and lets go of the vault, so that its log is folded into the database.
    pub fn close(&self) {
        for cancel in self.works.lock().unwrap_or_else(PoisonError::into_inner).values() {
            cancel.store(true, Ordering::Relaxed);
        }
        // What is still opening goes as soon as it is open.
        *self.opened.state.lock().unwrap_or_else(PoisonError::into_inner) = State::Closed;
        self.opened.settled.notify_all();
    }

    /// Runs long work under a `label`, telling the window how far it is, until it ends or is cancelled.
    pub fn work<T>(&self, handle: &AppHandle, label: &'static str, work: impl FnOnce(&mut cairn_app::work::Progress<'_>) -> T) -> T {
        let id = self.next_work.fetch_add(1, Ordering::Relaxed);
        let cancel = Arc::new(AtomicBool::new(false));
        self.works.lock().unwrap_or_else(PoisonError::into_inner).insert(id, Arc::clone(&cancel));
        let mut told: Option<Instant> = None;
        let mut progress = |done: u64, total: u64| {
            if told.is_none_or(|at| at.elapsed() > PROGRESS_PAUSE) {
                told = Some(Instant::now());
                let _ = handle.emit("work", Work { id, label, done, total, finished: false });
            }
            !cancel.load(Ordering::Relaxed)
        };
        let result = work(&mut progress);
        self.works.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
        let _ = handle.emit("work", Work { id, label, done: 0, total: 0, finished: true });
        result
    }

    /// Keeps a file that the learner picked, in the place of the one before, and answers the token it goes by.
    pub fn keep_picked(&self, file: PathBuf) -> u32 {
        let mut picked = self.picked.lock().unwrap_or_else(PoisonError::into_inner);
        *picked = (picked.0.wrapping_add(1), Some(file));
        picked.0
    }

    /// The file behind a token.
    pub fn picked(&self, token: u32) -> Result<PathBuf, AppError> {
        let picked = self.picked.lock().unwrap_or_else(PoisonError::into_inner);
        let file = picked.1.clone().filter(|_| picked.0 == token);
        file.ok_or_else(|| AppError::new("no-such-upload", "This file is no longer at hand. Choose it again."))
    }

    /// Asks a piece of long work to end.
    pub fn cancel(&self, id: u32) {
        if let Some(cancel) = self.works.lock().unwrap_or_else(PoisonError::into_inner).get(&id) {
            cancel.store(true, Ordering::Relaxed);
        }
    }
}

/// Opens a vault; an error says which one it is about.
fn open(vault: &Path) -> Result<App, AppError> {
    App::open(vault).map_err(|error| error.with("vault", vault.display().to_string()))
}

/// Tells the window which kinds of records have changed.
pub fn tell(handle: &AppHandle, touched: &[Kind]) {
    emit(handle, Changed { touched, cause: Cause::Elsewhere });
}

/// Tells the window that verdicts on credentials have changed.
pub fn tell_judged(handle: &AppHandle) {
    emit(handle, Changed { touched: &[Kind::Credential], cause: Cause::Judged });
}

fn emit(handle: &AppHandle, changed: Changed<'_>) {
    if !changed.touched.is_empty() {
        let _ = handle.emit("changed", changed);
    }
}

/// Tells the window of a change that it made itself: a message about that change may go on offering to undo it.
pub fn tell_of(handle: &AppHandle, change: &Change) {
    emit(handle, Changed { touched: &change.touched, cause: change.history.map_or(Cause::Judged, Cause::Step) });
}

/// Tells the window of its own change and hands it on.
pub fn told(handle: &AppHandle, change: Change) -> Change {
    tell_of(handle, &change);
    change
}
