import {
  PARAMETER_TYPES,
  type ParameterType,
  type QueryParameter,
  QueryParameters,
} from '@/lib/query/saved/parameters';

/** `-- @param since date = '2026-01-01' The first day`. */
const DECLARATION =
  /^\s*--\s*@param\s+(?<name>\w+)\s+(?<type>[a-z]+)(?:\s*=\s*(?:'(?<quoted>(?:[^']|'')*)'|(?<bare>[^\s'=]\S*)))?(?:\s+(?<description>[^\s=].*?))?\s*$/;

/**
 * Reads the parameters that a statement declares in comments: a line for each `?`, in their order; one that is used twice
 * is declared twice. Undefined where they contradict each other or have a default of another type.
 */
export function declaredParameters(sql: string): QueryParameter[] | undefined {
  const declared = sql.split('\n').flatMap((line) => parameterOf(DECLARATION.exec(line)?.groups) ?? []);
  return QueryParameters.safeParse(declared).data;
}

function parameterOf(groups: Record<string, string | undefined> | undefined): QueryParameter | undefined {
  const { name = '', type, quoted, bare, description } = groups ?? {};
  if (!isType(type)) return undefined;
  const preset = quoted?.replaceAll("''", "'") ?? bare;
  return {
    name,
    type,
    ...(preset === undefined ? {} : { default: preset }),
    ...(description ? { description } : {}),
  };
}

function isType(type: string | undefined): type is ParameterType {
  return (PARAMETER_TYPES as readonly (string | undefined)[]).includes(type);
}
