import {
  type Fit,
  fitBigint,
  fitBoolean,
  fitDate,
  fitDecimal,
  fitDouble,
  fitTimestamp,
} from '../file-format/value-kind.ts';
import type { LogicalType, PhysicalType } from './contract.ts';

/** Says whether the text between two offsets is a value of the type. */
export type FitValue = (text: string, start: number, end: number) => Fit;

interface TypeDescription {
  logicalType: LogicalType;
  /** What a value must look like, to be read after `expected`. */
  expected: string;
  /** Absent where anything fits. */
  fitValue: FitValue | undefined;
}

const types: Record<string, TypeDescription> = {
  string: { logicalType: 'string', expected: 'text', fitValue: undefined },
  bigint: { logicalType: 'integer', expected: 'bigint, a whole number such as 42', fitValue: fitBigint },
  double: { logicalType: 'number', expected: 'double, a number with "." before its decimals', fitValue: fitDouble },
  boolean: { logicalType: 'boolean', expected: 'boolean, true or false', fitValue: fitBoolean },
  date: { logicalType: 'date', expected: 'date, as in 2024-11-30', fitValue: fitDate },
  timestamp: { logicalType: 'date', expected: 'timestamp, as in 2024-11-30 17:05:00', fitValue: fitTimestamp },
};

export function describeType(physicalType: PhysicalType): TypeDescription {
  const decimal = /^decimal\((\d+),(\d+)\)$/.exec(physicalType);
  const description = decimal ? describeDecimal(Number(decimal[1]), Number(decimal[2])) : types[physicalType];
  if (!description) throw new Error(`Unknown column type ${physicalType}`);
  return description;
}

function describeDecimal(precision: number, scale: number): TypeDescription {
  return {
    logicalType: 'number',
    expected: `decimal(${precision},${scale}), a number with "." before its at most ${scale} decimals`,
    fitValue: (text, start, end) => fitDecimal(text, start, end, precision, scale),
  };
}
