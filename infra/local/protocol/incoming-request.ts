import type { Readable } from 'node:stream';
import type { ServerRequest } from '../server.ts';
import type { WireRequest } from '../service.ts';
import { RequestBody } from './request-body.ts';

const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** A request as services see it. Its body is made when somebody asks for it: most requests have none. */
export class IncomingRequest implements WireRequest {
  readonly method: string;
  readonly path: string;
  readonly rawQuery: string;
  readonly query: URLSearchParams;
  readonly headers: Record<string, string> = {};
  presigned = false;
  signing: WireRequest['signing'];
  asked: WireRequest['asked'];
  readonly #incoming: ServerRequest;
  readonly #askForBody: () => void;
  #body: Readable | undefined;

  constructor(incoming: ServerRequest, askForBody: () => void) {
    this.#incoming = incoming;
    this.#askForBody = askForBody;
    const { method = 'GET', url = '/' } = incoming;
    const mark = url.indexOf('?');
    this.method = method;
    this.path = mark < 0 ? url : url.slice(0, mark);
    this.rawQuery = mark < 0 ? '' : url.slice(mark + 1);
    this.query = new URLSearchParams(this.rawQuery);
    for (const [name, value] of Object.entries(incoming.headers)) {
      if (value !== undefined) this.headers[name] = Array.isArray(value) ? value.join(',') : value;
    }
    // HTTP/2 names the host otherwise; a client may have signed either.
    this.headers.host ??= this.headers[':authority'] ?? '';
  }

  get body(): Readable {
    this.#body ??= new RequestBody(this.#incoming, this.#askForBody);
    return this.#body;
  }

  set body(body: Readable) {
    this.#body = body;
  }

  /** Lets the body end with an error unless what was read has this SHA-256. */
  expectSha256(hex: string): void {
    if (hex === EMPTY_SHA256 && this.headers['content-length'] === undefined) return;
    (this.body as RequestBody).expectSha256(hex);
  }

  /** Nobody will read it any more; Node itself passes over what it still has of a body that nobody asked for. */
  dropBody(): void {
    this.#body?.destroy();
  }
}
