/** What two names of a column have in common that differ in case and white space alone. */
export function headerKey(name: string): string {
  return name.toLowerCase().replace(/\s+/g, '');
}
