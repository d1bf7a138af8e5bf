/**
 * US dollars for a terabyte that Athena scans, by region, as AWS lists them under `DataScannedInTB`; most regions have
 * the same price. https://aws.amazon.com/athena/pricing/
 */
const PER_TERABYTE: Record<string, number> = {
  'us-east-1': 5,
  'us-east-2': 5,
  'us-west-1': 6.75,
  'us-west-2': 5,
  'eu-west-1': 5,
  'eu-central-1': 5,
  'ap-northeast-1': 5,
  'ap-southeast-1': 5,
  'sa-east-1': 9,
};
const USUAL = 5;

/** Athena rounds up to a whole megabyte, and to ten for a query that scans less. */
const MEGABYTE = 1_000_000;
const LEAST_MEGABYTES = 10;
const TERABYTE = 1_000_000_000_000;

export interface ScanPrice {
  usd: number;
  usdPerTerabyte: number;
  /** False for a region whose price is not among those known here: then it is the price that most regions have. */
  isListed: boolean;
}

/** What AWS asks for a query that scans so many bytes; one that scans nothing of any table is free. */
export function scanPrice(bytes: number, region: string): ScanPrice {
  const listed = PER_TERABYTE[region];
  const usdPerTerabyte = listed ?? USUAL;
  const megabytes = Math.max(LEAST_MEGABYTES, Math.ceil(bytes / MEGABYTE));
  return {
    usd: bytes === 0 ? 0 : (megabytes * MEGABYTE * usdPerTerabyte) / TERABYTE,
    usdPerTerabyte,
    isListed: listed !== undefined,
  };
}
