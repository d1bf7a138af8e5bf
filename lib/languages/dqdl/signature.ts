import type { ConditionKind, ParameterKind, RuleType } from './rule-types.ts';

const PARAMETERS: Record<ParameterKind, string> = {
  column: '"column"',
  columns: '"column,column"',
  dataset: '"database.table"',
  reference: '"database.table.column"',
  mapping: '"column->column"',
  aggregate: '"sum(column)"',
  pattern: '"pattern"',
  sql: '"SELECT count(*) FROM primary"',
  path: '"s3://bucket/folder/"',
  metric: '"Mean"',
};

const CONDITIONS: Record<ConditionKind, string> = {
  number: '> 0',
  text: '= "text"',
  date: '> (now() - 1 days)',
  duration: '<= 24 hours',
  size: '> 1 MB',
};

/** One example of the whole: `Completeness "column" > 0`. What may be left out stands in brackets. */
export function signatureOf(type: RuleType): string {
  const parameters = type.parameters.map(({ kind, isOptional, isMany }) => {
    const example = isMany ? `${PARAMETERS[kind]} …` : PARAMETERS[kind];
    return isOptional ? `[${example}]` : example;
  });
  const kind = type.kinds[0];
  const example = kind ? CONDITIONS[kind] : '';
  const condition = type.condition === 'optional' ? `[${example}]` : example;
  return [type.name, ...parameters, condition].filter((part) => part !== '').join(' ');
}
