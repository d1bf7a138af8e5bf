import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { csvLine } from '@/lib/languages/csv/csv-line.ts';
import { buildMatrix } from './build-matrix';
import { decidingPlace } from './deciding-place';
import { matchingDatasets, requestsOf } from './get-access-matrix';
import { readGround } from './read-ground';
import { ExportAccessMatrix, MATRIX_ACTIONS, type MatrixEntry, type MatrixRole, type Verdict } from './schemas';

const HEADER = ['role', 'people', 'dataset', 'action', 'result', 'request', 'resource', 'policy', 'statement'];

/** A file that a browser saves. */
interface MatrixFile {
  name: string;
  type: string;
  body: string;
}

/** Returns the whole matrix as CSV, a line for each role, dataset and action; without an action, all of them. */
export async function exportAccessMatrix(ctx: Context, raw: ExportAccessMatrix): Promise<MatrixFile> {
  requirePermission(ctx, 'access:read');
  const input = ExportAccessMatrix.parse(raw);
  const ground = await readGround(ctx, input);
  const requests = requestsOf(ground, matchingDatasets(ground, input));
  const { rows, verdicts } = buildMatrix(ground.deciders, requests, input.action ? [input.action] : MATRIX_ACTIONS);
  const lines = rows.flatMap(({ dataset, entries }) =>
    entries.flatMap((entry) => ground.roles.map((role, index) => lineOf(role, dataset, entry, index, verdicts))),
  );
  // Without the mark in front Excel takes UTF-8 for the computer's own code page.
  const body = `\ufeff${csvLine(HEADER)}${lines.map(csvLine).join('')}`;
  return { name: 'access-matrix.csv', type: 'text/csv; charset=utf-8', body };
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
    ...[roleName, people ? people.map(({ email }) => email).join(' ') : null, dataset, action],
    ...[verdict?.result ?? 'notApplicable', request?.action ?? null, request?.resource ?? null],
    ...[verdict?.policy ?? null, verdict?.sid ?? verdict?.index?.toString() ?? null],
  ];
}
