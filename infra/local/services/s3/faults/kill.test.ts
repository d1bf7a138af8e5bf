/**
 * The local S3 dies at every file-system call that it makes: by `kill -9`, and by a power cut that takes what was not
 * synced. What was acknowledged must be there afterwards, byte for byte and in its order; what was not is wholly there
 * or wholly absent; no event is lost or doubled; no file stays that belongs to nothing.
 *
 *   npx vitest run infra/local/services/s3/faults/kill.test.ts                              a sample, for every day
 *   LACUSTRE_KILLS=500 npx vitest run infra/local/services/s3/faults/kill.test.ts           evenly over all calls
 *   LACUSTRE_KILLS=500 LACUSTRE_KILLS_PART=2/4 npx vitest run …                             the second quarter of those
 */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateBucketCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FaultPlan } from '../../../testing/faulty-disk.ts';
import { startS3Bench } from '../testing.ts';
import { FaultyLake } from './faulty-lake.ts';
import { Model } from './model.ts';
import { type Ruins, survey } from './survey.ts';
import { UNVERSIONED, VERSIONED, Workload } from './workload.ts';

const KILLS = Number(process.env.LACUSTRE_KILLS ?? 12);
const [PART = 1, PARTS = 1] = (process.env.LACUSTRE_KILLS_PART ?? '1/1').split('/').map(Number);
/** Of ten kills so many happen at any moment, to several clients at once; the others at one call, to one client. */
const AT_RANDOM = 2;

let home: string;
/** The lake that the next round will use; it loads while the last one is looked at. */
let next: FaultyLake;
let rounds = 0;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'lacustre-s3-faults-'));
  next = FaultyLake.spawn(`${home}/modules`);
  await makeTemplate(`${home}/template`);
});

afterAll(async () => {
  await next.kill();
  await rm(home, { recursive: true, force: true });
});

/** A folder as every round begins with: two buckets, and what an earlier crash has left, so that its sweep dies too. */
async function makeTemplate(dataFolder: string): Promise<void> {
  const { s3, close } = await startS3Bench({ dataFolder });
  await makeBuckets(s3);
  await close();
  await writeFile(`${dataFolder}/s3/blobs/0f/0f${'0'.repeat(30)}`, 'half an object');
  await mkdir(`${dataFolder}/s3/uploads/gone`);
  await writeFile(`${dataFolder}/s3/uploads/gone/slots`, 'half a part');
}

async function makeBuckets(s3: S3Client): Promise<void> {
  for (const Bucket of [VERSIONED, UNVERSIONED]) {
    await s3.send(new CreateBucketCommand({ Bucket }));
    const NotificationConfiguration = { EventBridgeConfiguration: {} };
    await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
  }
  const VersioningConfiguration = { Status: 'Enabled' } as const;
  await s3.send(new PutBucketVersioningCommand({ Bucket: VERSIONED, VersioningConfiguration }));
}

interface Round {
  dataFolder: string;
  model: Model;
  lake: FaultyLake;
}

async function begin({ isNew = false } = {}): Promise<Round> {
  const dataFolder = `${home}/${++rounds}`;
  if (!isNew) await cp(`${home}/template`, dataFolder, { recursive: true });
  const lake = next;
  next = FaultyLake.spawn(`${home}/modules`);
  return { dataFolder, model: new Model(), lake };
}

async function end({ dataFolder, model }: Round): Promise<Ruins> {
  const ruins = await survey(dataFolder, model);
  if (ruins.lost.length + ruins.orphans.length === 0) {
    await rm(dataFolder, { recursive: true, force: true });
    await rm(`${dataFolder}.graveyard`, { recursive: true, force: true });
  }
  return ruins;
}

/** Runs one client until the lake dies as planned. */
async function dieAt(plan: FaultPlan): Promise<{ ruins: Ruins; model: Model }> {
  const round = await begin();
  const s3 = await round.lake.start(round.dataFolder, plan);
  if (s3) await expectCut(new Workload(s3, round.model, 'w').run(), round.lake);
  // Files are made ahead in the background, so that no two runs have quite as many calls: the last ones may not come.
  await Promise.race([round.lake.died(), sleep(500)]);
  if (!round.lake.isDead) await (plan.powerCut === undefined ? round.lake.kill() : round.lake.cutPower());
  s3?.destroy();
  return { ruins: await end(round), model: round.model };
}

