/** Every page, route and server action × everybody: who may not is refused, by the server, whatever a page would have shown. */
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { type Action, listActions, listPages, listRoutes } from './access/surface.ts';
import { type Outcome, outcomeOfAction, Visitor } from './access/visitor.ts';
import { ACTIONS, type Least, type Lists, PAGES, PEOPLE, QUERIES, ROUTES, type Who } from './access-matrix.ts';
import { expect, type Product, test } from './fixtures.ts';

test.describe.configure({ mode: 'serial' });

/** At once: the console answers on one thread. */
const AT_ONCE = 8;
const NOBODYS = '00000000-0000-4000-8000-000000000000';

let people: Record<Who, Visitor>;
/** A second analyst, whom nothing of the first one belongs to. */
let stranger: Visitor;
let actions: Action[];

test.beforeAll(async ({ product }) => {
  actions = listActions();
  const administrator = await Visitor.signIn(product.url, product.administrator.email, product.administrator.password);
  const [viewer, analyst, engineer, second] = await Promise.all(
    (['viewer', 'analyst', 'engineer', 'analyst'] as const).map((role) => newPerson(product, administrator, role)),
  );
  if (!viewer || !analyst || !engineer || !second) throw new Error('There must be somebody of each role.');
  people = { anonymous: new Visitor(product.url), viewer, analyst, engineer, administrator };
  stranger = second;
});

test('pages: every one is in the table, and each shows itself to whom the table says', async () => {
  await expectMatrix(PAGES, listPages(), (visitor, page) => visitor.open(addressOf(page)));
});

test('routes: every method is in the table, and each answers whom the table says', async () => {
  await expectMatrix(ROUTES, listRoutes(), (visitor, name) => {
    const [method = ''] = name.split(' ');
    return visitor.request(method, addressOf(name));
  });
});

test('server actions: every one is in the table, and each works for whom the table says', async () => {
  const byName = new Map(actions.map((action) => [action.name, action]));
  await expectMatrix(ACTIONS, [...byName.keys()], async (visitor, name) =>
    outcomeOfAction(await visitor.act(actionNamed(name), {})),
  );
});

test('what is somebody’s own is nobody else’s: a private query, a token, a query, its rows and its export', async () => {
  const { analyst, engineer } = people;
  const name = `own ${randomUUID()}`;
  const saved = await done(analyst, 'saveQueryAction', { name, sql: 'SELECT 41 AS secret', sharing: 'private' });
  for (const path of ['', '/versions', '/diff?from=1&to=1']) {
    const status = await statusOf(stranger, 'GET', `/api/saved-queries/${saved.id}${path}`);
    expect(status, `saved query ${path}`).toBe(404);
  }
  expect(await (await stranger.ask('GET', '/api/saved-queries')).text()).not.toContain(name);
  expect(await codeOf(stranger, 'deleteSavedQueryAction', { id: saved.id, baseVersion: 1 })).not.toBe('ok');
  expect(await statusOf(analyst, 'GET', `/api/saved-queries/${saved.id}`)).toBe(200);

  const token = await done(analyst, 'createTokenAction', { name, scopes: ['catalog'], days: 7 });
  const made = await people.administrator.ask(
    'GET',
    `/api/audit/events?action=tokens.create&text=${encodeURIComponent(name)}`,
  );
  const [event] = ((await made.json()) as { events: { subject: string }[] }).events;
  expect(await codeOf(stranger, 'revokeTokenAction', { id: event?.subject })).toBe('NOT_FOUND');
  const bearer = { headers: { authorization: `Bearer ${token.token}` } };
  expect((await new Visitor(analyst.url).ask('GET', '/api/v1/tables', bearer)).status).toBe(200);

  const id = await ownQuery(analyst);
  const ticket = randomUUID();
  const reads = ['', '/result', '/rows?from=0&count=1', '/stats?column=0', '/download', '/record'];
  for (const path of [...reads, `/export?format=csv&name=x&ticket=${randomUUID()}`]) {
    expect(await statusOf(stranger, 'GET', `/api/queries/${id}${path}`), `query ${path}`).toBe(403);
  }
  expect(await statusOf(stranger, 'GET', `/api/v1/queries/${id}`)).toBe(403);
  expect(await statusOf(stranger, 'GET', `/api/v1/queries/${id}/results`)).toBe(403);
  expect(await statusOf(stranger, 'DELETE', `/api/queries/${id}`)).toBe(403);
  expect(await statusOf(engineer, 'GET', `/api/queries/${id}`)).toBe(200);
  expect(await statusOf(analyst, 'GET', `/api/queries/${id}/export?format=csv&name=x&ticket=${ticket}`)).toBe(200);
  const seen = await (await stranger.ask('GET', `/api/queries/${id}/export?ticket=${ticket}`)).json();
  expect(seen).toMatchObject({ state: 'waiting', rows: 0 });
});

