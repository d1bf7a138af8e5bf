/** Every server action and every route that changes something or gives a file away leaves an event, whoever forgets to. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { NextRequest } from 'next/server';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Context } from '@/lib/auth/context';
import { toAppError } from '@/lib/aws/errors';
import { Database } from '@/lib/db/database';
import { AREAS } from './schemas';

let database: Database;
/** Somebody who may do nothing at all. */
const nobody = (): Context => ({
  user: { id: 'u', email: 'nobody@example.com', name: 'N' },
  role: 'nobody' as Context['role'],
  aws: {} as Context['aws'],
  requestId: 'r',
});
vi.mock('@/lib/db', () => ({ db: async () => database.prisma }));
vi.mock('@/lib/auth/context', () => ({ getContext: async () => nobody(), findContext: async () => nobody() }));
vi.mock('@/lib/auth/request-origin', () => ({ requestOrigin: async () => ({ sourceIp: '192.0.2.1' }) }));
vi.mock('next-intl/server', () => ({ getLocale: async () => 'en', getTimeZone: async () => 'UTC' }));
vi.mock('@/lib/error-report', () => ({ reportError: async (error: unknown) => ({ code: toAppError(error).code }) }));

beforeAll(async () => {
  database = await Database.start({ folder: 'memory://' });
});
afterAll(() => database.close());
beforeEach(() => database.prisma.auditEvent.deleteMany());

const CHANGING = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;
type Exported = Record<string, unknown>;
type Handler = (request: NextRequest, route: { params: Promise<object> }) => Promise<Response>;

/** They only look, with more than fits into an address, or are a part of what has an event already. */
const NOT_RECORDED: Record<string, string> = {
  'app/api/auth/[...nextauth]/route.ts POST': 'signing in and out have events of their own (record-sign-in.ts)',
  'app/api/crawlers/plan/route.ts POST': 'looks at files for a page; what is made of them has events',
  'app/api/files/current/route.ts POST': 'looks at files for a page',
  'app/api/files/downstream/route.ts POST': 'looks at tables for a page',
  'app/api/queries/estimate/route.ts POST': 'asked with every letter that is typed; reads no row',
  'app/api/queries/past/route.ts POST': 'looks at what a query would copy',
  'app/api/queries/[id]/export/route.ts DELETE': 'stops a download, whose beginning has an event',
  'app/api/uploads/parts/route.ts POST': 'many of each upload, whose beginning and end have events',
  'app/api/uploads/same-sized/route.ts POST': 'looks at files for a page',
  'app/api/v1/queries/[id]/route.ts GET': 'asked again and again while a query runs, whose beginning has an event',
};

/** The areas are what the trail is sieved by: what is in none is not found. */
const aNamedAction = expect.stringMatching(new RegExp(`^(${AREAS.join('|')})\\.[\\w-]+$`));

const load = async (file: string) => (await import(path.resolve(file))) as Exported;
const events = () => database.prisma.auditEvent.findMany({ select: { action: true, outcome: true } });

/** Who takes up an invitation is nobody yet: no permission refuses them, and whoever comes has an event of the verb's own. */
const OF_NOBODY = 'app/(auth)/invitation/[token]/actions.ts';
const actions = globSync('app/**/actions.ts')
  .filter((file) => file !== OF_NOBODY)
  .toSorted();
const routes = globSync('app/**/route.ts').toSorted();

test('there is something to look at', () => {
  expect(actions.length).toBeGreaterThan(8);
  expect(routes.length).toBeGreaterThan(50);
});

test.each(actions)('%s', async (file) => {
  for (const [name, action] of Object.entries(await load(file))) {
    await database.prisma.auditEvent.deleteMany();
    const answer = await (action as (input: object) => Promise<unknown>)({});
    expect(answer, name).toEqual({ ok: false, error: { code: 'FORBIDDEN' } });
    expect(await events(), name).toEqual([{ action: aNamedAction, outcome: 'denied' }]);
  }
});

const changing = routes.flatMap((file) => {
  const source = readFileSync(file, 'utf8');
  return CHANGING.filter((method) => new RegExp(`export const ${method}\\b|as ${method}\\b`).test(source)).map(
    (method) => `${file} ${method}`,
  );
});
/** An answer that the browser saves, or that a program reads. */
const GIVES_A_FILE = /attachment\(|Response\.redirect|reportResponse\(|const GET = defineEndpoint/;
const giving = routes.filter((file) => GIVES_A_FILE.test(readFileSync(file, 'utf8'))).map((file) => `${file} GET`);
const all = new Set([...changing, ...giving]);
const recorded = [...all].filter((each) => !(each in NOT_RECORDED));

test.each(recorded)('%s', async (each) => {
  await ask(each);
  expect(await events()).toEqual([{ action: aNamedAction, outcome: 'denied' }]);
});

test('what is excepted is there, and is noise', async () => {
  expect([...all]).toEqual(expect.arrayContaining(Object.keys(NOT_RECORDED)));
  for (const each of Object.keys(NOT_RECORDED).filter((name) => !name.includes('nextauth'))) await ask(each);
  expect(await events()).toEqual([]);
});

/** Calls a route as a page of the console would, with as little as it takes to be refused. */
async function ask(each: string): Promise<void> {
  const [file = '', method = ''] = each.split(' ');
  const exported = await load(file);
  const handler = (exported[method] ?? exported.POST) as Handler;
  const verb = exported[method] ? method : 'POST';
  const address = file.replace(/^app\/|\/route\.ts$/g, '').replaceAll(/\[[.\w]+\]/g, 'x');
  const isForm = file.includes('/zip/');
  const request = new NextRequest(`http://localhost:3000/${address}?format=csv&query=SELECT+1`, {
    method: verb,
    headers: {
      'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
      'sec-fetch-site': 'same-origin',
    },
    ...(verb === 'GET' ? {} : { body: isForm ? 'input={}' : '{"query":"SELECT 1"}' }),
  });
  const response = await handler(request, { params: Promise.resolve({ id: 'x', name: 'x', table: 'x' }) });
  await response.text();
}
