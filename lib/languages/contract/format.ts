import * as z from 'zod';

export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

const Compression = z.literal('gzip').optional();

/** What a raw file is. Everything that no table can be made of is `binary`, a PDF as well as a page of Markdown. */
export const FileFormat = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('csv'),
    delimiter: z.enum(delimiters),
    quote: z.literal('"'),
    /** A byte order mark, where there is one, is not part of the header. */
    encoding: z.enum(['utf-8', 'latin-1', 'utf-16']),
    /** The names as they stand in the file. */
    header: z.array(z.string()),
    compression: Compression,
  }),
  z.object({
    type: z.literal('json'),
    /** `array`: one array of objects; `lines`: one object a line. */
    layout: z.enum(['array', 'lines']),
    compression: Compression,
  }),
  z.object({ type: z.literal('parquet') }),
  /** The access log of Apache and nginx, `combined` or `common`. Its columns are in file-format/combined-log.ts. */
  z.object({ type: z.literal('combined-log'), compression: Compression }),
  z.object({ type: z.literal('binary'), mediaType: z.string() }),
]);
export type FileFormat = z.infer<typeof FileFormat>;
