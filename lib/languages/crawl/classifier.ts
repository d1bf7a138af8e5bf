/** Classifiers that people have made; they are asked before the built-in ones, in the order of the crawler. */
export type Classifier = CsvClassifier | GrokClassifier | JsonClassifier | XmlClassifier;

export interface CsvClassifier {
  type: 'csv';
  name: string;
  delimiter?: string | undefined;
  quote?: string | undefined;
  containsHeader?: 'PRESENT' | 'ABSENT' | 'UNKNOWN' | undefined;
  header?: string[] | undefined;
  allowSingleColumn?: boolean | undefined;
  serde?: 'OpenCSVSerDe' | 'LazySimpleSerDe' | 'None' | undefined;
}

export interface GrokClassifier {
  type: 'grok';
  name: string;
  classification: string;
  pattern: string;
  customPatterns?: string | undefined;
}

export interface JsonClassifier {
  type: 'json';
  name: string;
  /** `$[*]`: each element of an array is a row; `$.records[*]`: each of the array that is called so. */
  path: string;
}

export interface XmlClassifier {
  type: 'xml';
  name: string;
  classification: string;
  /** The name of the elements that are rows; without one nothing is read. */
  rowTag: string;
}
