//! Those who are measured, and the upstream behind them; ended when dropped.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use anyhow::{Context as _, Result, bail};

use super::{ASSERTIONS, PEOPLE};
use crate::{run, workspace};

const ACCOUNT: &str = "0123456789abcdef0123456789abcdef";

/// The audience of the assertions that are minted.
const AUDIENCE: &str = "32eafc7626e974616deaf0dc3ce63d7bcbed58a2731e84d06bc3cdf1b53c4228";

/// Whoever is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Nginx,
    Haproxy,
    HaproxyVerify,
    Riskdesk,
}

impl Who {
    pub fn name(self) -> &'static str {
        match self {
            Self::Nginx => "nginx proxy_pass",
            Self::Haproxy => "HAProxy",
            Self::HaproxyVerify => "HAProxy jwt_verify",
            Self::Riskdesk => "riskdesk serve",
        }
    }
}

/// Resident memory, in KiB.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// Of all its processes; what they share is counted once.
    pub now: u64,
    /// The most that its first process ever had.
    pub most: u64,
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // nginx ends its workers when it is asked to, and not when it is killed.
        let _ = run::read(run::command("kill").arg(self.0.id().to_string()));
        let _ = self.0.wait();
    }
}

pub struct Servers {
    program: PathBuf,
    folder: PathBuf,
    issuer: String,
    nginx: Running,
    haproxy: Running,
    riskdesk: Running,
    ports: Ports,
    _upstream: Running,
}

struct Ports {
    nginx: u16,
    haproxy: u16,
    checked: u16,
    riskdesk: u16,
}

impl Servers {
    pub fn start(program: &Path, folder: &Path) -> Result<Self> {
        let upstream_port = free()?;
        let ports = Ports { nginx: free()?, haproxy: free()?, checked: free()?, riskdesk: free()? };
        let issuer = format!("http://127.0.0.1:{upstream_port}");
        mint(folder, &issuer)?;
        answers(program, folder)?;

        let config = |name: &str, port: u16| -> Result<_> {
            let from = workspace::root().join("tests/bench/proxy").join(name);
            let text = fs::read_to_string(&from)
                .with_context(|| format!("reading {}", from.display()))?
                .replace("UPSTREAM", &upstream_port.to_string())
                .replace("CHECKED", &ports.checked.to_string())
                .replace("PORT", &port.to_string())
                .replace("ISSUER", &issuer)
                .replace("FOLDER", &folder.display().to_string());
            let to = folder.join(name);
            fs::write(&to, text)?;
            Ok(to)
        };
        let nginx = |name: &str, port: u16| -> Result<Running> {
            let mut nginx = run::command("nginx");
            nginx.arg("-p").arg(folder).arg("-c").arg(config(name, port)?);
            // Until it has read where its log is, it tries one of the system's.
            nginx.args(["-e", "stderr"]);
            started(&mut nginx, folder, name, port)
        };
        let upstream = nginx("upstream.conf", upstream_port)?;
        let nginx = nginx("nginx.conf", ports.nginx)?;
        let mut haproxy = run::command("haproxy");
        haproxy.arg("-f").arg(config("haproxy.cfg", ports.haproxy)?);
        let haproxy = started(&mut haproxy, folder, "haproxy.cfg", ports.haproxy)?;

        let mut riskdesk = serve(program, folder, &issuer, ports.riskdesk, "audit.db");
        let riskdesk = started(&mut riskdesk, folder, "riskdesk", ports.riskdesk)?;
        Ok(Self {
            program: program.to_owned(),
            folder: folder.to_owned(),
            issuer,
            nginx,
            haproxy,
            riskdesk,
            ports,
            _upstream: upstream,
        })
    }

    /// Starts another `riskdesk serve` with a library of the system's loaded into it, and has
    /// `load` ask it, at its address; says what came of that, and what it had to say until its end.
    pub fn with_library<T>(
        &self,
        library: &str,
        path: &str,
        load: impl FnOnce(String) -> Result<T>,
    ) -> Result<(T, String)> {
        let port = free()?;
        let mut command = serve(&self.program, &self.folder, &self.issuer, port, "counted.db");
        command.env("LD_PRELOAD", library);
        let running = started(&mut command, &self.folder, "counted", port)?;
        let came = load(format!("http://127.0.0.1:{port}{}", operation(path)))?;
        drop(running);
        Ok((came, fs::read_to_string(self.folder.join("counted.log"))?))
    }

    /// The address of an operation.
    pub fn url(&self, who: Who, path: &str) -> String {
        let port = match who {
            Who::Nginx => self.ports.nginx,
            Who::Haproxy => self.ports.haproxy,
            Who::HaproxyVerify => self.ports.checked,
            Who::Riskdesk => self.ports.riskdesk,
        };
        format!("http://127.0.0.1:{port}{}", operation(path))
    }

