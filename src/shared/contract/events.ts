import { z } from 'zod';
import { jobStatusSchema } from './schemas';

/** What a backend says unasked. Events carry hints to ask again, not copies of the data. */
export const EVENTS = {
  /** At most ten a second per job while it runs, and one when it ends. */
  'job.progress': jobStatusSchema,
  /** Tracks or folders changed; `trackIds` is absent where it may be any. */
  'library.changed': z.object({ trackIds: z.array(z.number().int()).optional() }),
  /** Settings, saved views or playlists changed, perhaps in another window. */
  'settings.changed': z.object({ of: z.enum(['writing', 'listening', 'views', 'playlists', 'playlistFolders']) }),
  /** Something the user should see once, e.g. that a provider was dropped or the analysis process restarted. */
  notice: z.object({
    level: z.enum(['info', 'warning', 'error']),
    message: z.string(),
    /** To be shown until it is dismissed. */
    stays: z.boolean().optional(),
  }),
} as const satisfies Record<string, z.ZodType>;

export type EventName = keyof typeof EVENTS;
export type EventData<E extends EventName> = z.output<(typeof EVENTS)[E]>;
export type EmitEvent = <E extends EventName>(name: E, data: EventData<E>) => void;
