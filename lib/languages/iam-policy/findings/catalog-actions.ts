import { type AccessLevel, actionsOf, type CatalogAction, findAction, knowsService } from '../action-catalog.ts';
import { covers } from '../pattern-cover.ts';

/** The actions that a pattern is for, as far as the catalog knows its service; undefined where it does not. */
export function matchedActions(pattern: string): CatalogAction[] | undefined {
  const [service = ''] = pattern.split(':');
  if (!knowsService(service)) return undefined;
  const one = findAction(pattern);
  if (one) return [one];
  if (!/[*?]/.test(pattern)) return [];
  return actionsOf(service)
    .filter((name) => covers(pattern, name, { ignoreCase: true }))
    .map((name) => findAction(name))
    .filter((action) => action !== undefined);
}

const LEVELS: AccessLevel[] = ['List', 'Read', 'Tagging', 'Write', 'Permissions management'];

/** The highest level that any of the patterns reaches; what the catalog does not know may write. */
export function highestLevel(patterns: readonly string[]): AccessLevel {
  const levels = patterns.flatMap((pattern): AccessLevel[] => {
    if (pattern === '*') return ['Permissions management'];
    return matchedActions(pattern)?.map(({ accessLevel }) => accessLevel) ?? ['Write'];
  });
  return LEVELS[Math.max(...levels.map((level) => LEVELS.indexOf(level)))] ?? 'List';
}
