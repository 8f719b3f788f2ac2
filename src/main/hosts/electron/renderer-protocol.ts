import { protocol, type Session } from 'electron';
import { readFile } from 'node:fs/promises';
import { AUDIO_SCHEME } from '#shared/contract/audio';
import { APP_SCHEME, CONTENT_SECURITY_POLICY, contentType, rendererFile } from './renderer-files';

/** Must run before the app is ready. The scheme of audio has no more rights than a stream to be heard needs. */
export function declareSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
    { scheme: AUDIO_SCHEME, privileges: { standard: true, secure: true, stream: true } },
  ]);
}

/** Serves the files of `folder` (the built window), and nothing else, under our scheme. */
export function serveRenderer(session: Session, folder: string): void {
  session.protocol.handle(APP_SCHEME, async (request) => {
    const file = request.method === 'GET' ? rendererFile(folder, request.url) : null;
    if (!file) return plain(403, 'forbidden');
    try {
      const content = await readFile(file);
      return new Response(new Uint8Array(content), { headers: headers(contentType(file)) });
    } catch {
      return plain(404, 'not found');
    }
  });
}

const plain = (status: number, text: string): Response =>
  new Response(text, { status, headers: headers('text/plain') });

const headers = (type: string): Record<string, string> => ({
  'Content-Type': type,
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
});
