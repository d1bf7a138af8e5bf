import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { AppError } from '@/lib/errors';
import { buildMatrix } from './build-matrix';
import { datasetRequests } from './dataset-requests';
import { type MatrixGround, readGround } from './read-ground';
import { type AccessMatrix, GetAccessMatrix, MATRIX_ACTIONS, MATRIX_PAGE_DATASETS } from './schemas';

/**
 * Returns who may do what to which dataset, by the policies that are there now: every action on one dataset, or one action
 * on a page of them. Throws NOT_FOUND for a dataset that is not catalogued.
 */
export async function getAccessMatrix(ctx: Context, raw: GetAccessMatrix): Promise<AccessMatrix> {
  requirePermission(ctx, 'access:read');
  const input = GetAccessMatrix.parse(raw);
  const ground = await readGround(ctx, input);
  const matching = matchingDatasets(ground, input);
  const pages = Math.max(1, Math.ceil(matching.length / MATRIX_PAGE_DATASETS));
  const page = Math.min(input.page, pages);
  const shown = matching.slice((page - 1) * MATRIX_PAGE_DATASETS, page * MATRIX_PAGE_DATASETS);
  return {
    roles: ground.roles,
    ...buildMatrix(ground.deciders, requestsOf(ground, shown), actionsOf(input)),
    ...{ total: matching.length, page, pages },
    datasets: ground.datasets.map(({ name }) => name),
    unread: ground.unread,
  };
}

type Filter = Pick<GetAccessMatrix, 'action' | 'dataset' | 'search'>;

export function matchingDatasets({ datasets }: MatrixGround, { dataset, search }: Filter): MatrixGround['datasets'] {
  if (dataset === undefined) {
    const text = search?.trim().toLowerCase() ?? '';
    return datasets.filter(({ name }) => name.toLowerCase().includes(text));
  }
  const found = datasets.filter(({ name }) => name === dataset);
  if (found.length === 0) throw new AppError('NOT_FOUND', `The catalog has no dataset ${dataset}.`);
  return found;
}

export function requestsOf({ lake }: MatrixGround, datasets: MatrixGround['datasets']) {
  return datasets.map((dataset) => ({ dataset: dataset.name, requests: datasetRequests(dataset, lake) }));
}

/** One dataset has room for every action; many have it for one. */
function actionsOf({ action, dataset }: Filter) {
  if (action) return [action];
  return dataset === undefined ? (['query'] as const) : MATRIX_ACTIONS;
}
