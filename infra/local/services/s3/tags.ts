import { s3Error } from './errors.ts';
import { childOf, childrenOf, element, textOf, type XmlElement } from './xml.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
const MAX_OBJECT_TAGS = 10;
const MAX_KEY = 128;
const MAX_VALUE = 256;

/** The tags of a `Tagging` document. */
export function tagsOf(document: XmlElement, max = MAX_OBJECT_TAGS): Record<string, string> {
  const set = childOf(document, 'TagSet');
  if (!set) throw s3Error('MalformedXML');
  return checked(
    childrenOf(set, 'Tag').map((tag) => [textOf(tag, 'Key'), textOf(tag, 'Value')]),
    max,
  );
}

/** The tags of an `x-amz-tagging` header, which has the form of a query. */
export function tagsOfHeader(header: string | undefined): Record<string, string> {
  return header ? checked([...new URLSearchParams(header)], MAX_OBJECT_TAGS) : {};
}

export const tagSet = (tags: Record<string, string>): XmlElement =>
  element(
    'Tagging',
    element(
      'TagSet',
      Object.entries(tags).map(([key, value]) => element('Tag', element('Key', key), element('Value', value))),
    ),
  );

function checked(pairs: (string | undefined)[][], max: number): Record<string, string> {
  if (pairs.length > max) {
    const words =
      max === MAX_OBJECT_TAGS ? 'Object tags cannot be greater than 10' : 'Bucket tag count cannot be greater than 50';
    throw s3Error('BadRequest', {}, words);
  }
  const tags: Record<string, string> = {};
  for (const [key, value] of pairs) {
    if (key === undefined || value === undefined) throw s3Error('MalformedXML');
    if (key.length === 0 || key.length > MAX_KEY)
      throw s3Error('InvalidTag', { TagKey: key }, 'The TagKey you have provided is invalid');
    // AWS keeps these names for itself.
    if (key.toLowerCase().startsWith('aws:')) {
      const words =
        max === MAX_OBJECT_TAGS
          ? 'Your TagKey cannot be prefixed with aws:'
          : 'System tags cannot be added/updated by requester';
      throw s3Error('InvalidTag', { TagKey: key }, words);
    }
    if (value.length > MAX_VALUE) throw s3Error('InvalidTag', { TagKey: key, TagValue: value });
    if (Object.hasOwn(tags, key)) {
      throw s3Error('InvalidTag', { TagKey: key }, 'Cannot provide multiple Tags with the same key');
    }
    tags[key] = value;
  }
  return tags;
}
