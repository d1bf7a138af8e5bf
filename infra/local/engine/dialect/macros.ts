export function macroStatements(_names: string[]): string[] {
  return [];
}
