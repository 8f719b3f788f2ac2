import type { Hearing } from '../../player/use-hearing';
import type { ShortcutHandlers } from '../../shortcuts/use-shortcuts';
import { focusTyping } from './TypeGenre';
import type { DeskActions } from './use-desk-actions';

/** What the keys do on the desk, whether a track or an album is at hand. */
export const deskKeys = (actions: DeskActions, hearing: Hearing): ShortcutHandlers => ({
  ...hearing,
  accept: actions.accept,
  acceptTwo: actions.acceptTwo,
  label: (event) => {
    actions.pickNumber(Number(event.key));
  },
  edit: focusTyping,
  skip: actions.skip,
  notMusic: actions.notMusic,
  clear: actions.clear,
  next: actions.next,
  previous: actions.previous,
  shareAlbum: () => {
    actions.share('album');
  },
  shareArtist: () => {
    actions.share('artist');
  },
  shareSimilar: () => {
    actions.share('similar');
  },
});
