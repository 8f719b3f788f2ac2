import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TagChange } from '../../../src/shared/domain/tags';
import type { LinkHandling } from '../../../src/shared/domain/writing';
import { createTagWriter } from '../../../src/main/adapters/tags/index';
import { leftOut } from '../../builders/requirements';
import { MemoryJournal, ready, temporaryFiles, write } from '../../builders/tags-files';
import { bytes, frame, id3, silentMp3 } from '../../builders/tags-mp3';

const temp = temporaryFiles();
const before = bytes(id3(3, [frame(3, 'TCON', '\0Jazz'), frame(3, 'TIT2', '\0Title')], { padding: 100 }), silentMp3());
const change: TagChange = { mode: 'replace', genres: ['Rock'] };
const longer: TagChange = { mode: 'replace', genres: ['A genre that needs far more room. '.repeat(10).trim()] };
const content = (path: string): Buffer => readFileSync(path);
const leftovers = (path: string): string[] => readdirSync(dirname(path)).filter((name) => name.includes('.tmp'));
const writer = createTagWriter();
const links = (how: LinkHandling) => ({ links: how });

if (process.platform === 'win32') leftOut('symbolic links need a privilege on Windows');

/** A file in a folder of its own, and a relative symbolic link to it beside that folder. */
function linked(): { target: string; link: string } {
  mkdirSync(temp.path('music'));
  const target = temp.file('music/song.mp3', before);
  const link = temp.path('link.mp3');
  symlinkSync('music/song.mp3', link);
  return { target, link };
}

/** One content under two names. */
function twoNames(): { one: string; other: string } {
  const [one, other] = [temp.file('one.mp3', before), temp.path('other.mp3')];
  linkSync(one, other);
  return { one, other };
}

describe.skipIf(process.platform === 'win32')('a symbolic link', () => {
  it('is left alone unless the settings say otherwise, and the refusal names the setting', async () => {
    const { link, target } = linked();
    expect(await writer.plan(link, change)).toMatchObject({
      status: 'refused',
      code: 'link-refused',
      message: expect.stringMatching(/"links" is "skip".*"through".*"break"/) as string,
    });
    expect(content(target)).toEqual(Buffer.from(before));
  });

  it('is written through: the plan names the file, which changes in its own folder; undo brings back the same bytes', async () => {
    const { link, target } = linked();
    const { plan, result, undo } = await write(link, longer, links('through'));
    expect(plan).toMatchObject({ path: link, writing: { method: 'new-file', target } });
    expect(result.receipt).toMatchObject({ target });
    expect(result.receipt.method).toBeUndefined();
    expect(readlinkSync(link)).toBe('music/song.mp3');
    expect(content(target)).not.toEqual(Buffer.from(before));
    expect(leftovers(link)).toEqual([]);
    expect(await undo()).toEqual(before);
    expect(readlinkSync(link)).toBe('music/song.mp3');
  });

  it('is written through only to where the user has music', async () => {
    const { link, target } = linked();
    const asked: string[] = [];
    const mayWrite = (path: string): boolean => (asked.push(path), false);
    expect(await writer.plan(link, change, { links: 'through', mayWrite })).toMatchObject({
      status: 'refused',
      code: 'link-refused',
      message: expect.stringContaining(target) as string,
    });
    expect(asked).toEqual([target]);
  });

  it('is broken: the name gets a file of its own, and undo brings the link back', async () => {
    const { link, target } = linked();
    const { plan, result, undo, bytes: after } = await write(link, change, links('break'));
    expect(plan).toMatchObject({ writing: { method: 'own-file', target } });
    expect(plan.warnings).toContainEqual(expect.stringContaining('gives way to a file of its own'));
    expect(result.receipt).toMatchObject({ method: 'own-file', target, brokenLink: 'music/song.mp3' });
    expect(lstatSync(link).isFile()).toBe(true);
    expect(after).not.toEqual(before);
    expect(content(target)).toEqual(Buffer.from(before));
    expect(await undo()).toEqual(before);
    expect(readlinkSync(link)).toBe('music/song.mp3');
    expect(leftovers(link)).toEqual([]);
  });

  it('that was broken stays a file with the old bytes where what it led to has changed since', async () => {
    const { link, target } = linked();
    const { undo } = await write(link, change, links('break'));
    await write(target, longer);
    expect(await undo()).toEqual(before);
    expect(lstatSync(link).isFile()).toBe(true);
  });

  it('that was broken can have its undo undone', async () => {
    const { link } = linked();
    const { entry, bytes: after } = await write(link, change, links('break'));
    const journal = new MemoryJournal();
    expect(await writer.undo(link, entry, journal)).toMatchObject({ status: 'restored' });
    expect(await writer.recover(link, journal.entry(link))).toBe('written');
    expect(await writer.undo(link, journal.entry(link))).toMatchObject({ status: 'restored' });
    expect(lstatSync(link).isFile()).toBe(true);
    expect(content(link)).toEqual(Buffer.from(after));
  });

  it('may be broken although what it leads to is read-only', async () => {
    const { link, target } = linked();
    chmodSync(target, 0o444);
    expect(await writer.plan(link, change, links('through'))).toMatchObject({ code: 'file-read-only' });
    await write(link, change, links('break'));
    expect(content(target)).toEqual(Buffer.from(before));
  });

  it('that leads elsewhere than when it was planned is not written', async () => {
    for (const how of ['through', 'break'] as const) {
      const { link, target } = linked();
      const plan = ready(await writer.plan(link, change, links(how)));
      const elsewhere = temp.file('elsewhere.mp3', before);
      rmSync(link);
      symlinkSync(elsewhere, link);
      expect(await writer.apply(plan, new MemoryJournal())).toMatchObject({ status: 'refused', code: 'file-changed' });
      expect(content(elsewhere)).toEqual(Buffer.from(before));
      expect(content(target)).toEqual(Buffer.from(before));
      rmSync(link);
      rmSync(dirname(target), { recursive: true });
    }
  });

  it('that took the place of a file that was written is not undone through', async () => {
    const path = temp.file('song.mp3', before);
    const { entry, bytes: after } = await write(path, change);
    renameSync(path, temp.path('moved.mp3'));
    symlinkSync('moved.mp3', path);
    expect(await writer.undo(path, entry)).toMatchObject({ status: 'refused', code: 'link-refused' });
    expect(content(path)).toEqual(Buffer.from(after));
  });

  it('that leads nowhere, or round in a circle, is refused with the reason', async () => {
    symlinkSync('nothing.mp3', temp.path('dangling.mp3'));
    symlinkSync('circle.mp3', temp.path('circle.mp3'));
    expect(await writer.plan(temp.path('dangling.mp3'), change, links('through'))).toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('leads to nothing.mp3') as string,
    });
    expect(await writer.plan(temp.path('circle.mp3'), change, links('through'))).toMatchObject({
      code: 'link-refused',
    });
  });
});

