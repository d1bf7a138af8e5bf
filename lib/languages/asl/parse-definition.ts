import { checkDefinition } from './check-definition.ts';
import type { Definition } from './definition.ts';
import { type Diagnostic, Findings } from './diagnostic.ts';
import { isObject, type JsonObject } from './json.ts';

export interface ParsedDefinition {
  /** Only where there is no error. */
  definition?: Definition;
  diagnostics: Diagnostic[];
}

/** Reads and checks the text of a definition. */
export function parseDefinition(text: string): ParsedDefinition {
  const findings = new Findings();
  const json = parseJson(text, findings);
  if (json !== undefined) checkDefinition(json, findings);
  const { diagnostics } = findings;
  if (json === undefined || diagnostics.some(({ severity }) => severity === 'ERROR')) return { diagnostics };
  // The check has looked at every field that the types speak of.
  return { definition: json as unknown as Definition, diagnostics };
}

function parseJson(text: string, findings: Findings): JsonObject | undefined {
  try {
    const json = JSON.parse(text) as unknown;
    if (isObject(json)) return json;
    findings.add('INVALID_JSON_DESCRIPTION', '', 'The definition must be a JSON object');
  } catch (error) {
    findings.add('INVALID_JSON_DESCRIPTION', '', (error as Error).message);
  }
  return undefined;
}
