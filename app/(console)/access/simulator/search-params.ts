import { z } from 'zod';

const text = z.string().max(2048).optional().catch(undefined);
const texts = z
  .preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(z.string().max(2048)).max(30))
  .catch([]);

/** The request that is simulated, as the address has it: it can be sent to somebody. */
export const SimulatorSearch = z.object({ principal: text, action: text, resource: texts, context: texts });
export type SimulatorSearch = z.infer<typeof SimulatorSearch>;
