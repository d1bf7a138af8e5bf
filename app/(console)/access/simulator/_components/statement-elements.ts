import type { ExplanationStep } from '@/lib/languages/iam-policy/explanation.ts';

const NAMES = { action: 'Action', resource: 'Resource', principal: 'Principal' } as const;

/** What a statement is about in one of its parts, as it is written; `isNot` for NotAction and the like. */
export function elementsOf(statement: string, part: ExplanationStep['outcome']): { values: string[]; isNot: boolean } {
  if (!(part in NAMES) || statement === '') return { values: [], isNot: false };
  const name = NAMES[part as keyof typeof NAMES];
  const document = JSON.parse(statement) as Record<string, unknown>;
  const isNot = document[name] === undefined;
  return { values: textsOf(isNot ? document[`Not${name}`] : document[name]), isNot };
}

/** Principals are lists by their type. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
