import { CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  type EvaluationInput,
  evaluate,
  planEvaluation,
  type StatementAnswer,
  type TableColumn,
} from '../../../lib/languages/dqdl/plan.ts';
import { AthenaSession } from '../services/athena/testing/athena-session.ts';
import { startTestLake, type TestLake } from './test-lake.ts';

/** Tables of a few rows in the local lake, and rules evaluated on them by its Athena. */
export class QualityLake {
  readonly session: AthenaSession;
  readonly #lake: TestLake;
  readonly #s3: S3Client;
  readonly #glue: GlueClient;
  readonly columns = new Map<string, TableColumn[]>();

  private constructor(lake: TestLake) {
    this.#lake = lake;
    this.#s3 = new S3Client(lake.clientConfig);
    this.#glue = new GlueClient(lake.clientConfig);
    this.session = new AthenaSession(lake.clientConfig, {
      QueryExecutionContext: { Database: 'shop' },
      ResultConfiguration: { OutputLocation: 's3://results/athena/' },
    });
  }

  static async start(): Promise<QualityLake> {
    const quality = new QualityLake(await startTestLake({ services: ['athena'] }));
    for (const Bucket of ['lake', 'results']) await quality.#s3.send(new CreateBucketCommand({ Bucket }));
    await quality.session.rows('CREATE DATABASE shop');
    return quality;
  }

  /** Files of rows as JSON lines; `columns` as in `id bigint, name string`. */
  async table(name: string, columns: string, files: Record<string, Record<string, unknown>[]>): Promise<void> {
    const parsed = columns.split(/,\s*(?![^(]*\))/).map((column) => {
      const at = column.lastIndexOf(' ');
      return { name: column.slice(0, at), type: column.slice(at + 1) };
    });
    this.columns.set(name, parsed);
    for (const [file, rows] of Object.entries(files)) {
      const Body = `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`;
      await this.#s3.send(new PutObjectCommand({ Bucket: 'lake', Key: `${name}/${file}`, Body }));
    }
    const StorageDescriptor = {
      Columns: parsed.map((column) => ({ Name: column.name, Type: column.type })),
      Location: `s3://lake/${name}/`,
      SerdeInfo: { SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' },
    };
    await this.#glue.send(
      new CreateTableCommand({
        DatabaseName: 'shop',
        TableInput: { Name: name, TableType: 'EXTERNAL_TABLE', StorageDescriptor },
      }),
    );
  }

  input(table: string, text: string, more: Partial<EvaluationInput> = {}): EvaluationInput {
    return {
      rulesets: [{ name: 'rules', gate: 'warn', text }],
      columns: this.columns.get(table) ?? [],
      relation: { database: 'shop', table },
      database: 'shop',
      history: [],
      now: new Date('2026-11-26T12:00:00Z'),
      ...more,
    };
  }

  async evaluate(input: EvaluationInput) {
    const plan = planEvaluation(input);
    const answered = plan.statements.map(async ({ id, sql }) => [id, await this.answer(sql)] as const);
    return evaluate(plan, Object.fromEntries(await Promise.all(answered)));
  }

  async answer(sql: string): Promise<StatementAnswer> {
    try {
      const rows = await this.session.rows(sql);
      return { columns: [], rows: rows.map((row) => row.map((cell) => cell ?? null)) };
    } catch (error) {
      return { error: (error as Error).message };
    }
  }

  async close(): Promise<void> {
    this.#s3.destroy();
    this.#glue.destroy();
    await this.#lake.close();
  }
}
