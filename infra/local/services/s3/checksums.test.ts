import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { CHECKSUM_ALGORITHMS, type ChecksumAlgorithm, checksumOfParts, digest, isChecksum } from './checksums.ts';

const of = (algorithm: ChecksumAlgorithm, ...pieces: (string | Uint8Array)[]): string => {
  const made = digest(algorithm);
  for (const piece of pieces) made.update(Buffer.from(piece));
  return made.value();
};

describe('checksums', () => {
  // The check values of the CRC catalogue: https://reveng.sourceforge.io/crc-catalogue/all.htm
  test.each([
    ['CRC32', 'cbf43926'],
    ['CRC32C', 'e3069283'],
    ['CRC64NVME', 'ae8b14860a799888'],
  ] as const)('%s of 123456789 is the catalogue’s check value', (algorithm, hex) => {
    expect(of(algorithm, '123456789')).toBe(Buffer.from(hex, 'hex').toString('base64'));
  });

  test.each(CHECKSUM_ALGORITHMS)('%s does not depend on how the bytes are cut', (algorithm) => {
    const bytes = Buffer.from(Array.from({ length: 1000 }, (_, i) => (i * 31) % 251));
    const pieces = [bytes.subarray(0, 1), bytes.subarray(1, 14), bytes.subarray(14, 14), bytes.subarray(14)];
    expect(of(algorithm, ...pieces)).toBe(of(algorithm, bytes));
  });

  test.each(['CRC32', 'CRC32C', 'CRC64NVME'] as const)('%s of a whole object comes from its parts', (algorithm) => {
    const parts = ['hello ', 'w', '', 'orld'.repeat(5000)];
    const made = checksumOfParts(
      algorithm,
      'FULL_OBJECT',
      parts.map((part) => ({ size: part.length, checksum: of(algorithm, part) })),
    );
    expect(made?.value).toBe(of(algorithm, parts.join('')));
  });

  test.each(['CRC32C', 'CRC64NVME'] as const)('%s of more bytes than one step of the machine takes', (algorithm) => {
    // Long enough to be cut inside, and no multiple of sixteen.
    const bytes = Buffer.alloc(1_000_003, 'the quick brown fox');
    const pieces = Array.from({ length: 77 }, (_, i) =>
      bytes.subarray(i * 13_000, i === 76 ? undefined : (i + 1) * 13_000),
    );
    expect(of(algorithm, bytes)).toBe(of(algorithm, ...pieces));
    // As AWS's own library says.
    const expected = { CRC32C: 'LGNacw==', CRC64NVME: 'zbZ0UOLL8vg=' };
    expect(of(algorithm, bytes)).toBe(expected[algorithm]);
  });

  test('the parts of the greatest upload are combined while the caller waits', () => {
    const checksum = of('CRC64NVME', 'a'.repeat(100));
    const parts = Array.from({ length: 10_000 }, () => ({ size: 100, checksum }));
    expect(checksumOfParts('CRC64NVME', 'FULL_OBJECT', parts)?.value).toBe(of('CRC64NVME', 'a'.repeat(1_000_000)));
  });

  test('a composite checksum is the checksum of the parts’ checksums and their number', () => {
    const parts = [Buffer.from('a'), Buffer.from('b')];
    const bytes = Buffer.alloc(8);
    parts.forEach((part, i) => {
      bytes.writeUInt32BE(crc32(part), i * 4);
    });
    const made = checksumOfParts(
      'CRC32',
      'COMPOSITE',
      parts.map((part) => ({ size: 1, checksum: of('CRC32', part) })),
    );
    expect(made?.value).toBe(`${of('CRC32', bytes)}-2`);
  });

  test('a value of the wrong length or alphabet is no checksum', () => {
    expect(isChecksum('CRC32', 'AAAAAA==')).toBe(true);
    expect(isChecksum('CRC32', 'AAAA')).toBe(false);
    expect(isChecksum('SHA256', 'AAAAAA==')).toBe(false);
    expect(isChecksum('CRC32', '*not base64*')).toBe(false);
  });
});
