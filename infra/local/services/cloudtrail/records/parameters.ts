/**
 * Inputs and outputs as CloudTrail shows them: names begin in lower case, and what is secret, what people wrote and
 * what they were answered is not shown.
 */

/** What CloudTrail writes for it: https://docs.aws.amazon.com/athena/latest/ug/monitor-with-cloudtrail.html */
export const OMITTED = '***OMITTED***';
const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS';

/** By their names in lower case, without anything between the letters. */
const SHOWN_AS: Record<string, string | undefined> = {
  querystring: OMITTED,
  querystatement: OMITTED,
  executionparameters: OMITTED,
  query: OMITTED,
  sql: OMITTED,
  definition: HIDDEN,
  input: HIDDEN,
  inputpath: undefined,
  inputtransformer: HIDDEN,
  output: HIDDEN,
  cause: HIDDEN,
  environment: HIDDEN,
  variables: HIDDEN,
  arguments: HIDDEN,
  defaultarguments: HIDDEN,
  nonoverridablearguments: HIDDEN,
  detail: HIDDEN,
  message: HIDDEN,
  credentials: undefined,
};
/** Never shown, not even that they were there. */
const LEFT_OUT =
  /^(secret.*|.*secretaccesskey|.*sessiontoken|.*securitytoken|.*password.*|.*signature|authorization|payload|zipfile|body|plaintext|.*privatekey.*|.*apikey|codegenconfigurationnodes)$/;
/** Whose keys are people's own, not the API's. */
const OPEN_MAPS = /^(parameters|tags|metadata|serdeparameters)$/i;
/** In texts that name a place: what signs the access to it, and the password of a URL. */
const SIGNED = /([?&](?:X-Amz-(?:Signature|Credential|Security-Token)|AWSAccessKeyId|Signature)=)[^&\s"]*/gi;
const URL_PASSWORD = /(\w+:\/\/[^\s/:@]*):[^\s/@]+@/g;

const TEXT_LENGTH_MAX = 4096;
const ITEMS_MAX = 100;
const DEPTH_MAX = 12;
const SIZE_MAX = 64 * 1024;

/** `null` where there is nothing, as CloudTrail writes it. */
export function shownParameters(value: unknown): Record<string, unknown> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const shown = shownFields(value as Record<string, unknown>, false, 0);
  if (Object.keys(shown).length === 0) return null;
  const originalSize = JSON.stringify(shown).length;
  if (originalSize <= SIZE_MAX) return shown;
  return { omitted: true, originalSize, reason: 'requestParameters too large' };
}

function shownFields(fields: Record<string, unknown>, isOpen: boolean, depth: number): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined || value === null || typeof value === 'function') continue;
    const plain = name.toLowerCase().replace(/[^a-z]/g, '');
    if (LEFT_OUT.test(plain)) continue;
    const said = isOpen ? undefined : SHOWN_AS[plain];
    shown[isOpen ? name : lowerFirst(name)] = said ?? shownValue(value, OPEN_MAPS.test(name), depth + 1);
  }
  return shown;
}

function shownValue(value: unknown, isOpen: boolean, depth: number): unknown {
  if (typeof value === 'string') return shownText(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array || depth > DEPTH_MAX) return OMITTED;
  if (Array.isArray(value)) return value.slice(0, ITEMS_MAX).map((item) => shownValue(item, false, depth + 1));
  if (typeof value === 'object' && value !== null) {
    return shownFields(value as Record<string, unknown>, isOpen, depth);
  }
  return typeof value === 'bigint' ? String(value) : value;
}

export function shownText(text: string): string {
  const cut = text.length > TEXT_LENGTH_MAX ? `${text.slice(0, TEXT_LENGTH_MAX)}…` : text;
  return cut.replace(SIGNED, '$1').replace(URL_PASSWORD, '$1:@');
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
