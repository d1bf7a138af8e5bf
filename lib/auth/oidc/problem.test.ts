import { beforeEach, expect, test, vi } from 'vitest';
import { findProblem, keepProblem } from './problem';

const jar = new Map<string, string>();
vi.mock('next/headers', () => ({
  cookies: async () => ({
    set: (name: string, value: string) => jar.set(name, value),
    get: (name: string) => (jar.has(name) ? { value: jar.get(name) } : undefined),
  }),
}));
let secret = '';
vi.mock('../secret', () => ({ authSecret: async () => secret }));

beforeEach(() => {
  jar.clear();
  secret = 'the secret of this console, long enough';
});

test('the page tells what was kept for this browser, and nothing that a link says', async () => {
  expect(await findProblem()).toBeUndefined();
  await keepProblem({ code: 'noGroup', email: 'eve@example.com', groups: ['sales'] });
  expect(await findProblem()).toEqual({
    code: 'noGroup',
    email: 'eve@example.com',
    groups: ['sales'],
    groupsLeftOut: 0,
  });
});

test('what somebody else made or changed is not believed', async () => {
  await keepProblem({ code: 'denied' });
  const [[name = '', sealed = ''] = []] = jar;
  secret = 'the secret of another console, long too';
  expect(await findProblem()).toBeUndefined();
  jar.set(name, `${sealed.slice(0, -4)}AAAA`);
  expect(await findProblem()).toBeUndefined();
  jar.set(name, 'made up');
  expect(await findProblem()).toBeUndefined();
});

test('however many groups there are, it fits a cookie', async () => {
  await keepProblem({
    code: 'noGroup',
    groups: Array.from({ length: 500 }, (_, index) => `${index}-${'é'.repeat(500)}`),
  });
  const [sealed = ''] = jar.values();
  expect(sealed.length).toBeLessThan(4000);
  const problem = await findProblem();
  expect((problem?.groups?.length ?? 0) + (problem?.groupsLeftOut ?? 0)).toBe(500);
});
