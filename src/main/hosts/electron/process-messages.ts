import { z } from 'zod';
import { failureSchema } from '#shared/contract/schemas';

/** What Electron's main process and the backend process say to each other; ports travel beside the message. */
export const toBackendSchema = z.discriminatedUnion('type', [
  /** With a port: a window that wants to speak the contract. */
  z.object({ type: z.literal('attach') }),
  /** With a port: the way to the analysis process asked for. */
  z.object({ type: z.literal('analysis-channel'), id: z.number().int() }),
  z.object({ type: z.literal('analysis-exit'), id: z.number().int(), code: z.number().int().nullable() }),
  /** With a port: a request for a track's audio, answered there as `audio-relay` says. */
  z.object({
    type: z.literal('audio'),
    request: z.object({
      trackId: z.number().int(),
      decoded: z.boolean(),
      method: z.enum(['GET', 'HEAD']),
      range: z.string().optional(),
      ifRange: z.string().optional(),
    }),
  }),
  /** With a port: which files these tracks are; answered there with their paths, once. */
  z.object({ type: z.literal('paths'), trackIds: z.array(z.number().int()) }),
  /** What Electron knows of the power supply; also once at the start. */
  z.object({ type: z.literal('power'), onBattery: z.boolean() }),
  /** End jobs, close the library, exit. */
  z.object({ type: z.literal('close') }),
]);
export type ToBackend = z.infer<typeof toBackendSchema>;
export type AudioAsk = Extract<ToBackend, { type: 'audio' }>['request'];

/** The answer to `paths`. */
export const pathsSchema = z.array(z.string());

export const fromBackendSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  /** The backend can't start; the process ends after this. */
  z.object({ type: z.literal('failed'), failure: failureSchema }),
  z.object({ type: z.literal('spawn-analysis'), id: z.number().int() }),
  z.object({ type: z.literal('kill-analysis'), id: z.number().int() }),
]);
export type FromBackend = z.infer<typeof fromBackendSchema>;

/** What an analysis process asks of Electron's main process; answered with `audio-window` and a port, or `no-audio-window`. */
export const fromAnalysisSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('open-audio-window') }),
  z.object({ type: z.literal('end-audio-window') }),
]);

/** What the backend process gets as its only argument, as JSON. */
export const backendOptionsSchema = z.object({
  libraryPath: z.string().min(1),
  modelFolders: z.array(z.string()),
  userModels: z.string(),
});
export type BackendOptions = z.infer<typeof backendOptionsSchema>;
