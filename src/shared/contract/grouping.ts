import { z } from 'zod';

/** `album`: albums of one name by different album artists, or else in different folders, are groups of their own. */
export const GROUP_BYS = ['album', 'artist', 'folder', 'heard'] as const;
export const groupBySchema = z.enum(GROUP_BYS);
export type GroupBy = z.infer<typeof groupBySchema>;

export const groupHeadSchema = z.object({
  /** Null where the tracks have no album, no artist, or no genre was named. */
  title: z.string().nullable(),
  /** What tells groups of one title apart. */
  subtitle: z.string().nullable(),
  tracks: z.number().int(),
  /** Mean genre shares of its tracks that were heard, by folded label, largest first. */
  bars: z.array(z.object({ label: z.string(), share: z.number() })).readonly(),
});
export type GroupHead = z.infer<typeof groupHeadSchema>;
