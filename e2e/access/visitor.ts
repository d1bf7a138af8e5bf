/** Somebody who asks the console over plain HTTP, with a cookie jar and nothing else of a browser. */
export type Outcome = 'allowed' | 'refused' | 'signIn' | `broken ${string}`;

/** What a page says instead of what it would show. */
const REFUSED = /Your role \([\p{L} ]+\) does not hold the permission [a-z]+:[a-zA-Z]+/u;

export class Visitor {
  readonly url: string;
  readonly #jar = new Map<string, string>();

  constructor(url: string) {
    this.url = url;
  }

  /** Signs in as the sign-in form does. */
  static async signIn(url: string, email: string, password: string): Promise<Visitor> {
    const visitor = new Visitor(url);
    const { csrfToken } = (await (await visitor.ask('GET', '/api/auth/csrf')).json()) as { csrfToken: string };
    const body = new URLSearchParams({ csrfToken, email, password, callbackUrl: url, json: 'true' });
    await visitor.ask('POST', '/api/auth/callback/credentials', { body });
    if (![...visitor.#jar.keys()].some((name) => name.includes('session-token'))) {
      throw new Error(`${email} could not sign in`);
    }
    return visitor;
  }

  async ask(method: string, path: string, init: RequestInit = {}): Promise<Response> {
    const own = { origin: this.url, 'sec-fetch-site': 'same-origin', cookie: this.#cookies(), 'accept-language': 'en' };
    const headers = new Headers({ ...own, ...init.headers });
    // An empty one is one that is not sent.
    for (const [name, value] of [...headers]) if (value === '') headers.delete(name);
    const response = await fetch(this.url + path, { ...init, method, headers, redirect: 'manual' });
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    return response;
  }

  /** What comes of opening a page. */
  async open(path: string): Promise<Outcome> {
    const response = await this.ask('GET', path);
    const text = await response.text();
    const to =
      response.headers.get('location') ?? /http-equiv="refresh" content="\d+;url=([^"]+)"/.exec(text)?.[1] ?? '';
    if (to.startsWith('/sign-in')) return 'signIn';
    if (response.status >= 500) return `broken ${response.status}`;
    return REFUSED.test(text) ? 'refused' : 'allowed';
  }

  /** What comes of asking a route; one that wants more than the sample request has let the person through. */
  async request(method: string, path: string): Promise<Outcome> {
    const response = await this.ask(method, path, sampleOf(method, path));
    await response.body?.cancel();
    return outcomeOf(response.status);
  }

  /** What a server action answers. */
  async act(
    action: { id: string; page: string },
    input: unknown,
    given: Record<string, string> = {},
  ): Promise<ActionAnswer> {
    const type = { accept: 'text/x-component', 'content-type': 'text/plain;charset=UTF-8' };
    const response = await this.ask('POST', action.page, {
      headers: { 'next-action': action.id, ...type, ...given },
      body: JSON.stringify([input]),
    });
    const line = (await response.text()).split('\n').find((row) => /^\w+:\{"ok":/.test(row));
    if (!line) return { ok: false, error: { code: `HTTP ${response.status}` } };
    return JSON.parse(line.slice(line.indexOf(':') + 1)) as ActionAnswer;
  }

  #cookies(): string {
    return [...this.#jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  #keep(cookie: string): void {
    const [pair = ''] = cookie.split(';');
    const at = pair.indexOf('=');
    this.#jar.set(pair.slice(0, at), pair.slice(at + 1));
  }
}

export type ActionAnswer = { ok: true; data: unknown } | { ok: false; error: { code: string } };

/** Of nothing: no sample changes anything, whoever sends it. */
function sampleOf(method: string, path: string): RequestInit {
  if (method === 'GET' || method === 'HEAD') return {};
  if (path.endsWith('/zip')) return { body: new URLSearchParams({ input: '{}' }) };
  return { body: '{}', headers: { 'content-type': 'application/json' } };
}

function outcomeOf(status: number): Outcome {
  if (status === 401) return 'signIn';
  if (status === 403) return 'refused';
  return status >= 500 ? `broken ${status}` : 'allowed';
}

/** As for a route: an input that is wrong has passed whoever asks who may. */
export function outcomeOfAction(answer: ActionAnswer): Outcome {
  if (answer.ok) return 'allowed';
  const { code } = answer.error;
  if (code === 'UNAUTHENTICATED') return 'signIn';
  if (code === 'FORBIDDEN') return 'refused';
  return ['INVALID', 'NOT_FOUND', 'CONFLICT'].includes(code) ? 'allowed' : `broken ${code}`;
}
