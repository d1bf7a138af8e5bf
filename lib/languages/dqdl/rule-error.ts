/** Why a rule cannot be evaluated. `code` and `values` say to a translator what `message` says in English. */
export class RuleError extends Error {
  override readonly name = 'RuleError';
  readonly code: string;
  readonly values: Record<string, string | number>;

  constructor(code: string, message: string, values: Record<string, string | number>) {
    super(message);
    this.code = code;
    this.values = values;
  }
}
