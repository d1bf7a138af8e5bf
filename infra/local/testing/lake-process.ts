/** The local lake as people run it: a process of its own, provisioned, on a free port, in a temporary folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from './free-port.ts';

const root = path.resolve(import.meta.dirname, '../../..');

export class LakeProcess {
  readonly dataFolder = mkdtempSync(path.join(tmpdir(), 'lacustre-lake-'));
  readonly region = 'eu-west-3';
  readonly account = '000000000000';
  readonly #port: number;
  #process: ChildProcess | undefined;
  #log = '';

  private constructor(port: number) {
    this.#port = port;
  }

  static async start(): Promise<LakeProcess> {
    const lake = new LakeProcess(await freePort());
    await lake.start();
    return lake;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** What it printed on standard error, for a test that fails. */
  get log(): string {
    return this.#log;
  }

  get clientConfig() {
    const { accessKeyId, secretAccessKey } = JSON.parse(
      readFileSync(`${this.dataFolder}/lake/credentials.json`, 'utf8'),
    );
    return {
      endpoint: this.endpoint,
      region: this.region,
      credentials: { accessKeyId, secretAccessKey } as { accessKeyId: string; secretAccessKey: string },
      forcePathStyle: true,
    };
  }

  bucket(zone: 'raw' | 'quarantine' | 'processed' | 'results'): string {
    return `lacustre-${zone}-${this.account}-${this.region}`;
  }

  /** Starts it again, on the same port and data. Returns after how many milliseconds it was ready. */
  async start(): Promise<number> {
    const startedAt = performance.now();
    const child = spawn(process.execPath, ['infra/local/main.ts'], {
      cwd: root,
      env: { ...process.env, LAKE_PORT: String(this.#port), LACUSTRE_DATA: this.dataFolder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    child.stderr?.on('data', (chunk: Buffer) => {
      this.#log = (this.#log + chunk.toString()).slice(-20_000);
    });
    await new Promise<void>((resolve, reject) => {
      child.stdout?.on('data', (chunk: Buffer) => chunk.toString().includes('ready ') && resolve());
      child.once('exit', (code) => reject(new Error(`the lake ended with ${code}:\n${this.#log}`)));
    });
    return performance.now() - startedAt;
  }

  /** As a power button would: no handler runs. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async close(): Promise<void> {
    await this.#end('SIGTERM');
    rmSync(this.dataFolder, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }
}
