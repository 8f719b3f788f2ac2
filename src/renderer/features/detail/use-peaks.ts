import { useQuery } from '@tanstack/react-query';
import { useConnection } from '../../api/connection-context';
import { keys } from '../../api/queries';
import { windowName } from '../../api/window-name';

/** How loud a track is along its length, 0..255; null while that is not known. Asked for only where it is wanted: all of the track is decoded. */
export function usePeaks(trackId: number, wanted: boolean): readonly number[] | null {
  const connection = useConnection();
  const query = useQuery({
    queryKey: keys.peaks(trackId),
    queryFn: () => connection.call('playback.peaks', { trackId, window: windowName }),
    enabled: wanted,
    staleTime: Infinity,
    // What can't be decoded is said where it is played; the picture is only left out.
    retry: false,
  });
  return query.data?.peaks ?? null;
}
