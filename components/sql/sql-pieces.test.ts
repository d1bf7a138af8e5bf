import { expect, it } from 'vitest';
import { sqlPieces } from './sql-pieces';

it('colours what a statement is made of, and nothing in texts, names and comments', () => {
  const sql = `Select 'it''s from', "where" -- limit 5\nFROM t1 LIMIT 12 /* 'open`;
  const pieces = sqlPieces(sql);
  expect(pieces.map(({ text }) => text).join('')).toBe(sql);
  expect(pieces.filter(({ kind }) => kind !== 'plain').map(({ kind, text }) => [kind, text])).toEqual([
    ['keyword', 'Select'],
    ['string', "'it''s from'"],
    ['comment', '-- limit 5'],
    ['keyword', 'FROM'],
    ['keyword', 'LIMIT'],
    ['number', '12'],
    ['comment', "/* 'open"],
  ]);
});
