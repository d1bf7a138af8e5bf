/**
 * Before all browser tests the product starts on an empty folder, which makes its stack and its database; every ground
 * begins as a copy of that folder, since making them takes as long as many a test. A stack names its console's address:
 * so there is a folder for each worker, whose consoles have the same port, one after another.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FullConfig } from '@playwright/test';
import { freePort } from '../infra/local/testing/free-port.ts';
import { startProduct, stopProduct } from './started-product.ts';

interface Seed {
  folder: string;
  port: number;
}

export default async function makeSeeds({ workers }: FullConfig): Promise<() => Promise<void>> {
  const home = await mkdtemp(path.join(tmpdir(), 'lacustre-e2e-seeds-'));
  const seeds: Seed[] = [];
  while (seeds.length < workers) seeds.push(await makeSeed(path.join(home, String(seeds.length)), seeds.at(-1)));
  // What workers get of a global setup is its environment.
  process.env.LACUSTRE_E2E_SEEDS = JSON.stringify(seeds);
  return () => rm(home, { recursive: true, force: true });
}

async function makeSeed(folder: string, other?: Seed): Promise<Seed> {
  if (other) await cp(other.folder, folder, { recursive: true });
  const port = await freePort();
  await stopProduct(await startProduct({ port, lakePort: await freePort(), dataFolder: folder }));
  return { folder, port };
}

export function findSeed(parallelIndex: number): Seed {
  const seed = (JSON.parse(process.env.LACUSTRE_E2E_SEEDS ?? '[]') as Seed[])[parallelIndex];
  if (!seed) throw new Error(`There is no seed for worker ${parallelIndex}: see the global setup.`);
  return seed;
}
