import 'server-only';
import { GetClassifierCommand, GetCrawlerCommand, GetTablesCommand, type Table } from '@aws-sdk/client-glue';
import type { z } from 'zod';
import type { Context } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { getLake } from '@/lib/aws/lake';
import { collectPages } from '@/lib/aws/paginate';
import type { Classifier, CsvClassifier } from '@/lib/languages/crawl/classifier.ts';
import { parseConfiguration } from '@/lib/languages/crawl/crawl-configuration.ts';
import type { CrawlScope } from '@/lib/languages/crawl/plan-crawl.ts';
import { toClassifier } from '@/lib/languages/crawl/to-classifier.ts';
import { zoneBucket } from '@/lib/storage/zone-bucket';
import type { PlanSource } from './schemas';

export interface CrawlScopes {
  database: string;
  scopes: CrawlScope[];
  tables: Table[];
}

type Source = z.output<typeof PlanSource>;

/** What a dry run looks at, and the tables that are there: a crawler's targets with its settings, or a folder. */
export async function crawlScopes(ctx: Context, source: Source): Promise<CrawlScopes> {
  const lake = await getLake();
  const chosen = chosenReading(source);
  if (source.crawler === undefined) {
    const prefix = source.prefix === '' || source.prefix.endsWith('/') ? source.prefix : `${source.prefix}/`;
    const tables = await tablesOf(ctx, lake.database);
    const base = { exclusions: ['_lake/**'], classifiers: chosen, existing: existingOf(tables) };
    const configuration = { combines: false, ...(prefix === '' ? { tableLevel: 2 } : {}) };
    const bucket = zoneBucket(lake, source.zone);
    return { database: lake.database, tables, scopes: [{ ...base, bucket, prefix, configuration }] };
  }
  const { Crawler: crawler } = await ctx.aws.glue.send(new GetCrawlerCommand({ Name: source.crawler }));
  const database = crawler?.DatabaseName ?? lake.database;
  const tables = await tablesOf(ctx, database);
  const classifiers = [...chosen, ...(await classifiersOf(ctx, crawler?.Classifiers ?? []))];
  const scopes = (crawler?.Targets?.S3Targets ?? []).map(({ Path = '', Exclusions }) => ({
    ...placeOf(Path),
    exclusions: Exclusions,
    tablePrefix: crawler?.TablePrefix,
    classifiers,
    configuration: parseConfiguration(crawler?.Configuration),
    existing: existingOf(tables),
  }));
  return { database, tables, scopes };
}

function chosenReading({ delimiter, header, serde }: Source): CsvClassifier[] {
  if (!delimiter && !header && !serde) return [];
  return [{ type: 'csv', name: '', delimiter, containsHeader: header, serde, allowSingleColumn: true }];
}

function placeOf(path: string): { bucket: string; prefix: string } {
  const [, bucket = '', prefix = ''] = /^(?:s3:\/\/)?([^/]+)\/?(.*)$/s.exec(path) ?? [];
  return { bucket, prefix: prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/` };
}

async function tablesOf({ aws }: Context, database: string): Promise<Table[]> {
  const { items } = await collectPages(async (token) => {
    const page = await aws.glue.send(new GetTablesCommand({ DatabaseName: database, NextToken: token }));
    return { items: page.TableList, next: page.NextToken };
  });
  return items;
}

function existingOf(tables: Table[]): CrawlScope['existing'] {
  return tables.flatMap(({ Name, StorageDescriptor, Parameters }) => {
    const location = StorageDescriptor?.Location;
    return Name && location ? [{ name: Name, location, isKept: Parameters?.['lacustre:dataset'] !== undefined }] : [];
  });
}

/** Classifiers that the person may not see are left out: the crawler itself will know them. */
async function classifiersOf({ aws }: Context, names: string[]): Promise<Classifier[]> {
  const found = await Promise.all(
    names.map((Name) =>
      aws.glue.send(new GetClassifierCommand({ Name })).catch((error: unknown) => {
        if (['FORBIDDEN', 'NOT_FOUND'].includes(toAppError(error).code)) return undefined;
        throw error;
      }),
    ),
  );
  return found.flatMap((answer) => (answer?.Classifier && toClassifier(answer.Classifier)) ?? []);
}
