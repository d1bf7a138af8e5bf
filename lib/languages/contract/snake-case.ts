const lengthMax = 100;

/** `Total Sales (£)` → `total_sales`, `customerID` → `customer_id`, `Prénom` → `prenom`; empty where nothing is left. */
export function toSnakeCase(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, lengthMax)
    .replace(/^_+|_+$/g, '');
}

/** A column's name in the table for each name in the file: snake case, each of its own. */
export function columnNames(physicalNames: string[]): string[] {
  const taken = new Set<string>();
  return physicalNames.map((physicalName, index) => {
    const name = startWithLetter(toSnakeCase(physicalName), 'column') || `column_${index + 1}`;
    let free = name;
    for (let copy = 2; taken.has(free); copy++) free = `${name}_${copy}`;
    taken.add(free);
    return free;
  });
}

/** The dataset a raw key belongs to, by its first folder; undefined where it is in none. */
export function splitRawKey(key: string): { dataset: string; file: string } | undefined {
  const slash = key.indexOf('/');
  const dataset = startWithLetter(toSnakeCase(key.slice(0, Math.max(slash, 0))), 'dataset');
  const file = key.slice(slash + 1);
  return dataset && file ? { dataset, file } : undefined;
}

function startWithLetter(name: string, prefix: string): string {
  return /^\d/.test(name) ? `${prefix}_${name}` : name;
}
