/**
 * US dollars for a terabyte that Athena scans, by region, where a figure of AWS's is known; no other region is guessed.
 * Regions of China are billed in yuan and have a list of their own.
 */
const PER_TERABYTE: Record<string, number> = {
  // In AWS's price list: “Athena Queries”, usage `…-DataScannedInTB`, unit “Terabytes”.
  // https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonAthena/current/region_index.json
  'us-east-1': 5,
  'eu-west-1': 5,
  'ap-northeast-1': 5,
  'ap-southeast-1': 5,
  'sa-east-1': 9,
  // On AWS's page of prices as it was on 13 December 2022, and not read there since: https://aws.amazon.com/athena/pricing/
  'us-east-2': 5,
  'us-west-1': 6.75,
  'us-west-2': 5,
  'eu-central-1': 5,
  'af-south-1': 6,
  'ap-east-1': 5.5,
  'ap-northeast-3': 6,
  'ap-southeast-2': 5.75,
  'ca-central-1': 5.5,
  'eu-south-1': 5.25,
  'eu-west-3': 7,
  'me-south-1': 6.5,
};

/** Athena rounds up to a whole megabyte, and to ten for a query that scans less. */
const MEGABYTE = 1_000_000;
const LEAST_MEGABYTES = 10;
const TERABYTE = 1_000_000_000_000;

/** In US dollars; undefined for a region whose price is not known here. */
export interface ScanPrice {
  usd?: number;
  usdPerTerabyte?: number;
}

/** What AWS asks for a query that scans so many bytes; one that scans nothing of any table is free everywhere. */
export function scanPrice(bytes: number, region: string): ScanPrice {
  const usdPerTerabyte = PER_TERABYTE[region];
  if (usdPerTerabyte === undefined) return bytes === 0 ? { usd: 0 } : {};
  const megabytes = Math.max(LEAST_MEGABYTES, Math.ceil(bytes / MEGABYTE));
  return { usd: bytes === 0 ? 0 : (megabytes * MEGABYTE * usdPerTerabyte) / TERABYTE, usdPerTerabyte };
}
