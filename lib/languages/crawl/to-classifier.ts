import type { Classifier } from './classifier.ts';

/** The parts of Glue's classifier that are read: https://docs.aws.amazon.com/glue/latest/webapi/API_Classifier.html */
interface GlueClassifier {
  CsvClassifier?:
    | {
        Name: string | undefined;
        Delimiter?: string | undefined;
        QuoteSymbol?: string | undefined;
        ContainsHeader?: 'PRESENT' | 'ABSENT' | 'UNKNOWN' | undefined;
        Header?: string[] | undefined;
        AllowSingleColumn?: boolean | undefined;
        Serde?: 'OpenCSVSerDe' | 'LazySimpleSerDe' | 'None' | undefined;
      }
    | undefined;
  GrokClassifier?:
    | {
        Name: string | undefined;
        Classification: string | undefined;
        GrokPattern: string | undefined;
        CustomPatterns?: string | undefined;
      }
    | undefined;
  JsonClassifier?: { Name: string | undefined; JsonPath: string | undefined } | undefined;
  XMLClassifier?:
    | { Name: string | undefined; Classification: string | undefined; RowTag?: string | undefined }
    | undefined;
}

/** A classifier of Glue as a crawl reads it. */
export function toClassifier({
  CsvClassifier,
  GrokClassifier,
  JsonClassifier,
  XMLClassifier,
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
  if (XMLClassifier)
    return {
      type: 'xml',
      name: XMLClassifier.Name ?? '',
      classification: XMLClassifier.Classification ?? 'xml',
      rowTag: XMLClassifier.RowTag ?? '',
    };
  return JsonClassifier && { type: 'json', name: JsonClassifier.Name ?? '', path: JsonClassifier.JsonPath ?? '$' };
}
