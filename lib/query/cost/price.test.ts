import { expect, it } from 'vitest';
import { scanPrice } from './price';

it('rounds up to a megabyte, asks for ten at least, and for nothing where nothing is scanned', () => {
  expect(scanPrice(0, 'us-east-1').usd).toBe(0);
  expect(scanPrice(1, 'us-east-1').usd).toBeCloseTo(0.00005, 12);
  expect(scanPrice(10_000_001, 'us-east-1').usd).toBeCloseTo(0.000055, 12);
  expect(scanPrice(1e12, 'sa-east-1')).toEqual({ usd: 9, usdPerTerabyte: 9 });
});

it('knows a terabyte’s price of each region by itself', () => {
  expect(['eu-west-1', 'eu-west-3', 'us-west-1'].map((region) => scanPrice(1e12, region).usd)).toEqual([5, 7, 6.75]);
});

it('guesses no price of a region that it does not know, where nothing is free all the same', () => {
  expect(scanPrice(1e12, 'mars-north-1')).toEqual({});
  expect(scanPrice(0, 'mars-north-1').usd).toBe(0);
});
