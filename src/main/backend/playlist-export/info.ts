import type { ExportTargetInfo } from '#shared/contract/playlist-export';
import { LIST_FORMATS } from '../../core/playlists/formats';
import type { TargetInfo } from '../../core/playlists/targets/target';

/** A target as the contract tells of it. */
export function toInfo({ id, name, extension, where, list, rules }: TargetInfo): ExportTargetInfo {
  const format = LIST_FORMATS[list];
  const isRule = rules?.file ?? false;
  const isM3u = format.extension.startsWith('.m3u');
  return {
    ...{ id, name, extension, where },
    kind: isRule ? 'rule' : 'list',
    cannot: rules ? [...rules.language.cannot] : [],
    fallback: isRule ? list : null,
    options: [
      ...(format.absolute ? [] : (['paths', 'base'] as const)),
      ...(format.uris ? [] : (['separators'] as const)),
      'map',
      'unicode',
      ...(isM3u || list === 'pls' ? (['lineEnds'] as const) : []),
      ...(isM3u ? (['bom'] as const) : []),
    ],
  };
}
