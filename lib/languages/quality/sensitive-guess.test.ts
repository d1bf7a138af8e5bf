import { describe, expect, it } from 'vitest';
import { patternOf, patternsOf } from './profile-patterns.ts';
import { guessSensitive } from './sensitive-guess.ts';

const guess = (name: string, ...values: string[]) =>
  guessSensitive(
    name,
    values.map((value) => ({ value, rows: 1 })),
  )?.kind;

describe('a guess at what a column holds of people', () => {
  it.each([
    ['contact', ['anna@example.org', 'b.c+d@mail.example.co.uk', 'x'], 'email'],
    ['account', ['FR14 2004 1010 0505 0001 3M02 606', 'DE89370400440532013000'], 'iban'],
    ['client', ['192.168.0.1', '10.0.0.255', '2001:db8::ff00:42:8329'], 'ip'],
    ['contact', ['+33 6 12 34 56 78', '06 12 34 56 78', '(020) 7946-0958'], 'phone'],
    ['phone', ['0612345678', '0698765432'], 'phone'],
    ['customer_name', ['Élodie Marchetti', 'Jean-Luc de la Tour', 'Chloé O’Brien'], 'name'],
    ['nom', ['Dupont', 'Lefèvre'], 'name'],
  ])('%s of %j is %s', (name, values, kind) => {
    expect(guess(name, ...values)).toBe(kind);
  });

  it.each([
    // Digits alone may count anything, and a wrong check digit is no account.
    ['order_number', ['0612345678', '0698765432']],
    ['account', ['FR15 2004 1010 0505 0001 3M02 606']],
    ['version', ['1.2.3', '10.0.1']],
    ['at', ['12:30:05', '08:00:00']],
    ['product_name', ['Blue Lamp', 'Oak Table']],
    ['city', ['Nantes', 'Paris']],
    ['comment', ['write to anna@example.org', 'nothing', 'fine']],
    ['day', ['2024-01-05', '2024-02-06']],
    ['empty', ['', ' ']],
  ])('%s of %j is nothing', (name, values) => {
    expect(guess(name, ...values)).toBeUndefined();
  });
});

describe('a pattern', () => {
  it.each([
    ['AB-1204', 'AA-9999'],
    ['éÀ ß', 'aA a'],
    ['日本', 'aa'],
    ['1234567890', '9+'],
    ['👍', '👍'],
    ['', ''],
  ])('of %j is %j', (text, pattern) => {
    expect(patternOf(text)).toBe(pattern);
  });

  it('counts rows, those of a sample scaled up to all', () => {
    const values = [
      { value: 'A1', rows: 2 },
      { value: 'B2', rows: 1 },
      { value: 'x', rows: 1 },
    ];
    expect(patternsOf(values, 4000)).toEqual([
      { pattern: 'A9', rows: 3000 },
      { pattern: 'a', rows: 1000 },
    ]);
  });
});
