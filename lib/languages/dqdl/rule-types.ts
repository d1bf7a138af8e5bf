/**
 * The rule types of DQDL: what each takes and where it may stand.
 * https://docs.aws.amazon.com/glue/latest/dg/dqdl-rule-types.html
 */
export type ParameterKind =
  | 'column'
  /** `city,state` */
  | 'columns'
  /** `database.table`, or only the table where it is in the same database. */
  | 'dataset'
  /** `database.table.column` or `database.table.{city,state}` */
  | 'reference'
  /** `id->customer_id,day` */
  | 'mapping'
  /** `sum(amount)` or `avg(database.table.amount)` */
  | 'aggregate'
  | 'pattern'
  | 'sql'
  | 'path'
  /** Name of the rule type whose metric is meant. */
  | 'metric';

export type ConditionKind = 'number' | 'text' | 'date' | 'duration' | 'size';

export interface RuleType {
  name: string;
  parameters: { name: string; kind: ParameterKind; isOptional?: boolean; isMany?: boolean }[];
  condition: 'none' | 'optional' | 'required';
  kinds: ConditionKind[];
  hasThreshold?: boolean;
  hasWhere?: boolean;
  isRule: boolean;
  isAnalyzer: boolean;
  /** Single rows pass or fail. */
  isOfRows?: boolean;
}

const column = { name: 'column', kind: 'column' } as const;
const manyColumns = { ...column, isMany: true } as const;
const dataset = { name: 'dataset', kind: 'dataset' } as const;
const path = { name: 'path', kind: 'path', isOptional: true } as const;

type Traits = Partial<Omit<RuleType, 'name' | 'parameters'>>;

function numeric(name: string, parameters: RuleType['parameters'], traits: Traits = {}): RuleType {
  return { name, parameters, condition: 'required', kinds: ['number'], isRule: true, isAnalyzer: false, ...traits };
}

function holds(name: string, parameters: RuleType['parameters'], traits: Traits = {}): RuleType {
  return { name, parameters, condition: 'none', kinds: [], isRule: true, isAnalyzer: false, ...traits };
}

const measured = { hasWhere: true, isAnalyzer: true } as const;
const ofRows = { hasWhere: true, isOfRows: true } as const;

export const RULE_TYPES: RuleType[] = [
  numeric('AggregateMatch', [
    { name: 'first', kind: 'aggregate' },
    { name: 'second', kind: 'aggregate' },
  ]),
  { ...holds('AllStatistics', [column]), isRule: false, isAnalyzer: true },
  numeric('ColumnCorrelation', [column, { ...column, name: 'other' }], measured),
  numeric('ColumnCount', [], { isAnalyzer: true }),
  numeric('ColumnDataType', [column], { ...ofRows, kinds: ['text'], hasThreshold: true }),
  holds('ColumnExists', [column]),
  numeric('ColumnLength', [column], { ...ofRows, hasThreshold: true, isAnalyzer: true }),
  holds('ColumnNamesMatchPattern', [{ name: 'pattern', kind: 'pattern' }]),
  numeric('ColumnValues', [column], {
    ...ofRows,
    kinds: ['number', 'text', 'date'],
    hasThreshold: true,
    isAnalyzer: true,
  }),
  numeric('Completeness', [column], { ...measured, isOfRows: true }),
  numeric('CustomSql', [{ name: 'statement', kind: 'sql' }], { condition: 'optional', hasThreshold: true }),
  numeric('DataFreshness', [column], { ...ofRows, kinds: ['duration'], hasThreshold: true }),
  numeric('DatasetMatch', [
    dataset,
    { name: 'keys', kind: 'mapping' },
    { name: 'columns', kind: 'mapping', isOptional: true },
  ]),
  holds('DetectAnomalies', [
    { name: 'metric', kind: 'metric' },
    { ...column, isOptional: true, isMany: true },
  ]),
  numeric('DistinctValuesCount', [column], measured),
  numeric('Entropy', [column], measured),
  numeric('FileFreshness', [path], { kinds: ['date'], hasThreshold: true }),
  numeric('FileMatch', [path, { ...path, name: 'other' }], { condition: 'optional', kinds: ['text'] }),
  numeric('FileSize', [path], { kinds: ['size', 'number'], hasThreshold: true }),
  numeric('FileUniqueness', [path]),
  holds('IsComplete', [column], ofRows),
  holds('IsPrimaryKey', [manyColumns], ofRows),
  holds('IsUnique', [manyColumns], ofRows),
  numeric('Mean', [column], measured),
  numeric('ReferentialIntegrity', [
    { name: 'columns', kind: 'columns' },
    { name: 'reference', kind: 'reference' },
  ]),
  numeric('RowCount', [], measured),
  numeric('RowCountMatch', [dataset]),
  numeric('SchemaMatch', [dataset]),
  numeric('StandardDeviation', [column], measured),
  numeric('Sum', [column], measured),
  numeric('Uniqueness', [manyColumns], measured),
  numeric('UniqueValueRatio', [column], measured),
  numeric('Variance', [column], measured),
];

const byName = new Map(RULE_TYPES.map((type) => [type.name, type]));

export const findRuleType = (name: string): RuleType | undefined => byName.get(name);
