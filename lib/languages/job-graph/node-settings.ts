/**
 * The kinds of nodes that a job graph may have here, each with the settings that Glue's API gives it.
 * https://docs.aws.amazon.com/glue/latest/webapi/API_CodeGenConfigurationNode.html
 *
 * Settings that we do not act on are kept, so that a graph that was read and written again is the same graph.
 */
import * as z from 'zod';

const Path = z.array(z.string().min(1)).min(1);
const S3Uri = z.string().regex(/^s3:\/\/[^/]+\/?/, 'must be an s3:// address');
const Inputs = (count: number) =>
  z.array(z.string()).length(count, `must name ${count === 1 ? 'one node' : `${count} nodes`}`);
const Name = z.string().min(1);

const source = { Name, Paths: z.array(S3Uri).min(1) };
const table = { Database: z.string().min(1), Table: z.string().min(1) };
const target = { Name, Inputs: Inputs(1), PartitionKeys: z.array(Path).optional() };

export const Mapping = z.looseObject({
  ToKey: z.string().min(1),
  FromPath: Path,
  FromType: z.string().optional(),
  ToType: z.string().optional(),
  Dropped: z.boolean().optional(),
});
export type Mapping = z.infer<typeof Mapping>;

const FilterValue = z.object({ Type: z.enum(['COLUMNEXTRACTED', 'CONSTANT']), Value: z.array(z.string()).min(1) });

export const FilterExpression = z.object({
  Operation: z.enum(['EQ', 'LT', 'GT', 'LTE', 'GTE', 'REGEX', 'ISNULL']),
  Negated: z.boolean().optional(),
  Values: z.array(FilterValue).min(1).max(2),
});
export type FilterExpression = z.infer<typeof FilterExpression>;

export const aggregateFunctions = [
  'avg',
  'countDistinct',
  'count',
  'first',
  'last',
  'kurtosis',
  'max',
  'min',
  'skewness',
  'stddev_samp',
  'stddev_pop',
  'sum',
  'sumDistinct',
  'var_samp',
  'var_pop',
] as const;
export type AggregateFunction = (typeof aggregateFunctions)[number];

export const Aggregation = z.object({ Column: Path, AggFunc: z.enum(aggregateFunctions) });
export type Aggregation = z.infer<typeof Aggregation>;

export const nodeSettings = {
  S3CsvSource: z.looseObject({
    ...source,
    Separator: z.enum(['comma', 'ctrla', 'pipe', 'semicolon', 'tab']),
    QuoteChar: z.enum(['disabled', 'quillemet', 'quote', 'single_quote']),
    WithHeader: z.boolean().optional(),
  }),
  S3JsonSource: z.looseObject(source),
  S3ParquetSource: z.looseObject(source),
  CatalogSource: z.looseObject({ Name, ...table }),
  S3CatalogSource: z.looseObject({ Name, ...table }),
  ApplyMapping: z.looseObject({ Name, Inputs: Inputs(1), Mapping: z.array(Mapping).min(1) }),
  SelectFields: z.looseObject({ Name, Inputs: Inputs(1), Paths: z.array(Path).min(1) }),
  DropFields: z.looseObject({ Name, Inputs: Inputs(1), Paths: z.array(Path).min(1) }),
  RenameField: z.looseObject({ Name, Inputs: Inputs(1), SourcePath: Path, TargetPath: Path }),
  Filter: z.looseObject({
    Name,
    Inputs: Inputs(1),
    LogicalOperator: z.enum(['AND', 'OR']),
    Filters: z.array(FilterExpression).min(1),
  }),
  Aggregate: z.looseObject({
    Name,
    Inputs: Inputs(1),
    Groups: z.array(Path),
    Aggs: z.array(Aggregation).min(1).max(30),
  }),
  DropDuplicates: z.looseObject({ Name, Inputs: Inputs(1), Columns: z.array(Path).optional() }),
  DropNullFields: z.looseObject({ Name, Inputs: Inputs(1) }),
  Join: z.looseObject({
    Name,
    Inputs: Inputs(2),
    JoinType: z.enum(['equijoin', 'left', 'right', 'outer', 'leftsemi', 'leftanti']),
    Columns: z.array(z.object({ From: z.string(), Keys: z.array(Path).min(1) })).length(2),
  }),
  Union: z.looseObject({ Name, Inputs: Inputs(2), UnionType: z.enum(['ALL', 'DISTINCT']) }),
  SparkSQL: z.looseObject({ Name, Inputs: z.array(z.string()).min(1), SqlQuery: z.string().min(1) }),
  S3DirectTarget: z.looseObject({
    ...target,
    Path: S3Uri,
    Format: z.enum(['json', 'csv', 'avro', 'orc', 'parquet', 'hudi', 'delta', 'iceberg', 'hyper', 'xml']),
    Compression: z.string().optional(),
  }),
  S3GlueParquetTarget: z.looseObject({ ...target, Path: S3Uri, Compression: z.string().optional() }),
  S3CatalogTarget: z.looseObject({ ...target, ...table }),
} as const;

export type NodeType = keyof typeof nodeSettings;
export type NodeSettings<T extends NodeType> = z.infer<(typeof nodeSettings)[T]>;

export const nodeTypes = Object.keys(nodeSettings) as NodeType[];
