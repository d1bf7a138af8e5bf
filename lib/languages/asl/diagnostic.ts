/**
 * One finding about a definition, in the words of ValidateStateMachineDefinition.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html
 */
export interface Diagnostic {
  severity: 'ERROR' | 'WARNING';
  code:
    | 'INVALID_JSON_DESCRIPTION'
    | 'SCHEMA_VALIDATION_FAILED'
    | 'MISSING_TRANSITION_TARGET'
    | 'INVALID_RESOURCE'
    | 'NO_TERMINAL_STATE';
  message: string;
  /** `/States/Validate/Next`; empty for the whole text. */
  location: string;
}

/** Where diagnostics of a check are gathered. */
export class Findings {
  readonly diagnostics: Diagnostic[] = [];

  schema(location: string, message: string): void {
    this.add('SCHEMA_VALIDATION_FAILED', location, message);
  }

  add(code: Diagnostic['code'], location: string, message: string): void {
    this.diagnostics.push({ severity: 'ERROR', code, message, location });
  }
}

/** All errors in one sentence, as the InvalidDefinition exception has them. */
export function describeDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'ERROR');
  const parts = errors.map(({ code, message, location }) => `${code}: ${message}${location ? ` at ${location}` : ''}`);
  return `Invalid State Machine Definition: '${parts.join(', ')}'`;
}
