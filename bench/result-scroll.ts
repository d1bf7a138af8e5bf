/**
 * How smoothly a result of 1,000,000 rows scrolls: the times between frames and the long tasks of a real browser, by
 * wheel, by drags of the scrollbar and by keys; and how much the browser's memory grows.
 *
 *   CHROMIUM_PATH=/usr/bin/chromium node bench/result-scroll.ts [--rows 1000000]
 *
 * It starts a lake and a console of its own in an empty folder, on free ports.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { freePort } from '../infra/local/testing/free-port.ts';
import { quantile } from './measure.ts';

const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' } } });
const thousands = Math.max(1, Math.round(Number(values.rows) / 1000));
const administrator = { email: 'admin@example.com', password: 'correct horse battery' };
const sql = `SELECT (a - 1) * 1000 + b AS n, 'row ' || CAST(b AS varchar) AS label, a * 1.5 AS half, DATE '2026-01-01' AS day,
b % 7 AS seven, 'a longer text, to be clipped ' || CAST(a AS varchar) AS text
FROM UNNEST(sequence(1, ${thousands})) AS t(a) CROSS JOIN UNNEST(sequence(1, 1000)) AS u(b)`;

const folder = await mkdtemp(path.join(tmpdir(), 'lacustre-bench-scroll-'));
const [port, lakePort] = [await freePort(), await freePort()];
const product = await start();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH,
  args: ['--no-sandbox', '--enable-precise-memory-info'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await signIn(page);
  await run(page);
  const before = await heapBytes(page);
  const grid = page.getByRole('grid');
  await grid.hover();
  await measured(page, 'wheel', async () => {
    for (let turn = 0; turn < 120; turn++) await page.mouse.wheel(0, 240);
  });
  await measured(page, 'scrollbar, everywhere', async () => {
    for (let step = 0; step <= 60; step++) {
      await grid.evaluate((box, share) => box.scrollTo({ top: box.scrollHeight * share }), ((step * 37) % 61) / 60);
    }
  });
  await grid.focus();
  await measured(page, 'arrow and page keys', async () => {
    for (let step = 0; step < 60; step++) await page.keyboard.press(step % 3 === 0 ? 'PageDown' : 'ArrowDown');
  });
  const grown = (await heapBytes(page)) - before;
  console.log(`memory of the page grew by ${(grown / 1e6).toFixed(1)} MB`);
  await timed('to the last row, until it is there', async () => {
    await page.keyboard.press('Control+End');
    await grid.getByRole('gridcell', { name: `${(thousands * 1000).toLocaleString('en')}`, exact: true }).waitFor();
  });
} finally {
  await browser.close();
  await stop(product);
  await rm(folder, { recursive: true, force: true });
}

async function measured(page: Page, name: string, act: () => Promise<void>): Promise<void> {
  await page.evaluate(() => {
    const seen = { frames: [] as number[], tasks: [] as number[], isOn: true };
    Object.assign(window, { seen });
    let last = performance.now();
    const frame = (now: number) => {
      seen.frames.push(now - last);
      last = now;
      if (seen.isOn) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    new PerformanceObserver((list) => seen.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
    });
  });
  await act();
  const { frames, tasks } = await page.evaluate(() => {
    const { seen } = window as unknown as { seen: { frames: number[]; tasks: number[]; isOn: boolean } };
    seen.isOn = false;
    return seen;
  });
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  console.log(
    `${name}: ${frames.length} frames, p50 ${ms(quantile(frames, 0.5))}, p95 ${ms(quantile(frames, 0.95))}, most ${ms(Math.max(...frames))}; ` +
      `${tasks.length} long tasks${tasks.length > 0 ? `, most ${ms(Math.max(...tasks))}` : ''}`,
  );
}

async function timed(name: string, act: () => Promise<void>): Promise<void> {
  const began = performance.now();
  await act();
  console.log(`${name}: ${Math.round(performance.now() - began)} ms`);
}

async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize;
}

async function signIn(page: Page): Promise<void> {
  await page.goto(`http://localhost:${port}/sign-in`);
  await page.getByLabel('E-mail').fill(administrator.email);
  await page.getByLabel('Password').fill(administrator.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
}

async function run(page: Page): Promise<void> {
  await page.goto(`http://localhost:${port}/sql`);
  await page.getByRole('textbox', { name: 'SQL editor' }).click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(sql);
  await page.keyboard.press('ControlOrMeta+Enter');
  await page
    .getByRole('status')
    .filter({ hasText: `${(thousands * 1000).toLocaleString('en')} rows` })
    .waitFor();
  await page.getByRole('gridcell', { name: 'row 1', exact: true }).waitFor();
}

async function start(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['scripts/run.mjs', 'start'], {
    env: {
      ...process.env,
      PORT: String(port),
      LAKE_PORT: String(lakePort),
      LACUSTRE_DATA: folder,
      LACUSTRE_ADMIN_EMAIL: administrator.email,
      LACUSTRE_ADMIN_PASSWORD: administrator.password,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const chunk of child.stdout ?? []) if (String(chunk).includes('Lacustre is ready')) break;
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  await ended;
}
