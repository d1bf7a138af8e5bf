/** What a crawl changed in the catalog. */
export interface CrawlSummary {
  created: string[];
  updated: string[];
  deleted: string[];
  /** `table/values`, for the partitions. */
  partitionsCreated: string[];
  partitionsUpdated: string[];
  partitionsDeleted: string[];
}

export const emptySummary = (): CrawlSummary => ({
  created: [],
  updated: [],
  deleted: [],
  partitionsCreated: [],
  partitionsUpdated: [],
  partitionsDeleted: [],
});

/** As ListCrawls has it: https://docs.aws.amazon.com/glue/latest/webapi/API_CrawlerHistory.html */
export function printSummary(summary: CrawlSummary): string {
  return JSON.stringify({
    TABLE: { ADD: part(summary.created), UPDATE: part(summary.updated), DELETE: part(summary.deleted) },
    PARTITION: {
      ADD: part(summary.partitionsCreated),
      UPDATE: part(summary.partitionsUpdated),
      DELETE: part(summary.partitionsDeleted),
    },
  });
}

const namesMax = 100;

const part = (names: string[]) => ({ Count: names.length, Details: { names: names.slice(0, namesMax) } });
