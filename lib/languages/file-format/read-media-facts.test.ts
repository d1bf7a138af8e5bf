/** What is read of pictures, documents and texts, of sound and of broken ones. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { decodeText } from './decode-text.ts';
import { readMediaFacts } from './read-media-facts.ts';

const fixture = (name: string) => readFileSync(path.resolve(import.meta.dirname, 'fixtures', name));
const facts = (
  fileName: string,
  bytes: Uint8Array | string,
  ends: { head: number; tail: number } | undefined = undefined,
) => {
  const whole = Buffer.from(bytes);
  const head = whole.subarray(0, ends?.head ?? whole.length);
  const decoded = decodeText(head, head.length < whole.length);
  const text = decoded.type === 'binary' ? undefined : decoded.text;
  const tail = ends ? whole.subarray(-ends.tail) : undefined;
  return readMediaFacts({ fileName, head, tail, sizeBytes: whole.length, text });
};

describe('an image', () => {
  test.each([
    ['picture.png', 'image/png'],
    ['picture.gif', 'image/gif'],
    ['lossy.webp', 'image/webp'],
    ['lossless.webp', 'image/webp'],
    ['alpha.webp', 'image/webp'],
  ])('%s is as large as it says', (name, mediaType) => {
    expect(facts(name, fixture(name))).toEqual({ mediaType, width: 64, height: 40 });
  });

  it('that a camera turned is as wide as it is shown', () => {
    expect(facts('a.jpg', fixture('rotated.jpg'))).toEqual({ mediaType: 'image/jpeg', width: 40, height: 64 });
    const broken = fixture('rotated.jpg');
    // The note's own directory is said to lie far beyond it.
    broken.writeUInt32BE(0xffffff, broken.indexOf('Exif') + 10);
    expect(facts('a.jpg', broken)).toEqual({ mediaType: 'image/jpeg', width: 64, height: 40 });
  });

  it('of TIFF has its directory at its start or its end, in either order of bytes', () => {
    const size = { mediaType: 'image/tiff', width: 8, height: 5 };
    expect(facts('a.tif', fixture('little.tif'))).toEqual(size);
    const far = tiff(100_000);
    expect(facts('scan', far, { head: 1000, tail: 1000 })).toEqual({ mediaType: 'image/tiff', width: 5, height: 8 });
    expect(facts('scan', far, { head: 1000, tail: 20 })).toEqual({ mediaType: 'image/tiff' });
  });

  test.each([
    ['<?xml version="1.0"?><!-- a > b --><svg width="640px" height="400" xmlns="x">', { width: 640, height: 400 }],
    ['<svg viewBox="0 0 24.4 12" width="100%">', { width: 24, height: 12 }],
    ['<svg data-width="3" width="2em" height="1em">', {}],
    ['<svg width="640', {}],
    ['<svg width="-3" height="0">', {}],
  ])('of SVG: %s', (text, size) => {
    expect(facts('a.svg', text)).toEqual({ mediaType: 'image/svg+xml', ...size });
    // By what it is, where its name does not say.
    expect(facts('drawing', text).mediaType).toBe('image/svg+xml');
  });

  test.each(['picture.png', 'picture.gif', 'rotated.jpg', 'alpha.webp', 'little.tif'])(
    'that is cut off, %s, is still one, without its size or with the right one',
    (name) => {
      const whole = fixture(name);
      const right = facts(name, whole);
      for (let length = 12; length < whole.length; length += 7) {
        const cut = facts(name, whole.subarray(0, length));
        expect(cut.mediaType).toBe(right.mediaType);
        if (cut.width !== undefined && name !== 'rotated.jpg') expect(cut).toEqual(right);
      }
    },
  );

  it('is not a text that only begins like one', () => {
    for (const text of ['formats WEBP, PNG', 'GIF8 is no version', 'BZhello', 'ORCHID,price', 'and ftyp is a box'])
      expect(facts('a.txt', text).mediaType).toBe('text/plain');
    expect(facts('a.heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0')).mediaType).toBe('image/heic');
  });
});

describe('a PDF document', () => {
  test.each([
    ['object-streams.pdf', 7],
    ['linearized.pdf', 7],
    ['encrypted.pdf', 7],
    ['encrypted-streams.pdf', undefined],
  ])('%s has %s pages', (name, pages) => {
    expect(facts('a.pdf', fixture(name))).toEqual({ mediaType: 'application/pdf', ...(pages ? { pages } : {}) });
  });

  it('counts by the root of its tree, the last there is, with what is nested in it', () => {
    const root = (count: number) => `<</Resources<</Font<</F1 2 0 R>>>>/Type /Pages /Kids [3 0 R]/Count ${count}>>`;
    const part = '<</Type/Pages/Parent 1 0 R/Kids[4 0 R]/Count 90>>';
    expect(facts('a', `%PDF-1.4\n${root(3)}\n${part}`)).toMatchObject({ pages: 3 });
    expect(facts('a', `%PDF-1.4\n${root(3)}\n${part}\n${root(5)}`)).toMatchObject({ pages: 5 });
    expect(facts('a', `%PDF-1.4\n${part}`)).not.toHaveProperty('pages');
    expect(facts('a', '%PDF-1.4\n<</Type/Pages/Count 12 0 R>>')).not.toHaveProperty('pages');
    expect(facts('a', '%PDF-1.4\n<</Type/Pages/Count 12')).not.toHaveProperty('pages');
  });

  it('that is large is read at its end, and one that would unpack to gigabytes no further than it must', () => {
    const filled = Buffer.concat([
      Buffer.from('%PDF-1.5\n'),
      Buffer.alloc(200_000, 'x '),
      fixture('object-streams.pdf'),
    ]);
    expect(facts('a.pdf', filled, { head: 1000, tail: 1200 })).toMatchObject({ pages: 7 });
    const bomb = deflateSync(Buffer.alloc(100_000_000));
    const object = `%PDF-1.5\n1 0 obj<</Type/ObjStm/Filter/FlateDecode/Length ${bomb.length}>>stream\n`;
    expect(facts('a.pdf', Buffer.concat([Buffer.from(object), bomb, Buffer.from('\nendstream')]))).toEqual({
      mediaType: 'application/pdf',
    });
  });
});

describe('a text', () => {
  const french = 'Le lac est dans la montagne. Les enfants sont avec leur mère sur la plage, mais ils ne nagent pas. ';
  const english =
    'The lake is in the mountains. The children are with their mother on the beach, but they do not swim. ';
  const said: Record<string, string> = {
    fr: french,
    en: english,
    de: 'Der See ist in den Bergen. Die Kinder sind mit ihrer Mutter auf dem Strand, und sie schwimmen nicht, aber sie ist bei der Arbeit. ',
    ru: 'Озеро в горах. Дети с матерью на берегу, но они не плавают, и это так же, как он был для них уже. ',
    pl: 'To jezioro jest w górach. Dzieci są z matką na plaży, ale nie pływają, i to jest już tylko dla nich. ',
    ja: 'この湖は山の中にあります。子供たちは母と一緒に浜辺にいますが、泳ぎません。',
    zh: '湖在山里。孩子们和母亲在海滩上，但是他们不游泳。这里的水很冷，所以没有人下水。',
    el: 'Η λίμνη είναι στα βουνά. Τα παιδιά είναι με τη μητέρα τους στην παραλία.',
  };

  test.each(Object.entries(said))('in %s says its language', (language, text) => {
    expect(facts('a.txt', text.repeat(2))).toEqual({ mediaType: 'text/plain', language });
  });

  it('says it with a mark, in Latin-1, in UTF-16, and up to where it is broken', () => {
    const text = french.repeat(3);
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    const broken = Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0xff])]);
    for (const bytes of [Buffer.from(`\ufeff${text}`), Buffer.from(text, 'latin1'), utf16, broken])
      expect(facts('a.txt', bytes)).toEqual({ mediaType: 'text/plain', language: 'fr' });
  });

  it('of no known language, of few words, or of numbers, says none', () => {
    for (const text of ['lorem ipsum dolor sit amet '.repeat(9), 'Bonjour', '1 2 3 4 5 '.repeat(20), '🏔️'.repeat(50)])
      expect(facts('a.txt', text)).toEqual({ mediaType: 'text/plain' });
  });
});

/** 8 × 5, turned to its side, with its directory at the end. */
function tiff(sizeBytes: number): Buffer {
  const bytes = Buffer.alloc(sizeBytes);
  const entries = [
    [256, 3, 8],
    [257, 4, 5],
    [274, 3, 6],
  ] as const;
  const at = sizeBytes - 2 - 12 * entries.length;
  bytes.write('MM\0*', 'latin1');
  bytes.writeUInt32BE(at, 4);
  bytes.writeUInt16BE(entries.length, at);
  entries.forEach(([tag, type, value], index) => {
    const entry = at + 2 + 12 * index;
    bytes.writeUInt16BE(tag, entry);
    bytes.writeUInt16BE(type, entry + 2);
    bytes.writeUInt32BE(1, entry + 4);
    if (type === 3) bytes.writeUInt16BE(value, entry + 8);
    else bytes.writeUInt32BE(value, entry + 8);
  });
  return bytes;
}
