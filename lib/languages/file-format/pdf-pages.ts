/**
 * How many pages a PDF document has, from its ends: the root of its page tree counts them, and a document that is made for
 * reading while it is loaded says so at its start. https://opensource.adobe.com/dc-acrobat-sdk-docs/pdfstandards/PDF32000_2008.pdf
 */
// Its build for Node is the same with worker threads added, which nothing here needs.
import { Unzlib } from 'fflate/browser';

const objectsBytesMax = 8 * 1024 * 1024;
/** No slice unpacks to more than a thousand times itself. */
const sliceBytes = 4 * 1024;
/** How far a dictionary is followed, and how far all of them together. */
const dictionaryMax = 256 * 1024;
const stepsMax = 4 * 1024 * 1024;

/** Undefined where what says it is beyond the bytes at hand, or encrypted. */
export function pdfPages(head: Uint8Array, tail: Uint8Array = new Uint8Array()): number | undefined {
  const ends = [head, tail].map((bytes) => ({ bytes, text: new TextDecoder('latin1').decode(bytes) }));
  const texts = ends.map(({ text }) => text);
  // Objects of an encrypted document can only be read where they are not packed.
  const packed = texts.some((text) => /\/Encrypt\b/.test(text)) ? [] : ends.map(packedObjects);
  return rootCount([...packed, ...texts]) ?? linearizedCount(texts[0] ?? '');
}

function linearizedCount(text: string): number | undefined {
  const count = Number(/\/Linearized\b[^>]{0,500}?\/N\s+(\d+)/.exec(text.slice(0, 4096))?.[1] ?? 0);
  return count > 0 ? count : undefined;
}

/** Of the last root there is: a document that was changed has a new one behind the old one. */
function rootCount(texts: string[]): number | undefined {
  const steps = { left: stepsMax };
  const counts = texts.flatMap((text) =>
    [...text.matchAll(/\/Type\s*\/Pages(?![A-Za-z])/g)].flatMap(({ index }) => {
      const own = withoutNested(dictionaryAt(text, index, steps));
      return /\/Parent\b/.test(own) ? [] : Number(/\/Count\s+(\d+)\b(?!\s+\d+\s+R)/.exec(own)?.[1] ?? 0);
    }),
  );
  return counts.findLast((count) => count > 0);
}

/** What stands between the `<<` before a place and its `>>`; empty where either is not at hand. */
function dictionaryAt(text: string, place: number, steps: { left: number }): string {
  const start = edge(text, place, { step: -1, steps });
  const end = edge(text, place, { step: 1, steps });
  return start === undefined || end === undefined ? '' : text.slice(start, end);
}

function edge(
  text: string,
  place: number,
  { step, steps }: { step: 1 | -1; steps: { left: number } },
): number | undefined {
  const [opens, closes] = step === 1 ? ['<<', '>>'] : ['>>', '<<'];
  let depth = 0;
  for (let at = place; at >= 0 && at < text.length && Math.abs(at - place) < dictionaryMax; at += step) {
    if (steps.left-- < 0) return undefined;
    const pair = text.slice(at, at + 2);
    if (pair === opens) depth++;
    else if (pair !== closes) continue;
    else if (depth-- === 0) return step === 1 ? at : at + 2;
    at += step;
  }
  return undefined;
}

function withoutNested(dictionary: string): string {
  let depth = 0;
  return dictionary.replace(/<<|>>|[^<>]+|[<>]/g, (part) => {
    if (part === '<<') depth++;
    else if (part === '>>') depth--;
    else if (depth === 0) return part;
    return ' ';
  });
}

/** The objects that newer documents pack together, as text. */
function packedObjects({ bytes, text }: { bytes: Uint8Array; text: string }): string {
  let found = '';
  for (const { index } of text.matchAll(/\/Type\s*\/ObjStm\b/g)) {
    const stream = /stream\r?\n/g;
    stream.lastIndex = index;
    const start = stream.exec(text) && stream.lastIndex;
    const end = start ? text.indexOf('endstream', start) : -1;
    if (!start || end < 0) continue;
    found += unpacked(bytes.subarray(start, end), objectsBytesMax - found.length);
    if (found.length >= objectsBytesMax) break;
  }
  return found;
}

/** As far as it can be unpacked: another filter than Flate gives nothing. */
function unpacked(packed: Uint8Array, most: number): string {
  const latin = new TextDecoder('latin1');
  let text = '';
  const unzlib = new Unzlib((chunk) => {
    text += latin.decode(chunk);
  });
  try {
    for (let at = 0; at < packed.length && text.length < most; at += sliceBytes)
      unzlib.push(packed.subarray(at, at + sliceBytes), at + sliceBytes >= packed.length);
  } catch {
    // What was unpacked before it broke is there.
  }
  return text;
}
