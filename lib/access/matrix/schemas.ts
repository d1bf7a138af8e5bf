import { z } from 'zod';
import type { Role } from '@/lib/auth/permissions';
import type { AccessDecision, AccessRequest } from '../access-decision';
import type { RolePerson } from '../roles/schemas';

/** What people do with a dataset, from looking to destroying; each takes some requests to AWS. */
export const MATRIX_ACTIONS = [
  'see',
  'query',
  'readFiles',
  'upload',
  'restore',
  'change',
  'editRules',
  'runPipeline',
  'delete',
] as const;
export type MatrixAction = (typeof MATRIX_ACTIONS)[number];

export const MATRIX_PAGE_DATASETS = 50;

export const GetAccessMatrix = z.object({
  /** Undefined: all of them where one dataset is looked at, `query` where all are. */
  action: z.enum(MATRIX_ACTIONS).optional(),
  dataset: z.string().min(1).max(255).optional(),
  /** Only datasets whose name holds it. */
  search: z.string().max(255).optional(),
  /** The roles that services act as, too. */
  withServices: z.boolean().default(false),
  page: z.number().int().min(1).default(1),
});
export type GetAccessMatrix = z.input<typeof GetAccessMatrix>;

export const ExportAccessMatrix = GetAccessMatrix.omit({ page: true });
export type ExportAccessMatrix = z.input<typeof ExportAccessMatrix>;

export interface MatrixRole {
  roleName: string;
  roleArn: string;
  role?: Role;
  /** Undefined for what services act as. */
  people?: RolePerson[];
  unread: string[];
}

/** How a role's request is decided; requests that are decided alike share it. */
export interface Verdict extends Omit<AccessDecision, 'action' | 'resource'> {
  /** The deciding statement as the policy has it, as JSON. */
  statement?: string;
}

export interface MatrixEntry {
  action: MatrixAction;
  /** Empty where there is nothing to ask for, as for the files of a view. */
  requests: AccessRequest[];
  /** For each role, in their order, the place in `verdicts` for each request. */
  cells: number[][];
}

export interface MatrixRow {
  dataset: string;
  entries: MatrixEntry[];
}

export interface AccessMatrix {
  roles: MatrixRole[];
  rows: MatrixRow[];
  verdicts: Verdict[];
  /** Datasets that match, of which `rows` are a page. */
  total: number;
  /** The names of all datasets, to choose one. */
  datasets: string[];
  page: number;
  pages: number;
  /** Policies of buckets that count and could not be read. */
  unread: string[];
}
