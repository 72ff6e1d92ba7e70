//! Runs `cairn` on a fresh vault in a home of its own: arguments in, results and words out.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// The built program.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_cairn");

/// A learner at a shell: a home that holds nothing but a vault.
pub struct Learner {
    home: TempDir,
}

/// How a run of the program ended.
#[derive(Debug)]
pub struct Outcome {
    /// The exit code; -1 where a signal ended it.
    pub code: i32,
    /// Standard output, one JSON value a line.
    pub results: Vec<Value>,
    /// Standard error: words for people.
    pub words: String,
}

impl Learner {
    /// Somebody new.
    pub fn new() -> Self {
        Learner { home: tempfile::tempdir().unwrap() }
    }

    /// The vault's folder.
    pub fn vault(&self) -> PathBuf {
        self.home.path().join("vault")
    }

    /// The vault's database.
    pub fn database(&self) -> PathBuf {
        self.vault().join("cairn.sqlite3")
    }

    /// A path in the home, beside the vault.
    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Writes a file in the home and returns its path as an argument.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// The program, with no display and no session bus, so that keys stay in the vault; `--json` already said.
    pub fn command(&self) -> Command {
        let mut command = Command::new(PROGRAM);
        self.at_home(&mut command);
        command.arg("--json");
        command
    }

    /// Gives a command this learner's home and vault, and nothing else of this machine's but its time zone: the tests and the
    /// program are to agree on what day it is.
    pub fn at_home(&self, command: &mut Command) {
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("LANG", "C.UTF-8");
        command.envs(std::env::var_os("TZ").map(|zone| ("TZ", zone)));
        command.env("HOME", self.home.path()).env("CAIRN_VAULT", self.vault()).current_dir(self.home.path());
    }

    /// Runs the program.
    pub fn run(&self, arguments: &[&str]) -> Outcome {
        self.run_with(arguments, "")
    }

    /// Runs the program with text on standard input.
    pub fn run_with(&self, arguments: &[&str], input: &str) -> Outcome {
        finish(self.command().args(arguments), input)
    }

    /// Runs the program, which must succeed, and returns what it printed.
    pub fn ok(&self, arguments: &[&str]) -> Vec<Value> {
        let outcome = self.run(arguments);
        assert_eq!(outcome.code, 0, "cairn {arguments:?}: {outcome:?}");
        outcome.results
    }

    /// Runs the program, which must refuse with exit code 1, this error code and a sentence, and returns the error.
    pub fn refused(&self, arguments: &[&str], code: &str) -> Value {
        self.run(arguments).refused(code)
    }

    /// Runs the program as a person does, which must succeed, and returns what it printed.
    pub fn plain(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(PROGRAM);
        self.at_home(&mut command);
        let output = command.args(arguments).output().unwrap();
        assert!(output.status.success(), "cairn {arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs the program as a person does, with text on standard input, and returns its exit code, what it printed and what it said.
    pub fn person(&self, arguments: &[&str], input: &str) -> (i32, String, String) {
        let mut command = Command::new(PROGRAM);
        self.at_home(&mut command);
        let mut child = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
    }

    /// Logs a record and returns its id.
    pub fn add(&self, kind: &str, fields: Value) -> String {
        let outcome = self.run_with(&["add", kind], &fields.to_string());
        assert_eq!(outcome.code, 0, "add {kind} {fields}: {outcome:?}");
        outcome.results[0]["id"].as_str().unwrap().to_owned()
    }

    /// A record's fields.
    pub fn fields(&self, kind: &str, id: &str) -> Value {
        self.ok(&["show", kind, id])[0]["fields"].clone()
    }

    /// The titles of a kind's records, whatever the kind calls them.
    pub fn titles(&self, kind: &str) -> Vec<String> {
        let title = |fields: &Value| ["title", "name", "goal"].iter().find_map(|name| fields[name].as_str().map(str::to_owned));
        self.ok(&["show", kind]).iter().map(|record| title(&record["fields"]).unwrap_or_default()).collect()
    }

    /// The files of evidence in the vault, on their shelves, in order.
    pub fn kept_files(&self) -> Vec<PathBuf> {
        fn below(folder: &Path) -> Vec<PathBuf> {
            let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
            paths.flat_map(|path| if path.is_dir() { below(&path) } else { vec![path] }).collect()
        }
        let mut files = below(&self.vault().join("files"));
        files.sort();
        files
    }

    /// The doctor must find nothing at all.
    pub fn is_sound(&self) {
        let report = &self.ok(&["doctor"])[0];
        assert_eq!((&report["findings"], &report["healthy"]), (&json!([]), &json!(true)));
    }
}

impl Outcome {
    /// It must have been refused with this error code.
    pub fn refused(&self, code: &str) -> Value {
        assert_eq!(self.code, 1, "{self:?}");
        let error = self.results.last().map(|last| last["error"].clone()).unwrap_or_default();
        assert_eq!(error["code"], code, "{self:?}");
        let words = self.words.trim();
        assert!(words.split(' ').count() > 3, "a clear sentence, not: {words}");
        error
    }
}

/// Runs a command to its end.
pub fn finish(command: &mut Command, input: &str) -> Outcome {
    let mut child: Child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that refuses its arguments may be gone before it reads.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let results = text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("not JSON: {line}"))).collect();
    Outcome { code: output.status.code().unwrap_or(-1), results, words: String::from_utf8(output.stderr).unwrap() }
}

/// The project's folder.
pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs an outside tool that `make setup` brings, which must succeed, and returns its standard output.
pub fn tool(program: impl AsRef<Path>, arguments: &[&str]) -> String {
    let program = program.as_ref();
    let output = Command::new(program).args(arguments).current_dir(project()).output();
    let output = output.unwrap_or_else(|error| panic!("{} is missing ({error}); run make setup-test", program.display()));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{} {arguments:?}: {text}{}", program.display(), String::from_utf8_lossy(&output.stderr));
    text
}

/// Runs SQL on a database with an SQLite that is not Cairn's own, and returns the rows as JSON lists.
pub fn sql(database: &Path, statements: &str) -> Value {
    let script = "import json, sqlite3, sys\n\
        database = sqlite3.connect(sys.argv[1], isolation_level=None)\n\
        rows = []\n\
        for statement in sys.argv[2].split(';'):\n    rows = database.execute(statement).fetchall() or rows\n\
        print(json.dumps(rows))";
    serde_json::from_str(&tool("python3", &["-c", script, database.to_str().unwrap(), statements])).unwrap()
}

/// The résumés of npm's `@jsonresume/schema`, which nobody here wrote.
pub fn foreign_resumes() -> Vec<PathBuf> {
    let package = project().join("tests/interop/node_modules/@jsonresume/schema");
    let mut files = vec![package.join("sample.resume.json")];
    let examples = fs::read_dir(package.join("examples")).expect("run make setup-test");
    files.extend(examples.map(|entry| entry.unwrap().path()).filter(|path| path.to_string_lossy().ends_with(".resume.json")));
    files.sort();
    files
}
