/** What the editor says by itself, in the person's language. */
export interface EditorWords {
  locale: 'en' | 'fr';
  /** `{table}` is not in the catalog. */
  unknownTable: (table: string) => string;
  view: string;
  table: string;
  rows: (count: number) => string;
  bytes: (count: number) => string;
}
