import { CodedError } from '#shared/domain/failure';
import type { Session } from '../session';

/**
 * Says that a library never touches files before hours of listening, not after.
 *
 * @throws CodedError `writing-off`
 */
export async function assertMayWrite({ client }: Session, remedy: string): Promise<void> {
  const { neverTouchFiles } = await client.call('settings.writing', {});
  if (!neverTouchFiles) return;
  throw new CodedError(
    'writing-off',
    `This library never touches files (setting neverTouchFiles). ${remedy}, or turn it off: genregram settings set neverTouchFiles off.`,
  );
}
