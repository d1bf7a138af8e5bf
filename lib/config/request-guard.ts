/**
 * What is refused before it reaches a page, an action or a route: a request for a name that is not the console's (a
 * foreign page may make its own name stand for this machine: DNS rebinding), and one that another website makes with
 * a signed-in person's cookie. Next compares origins for server actions only, and lets those without one through.
 */
export interface SentRequest {
  method: string;
  /** Of the address, without the query. */
  path: string;
  header: (name: string) => string | null;
}

export type Refusal = 'unknownHost' | 'foreignSite';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
/** The data API takes a cookie only with `Sec-Fetch-Site: same-origin`, a token from anywhere, and answers in its own way. */
const DATA_API = /^\/(api\/v1\/|query$)/;
/** Load balancers ask for it by the machine's address. It says nothing. */
const HEALTH = '/api/health';

/** The hosts, beside this machine's own names, that the console answers under. */
export function knownHosts(settings: { NEXTAUTH_URL?: string; LACUSTRE_HOSTS: readonly string[] }): Set<string> {
  const named = settings.NEXTAUTH_URL ? [new URL(settings.NEXTAUTH_URL).host] : [];
  return new Set([...named, ...settings.LACUSTRE_HOSTS]);
}

/** Why a request is refused; undefined where it is not. */
export function findRefusal(request: SentRequest, hosts: ReadonlySet<string>): Refusal | undefined {
  if (request.path === HEALTH) return undefined;
  const named = [request.header('host'), request.header('x-forwarded-host')?.split(',')[0]?.trim()];
  const host = named[1] || named[0];
  if (!host || named.some((name) => name && !isKnown(name.toLowerCase(), hosts))) return 'unknownHost';
  if (DATA_API.test(request.path)) return undefined;
  const isForeign = READS.has(request.method) ? isForeignRead(request) : isForeignChange(request, host.toLowerCase());
  return isForeign ? 'foreignSite' : undefined;
}

function isKnown(host: string, hosts: ReadonlySet<string>): boolean {
  return LOOPBACK.test(host) || hosts.has(host) || hosts.has(host.replace(/:(80|443)$/, ''));
}

/** Following a link to a file is fine; another site's script, image or frame has nothing to look for among the routes. */
function isForeignRead({ path, header }: SentRequest): boolean {
  const site = header('sec-fetch-site');
  if (!path.startsWith('/api/') || site === null || site === 'same-origin' || site === 'none') return false;
  return !(header('sec-fetch-mode') === 'navigate' && header('sec-fetch-dest') === 'document');
}

/**
 * A browser says where a change comes from, in one header at least: over plain HTTP to another machine, `Origin` alone.
 * Who says nothing is no browser, and has no business with a session.
 */
function isForeignChange({ header }: SentRequest, host: string): boolean {
  const [site, origin] = [header('sec-fetch-site'), header('origin')];
  if (site !== null && site !== 'same-origin') return true;
  return origin === null ? site === null : !isOwnOrigin(origin, host);
}

function isOwnOrigin(origin: string, host: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, host: originHost } = new URL(origin);
  // So that `console.example:443` is `console.example` where the scheme is https.
  const own = `${protocol}//${host}`;
  return /^https?:$/.test(protocol) && URL.canParse(own) && new URL(own).host === originHost;
}
