import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { snippet } from './snippets';

const url = "http://localhost:3000/query?query=SELECT+'a'+%26%26";
const body = `{"query":"SELECT 'it''s', $HOME, \`x\`"}`;

it('writes a curl command whose words a shell reads as they are', () => {
  const command = snippet('curl', { method: 'POST', url, body }).replace(/^curl/, 'printf "%s\\n"');
  const words = execFileSync('sh', ['-c', command], { encoding: 'utf8', env: { ...process.env, LACUSTRE_TOKEN: 'T' } })
    .trim()
    .split('\n');
  expect(words).toEqual([
    '-X',
    'POST',
    url,
    '-H',
    'Authorization: Bearer T',
    '-H',
    'Content-Type: application/json',
    '-d',
    body,
  ]);
});

it('writes JavaScript that asks for just that', async () => {
  const code = snippet('JavaScript', { method: 'POST', url, body });
  const asked: unknown[] = [];
  const fetch = async (...args: unknown[]) => {
    asked.push(...args);
    return { ok: true, json: async () => ({}) };
  };
  const run = new Function('fetch', 'process', 'console', `return (async () => { ${code} })()`);
  await run(fetch, { env: { LACUSTRE_TOKEN: 'T' } }, { log: () => undefined });
  expect(asked).toEqual([
    url,
    { method: 'POST', headers: { authorization: 'Bearer T', 'content-type': 'application/json' }, body },
  ]);
});

it('never writes a token', () => {
  for (const language of ['curl', 'Python', 'JavaScript', 'R', 'Power BI'] as const) {
    expect(snippet(language, { method: 'GET', url })).toContain('LACUSTRE_TOKEN');
  }
});

it('writes M whose texts hold what they are given', () => {
  const code = snippet('Power BI', { method: 'GET', url: 'http://x/?q="a"#(lf)', accept: 'text/csv' });
  expect(code).toContain('Web.Contents("http://x/?q=""a""#(#)(lf)", [');
  expect(code).toContain('Headers = [Authorization = "Bearer " & LACUSTRE_TOKEN, Accept = "text/csv"]\n');
  expect(code).toContain('Table.PromoteHeaders(Csv.Document(Source))');
  const post = snippet('Power BI', { method: 'POST', url, body });
  expect(post).toContain('"application/json"],\n    Content = Text.ToBinary("{""query""');
});
