/**
 * OpenLineage's run event: what a run read and wrote. The facets are those that the lake writes; others that an event
 * may have are kept as they are.
 * https://openlineage.io/spec/2-0-2/OpenLineage.json
 */
import * as z from 'zod';

export const SCHEMA_URL = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent';
/** Names who made an event: a URI, as the specification asks. */
export const PRODUCER = 'urn:lacustre:lineage:1';

const Facet = z.looseObject({ _producer: z.string(), _schemaURL: z.string() });

const FieldTransformation = z.object({
  type: z.enum(['DIRECT', 'INDIRECT']),
  subtype: z.string(),
  description: z.string().optional(),
});

export const InputField = z.object({
  namespace: z.string(),
  name: z.string(),
  field: z.string(),
  transformations: z.array(FieldTransformation).optional(),
});
export type InputField = z.infer<typeof InputField>;

const DatasetFacets = z
  .looseObject({
    schema: Facet.extend({ fields: z.array(z.object({ name: z.string(), type: z.string().optional() })) }),
    dataSource: Facet.extend({ name: z.string(), uri: z.string() }),
    version: Facet.extend({ datasetVersion: z.string() }),
    columnLineage: Facet.extend({ fields: z.record(z.string(), z.looseObject({ inputFields: z.array(InputField) })) }),
  })
  .partial();

const Statistics = Facet.extend({
  rowCount: z.number().optional(),
  size: z.number().optional(),
  fileCount: z.number().optional(),
});

const Dataset = z.object({ namespace: z.string(), name: z.string(), facets: DatasetFacets.optional() });
export const InputDataset = Dataset.extend({
  inputFacets: z.looseObject({ inputStatistics: Statistics.optional() }).optional(),
});
export type InputDataset = z.infer<typeof InputDataset>;
export const OutputDataset = Dataset.extend({
  outputFacets: z.looseObject({ outputStatistics: Statistics.optional() }).optional(),
});
export type OutputDataset = z.infer<typeof OutputDataset>;

/** What the lake adds to a run: which execution of the state machine it was, and the rows after each step of the job. */
const ExecutionFacet = Facet.extend({
  executionArn: z.string(),
  /** Last part of the ARN. */
  execution: z.string(),
  /** Name of the error that it ended with: `Rejected`, where the file was the reason. */
  error: z.string().optional(),
  steps: z.array(z.object({ table: z.string(), id: z.string(), name: z.string(), rows: z.number() })).optional(),
});

export const RunEvent = z.object({
  eventType: z.enum(['START', 'RUNNING', 'COMPLETE', 'ABORT', 'FAIL', 'OTHER']),
  /** ISO 8601. */
  eventTime: z.string(),
  producer: z.string(),
  schemaURL: z.string(),
  run: z.object({
    runId: z.uuid(),
    facets: z
      .looseObject({
        errorMessage: Facet.extend({ message: z.string(), programmingLanguage: z.string() }),
        lacustre_execution: ExecutionFacet,
      })
      .partial()
      .optional(),
  }),
  job: z.object({
    namespace: z.string(),
    name: z.string(),
    facets: z.looseObject({}).optional(),
  }),
  inputs: z.array(InputDataset).default([]),
  outputs: z.array(OutputDataset).default([]),
});
export type RunEvent = z.infer<typeof RunEvent>;

/** A facet of the specification with what every facet has; `version` is `1-0-0`. */
export function facet<T extends object>(name: string, version: string, content: T) {
  const url = `https://openlineage.io/spec/facets/${version}/${name}.json#/$defs/${name}`;
  return { _producer: PRODUCER, _schemaURL: url, ...content };
}
