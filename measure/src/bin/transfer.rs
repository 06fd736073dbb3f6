//! What `scripts/bench.sh` needs beside Pillbox and its peers: files to send, a client that does nothing but the same
//! requests, and a line that is slower than loopback.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "what it says is the program's output")]

use std::collections::VecDeque;
use std::error::Error;
use std::fmt::Debug;
use std::fs;
use std::io::{Read, Seek, SeekFrom};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use clap::{Parser, Subcommand};
use pillbox_aws::{Body, Client, ClientSettings, Credentials, Put, PutCondition};
use pillbox_measure::prescription;
use sha2::{Digest, Sha256};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio::time::Instant;

/// Files, a plain client and a slow line, to measure how fast files are moved.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Writes prescriptions: so many files of so many bytes, a thousand in a folder.
    Files {
        /// Where to.
        folder: PathBuf,
        /// How many.
        #[arg(long)]
        count: u64,
        /// The size of each.
        #[arg(long)]
        bytes: usize,
    },
    /// Puts every file of a folder, and gets it again: no look into it, no journal, no gate. Key and endpoint come from
    /// the environment. Prints how many requests were made.
    Put {
        /// The files.
        folder: PathBuf,
        /// The bucket.
        bucket: String,
        /// How many files are on their way at once, and parts of each.
        #[arg(long)]
        in_flight: usize,
        /// Nothing is read back.
        #[arg(long)]
        only_put: bool,
    },
    /// Passes on what comes in, so many milliseconds later. Prints the address that it listens on.
    Relay {
        /// The address that it passes on to.
        to: SocketAddr,
        /// The delay, which is added once to each request and its answer.
        #[arg(long)]
        milliseconds: u64,
    },
}

/// The size of parts, and of the largest file that goes whole; Pillbox's own.
const PART: usize = 8 * 1024 * 1024;

type Done<T> = Result<T, Box<dyn Error + Send + Sync>>;

#[tokio::main]
async fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Files { folder, count, bytes } => files(&folder, count, bytes),
        Command::Put { folder, bucket, in_flight, only_put } => put_all(&folder, bucket, in_flight, !only_put).await,
        Command::Relay { to, milliseconds } => relay(to, Duration::from_millis(milliseconds)).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn files(folder: &Path, count: u64, bytes: usize) -> Done<()> {
    let mut next = 0;
    for number in 0..count {
        if number % 1000 == 0 {
            fs::create_dir_all(folder.join(format!("{:03}", number / 1000)))?;
        }
        let mut text = String::with_capacity(bytes + PART / 1024);
        while text.len() < bytes {
            text.push_str(&prescription(3, next).text);
            next += 1;
        }
        text.truncate(text.floor_char_boundary(bytes));
        fs::write(folder.join(format!("{:03}/{number:06}.txt", number / 1000)), &text)?;
    }
    Ok(())
}

/// What a plain client shares between its files.
struct Plain {
    client: Client,
    bucket: String,
    parts: Semaphore,
    reads_back: bool,
}

async fn put_all(folder: &Path, bucket: String, in_flight: usize, reads_back: bool) -> Done<()> {
    let credentials = Credentials::Environment;
    let settings =
        ClientSettings { credentials, region: None, endpoint_url: None, expected_owner: None, answer_limit: None };
    let client = Client::connect(settings).await.map_err(told)?;
    let plain = Arc::new(Plain { client, bucket, parts: Semaphore::new(in_flight), reads_back });
    let mut waiting: VecDeque<PathBuf> = VecDeque::new();
    for folder in fs::read_dir(folder)? {
        for file in fs::read_dir(folder?.path())? {
            waiting.push_back(file?.path());
        }
    }
    let mut on_their_way = JoinSet::new();
    let mut requests = 0;
    loop {
        while on_their_way.len() < in_flight {
            let Some(path) = waiting.pop_front() else { break };
            on_their_way.spawn(Arc::clone(&plain).put(path));
        }
        let Some(ended) = on_their_way.join_next().await else { break };
        requests += ended??;
    }
    println!("{requests}");
    Ok(())
}

