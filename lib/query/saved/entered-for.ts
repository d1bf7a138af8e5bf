import type { ParameterValue } from '../parameters';
import type { QueryParameter } from './parameters';

/** What stands in the field of a saved query's parameter until a person enters something; null where a value is required. */
export function enteredFor({ type, default: value }: QueryParameter): ParameterValue | null {
  switch (type) {
    case 'text':
      return value === undefined ? null : { type, text: value };
    case 'integer':
    case 'decimal':
      return { type: 'number', text: value ?? '' };
    case 'timestamp':
      return { type, text: (value ?? '').replace(' ', 'T') };
    default:
      return { type, text: value ?? '' };
  }
}
