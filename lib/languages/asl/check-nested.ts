/** Fields that reach out of the state: machines inside it, and the resource that a Task calls. */
import { type FieldCheck, inside } from './check-fields.ts';
import { isObject } from './json.ts';
import { parseResource } from './resource.ts';

export const branches: FieldCheck = (value, place) => {
  if (!Array.isArray(value) || value.length === 0)
    place.findings.schema(place.at, 'Expected a non-empty array of branches');
  else for (const [index, branch] of value.entries()) place.machine(branch, inside(place, index).at);
};

export const mapProcessor: FieldCheck = (value, place) => {
  place.machine(value, place.at);
  const config = isObject(value) ? value.ProcessorConfig : undefined;
  if (config === undefined) return;
  const at = inside(place, 'ProcessorConfig');
  if (!isObject(config)) at.findings.schema(at.at, 'Expected value of type Object');
  else if (config.Mode !== undefined && config.Mode !== 'INLINE' && config.Mode !== 'DISTRIBUTED') {
    at.findings.schema(`${at.at}/Mode`, 'Expected one of INLINE, DISTRIBUTED');
  }
};

export const resource: FieldCheck = (value, place) => {
  if (typeof value === 'string' && parseResource(value)) return;
  const shown = typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
  place.findings.add(
    'INVALID_RESOURCE',
    place.at,
    `The resource provided ${shown} is not recognized. The value is not a valid resource ARN`,
  );
};