    fn processes(&self, who: Who) -> Vec<u32> {
        let first = match who {
            Who::Nginx => &self.nginx,
            Who::Haproxy | Who::HaproxyVerify => &self.haproxy,
            Who::Riskdesk => &self.riskdesk,
        };
        let first = first.0.id();
        let children = format!("/proc/{first}/task/{first}/children");
        let children = fs::read_to_string(children).unwrap_or_default();
        let children = children.split_whitespace().filter_map(|id| id.parse().ok());
        [first].into_iter().chain(children).collect()
    }

    /// Processor time so far, in hundredths of a second.
    pub fn ticks(&self, who: Who) -> Result<f64> {
        let mut sum = 0.0;
        for id in self.processes(who) {
            let stat = fs::read_to_string(format!("/proc/{id}/stat"))
                .context("the kernel's account of a process (Linux) can't be read")?;
            // The name, in brackets, may hold blanks; after it, the 12th and 13th are ours.
            let (_, fields) = stat.rsplit_once(')').context("a process's account has a name")?;
            let times = fields.split_whitespace().skip(11).take(2);
            sum += times.filter_map(|time| time.parse::<f64>().ok()).sum::<f64>();
        }
        Ok(sum)
    }

    pub fn memory(&self, who: Who) -> Result<Memory> {
        let mut now = 0;
        for id in self.processes(who) {
            let all = fs::read_to_string(format!("/proc/{id}/smaps_rollup"))
                .context("the kernel's account of memory (Linux) can't be read")?;
            now += kibibytes(&all, "Pss:");
        }
        let first = self.processes(who)[0];
        let status = fs::read_to_string(format!("/proc/{first}/status"))?;
        Ok(Memory { now, most: kibibytes(&status, "VmHWM:") })
    }
}

/// `riskdesk serve` before the upstream.
fn serve(program: &Path, folder: &Path, issuer: &str, port: u16, database: &str) -> Command {
    let mut serve = run::command(program);
    serve.args(["serve", "--account-id", ACCOUNT, "--listen", &format!("127.0.0.1:{port}")]);
    serve.args(["--access-team-domain", issuer, "--access-aud", AUDIENCE]);
    serve.args(["--base-url", &format!("{issuer}/client/v4")]);
    serve.args(["--admins", "admin@corp.example", "--viewers", "@corp.example"]);
    // One caller may not ask this much.
    serve.args(["--caller-limit", "0", "--database"]).arg(folder.join(database));
    serve.env("CLOUDFLARE_API_TOKEN", "token");
    serve
}

fn kibibytes(account: &str, label: &str) -> u64 {
    let line = account.lines().find_map(|line| line.strip_prefix(label));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}

fn operation(path: &str) -> String {
    format!("/client/v4/accounts/{ACCOUNT}/zt_risk_scoring/{path}")
}

/// A port that nobody has.
fn free() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// Starts a server and waits until it listens.
fn started(command: &mut Command, folder: &Path, name: &str, port: u16) -> Result<Running> {
    let path = folder.join(format!("{name}.log"));
    let log = fs::File::create(&path)?;
    command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
    let mut running = Running(command.spawn().with_context(|| format!("starting {name}"))?);
    for _ in 0..100 {
        if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return Ok(running);
        }
        if running.0.try_wait()?.is_some() {
            break;
        }
        thread::sleep(Duration::from_millis(50));
    }
    bail!("{name} did not start:\n{}", fs::read_to_string(&path)?)
}

/// Keys, and assertions that are signed with them.
fn mint(folder: &Path, issuer: &str) -> Result<()> {
    let mut mint = run::cargo();
    mint.args(["run", "--release", "--package", "riskdesk-conformance", "--example", "mint", "--"]);
    mint.arg(folder).args([issuer, &ASSERTIONS.to_string()]);
    run::quietly("minting assertions", &mut mint)
}

/// The simulator's own answers, as files.
fn answers(program: &Path, folder: &Path) -> Result<()> {
    for (people, summary) in PEOPLE {
        let port = free()?;
        let mut sim = run::command(program);
        sim.args(["sim", "--users", people, "--listen", &format!("127.0.0.1:{port}")]);
        let _sim = started(&mut sim, folder, "simulator", port)?;
        let body = answer(port, "summary")?;
        let first = body.split_once("\"user_id\":\"").and_then(|(_, id)| id.get(..36));
        let user = answer(port, first.context("somebody is in the summary")?)?;
        fs::write(folder.join(summary), &body)?;
        fs::write(folder.join("user.json"), user)?;
        fs::write(folder.join("behaviors.json"), answer(port, "behaviors")?)?;
    }
    Ok(())
}

fn answer(port: u16, path: &str) -> Result<String> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    let line = format!("GET {} HTTP/1.1\r\nHost: localhost\r\n", operation(path));
    stream.write_all(line.as_bytes())?;
    stream.write_all(b"Authorization: Bearer token\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let body = answer.split_once("\r\n\r\n").filter(|_| answer.starts_with("HTTP/1.1 200"));
    let (_, body) = body.with_context(|| format!("the simulator said {answer:.200}"))?;
    Ok(body.to_owned())
}
