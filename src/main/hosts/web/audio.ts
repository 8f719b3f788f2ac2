import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AudioSelection } from '#shared/contract/audio';
import type { Playback } from '../../backend/playback';

export type RespondWithAudio = Playback['respond'];

/** Sends a track's audio, or the part of it that is asked for, no faster than it is taken. Never rejects. */
export async function sendAudio(
  respond: RespondWithAudio,
  selection: AudioSelection,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { range } = request.headers;
  const ifRange = request.headers['if-range'];
  const answer = await respond({
    ...selection,
    method: request.method === 'HEAD' ? 'HEAD' : 'GET',
    range,
    ifRange: Array.isArray(ifRange) ? ifRange[0] : ifRange,
  });
  try {
    response.writeHead(answer.status, answer.headers);
    if (answer.body) await pipeline(Readable.from(answer.body, { objectMode: false }), response);
    else response.end();
  } catch {
    // The player has gone, or the file has: the length was promised, so all that is left is to break off.
    response.destroy();
  }
}