test('changes that another website makes are refused, of actions and routes alike', async ({ product }) => {
  const { administrator } = people;
  const input = { email: `mallory-${randomUUID()}@example.com`, role: 'administrator' };
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: '', 'sec-fetch-site': '' },
    { origin: product.url, 'sec-fetch-site': 'cross-site' },
    { origin: product.url, 'sec-fetch-site': 'same-site' },
    { origin: 'null', 'sec-fetch-site': 'same-origin' },
  ];
  for (const headers of foreign) {
    const from = JSON.stringify(headers);
    const answer = await administrator.act(actionNamed('access/actions.ts createInvitation'), input, headers);
    expect(answer, `the action from ${from}`).toMatchObject({
      ok: false,
      error: { code: expect.stringMatching(/^HTTP 4(03|21)$/) },
    });
    for (const route of ['POST /api/files/delete', 'DELETE /api/uploads', 'PUT /api/datasets/sales/contract']) {
      const [method = '', path = ''] = route.split(' ');
      expect([403, 421], `${route} from ${from}`).toContain(await statusOf(administrator, method, path, headers));
    }
    expect([403, 421], `sign-out from ${from}`).toContain(
      await statusOf(administrator, 'POST', '/api/auth/signout', headers),
    );
  }
  expect(await (await administrator.ask('GET', '/access/invitations')).text()).not.toContain(input.email);
  expect(await statusUnder(product.url, 'evil.example'), 'a name that somebody made stand for this machine').toBe(421);
  expect(await statusUnder(product.url, new URL(product.url).host)).toBe(200);
  const form = { 'content-type': 'text/plain' };
  expect(await statusOf(administrator, 'POST', '/api/files/delete', form), 'what is not called JSON').toBe(400);
});

