import type { Command } from 'commander';
import type { CliContext } from '../session';
import { addTagsAccept } from './tags-accept';
import { addTagsApply, addTagsPlan } from './tags-change';
import { addTagsHistory } from './tags-history';
import { addTagsUndo } from './tags-undo';

export function addTags(program: Command, context: CliContext): void {
  const tags = program.command('tags').description("plan, write and undo changes of files' own tags");
  addTagsPlan(tags, context);
  addTagsApply(tags, context);
  addTagsAccept(tags, context);
  addTagsUndo(tags, context);
  addTagsHistory(tags, context);
}
