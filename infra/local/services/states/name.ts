import { invalidName } from './errors.ts';

/** Neither white space, brackets, wildcards nor special characters: https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused.
const FORBIDDEN = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]/;
const LENGTH_MAX = 80;

export function checkName(name: string): void {
  if (name.length === 0 || name.length > LENGTH_MAX || FORBIDDEN.test(name)) throw invalidName(name);
}
