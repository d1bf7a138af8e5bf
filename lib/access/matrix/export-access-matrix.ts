import 'server-only';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { type Context, requirePermission } from '@/lib/auth';
import { csvLine } from '@/lib/languages/csv/csv-line.ts';
import { buildMatrix, type DatasetRequests } from './build-matrix';
import { decidingPlace } from './deciding-place';
import { matchingDatasets, requestsOf } from './get-access-matrix';
import { type MatrixGround, readGround } from './read-ground';
import {
  ExportAccessMatrix,
  MATRIX_ACTIONS,
  type MatrixAction,
  type MatrixEntry,
  type MatrixRole,
  type Verdict,
} from './schemas';

const HEADER = ['role', 'people', 'dataset', 'action', 'result', 'request', 'resource', 'policy', 'statement'];

/** A file that a browser saves, while it is being made. */
interface MatrixFile {
  name: string;
  type: string;
  body: ReadableStream<Uint8Array>;
}

/** So many datasets are decided before others get their turn: each takes some hundred decisions. */
const DATASETS_AT_ONCE = 20;

/** Returns the whole matrix as CSV, a line for each role, dataset and action; without an action, all of them. */
export async function exportAccessMatrix(ctx: Context, raw: ExportAccessMatrix): Promise<MatrixFile> {
  requirePermission(ctx, 'access:read');
  const input = ExportAccessMatrix.parse(raw);
  const ground = await readGround(ctx, input);
  const requests = requestsOf(ground, matchingDatasets(ground, input));
  const actions = input.action ? [input.action] : MATRIX_ACTIONS;
  const body = Readable.toWeb(Readable.from(csvOf(ground, requests, actions))) as ReadableStream<Uint8Array>;
  return { name: 'access-matrix.csv', type: 'text/csv; charset=utf-8', body };
}

async function* csvOf(
  { deciders, roles }: MatrixGround,
  datasets: readonly DatasetRequests[],
  actions: readonly MatrixAction[],
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  // Without the mark in front Excel takes UTF-8 for the computer's own code page.
  yield encoder.encode(`\ufeff${csvLine(HEADER)}`);
  for (let from = 0; from < datasets.length; from += DATASETS_AT_ONCE) {
    const { rows, verdicts } = buildMatrix(deciders, datasets.slice(from, from + DATASETS_AT_ONCE), actions);
    const lines = rows.flatMap(({ dataset, entries }) =>
      entries.flatMap((entry) => roles.map((role, index) => lineOf(role, dataset, entry, index, verdicts))),
    );
    yield encoder.encode(lines.map(csvLine).join(''));
    await setImmediate();
  }
}

function lineOf(
  { roleName, people }: MatrixRole,
  dataset: string,
  { action, requests, cells }: MatrixEntry,
  role: number,
  verdicts: readonly Verdict[],
): (string | null)[] {
  const places = cells[role] ?? [];
  const place = decidingPlace(places, verdicts);
  const verdict = verdicts[places[place] ?? -1];
  const request = requests[place];
  return [
    ...[roleName, people?.length ? people.map(({ email }) => email).join(' ') : null, dataset, action],
    ...[verdict?.result ?? 'notApplicable', request?.action ?? null, request?.resource ?? null],
    ...[verdict?.policy ?? null, verdict?.sid ?? verdict?.index?.toString() ?? null],
  ];
}
