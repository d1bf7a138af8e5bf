/** Which columns are drawn, and where. */
export interface ColumnWindow {
  firstColumn: number;
  lastColumn: number;
  widths: readonly number[];
  /** Where the first drawn one begins. */
  leftPx: number;
  /** How wide the column of row numbers is. */
  numberPx: number;
}

export function columnsOf({ firstColumn, lastColumn }: ColumnWindow): number[] {
  return Array.from({ length: lastColumn - firstColumn + 1 }, (_, index) => firstColumn + index);
}
