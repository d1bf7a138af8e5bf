import type { Classifier as CrawlClassifier } from '../../../../../lib/languages/crawl/classifier.ts';
import type { Classifier } from '../classifiers.ts';

/** A classifier as a crawl asks it; undefined for XML, of which no table can be made here. */
export function crawlClassifier(kept: Classifier): CrawlClassifier | undefined {
  switch (kept.kind) {
    case 'CsvClassifier': {
      const { Name, Delimiter, QuoteSymbol, ContainsHeader, Header, AllowSingleColumn, Serde } = kept.definition;
      return {
        type: 'csv',
        name: Name,
        delimiter: Delimiter,
        quote: QuoteSymbol,
        containsHeader: ContainsHeader,
        header: Header,
        allowSingleColumn: AllowSingleColumn,
        serde: Serde,
      };
    }
    case 'GrokClassifier': {
      const { Name, Classification, GrokPattern, CustomPatterns } = kept.definition;
      return {
        type: 'grok',
        name: Name,
        classification: Classification,
        pattern: GrokPattern,
        customPatterns: CustomPatterns,
      };
    }
    case 'JsonClassifier':
      return { type: 'json', name: kept.definition.Name, path: kept.definition.JsonPath };
    case 'XMLClassifier':
      return undefined;
  }
}