impl Plain {
    async fn put(self: Arc<Self>, path: PathBuf) -> Done<u64> {
        let key = path.file_name().ok_or("no name")?.to_string_lossy().into_owned();
        let size = usize::try_from(fs::metadata(&path)?.len())?;
        if size > PART {
            return self.put_in_parts(&path, &key, size).await;
        }
        let body = Bytes::from(fs::read(&path)?);
        let sha256 = Sha256::digest(&body).into();
        let put = Put {
            bucket: self.bucket.clone(),
            key: key.clone(),
            body,
            sha256,
            condition: PutCondition::CreateOnly,
            content_type: None,
            metadata: Vec::new(),
        };
        self.client.put(put).await.map_err(told)?;
        Ok(1 + self.read_back(&key).await?)
    }

    async fn put_in_parts(self: Arc<Self>, path: &Path, key: &str, size: usize) -> Done<u64> {
        let upload = self.client.begin_parts(&self.bucket, key, None, &[]).await.map_err(told)?;
        let parts = size.div_ceil(PART);
        let mut on_their_way = JoinSet::new();
        for number in 0..parts {
            let (plain, path, upload) = (Arc::clone(&self), path.to_owned(), upload.clone());
            on_their_way.spawn(async move {
                let _turn = plain.parts.acquire().await?;
                let mut body = vec![0; PART.min(size - number * PART)];
                let mut file = fs::File::open(path)?;
                file.seek(SeekFrom::Start((number * PART) as u64))?;
                file.read_exact(&mut body)?;
                let sha256 = Sha256::digest(&body).into();
                let number = u32::try_from(number + 1)?;
                plain.client.put_part(&upload, number, body.into(), sha256).await.map_err(told)
            });
        }
        let mut stored = Vec::new();
        while let Some(part) = on_their_way.join_next().await {
            stored.push(part??);
        }
        stored.sort_by_key(|part| part.number);
        let condition = PutCondition::CreateOnly;
        self.client.complete_parts(&upload, &stored, condition).await.map_err(told)?;
        Ok(2 + stored.len() as u64 + self.read_back(key).await?)
    }

    async fn read_back(&self, key: &str) -> Done<u64> {
        if !self.reads_back {
            return Ok(0);
        }
        let mut body: Body = self.client.get(&self.bucket, key, None, None).await.map_err(told)?;
        while body.chunk().await.map_err(told)?.is_some() {}
        Ok(1)
    }
}

fn told(error: impl Debug) -> Box<dyn Error + Send + Sync> {
    format!("{error:?}").into()
}

async fn relay(to: SocketAddr, delay: Duration) -> Done<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    loop {
        let (near, _) = listener.accept().await?;
        tokio::spawn(async move {
            let far = TcpStream::connect(to).await?;
            near.set_nodelay(true)?;
            far.set_nodelay(true)?;
            let ((from_near, to_near), (from_far, to_far)) = (near.into_split(), far.into_split());
            tokio::spawn(pass_on(from_far, to_near, Duration::ZERO));
            pass_on(from_near, to_far, delay).await
        });
    }
}

/// Passes bytes on a while after they came; what came together stays together, so that only time is lost.
async fn pass_on(
    mut from: tokio::net::tcp::OwnedReadHalf,
    mut to: tokio::net::tcp::OwnedWriteHalf,
    delay: Duration,
) -> std::io::Result<()> {
    let (arrived, mut leaving) = mpsc::channel::<(Instant, Bytes)>(64);
    let writing = tokio::spawn(async move {
        while let Some((due, bytes)) = leaving.recv().await {
            tokio::time::sleep_until(due).await;
            to.write_all(&bytes).await?;
        }
        to.shutdown().await
    });
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = from.read(&mut buffer).await?;
        if read == 0 || arrived.send((Instant::now() + delay, Bytes::copy_from_slice(&buffer[..read]))).await.is_err() {
            break;
        }
    }
    drop(arrived);
    writing.await?
}
