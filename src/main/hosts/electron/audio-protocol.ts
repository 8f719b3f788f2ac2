import type { Session } from 'electron';
import { AUDIO_ORIGIN, AUDIO_SCHEME, readAudioPath, type AudioSelection } from '#shared/contract/audio';
import type { AudioAsk } from './process-messages';

/** Asks the backend; a `Response` for whatever it says. */
export type AskForAudio = (request: AudioAsk) => Promise<Response>;

/** Serves the audio of the library's tracks, and nothing else, under a scheme of its own. */
export function serveAudio(session: Session, ask: AskForAudio): void {
  session.protocol.handle(AUDIO_SCHEME, async (request) => {
    const selection = audioOf(request.url);
    const { method } = request;
    if (!selection) return new Response(null, { status: 404 });
    if (method !== 'GET' && method !== 'HEAD')
      return new Response(null, { status: 405, headers: { Allow: 'GET, HEAD' } });
    const range = request.headers.get('range');
    const ifRange = request.headers.get('if-range');
    return ask({
      ...selection,
      method,
      ...(range !== null && { range }),
      ...(ifRange !== null && { ifRange }),
    });
  });
}

/** What a URL of the scheme stands for, null if for none of ours. */
export function audioOf(url: string): AudioSelection | null {
  if (!URL.canParse(url)) return null;
  const { protocol, host, pathname, username, password, port } = new URL(url);
  if (`${protocol}//${host}` !== AUDIO_ORIGIN || username !== '' || password !== '' || port !== '') return null;
  return readAudioPath(pathname);
}