/** Runs four clients, and kills the lake after a while, or at some call that is any one of theirs. */
async function dieAtRandom(number: number): Promise<{ ruins: Ruins; model: Model }> {
  const round = await begin();
  const step = 20 + Math.floor(Math.random() * 500);
  const powerCut = number % 4 === 0 ? 'all' : number;
  const s3 = await round.lake.start(round.dataFolder, number % 2 === 0 ? { step, moment: 'before', powerCut } : {});
  if (!s3) throw new Error('the lake did not start');
  const clients = ['w', 'x', 'y', 'z'].map((name) => expectCut(new Workload(s3, round.model, name).run(), round.lake));
  if (number % 2 === 1) await sleep(Math.random() * 800).then(() => round.lake.kill());
  await Promise.all(clients);
  await round.lake.kill();
  s3.destroy();
  return { ruins: await end(round), model: round.model };
}

/** Only because the lake is dead may a workload end early. */
async function expectCut(running: Promise<void>, lake: FaultyLake): Promise<void> {
  try {
    await running;
  } catch (error) {
    await Promise.race([lake.died(), sleep(2000)]);
    if (!lake.isDead) throw error;
  }
}

test('nothing is lost when the power is cut after everything was acknowledged, be the lake old or new', {
  timeout: 120_000,
}, async () => {
  for (const isNew of [false, true]) {
    const round = await begin({ isNew });
    const s3 = await round.lake.start(round.dataFolder, {});
    if (!s3) throw new Error('the lake did not start');
    if (isNew) await makeBuckets(s3);
    await new Workload(s3, round.model, 'w').run();
    await round.lake.cutPower();
    s3.destroy();
    expect({ isNew, ...(await end(round)) }).toEqual({ isNew, lost: [], orphans: [] });
  }
});

async function countSteps(): Promise<number> {
  const round = await begin();
  const s3 = await round.lake.start(round.dataFolder, {});
  if (!s3) throw new Error('the lake did not start');
  await new Workload(s3, round.model, 'w').run();
  const { steps } = await round.lake.journal();
  await round.lake.kill();
  s3.destroy();
  expect(await end(round)).toEqual({ lost: [], orphans: [] });
  return steps;
}

/** The k-th of all the ways to die: at each call before and after it, with the power and without. */
function planOf(k: number): FaultPlan {
  const powerCuts = [undefined, 'all', k] as const;
  return {
    step: Math.floor(k / 6) + 1,
    moment: k % 2 === 0 ? 'before' : 'after',
    powerCut: powerCuts[Math.floor(k / 2) % 3],
  };
}

test(`nothing that was acknowledged is lost in ${KILLS} kills and power cuts`, {
  timeout: 120_000 + KILLS * 10_000,
}, async () => {
  const steps = await countSteps();
  const ways = steps * 6;
  const targeted = KILLS - Math.floor((KILLS * AT_RANDOM) / 10);
  const seen = { acknowledged: 0, cycles: 0 };
  const damage: { number: number; plan: FaultPlan | 'at random'; ruins: Ruins }[] = [];
  for (let number = PART - 1; number < KILLS; number += PARTS) {
    const plan = number < targeted ? planOf(Math.floor((number * ways) / targeted)) : 'at random';
    const { ruins, model } = plan === 'at random' ? await dieAtRandom(number) : await dieAt(plan);
    seen.cycles++;
    seen.acknowledged += model.acknowledged;
    if (ruins.lost.length + ruins.orphans.length > 0) damage.push({ number, plan, ruins });
  }
  const count = (of: keyof Ruins) => damage.reduce((sum, { ruins }) => sum + ruins[of].length, 0);
  console.log(
    `${seen.cycles} deaths at ${steps} calls, ${seen.acknowledged} acknowledged writes; ${count('lost')} lost or torn, ${count('orphans')} orphans`,
  );
  expect(damage).toEqual([]);
});
