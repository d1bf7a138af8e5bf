import { z } from 'zod';
import { operation } from '../../../service.ts';
import { Definition, diagnose } from './machine-input.ts';

const DIAGNOSTICS_MAX = 100;

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html */
export function validateStateMachineDefinition() {
  return operation({
    input: z.object({
      definition: Definition,
      type: z.enum(['STANDARD', 'EXPRESS']).optional(),
      severity: z.enum(['ERROR', 'WARNING']).optional(),
      maxResults: z.int().min(0).max(DIAGNOSTICS_MAX).optional(),
    }),
    access: () => [{ action: 'states:ValidateStateMachineDefinition', resource: '*' }],
    run({ definition, severity = 'ERROR', maxResults }) {
      const found = diagnose(definition).filter(
        (diagnostic) => severity === 'WARNING' || diagnostic.severity === 'ERROR',
      );
      const limit = maxResults || DIAGNOSTICS_MAX;
      return {
        result: found.some((diagnostic) => diagnostic.severity === 'ERROR') ? 'FAIL' : 'OK',
        diagnostics: found.slice(0, limit),
        truncated: found.length > limit,
      };
    },
  });
}
