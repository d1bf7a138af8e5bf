/** US dollars a terabyte in most regions, at least 10 MB a query: https://aws.amazon.com/athena/pricing/ */
const USD_PER_TERABYTE = 5;
const TERABYTE = 1024 ** 4;
const MEGABYTE = 1024 ** 2;
const LEAST_MEGABYTES = 10;

/** What Athena asks for a statement: whole megabytes, nothing for DDL or for what failed; a cancelled one costs what it scanned. */
export function queryPrice({ type, isFailed, scannedBytes }: PricedQuery): number {
  if (type === 'DDL' || type === 'UTILITY' || isFailed || scannedBytes === 0) return 0;
  const megabytes = Math.max(LEAST_MEGABYTES, Math.ceil(scannedBytes / MEGABYTE));
  return (megabytes * MEGABYTE * USD_PER_TERABYTE) / TERABYTE;
}

interface PricedQuery {
  /** Athena's class of the statement. */
  type: string | undefined;
  isFailed: boolean;
  scannedBytes: number;
}
