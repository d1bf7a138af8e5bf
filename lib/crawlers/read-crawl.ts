import type { CrawlerHistory } from '@aws-sdk/client-glue';
import { z } from 'zod';
import type { Crawl, CrawlChanges } from './schemas';

const Part = z.looseObject({ Count: z.number() }).optional().catch(undefined);
const Parts = z.looseObject({ ADD: Part, UPDATE: Part, DELETE: Part });

/** A crawl of Glue's history. Its summary is a JSON text whose shape AWS does not document: what is not understood is left out. */
export function readCrawl({ State, StartTime, EndTime, ErrorMessage, Summary }: CrawlerHistory): Crawl {
  const summary = parse(Summary);
  const [tables, partitions] = [changesOf(summary?.TABLE), changesOf(summary?.PARTITION)];
  return {
    status: State ?? 'COMPLETED',
    ...(StartTime ? { startedAt: StartTime.getTime() } : {}),
    ...(EndTime ? { endedAt: EndTime.getTime() } : {}),
    ...(ErrorMessage ? { error: ErrorMessage } : {}),
    ...(tables ? { tables } : {}),
    ...(partitions ? { partitions } : {}),
  };
}

function parse(text: string | undefined): Record<string, unknown> | undefined {
  try {
    return z.record(z.string(), z.unknown()).safeParse(JSON.parse(text ?? 'null')).data;
  } catch {
    return undefined;
  }
}

function changesOf(part: unknown): CrawlChanges | undefined {
  const { data } = Parts.safeParse(part);
  if (!data) return undefined;
  return { added: data.ADD?.Count ?? 0, updated: data.UPDATE?.Count ?? 0, deleted: data.DELETE?.Count ?? 0 };
}
