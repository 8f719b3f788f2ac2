import { migration0001 } from './0001-library';
import { migration0002 } from './0002-further-outputs';
import { migration0003 } from './0003-stale-results';
import { migration0004 } from './0004-undo-runs';
import { migration0005 } from './0005-quick-results';
import { migration0006 } from './0006-finding';
import { migration0007 } from './0007-review';
import { migration0008 } from './0008-playlists';
import { migration0009 } from './0009-playlist-files';
import { migration0010 } from './0010-rules';

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/** In order; version n brings a library from the schema before it to n. */
export const MIGRATIONS: readonly Migration[] = [
  migration0001,
  migration0002,
  migration0003,
  migration0004,
  migration0005,
  migration0006,
  migration0007,
  migration0008,
  migration0009,
  migration0010,
];