describe('a file with several names', () => {
  it('is left alone unless the settings say otherwise', async () => {
    const { one } = twoNames();
    expect(await writer.plan(one, change)).toMatchObject({
      status: 'refused',
      code: 'link-refused',
      message: expect.stringMatching(/2 names .*"links" is "skip".*"through".*"break"/) as string,
    });
  });

  it('is written through in place, so that all names see it, and undone the same way', async () => {
    const { one, other } = twoNames();
    const { ino, mtimeMs } = statSync(one);
    const { plan, result, undo } = await write(one, change, links('through'));
    expect(plan).toMatchObject({ writing: { method: 'in-place', target: null } });
    expect(plan.warnings).toContainEqual(expect.stringContaining('overwritten in place'));
    expect(result.receipt.method).toBe('in-place');
    expect(content(other)).toEqual(content(one));
    expect(content(other)).not.toEqual(Buffer.from(before));
    expect(statSync(other)).toMatchObject({ ino, mtimeMs, nlink: 2 });
    expect(await undo()).toEqual(before);
    expect(statSync(other)).toMatchObject({ ino, mtimeMs, nlink: 2 });
  });

  it('is not written through where the change does not fit: the reason is given', async () => {
    const { one } = twoNames();
    expect(await writer.plan(one, longer, links('through'))).toMatchObject({
      status: 'refused',
      code: 'link-refused',
      message: expect.stringMatching(/2 names .*does not fit into the free space.*"break"/) as string,
    });
  });

  it('is parted: this name gets a file of its own, the others keep the old one, and the plan says what undo can do', async () => {
    const { one, other } = twoNames();
    const { plan, result, undo } = await write(one, longer, links('break'));
    expect(plan.warnings).toContainEqual(expect.stringContaining('not the hard link'));
    expect(result.receipt).toMatchObject({ method: 'own-file' });
    expect(content(other)).toEqual(Buffer.from(before));
    expect(statSync(other).nlink).toBe(1);
    expect(await undo()).toEqual(before);
    expect(statSync(one).nlink).toBe(1);
  });

  it('and a symbolic link on top is written through in place as well', async () => {
    const { one, other } = twoNames();
    symlinkSync(one, temp.path('link.mp3'));
    const { result, undo } = await write(temp.path('link.mp3'), change, links('through'));
    expect(result.receipt).toMatchObject({ method: 'in-place', target: one });
    expect(content(other)).toEqual(content(one));
    expect(await undo()).toEqual(before);
    expect(content(other)).toEqual(Buffer.from(before));
  });

  it('is written once, and is then as the plan for its other name has it', async () => {
    const { one, other } = twoNames();
    const plans = [ready(await writer.plan(one, change, links('through')))];
    plans.push(ready(await writer.plan(other, change, links('through'))));
    const results = [];
    for (const plan of plans) results.push((await writer.apply(plan, new MemoryJournal())).status);
    expect(results).toEqual(['written', 'unchanged']);
  });

  it('that got a second name after the plan, or after the write, is not parted', async () => {
    const path = temp.file('song.mp3', before);
    const plan = ready(await writer.plan(path, change));
    linkSync(path, temp.path('second.mp3'));
    expect(await writer.apply(plan, new MemoryJournal())).toMatchObject({ status: 'refused', code: 'file-changed' });
    rmSync(temp.path('second.mp3'));
    const { entry } = await write(path, change);
    linkSync(path, temp.path('second.mp3'));
    expect(await writer.undo(path, entry)).toMatchObject({ status: 'refused', code: 'link-refused' });
  });
});

describe('a link and its file, both planned', () => {
  it.skipIf(process.platform === 'win32')('are one write', async () => {
    const { link, target } = linked();
    const plans = [target, link].map(async (path) => ready(await writer.plan(path, change, links('through'))));
    const [first, second] = await Promise.all(plans);
    expect(await writer.apply(first!, new MemoryJournal())).toMatchObject({ status: 'written' });
    expect(await writer.apply(second!, new MemoryJournal())).toEqual({ path: link, status: 'unchanged' });
    writeFileSync(join(dirname(target), 'song.mp3'), before);
    expect(await writer.apply(second!, new MemoryJournal())).toMatchObject({ status: 'refused', code: 'file-changed' });
  });
});
