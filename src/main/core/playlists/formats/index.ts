import type { ListTarget } from '#shared/domain/playlists/targets';
import type { ListFormat } from './format';
import { itunesFormat } from './itunes';
import { jspfFormat } from './jspf';
import { m3u8Format, m3uFormat } from './m3u';
import { plsFormat } from './pls';
import { xspfFormat } from './xspf';

/** The format in which each list target is written. */
export const LIST_FORMATS: Readonly<Record<ListTarget, ListFormat>> = {
  m3u8: m3u8Format,
  m3u: m3uFormat,
  xspf: xspfFormat,
  jspf: jspfFormat,
  pls: plsFormat,
  itunes: itunesFormat,
  mpd: m3uFormat,
};
