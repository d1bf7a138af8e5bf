interface Place {
  row: number;
  column: number;
}

/** Where a key leads within a grid, by ARIA's pattern of it; undefined for a key that does not move. */
export function stepped(
  { row, column }: Place,
  { key, ctrlKey, metaKey }: { key: string; ctrlKey: boolean; metaKey: boolean },
  bounds: { rows: number; columns: number },
): Place | undefined {
  const [lastRow, lastColumn] = [bounds.rows - 1, bounds.columns - 1];
  const isCommand = ctrlKey || metaKey;
  switch (key) {
    case 'ArrowUp':
      return { row: Math.max(0, row - 1), column };
    case 'ArrowDown':
      return { row: Math.min(lastRow, row + 1), column };
    case 'ArrowLeft':
      return { row, column: Math.max(0, column - 1) };
    case 'ArrowRight':
      return { row, column: Math.min(lastColumn, column + 1) };
    case 'Home':
      return { row: isCommand ? 0 : row, column: 0 };
    case 'End':
      return { row: isCommand ? lastRow : row, column: lastColumn };
    default:
      return undefined;
  }
}
