/**
 * The one port of the lake. HTTP/1.1 and HTTP/2 with prior knowledge (what the JavaScript client of Kinesis speaks)
 * share it: the first bytes of a connection tell which of the two it is.
 */
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import http2, { type Http2ServerRequest, type Http2ServerResponse, type ServerHttp2Session } from 'node:http2';
import net, { type AddressInfo, type Socket } from 'node:net';
import { StartError } from './start-error.ts';

export type ServerRequest = IncomingMessage | Http2ServerRequest;
export type ServerResponseLike = ServerResponse | Http2ServerResponse;
/** `askForBody` sends the `100 Continue` that the client waits for, if it does. */
export type Handler = (request: ServerRequest, response: ServerResponseLike, askForBody: () => void) => void;

export interface FrontDoorOptions {
  /** 0 takes any free port. */
  port: number;
  host: string;
  handle: Handler;
}

/** Clients keep connections for reuse; closing first would race with their next request. */
const KEEP_ALIVE_MS = 75_000;
/** How long a client may take for the head of a request; its body has a watch of its own. */
const HEADERS_MS = 60_000;
/** How long requests in flight may take to finish once the door closes. */
const CLOSE_GRACE_MS = 3_000;
/** Presigned requests with session tokens and user metadata are long. */
const MAX_HEADER_BYTES = 64 * 1024;

export class FrontDoor {
  /** `http://127.0.0.1:4566`, also once it is closed. */
  readonly url: string;
  readonly #port: net.Server;
  readonly #h1: http.Server;
  /** Connections, and how many requests each is busy with. */
  readonly #sockets = new Map<Socket, number>();
  readonly #sessions = new Set<ServerHttp2Session>();
  #closing: Promise<void> | undefined;

  private constructor(port: net.Server, { handle }: FrontDoorOptions) {
    this.#port = port;
    this.url = urlOf(port.address() as AddressInfo);
    this.#h1 = this.#http1(handle);
    const h2 = this.#http2(handle);
    port.on('connection', (socket) => this.#admit(socket, this.#h1, h2));
  }

  static async start(options: FrontDoorOptions): Promise<FrontDoor> {
    const port = net.createServer();
    await listen(port, options.port, options.host);
    // No connection is handed over before this turn ends, so the door is there when the first one comes.
    return new FrontDoor(port, options);
  }

  /** Takes no new connection, ends idle ones, lets requests in flight finish for a moment, then cuts them. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#port.close(() => resolve()));
    for (const session of this.#sessions) session.close();
    for (const [socket, requests] of this.#sockets) if (requests === 0) socket.destroy();
    const cut = setTimeout(() => {
      for (const socket of this.#sockets.keys()) socket.destroy();
    }, CLOSE_GRACE_MS);
    await closed;
    clearTimeout(cut);
    // Ends its watch for slow heads.
    this.#h1.close();
  }

  #admit(socket: Socket, h1: http.Server, h2: http2.Http2Server): void {
    this.#sockets.set(socket, 0);
    socket.setNoDelay(true);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.once('readable', () => {
      const first: Buffer | null = socket.read();
      if (!first) return void socket.destroy();
      socket.unshift(first);
      // "PRI * HTTP/2.0": https://httpwg.org/specs/rfc9113.html#preface
      const isHttp2 = first.subarray(0, 3).toString('latin1') === 'PRI';
      // An HTTP/2 session closes its socket itself once its streams are done.
      if (isHttp2) this.#sockets.set(socket, 1);
      (isHttp2 ? h2 : h1).emit('connection', socket);
    });
  }

  #http1(handle: Handler): http.Server {
    const server = http.createServer({
      keepAliveTimeout: KEEP_ALIVE_MS,
      requestTimeout: 0,
      headersTimeout: HEADERS_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
    });
    // Node begins to watch for slow heads when a server listens; this one is handed its connections instead.
    server.emit('listening');
    const count = (request: IncomingMessage, response: ServerResponse) => {
      const { socket } = request;
      this.#sockets.set(socket, 1);
      response.once('close', () => {
        if (!this.#sockets.has(socket)) return;
        this.#sockets.set(socket, 0);
        if (this.#closing !== undefined) socket.end();
      });
    };
    server.on('request', (request, response) => {
      count(request, response);
      handle(request, response, () => undefined);
    });
    server.on('checkContinue', (request, response) => {
      count(request, response);
      handle(request, response, () => response.writeContinue());
    });
    server.on('clientError', (_error, socket) => {
      if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
      else socket.destroy();
    });
    return server;
  }

  #http2(handle: Handler): http2.Http2Server {
    const server = http2.createServer();
    server.on('session', (session) => {
      this.#sessions.add(session);
      session.on('close', () => this.#sessions.delete(session));
    });
    server.on('request', (request, response) => handle(request, response, () => undefined));
    server.on('checkContinue', (request, response) => handle(request, response, () => response.writeContinue()));
    server.on('sessionError', () => undefined);
    return server;
  }
}

function urlOf({ address, family, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

function listen(server: net.Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenFailure(error, port, host)));
    server.listen(port, host, resolve);
  });
}

function listenFailure(error: NodeJS.ErrnoException, port: number, host: string): Error {
  const why: Record<string, string> = {
    EADDRINUSE: `Port ${port} on ${host} is already taken by another program. Stop that program, or choose another port with LAKE_PORT.`,
    EACCES: `Port ${port} on ${host} may not be opened by this user. Choose a port above 1023 with LAKE_PORT.`,
    EADDRNOTAVAIL: `${host} is not an address of this machine. Correct LAKE_HOST.`,
  };
  return new StartError(why[error.code ?? ''] ?? `Cannot listen on ${host}:${port}: ${error.message}`, error);
}
