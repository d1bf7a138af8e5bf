import { describe, expect, it } from 'vitest';
import { combineCrc64, crc64nvme, emptyCrc64, printCrc64 } from './crc64-nvme.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

it('is the CRC that the NVMe specification checks itself by', () => {
  // https://reveng.sourceforge.io/crc-catalogue/17plus.htm#crc.cat.crc-64-nvme
  expect(crc64nvme(bytesOf('123456789'))).toEqual({ high: 0xae8b1486, low: 0x0a799888 });
  expect(printCrc64(crc64nvme(bytesOf('123456789')))).toBe('rosUhgp5mIg=');
  expect(printCrc64(crc64nvme(new Uint8Array()))).toBe('AAAAAAAAAAA=');
});

describe('a whole made of parts', () => {
  const whole = new Uint8Array(100_003).map((_, index) => (index * 131) % 251);

  it('has the same CRC wherever it is cut, in any order of looking', () => {
    for (const size of [1, 7, 4096, 50_000, 100_003, 200_000]) {
      let crc = emptyCrc64;
      for (let start = 0; start < whole.length; start += size) {
        const part = whole.subarray(start, start + size);
        crc = combineCrc64(crc, crc64nvme(part), part.length);
      }
      expect(crc).toEqual(crc64nvme(whole));
    }
  });

  it('has the same CRC when its bytes come in pieces', () => {
    let crc = emptyCrc64;
    for (let start = 0; start < whole.length; start += 1013) crc = crc64nvme(whole.subarray(start, start + 1013), crc);
    expect(crc).toEqual(crc64nvme(whole));
  });

  it('counts in parts larger than 32 bits can say', () => {
    const zeros = 5 * 1024 ** 3;
    const [a, b] = [crc64nvme(bytesOf('a')), crc64nvme(bytesOf('b'))];
    // Moving on by 5 GiB at once is moving on by 2 GiB and then by 3 GiB.
    const none = emptyCrc64;
    const twice = combineCrc64(combineCrc64(a, none, 2 * 1024 ** 3), none, 3 * 1024 ** 3);
    expect(combineCrc64(a, b, zeros)).toEqual({
      high: (twice.high ^ b.high) >>> 0,
      low: (twice.low ^ b.low) >>> 0,
    });
  });
});
