import { childOf, childrenOf, textOf, type XmlElement } from '../xml.ts';

/** One rule, as it is carried out. Times are days, or milliseconds since the epoch. */
export interface LifecycleRule {
  id: string;
  isEnabled: boolean;
  filter: LifecycleFilter;
  expiration?: When & { deleteMarker: boolean };
  noncurrentExpiration?: { days: number; keeps: number };
  transitions: (When & { storageClass: string })[];
  noncurrentTransitions: { days: number; keeps: number; storageClass: string }[];
  abortDays?: number;
}

export interface When {
  days?: number;
  at?: number;
}

export interface LifecycleFilter {
  prefix: string;
  tags: [string, string][];
  /** Bytes; what is no bigger is not meant. */
  above?: number;
  below?: number;
}

/** The rules of a document that was checked when it was put. */
export function rulesOf(document: XmlElement): LifecycleRule[] {
  return childrenOf(document, 'Rule').map(ruleOf);
}

export function ruleOf(rule: XmlElement): LifecycleRule {
  const expiration = childOf(rule, 'Expiration');
  const noncurrent = childOf(rule, 'NoncurrentVersionExpiration');
  const abort = childOf(rule, 'AbortIncompleteMultipartUpload');
  return {
    id: textOf(rule, 'ID') ?? '',
    isEnabled: textOf(rule, 'Status') === 'Enabled',
    filter: filterOf(rule),
    expiration: expiration && {
      ...whenOf(expiration),
      deleteMarker: textOf(expiration, 'ExpiredObjectDeleteMarker') === 'true',
    },
    noncurrentExpiration: noncurrent && noncurrentOf(noncurrent),
    transitions: childrenOf(rule, 'Transition').map((each) => ({ ...whenOf(each), storageClass: classOf(each) })),
    noncurrentTransitions: childrenOf(rule, 'NoncurrentVersionTransition').map((each) => ({
      ...noncurrentOf(each),
      storageClass: classOf(each),
    })),
    abortDays: abort && numberOf(abort, 'DaysAfterInitiation'),
  };
}

function filterOf(rule: XmlElement): LifecycleFilter {
  const filter = childOf(rule, 'Filter') ?? { name: 'Filter', children: [] };
  const terms = childOf(filter, 'And') ?? filter;
  return {
    prefix: textOf(terms, 'Prefix') ?? textOf(rule, 'Prefix') ?? '',
    tags: childrenOf(terms, 'Tag').map((tag) => [textOf(tag, 'Key') ?? '', textOf(tag, 'Value') ?? '']),
    above: numberOf(terms, 'ObjectSizeGreaterThan'),
    below: numberOf(terms, 'ObjectSizeLessThan'),
  };
}

function whenOf(action: XmlElement): When {
  const date = textOf(action, 'Date');
  return { days: numberOf(action, 'Days'), at: date === undefined ? undefined : Date.parse(date) };
}

const noncurrentOf = (action: XmlElement): { days: number; keeps: number } => ({
  days: numberOf(action, 'NoncurrentDays') ?? 0,
  keeps: numberOf(action, 'NewerNoncurrentVersions') ?? 0,
});

const classOf = (action: XmlElement): string => textOf(action, 'StorageClass') ?? '';

function numberOf(parent: XmlElement, name: string): number | undefined {
  const text = textOf(parent, name);
  return text === undefined ? undefined : Number(text);
}
