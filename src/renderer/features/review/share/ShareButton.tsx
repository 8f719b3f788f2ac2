import { Button } from '@mantine/core';
import type { MatesOf } from '#shared/contract/review';
import { strings } from '../../../strings';
import { KeyTip } from '../../../ui/KeyTip';
import { shownKey } from '../../shortcuts/key-store';

const KEY = { album: 'shareAlbum', artist: 'shareArtist', similar: 'shareSimilar' } as const;

/** Opens the list of tracks that may get the same decision; nothing is decided by it yet. */
export function ShareButton({ of, onClick }: { of: MatesOf; onClick: () => void }) {
  return (
    <KeyTip label={strings.share.help} keys={shownKey(KEY[of])}>
      <Button size="compact-sm" variant="default" onClick={onClick}>
        {strings.share.buttons[of]}
      </Button>
    </KeyTip>
  );
}
