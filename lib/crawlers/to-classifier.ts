import type { Classifier as GlueClassifier } from '@aws-sdk/client-glue';
import type { Classifier } from '@/lib/languages/crawl/classifier.ts';

/** A classifier of Glue as a crawl reads it; XML is not read here. */
export function toClassifier({
  CsvClassifier,
  GrokClassifier,
  JsonClassifier,
}: GlueClassifier): Classifier | undefined {
  if (CsvClassifier)
    return {
      type: 'csv',
      name: CsvClassifier.Name ?? '',
      delimiter: CsvClassifier.Delimiter,
      quote: CsvClassifier.QuoteSymbol,
      containsHeader: CsvClassifier.ContainsHeader,
      header: CsvClassifier.Header,
      allowSingleColumn: CsvClassifier.AllowSingleColumn,
      serde: CsvClassifier.Serde,
    };
  if (GrokClassifier)
    return {
      type: 'grok',
      name: GrokClassifier.Name ?? '',
      classification: GrokClassifier.Classification ?? 'grok',
      pattern: GrokClassifier.GrokPattern ?? '',
      customPatterns: GrokClassifier.CustomPatterns,
    };
  return JsonClassifier && { type: 'json', name: JsonClassifier.Name ?? '', path: JsonClassifier.JsonPath ?? '$' };
}
