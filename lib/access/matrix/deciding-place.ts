import type { Verdict } from './schemas';

/**
 * Which of the requests that an action takes decides it: the first that is denied, preferably by a statement, or else the
 * last. −1 where it takes none.
 */
export function decidingPlace(places: readonly number[], verdicts: readonly Verdict[]): number {
  const results = places.map((place) => verdicts[place]?.result);
  const explicit = results.indexOf('explicitDeny');
  if (explicit !== -1) return explicit;
  const implicit = results.indexOf('implicitDeny');
  return implicit === -1 ? results.length - 1 : implicit;
}
