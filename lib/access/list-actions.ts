import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import {
  actionsOf,
  type CatalogAction,
  catalogServices,
  findAction,
} from '@/lib/languages/iam-policy/action-catalog.ts';
import { type ActionChoice, ListActions } from './decision-schemas';

const SHOWN = 40;
/** What the lake asks for most: where nothing is typed yet. */
const FIRST = [
  's3:GetObject',
  's3:ListBucket',
  's3:PutObject',
  's3:DeleteObject',
  'athena:StartQueryExecution',
  'athena:GetQueryResults',
  'glue:GetTable',
  'glue:UpdateTable',
  'glue:StartJobRun',
  'states:StartExecution',
  'lambda:InvokeFunction',
  'iam:PassRole',
];

/** Actions whose name holds the text, those of a service or of a name that begins so first; with what each is about. */
export async function listActions(ctx: Context, raw: ListActions): Promise<ActionChoice[]> {
  requirePermission(ctx, 'access:read');
  const wanted = ListActions.parse(raw).text.toLowerCase();
  if (wanted === '') return choices(FIRST);
  const rank = (name: string) => {
    const [service = '', action = ''] = name.toLowerCase().split(':');
    return name.toLowerCase() === wanted
      ? 0
      : service === wanted
        ? 1
        : `${service}:${action}`.startsWith(wanted) || action.startsWith(wanted)
          ? 2
          : 3;
  };
  const names = catalogServices()
    .flatMap(actionsOf)
    .filter((name) => name.toLowerCase().includes(wanted));
  return choices(names.toSorted((a, b) => rank(a) - rank(b)).slice(0, SHOWN));
}

function choices(names: readonly string[]): ActionChoice[] {
  return names.flatMap((name) => {
    const action = findAction(name);
    return action ? [toChoice(action)] : [];
  });
}

export function toChoice({ name, accessLevel, resourceTypes, conditionKeys }: CatalogAction): ActionChoice {
  return { name, accessLevel, resourceTypes, conditionKeys };
}
