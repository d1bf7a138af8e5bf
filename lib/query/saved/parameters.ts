import { z } from 'zod';

export const PARAMETER_TYPES = ['text', 'integer', 'decimal', 'date', 'timestamp', 'boolean'] as const;
export type ParameterType = (typeof PARAMETER_TYPES)[number];

/** Athena takes no longer value: https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html */
const MAX_LITERAL_LENGTH = 1024;
const MAX_PARAMETERS = 50;

/** What a value of each type looks like, as a person or an address gives it: always a text. */
const shapes: Record<ParameterType, z.ZodType<string>> = {
  text: z.string().refine((value) => textLiteral(value).length <= MAX_LITERAL_LENGTH, 'textTooLong'),
  // Trino's bigint.
  integer: z
    .string()
    .regex(/^[+-]?\d{1,19}$/, { error: 'integer', abort: true })
    .refine(isBigint, 'integer'),
  decimal: z.string().regex(/^[+-]?(?=\d|\.\d)(?=[^.]*\.?[^.]*$)[\d.]{1,39}$/, 'decimal'),
  date: z.iso.date('date'),
  timestamp: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?$/, 'timestamp')
    .refine((value) => !Number.isNaN(Date.parse(`${value.replace(' ', 'T')}Z`)), 'timestamp'),
  boolean: z.enum(['true', 'false'], 'boolean'),
};

/** Names what is wrong with a value of a type, or nothing. */
function parameterProblem(type: ParameterType, value: string): string | undefined {
  return shapes[type].safeParse(value).error?.issues[0]?.message;
}

/** One `?` of a statement, in the order of the statement; two of one name are given one value. */
export const QueryParameter = z
  .object({
    name: z.string().regex(/^[A-Za-z_]\w{0,62}$/, 'parameterName'),
    type: z.enum(PARAMETER_TYPES),
    /** Taken where no value is given; without one a value is required. */
    default: z.string().max(MAX_LITERAL_LENGTH).optional(),
    description: z.string().trim().max(200).optional(),
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
      context.addIssue({ code: 'custom', path: [index, 'name'], message: 'parameterTwice' });
    }
  });

function textLiteral(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function isBigint(value: string): boolean {
  const number = BigInt(value.replace(/^\+/, ''));
  return BigInt.asIntN(64, number) === number;
}
