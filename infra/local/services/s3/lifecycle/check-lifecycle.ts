import { s3Error } from '../errors.ts';
import { childOf, childrenOf, element, textOf, type XmlElement } from '../xml.ts';
import { DAY_MS } from './due.ts';
import { type LifecycleRule, ruleOf } from './rules.ts';

const MAX_RULES = 1000;
const MAX_ID = 255;
const MAX_NEWER_VERSIONS = 100;
const TRANSITION_CLASSES = ['STANDARD_IA', 'ONEZONE_IA', 'INTELLIGENT_TIERING', 'GLACIER_IR'];
const ARCHIVES = ['GLACIER', 'DEEP_ARCHIVE'];
/** Infrequent access begins after a month: https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html */
const INFREQUENT_DAYS = 30;

const ACTIONS = [
  'Expiration',
  'NoncurrentVersionExpiration',
  'Transition',
  'NoncurrentVersionTransition',
  'AbortIncompleteMultipartUpload',
];
const TERMS = ['Prefix', 'Tag', 'ObjectSizeGreaterThan', 'ObjectSizeLessThan'];

const invalid = (words: string) => s3Error('InvalidArgument', {}, words);
const refused = (words: string) => s3Error('InvalidRequest', {}, words);

/**
 * Refuses what S3 would, and names the rules that have no name.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html
 */
export function checkLifecycle(document: XmlElement, newId: () => string): XmlElement {
  const rules = childrenOf(document, 'Rule');
  if (rules.length === 0 || rules.length > MAX_RULES) throw s3Error('MalformedXML');
  const ids = new Set<string>();
  const named = rules.map((rule) => {
    checkShape(rule);
    checkMeaning(ruleOf(rule));
    const id = textOf(rule, 'ID') || newId();
    if (id.length > MAX_ID) throw invalid(`ID length should not exceed allowed limit of ${MAX_ID}`);
    if (ids.has(id)) throw invalid('Rule ID must be unique. Found same ID for more than one rule');
    ids.add(id);
    return { ...rule, children: [element('ID', id), ...rule.children.filter(({ name }) => name !== 'ID')] };
  });
  return { ...document, children: named };
}

function checkShape(rule: XmlElement): void {
  const status = textOf(rule, 'Status');
  if (status !== 'Enabled' && status !== 'Disabled') throw s3Error('MalformedXML');
  const filter = childOf(rule, 'Filter');
  if ((filter === undefined) === (childOf(rule, 'Prefix') === undefined)) throw s3Error('MalformedXML');
  if (filter) checkFilter(filter);
  if (!rule.children.some(({ name }) => ACTIONS.includes(name))) {
    throw refused('At least one action needs to be specified in a rule');
  }
  for (const name of ['Expiration', 'Transition'] as const) {
    for (const action of childrenOf(rule, name)) checkWhen(action);
  }
}

function checkFilter(filter: XmlElement): void {
  const and = childOf(filter, 'And');
  if (filter.children.length > 1 || filter.children.some(({ name }) => name !== 'And' && !TERMS.includes(name))) {
    throw s3Error('MalformedXML');
  }
  if (!and) return;
  const isKnown = and.children.every(({ name }) => TERMS.includes(name));
  const isOnce = TERMS.every((name) => name === 'Tag' || childrenOf(and, name).length <= 1);
  if (!isKnown || !isOnce || and.children.length < 2) throw s3Error('MalformedXML');
  const keys = childrenOf(and, 'Tag').map((tag) => textOf(tag, 'Key'));
  if (new Set(keys).size < keys.length) throw refused('Duplicate Tag Keys are not allowed.');
}

/** A number of days or a date, and for an expiration the word about markers in their stead. */
function checkWhen(action: XmlElement): void {
  const given = ['Days', 'Date', 'ExpiredObjectDeleteMarker'].filter((name) => childOf(action, name));
  if (given.length !== 1) throw s3Error('MalformedXML');
  if (given[0] === 'ExpiredObjectDeleteMarker' && action.name !== 'Expiration') throw s3Error('MalformedXML');
  const date = textOf(action, 'Date');
  if (date !== undefined && Number.isNaN(Date.parse(date))) throw s3Error('MalformedXML');
}

function checkMeaning(rule: LifecycleRule): void {
  const { expiration, noncurrentExpiration, abortDays, filter, transitions, noncurrentTransitions } = rule;
  if (expiration?.days !== undefined) checkDays(expiration.days, "'Days' for Expiration action");
  for (const { at } of [...transitions, ...(expiration ? [expiration] : [])]) {
    if (at !== undefined && at % DAY_MS !== 0) throw invalid("'Date' must be at midnight GMT");
  }
  for (const [action, each] of [
    ...(noncurrentExpiration ? [['NoncurrentVersionExpiration', noncurrentExpiration] as const] : []),
    ...noncurrentTransitions.map((each) => ['NoncurrentVersionTransition', each] as const),
  ]) {
    checkDays(each.days, `'NoncurrentDays' for ${action} action`, action === 'NoncurrentVersionTransition' ? 0 : 1);
    if (!(each.keeps >= 0 && each.keeps <= MAX_NEWER_VERSIONS && Number.isInteger(each.keeps))) {
      throw invalid(`'NewerNoncurrentVersions' for ${action} action must be between 1 and ${MAX_NEWER_VERSIONS}`);
    }
  }
  if (abortDays !== undefined) checkDays(abortDays, "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action");
  const isTagged = filter.tags.length > 0;
  const isSized = filter.above !== undefined || filter.below !== undefined;
  if (abortDays !== undefined && isTagged)
    throw refused('AbortIncompleteMultipartUpload cannot be specified with Tags.');
  if (abortDays !== undefined && isSized) {
    throw refused('AbortIncompleteMultipartUpload cannot be specified with Object Size.');
  }
  if (expiration?.deleteMarker && isTagged) throw refused('ExpiredObjectDeleteMarker cannot be specified with Tags.');
  if (expiration?.deleteMarker && isSized) {
    throw refused('ExpiredObjectDeleteMarker cannot be specified with Object Size.');
  }
  checkTransitions(rule);
}

function checkTransitions({ transitions, noncurrentTransitions, expiration, filter }: LifecycleRule): void {
  for (const { storageClass } of [...transitions, ...noncurrentTransitions]) {
    // A class that must be restored before it can be read would be a lie about the data.
    if (ARCHIVES.includes(storageClass)) throw s3Error('NotImplemented', { Element: 'StorageClass' });
    if (!TRANSITION_CLASSES.includes(storageClass)) throw s3Error('MalformedXML');
  }
  for (const { days, storageClass } of transitions) {
    if (days === undefined) continue;
    checkDays(days, "'Days' for Transition action", 0);
    if (storageClass.endsWith('_IA') && days < INFREQUENT_DAYS) {
      throw invalid(
        `'Days' in Transition action must be greater than or equal to ${INFREQUENT_DAYS} for storageClass '${storageClass}'`,
      );
    }
    if (expiration?.days !== undefined && expiration.days <= days) {
      throw invalid(
        `'Days' in the Expiration action for prefix '${filter.prefix}' must be greater than 'Days' in the Transition action`,
      );
    }
  }
}

function checkDays(days: number, of: string, least = 1): void {
  if (Number.isInteger(days) && days >= least && days < 2 ** 31) return;
  throw invalid(`${of} must be a ${least === 0 ? 'nonnegative' : 'positive'} integer`);
}
