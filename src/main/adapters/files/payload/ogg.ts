import type { BytesAt } from '../audio-extent';
import type { Part } from '../byte-source';

export const oggAudio = (_file: BytesAt): Promise<readonly Part[] | null> => Promise.resolve(null);
