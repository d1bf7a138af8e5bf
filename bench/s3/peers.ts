/**
 * The servers that stand beside ours, each a process of its own on the same disk. They are installed by their own
 * package managers into `.lacustre/peers`, used only here and shipped with nothing.
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../infra/local/testing/free-port.ts';

export interface Server {
  name: string;
  port: number;
  pid: number;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  close(): Promise<void>;
}

interface Peer {
  name: string;
  /** The program; installed first where it is missing. */
  program: string;
  install?: string[];
  env?: Record<string, string>;
  credentials?: Server['credentials'];
  args: (port: number, folder: string) => string[];
  serverEnv?: (port: number, folder: string) => Record<string, string>;
}

const home = path.resolve(import.meta.dirname, '../../.lacustre/peers');
const KEY = { accessKeyId: 'benchbench', secretAccessKey: 'benchbenchbench' };
const go = { GOBIN: `${home}/go` };

const PEERS: Peer[] = [
  {
    name: 's3rver',
    program: `${home}/s3rver/node_modules/.bin/s3rver`,
    install: [
      'npm',
      'install',
      '--prefix',
      `${home}/s3rver`,
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      's3rver@3.7.1',
    ],
    credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    args: (port, folder) => ['-d', folder, '-a', '127.0.0.1', '-p', String(port), '--silent'],
  },
  {
    name: 'MinIO',
    program: `${home}/go/minio`,
    install: ['go', 'install', 'github.com/minio/minio@latest'],
    env: go,
    args: (port, folder) => ['server', folder, '--address', `127.0.0.1:${port}`, '--quiet'],
    serverEnv: () => ({
      MINIO_ROOT_USER: KEY.accessKeyId,
      MINIO_ROOT_PASSWORD: KEY.secretAccessKey,
      MINIO_BROWSER: 'off',
    }),
  },
  {
    name: 'versitygw',
    program: `${home}/go/versitygw`,
    install: ['go', 'install', 'github.com/versity/versitygw/cmd/versitygw@latest'],
    env: go,
    args: (port, folder) => ['--port', `127.0.0.1:${port}`, '--keep-alive', '--quiet', 'posix', folder],
    serverEnv: () => ({ ROOT_ACCESS_KEY: KEY.accessKeyId, ROOT_SECRET_KEY: KEY.secretAccessKey }),
  },
  {
    name: 'moto',
    program: 'moto_server',
    args: (port) => ['-H', '127.0.0.1', '-p', String(port)],
  },
  {
    name: 'ministack',
    program: `${home}/ministack/bin/python3`,
    install: [
      'sh',
      '-c',
      `python3 -m venv '${home}/ministack' && '${home}/ministack/bin/pip' install -q ministack==1.5.33`,
    ],
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    args: () => ['-m', 'ministack'],
    serverEnv: (port, folder) => ({ GATEWAY_PORT: String(port), HOME: folder }),
  },
];

/** Starts those that are wanted; who cannot be had is named, with the reason. */
export async function startPeers(isWanted: (name: string) => boolean): Promise<Server[]> {
  const servers: Server[] = [];
  for (const peer of PEERS.filter(({ name }) => isWanted(name))) {
    try {
      install(peer);
      servers.push(await start(peer));
    } catch (error) {
      console.log(
        `${peer.name}: not measured, since it could not be had here: ${(error as Error).message.split('\n', 1)[0]}`,
      );
    }
  }
  return servers;
}

function install({ name, program, install: command, env }: Peer): void {
  if (!command || existsSync(program)) return;
  mkdirSync(home, { recursive: true });
  console.log(`installing ${name} into ${path.relative(process.cwd(), home)}`);
  const [tool = '', ...args] = command;
  execFileSync(tool, args, { stdio: 'ignore', env: { ...process.env, ...env } });
}

async function start({ name, program, args, serverEnv, credentials = KEY }: Peer): Promise<Server> {
  const port = await freePort();
  // Where the lake of this benchmark has its folder too.
  const folder = mkdtempSync(path.join(tmpdir(), `lacustre-bench-${name}-`));
  const child = spawn(program, args(port, folder), {
    stdio: 'ignore',
    env: { ...process.env, ...serverEnv?.(port, folder) },
  });
  const ended = new Promise<Error>((resolve) => {
    child.once('error', resolve);
    child.once('exit', (code) => resolve(new Error(`it ended with ${code}`)));
  });
  const close = async () => {
    if (child.kill()) await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const failure = await Promise.race([ended, listening(port)]);
  if (!failure) return { name, port, pid: child.pid ?? 0, region: 'us-east-1', credentials, close };
  await close();
  throw failure;
}

async function listening(port: number): Promise<Error | undefined> {
  for (let tries = 0; tries < 300; tries += 1) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = net.connect(port, '127.0.0.1', () => resolve(true));
      socket.on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    // Some open their port before they answer on it.
    if (isOpen) return void (await sleep(1000));
    await sleep(100);
  }
  return new Error('it did not open its port within 30 s');
}
