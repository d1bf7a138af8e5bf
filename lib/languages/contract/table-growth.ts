/**
 * How a table grew, kept in a parameter of its entry in the catalog: what each of the last runs left there. A list of
 * tables so tells their trends without another question.
 */
export const GROWTH_PARAMETER = 'lacustre:growth';

/** Of a table after one run. */
export interface GrowthPoint {
  /** Milliseconds since the epoch. */
  at: number;
  rows: number;
  sizeBytes: number;
  /** Name of the execution of the state machine. */
  execution: string;
}

/** Glue takes 512,000 bytes in a parameter; a list of thousands of tables should not weigh more for their pasts. */
const MAX_POINTS = 20;

/** Oldest first. Points that are no points are left out: the parameter is anybody's to write. */
export function readGrowth(text: string | undefined): GrowthPoint[] {
  return (text ?? '').split(';').flatMap((entry) => {
    const [at = '', rows, sizeBytes, execution = ''] = entry.split(',');
    const point = { at: Date.parse(at), rows: Number(rows), sizeBytes: Number(sizeBytes), execution };
    return [point.at, point.rows, point.sizeBytes].every(Number.isFinite) ? [point] : [];
  });
}

/** Adds what a run left; the same run that is reported again changes nothing. */
export function addGrowth(text: string | undefined, point: GrowthPoint): string {
  const others = readGrowth(text).filter(({ execution }) => execution !== point.execution);
  const points = [...others, point].sort((a, b) => a.at - b.at).slice(-MAX_POINTS);
  return points
    .map(({ at, rows, sizeBytes, execution }) => [new Date(at).toISOString(), rows, sizeBytes, execution].join(','))
    .join(';');
}
