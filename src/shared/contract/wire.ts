import { z } from 'zod';
import { failureSchema } from './schemas';

/**
 * The envelopes on a transport. Anything else is dropped by the receiver. What they carry may be absent (JSON drops
 * `undefined`): then the check of the content answers, so that no caller waits for ever.
 */
export const requestSchema = z.object({
  type: z.literal('request'),
  id: z.number().int(),
  method: z.string(),
  input: z.unknown().optional(),
});
export const fromServerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('reply'), id: z.number().int(), output: z.unknown().optional() }),
  z.object({ type: z.literal('error'), id: z.number().int(), failure: failureSchema }),
  z.object({ type: z.literal('event'), name: z.string(), data: z.unknown().optional() }),
]);

export type WireRequest = z.infer<typeof requestSchema>;
export type WireFromServer = z.infer<typeof fromServerSchema>;