test('costly work is refused for a while where somebody asks for it again and again, and says for how long', async () => {
  const form = () => stranger.ask('POST', '/api/files/zip', { body: new URLSearchParams({ input: '{}' }) });
  const answers = await Promise.all(Array.from({ length: 31 }, form));
  const late = answers.filter(({ status }) => status === 429);
  expect(late.length).toBeGreaterThan(0);
  expect(Number(late[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await late[0]?.json()).toMatchObject({
    error: { code: 'THROTTLED', message: expect.stringMatching(/Wait \d+ second/) },
  });
});

test('every page has the policy, no script without its nonce, and nothing that a cache may keep', async () => {
  for (const page of listPages()) {
    const response = await people.administrator.ask('GET', addressOf(page));
    const { headers } = response;
    const html = await response.text();
    const nonce = /'nonce-([^']+)'/.exec(headers.get('content-security-policy') ?? '')?.[1];
    expect(headers.get('content-security-policy'), page).not.toMatch(/script-src[^;]*unsafe/);
    const scripts = html.match(/<script\b[^>]*>/g) ?? [];
    const bare = scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`));
    expect(bare, `scripts without a nonce on ${page}`).toEqual([]);
    expect(html.match(/<[a-z]+\b[^>]* on[a-z]+="/g), `handlers in the markup of ${page}`).toBeNull();
    expect(headers.get('cache-control'), page).toContain('no-store');
    expect(headers.get('x-content-type-options'), page).toBe('nosniff');
    expect(headers.get('cross-origin-opener-policy'), page).toBe('same-origin');
    expect(headers.get('referrer-policy'), page).toBe('same-origin');
  }
});

/** Asks each entry as each person, and compares with the table cell by cell. */
async function expectMatrix(
  lists: Lists,
  found: readonly string[],
  ask: (visitor: Visitor, name: string) => Promise<Outcome>,
): Promise<void> {
  expect(found.toSorted(), 'what there is, and what the table names').toEqual(Object.values(lists).flat().toSorted());
  const entries = (['nobody', ...PEOPLE] as const).flatMap((least) =>
    (lists[least] ?? []).map((name) => ({ name, least })),
  );
  const cells = entries.flatMap((entry) => PEOPLE.map((who) => ({ ...entry, who })));
  const wrong: string[] = [];
  const work = cells.values();
  const worker = async () => {
    for (const { name, least, who } of work) {
      const expected = expectedOutcome(least, who);
      const outcome = await ask(people[who], name);
      if (outcome !== expected) wrong.push(`${name} as ${who}: ${outcome}, not ${expected}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  expect(wrong).toEqual([]);
}

function expectedOutcome(least: Least, who: Who): Outcome {
  if (least === 'nobody') return 'signIn';
  if (PEOPLE.indexOf(who) >= PEOPLE.indexOf(least)) return 'allowed';
  return who === 'anonymous' ? 'signIn' : 'refused';
}

function addressOf(name: string): string {
  const path = name.replace(/^\w+ /, '');
  const filled = path
    .replace('[...nextauth]', 'session')
    .replace(/\[\.\.\.\w+\]/, 'nothing')
    .replace(/\[(name|table)\]/, 'sales')
    .replace(/\[\w+\]/, NOBODYS);
  return filled + (QUERIES[name] ?? '');
}

function actionNamed(name: string): Action {
  const action = actions.find((each) => each.name === name || each.name.endsWith(` ${name}`));
  if (!action) throw new Error(`There is no action ${name}.`);
  return { ...action, page: addressOf(action.page) };
}

async function newPerson(product: Product, administrator: Visitor, role: string): Promise<Visitor> {
  const [email, password] = [`${role}-${randomUUID()}@example.com`, `matrix ${randomUUID()}`];
  const { token } = await done(administrator, 'createInvitation', { email, role });
  const newcomer = { token: String(token), name: `Matrix ${role}`, password };
  await done(new Visitor(product.url), 'acceptInvitation', newcomer);
  return Visitor.signIn(product.url, email, password);
}

async function done(visitor: Visitor, action: string, input: unknown): Promise<Record<string, unknown>> {
  const answer = await visitor.act(actionNamed(action), input);
  if (!answer.ok) throw new Error(`${action}: ${JSON.stringify(answer.error)}`);
  return answer.data as Record<string, unknown>;
}

async function codeOf(visitor: Visitor, action: string, input: unknown): Promise<string> {
  const answer = await visitor.act(actionNamed(action), input);
  return answer.ok ? 'ok' : answer.error.code;
}

async function statusOf(visitor: Visitor, method: string, path: string, headers: Record<string, string> = {}) {
  const json = { 'content-type': 'application/json', ...headers };
  const body = method === 'GET' ? { headers } : { headers: json, body: '{}' };
  const response = await visitor.ask(method, path, body);
  await response.body?.cancel();
  return response.status;
}

/** `fetch` sends the host of its address, whatever it is told. */
function statusUnder(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = http.get(`${url}/sign-in`, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('error', reject);
  });
}

/** Runs a statement to its end. */
async function ownQuery(visitor: Visitor): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const started = await visitor.ask('POST', '/api/queries', {
    headers,
    body: JSON.stringify({ sql: 'SELECT 41 AS a' }),
  });
  const { id } = (await started.json()) as { id: string };
  await expect
    .poll(async () => ((await (await visitor.ask('GET', `/api/queries/${id}`)).json()) as { status: string }).status)
    .toBe('succeeded');
  return id;
}
