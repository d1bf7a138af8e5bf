import { z } from 'zod';

export const PARAMETER_TYPES = ['text', 'integer', 'decimal', 'date', 'timestamp', 'boolean'] as const;
export type ParameterType = (typeof PARAMETER_TYPES)[number];

/** Athena takes no longer value: https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html */
export const MAX_LITERAL_LENGTH = 1024;
const MAX_PARAMETERS = 50;

/** What a value of each type looks like, as a person or an address gives it: always a text. */
const shapes: Record<ParameterType, z.ZodType<string>> = {
  text: z.string().refine((value) => textLiteral(value).length <= MAX_LITERAL_LENGTH, 'The text is too long.'),
  // Trino's bigint.
  integer: z
    .string()
    .regex(/^[+-]?\d{1,19}$/, { error: 'Write a whole number, such as 42.', abort: true })
    .refine(isBigint, 'The number does not fit 64 bits.'),
  decimal: z.string().regex(/^[+-]?(?=\d|\.\d)(?=[^.]*\.?[^.]*$)[\d.]{1,39}$/, 'Write a number, such as 12.50.'),
  date: z.iso.date('Write a date as 2026-11-26.'),
  timestamp: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?$/, 'Write a time as 2026-11-26 14:03:00.')
    .refine((value) => !Number.isNaN(Date.parse(`${value.replace(' ', 'T')}Z`)), 'There is no such time.'),
  boolean: z.enum(['true', 'false'], 'Write true or false.'),
};

/** Tells what is wrong with a value of a type, or nothing. */
export function parameterProblem(type: ParameterType, value: string): string | undefined {
  return shapes[type].safeParse(value).error?.issues[0]?.message;
}

/** One `?` of a statement, in the order of the statement; two of one name are given one value. */
export const QueryParameter = z
  .object({
    name: z
      .string()
      .regex(/^[A-Za-z_]\w{0,62}$/, 'A name has letters, digits and “_”, and does not begin with a digit.'),
    type: z.enum(PARAMETER_TYPES),
    /** Taken where no value is given; without one a value is required. */
    default: z.string().max(MAX_LITERAL_LENGTH).optional(),
  })
  .superRefine((parameter, context) => {
    const problem = parameter.default === undefined ? undefined : parameterProblem(parameter.type, parameter.default);
    if (problem) context.addIssue({ code: 'custom', path: ['default'], message: problem });
  });
export type QueryParameter = z.infer<typeof QueryParameter>;

export const QueryParameters = z
  .array(QueryParameter)
  .max(MAX_PARAMETERS)
  .superRefine((parameters, context) => {
    for (const [index, parameter] of parameters.entries()) {
      const first = parameters.find(({ name }) => name === parameter.name);
      if (first?.type === parameter.type && first.default === parameter.default) continue;
      const message = `Another “${parameter.name}” has another type or default.`;
      context.addIssue({ code: 'custom', path: [index, 'name'], message });
    }
  });

/** Which value of which parameter is missing or is none of its type. */
export interface ParameterProblem {
  name: string;
  message: string;
}

/**
 * Returns the values of a statement's `?` as Athena's ExecutionParameters, each a literal of SQL; or what is wrong with
 * them. Names that the statement does not know are wrong too: they are misspelt.
 */
export function executionParameters(
  parameters: readonly QueryParameter[],
  values: Readonly<Record<string, string | undefined>>,
): { literals: string[] } | { problems: ParameterProblem[] } {
  const known = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const problems = Object.keys(values).flatMap((name) =>
    known.has(name) ? [] : [{ name, message: `The query has no parameter “${name}”.` }],
  );
  const valueOf = ({ name, default: otherwise }: QueryParameter) =>
    Object.hasOwn(values, name) ? (values[name] ?? otherwise) : otherwise;
  for (const parameter of known.values()) {
    const { name, type } = parameter;
    const value = valueOf(parameter);
    const message = value === undefined ? 'A value is required.' : parameterProblem(type, value);
    if (message) problems.push({ name, message });
  }
  if (problems.length > 0) return { problems };
  return {
    literals: parameters.map(({ name, type, default: otherwise }) => toLiteral(type, values[name] ?? otherwise)),
  };
}

function toLiteral(type: ParameterType, value = ''): string {
  if (type === 'text') return textLiteral(value);
  if (type === 'date') return `DATE '${value}'`;
  if (type === 'timestamp') return `TIMESTAMP '${value.replace('T', ' ')}'`;
  // A plus is an operator to some parsers, and means nothing.
  return value.replace(/^\+/, '');
}

function textLiteral(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function isBigint(value: string): boolean {
  const number = BigInt(value.replace(/^\+/, ''));
  return BigInt.asIntN(64, number) === number;
}
