import { once } from 'node:events';
import net, { type Socket } from 'node:net';

export interface Request {
  method: string;
  /** Path and query, signed. */
  target: string;
  headers?: Record<string, string>;
  /** Bytes to send; they are not the point, so they repeat. */
  bodyBytes?: number;
}

export interface Answer {
  bytes: number;
  /** Milliseconds until the first byte of the answer was there. */
  firstByteMs: number;
}

const CHUNK = Buffer.alloc(1 << 20, 'lacustre ');
const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * One kept connection that sends a request at a time and counts the answer's bytes. Bare sockets, because any HTTP
 * client of Node takes as long for a request as the servers that are measured.
 */
export class Connection {
  readonly #port: number;
  #socket: Socket | undefined;
  #take: (chunk: Buffer | Error) => void = () => undefined;

  constructor(port: number) {
    this.#port = port;
  }

  /** Before the clock runs; a connection that the server has closed is opened again by the next request. */
  async open(): Promise<void> {
    if (!this.#socket) await this.#connect();
  }

  async send(request: Request): Promise<Answer> {
    const socket = this.#socket ?? (await this.#connect());
    const { bodyBytes = 0 } = request;
    const startedAt = performance.now();
    const answered = this.#answer(request.method, startedAt);
    answered.catch(() => undefined);
    socket.cork();
    socket.write(headOf(request, this.#port));
    if (bodyBytes > 0 && bodyBytes <= CHUNK.length) socket.write(CHUNK.subarray(0, bodyBytes));
    socket.uncork();
    for (let left = bodyBytes > CHUNK.length ? bodyBytes : 0; left > 0; left -= CHUNK.length) {
      if (!socket.write(CHUNK.subarray(0, Math.min(left, CHUNK.length))))
        await Promise.race([once(socket, 'drain'), answered]);
    }
    return answered;
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  async #connect(): Promise<Socket> {
    const socket = net.connect({ port: this.#port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', (error) => this.#take(error));
    socket.on('close', () => {
      this.#socket = undefined;
      this.#take(new Error('the server closed the connection in the middle of an answer'));
    });
    this.#socket = socket;
    return socket;
  }

  #answer(method: string, startedAt: number): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const reader = new AnswerReader(method);
      let firstByteMs = 0;
      this.#take = (chunk) => {
        if (chunk instanceof Error) return reject(chunk);
        firstByteMs ||= performance.now() - startedAt;
        if (!reader.take(chunk)) return;
        this.#take = () => undefined;
        if (reader.closes) this.close();
        if (reader.failure) reject(new Error(reader.failure));
        else resolve({ bytes: reader.bytes, firstByteMs });
      };
    });
  }
}

/** Reads as much of HTTP/1.1 as it takes to know where an answer ends. */
class AnswerReader {
  bytes = 0;
  closes = false;
  failure: string | undefined;
  readonly #method: string;
  #head: Buffer | undefined = Buffer.alloc(0);
  #left = 0;
  #isChunked = false;
  #tail = '';
  #text = '';

  constructor(method: string) {
    this.#method = method;
  }

  /** Whether the answer is whole. */
  take(chunk: Buffer): boolean {
    if (this.#head === undefined) return this.#takeBody(chunk);
    const all = this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk]);
    const end = all.indexOf(HEAD_END);
    if (end < 0) {
      this.#head = all;
      return false;
    }
    this.#readHead(all.toString('latin1', 0, end));
    this.#head = undefined;
    return this.#takeBody(all.subarray(end + HEAD_END.length));
  }

  #readHead(head: string): void {
    const status = Number(head.slice(9, 12));
    if (status !== 200 && status !== 206 && status !== 204) this.failure = head;
    this.closes = /\r\nconnection: close/i.test(head);
    if (this.#method === 'HEAD' || status === 204) return;
    this.#isChunked = /\r\ntransfer-encoding: chunked/i.test(head);
    this.#left = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
  }

  #takeBody(chunk: Buffer): boolean {
    this.bytes += chunk.length;
    if (this.failure) this.#text = `${this.#text}${chunk}`;
    if (this.#isChunked) {
      this.#tail = (this.#tail + chunk.toString('latin1', Math.max(0, chunk.length - 7))).slice(-7);
      return this.#done(this.#tail === '\r\n0\r\n\r\n');
    }
    this.#left -= chunk.length;
    return this.#done(this.#left <= 0);
  }

  #done(isWhole: boolean): boolean {
    if (isWhole && this.failure) this.failure = `${this.failure.split('\r\n', 1)[0]} ${this.#text.slice(0, 500)}`;
    return isWhole;
  }
}

function headOf({ method, target, headers = {}, bodyBytes }: Request, port: number): string {
  let head = `${method} ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`;
  for (const [name, value] of Object.entries(headers)) head += `${name}: ${value}\r\n`;
  if (method === 'PUT') head += `Content-Length: ${bodyBytes ?? 0}\r\n`;
  return `${head}\r\n`;
}
