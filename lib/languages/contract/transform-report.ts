import * as z from 'zod';

/** What a transform job leaves in the results zone, and the catalog step reads. */
export const TransformReport = z.object({
  dataset: z.string(),
  /**
   * - `staged`: the file's rows wait beside the table, and the one table here is what they would be of it.
   * - `superseded`: a newer version of the file was there already, and nothing was written.
   */
  outcome: z.enum(['written', 'removed', 'staged', 'superseded']),
  rowsIn: z.number().int(),
  rowsOut: z.number().int(),
  tables: z.array(
    z.object({
      name: z.string(),
      /** `s3://…/` of the table's folder. */
      location: z.string(),
      columns: z.array(z.object({ name: z.string(), type: z.string() })),
      /** Of the whole table, not only of this file. */
      rows: z.number().int(),
      sizeBytes: z.number().int(),
      nodes: z.array(z.object({ id: z.string(), name: z.string(), rows: z.number().int() })),
    }),
  ),
});
export type TransformReport = z.infer<typeof TransformReport>;

/** Where the results zone keeps the report of one execution of the state machine. */
export function transformReportKey(execution: string): string {
  return `transforms/${execution}.json`;
}

/** Where the rows of a file wait for their table's rules, in the processed zone. */
export const stagedPrefix = '_lake/staged/';
