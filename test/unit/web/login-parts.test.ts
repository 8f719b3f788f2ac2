import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { askNewPassword } from '../../../src/main/hosts/web/ask-password';
import { clientAddress, trustedProxies } from '../../../src/main/hosts/web/client-address';
import { createNames, type NamesOptions } from '../../../src/main/hosts/web/names';
import { hashPassword, passwordCheck } from '../../../src/main/hosts/web/password';
import { readPasswordFile, storePassword } from '../../../src/main/hosts/web/password-file';
import { readServeSettings, type ServeFlags } from '../../../src/main/hosts/web/serve-options';
import { createSessions, IDLE_MS, LONGEST_MS } from '../../../src/main/hosts/web/sessions';
import { createThrottle } from '../../../src/main/hosts/web/throttle';

const folder = mkdtempSync(join(tmpdir(), 'genregram-login-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const PASSWORD = 'correct horse é';

describe('a password', () => {
  it('is kept as an scrypt hash with its parameters and a salt of its own, in a file of its owner alone', async () => {
    const path = join(folder, 'inner', 'password');
    await storePassword(path, PASSWORD);
    const text = readFileSync(path, 'utf8');
    expect(text).toMatch(/^scrypt:N=32768,r=8,p=3:[\w-]{22}:[\w-]{43}\n$/);
    expect(text).not.toContain('horse');
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    const check = (await readPasswordFile(path))!;
    // The same letter in another spelling of Unicode.
    expect(await check('correct horse e\u0301')).toBe(true);
    expect(await check('x'.repeat(5000))).toBe(false);
    await storePassword(path, PASSWORD);
    expect(readFileSync(path, 'utf8')).not.toBe(text);
  });

  it('has the hash that other programs make of it', async () => {
    // Made by OpenSSL's scrypt, through Python's hashlib.
    const text = 'scrypt:N=16384,r=8,p=1:Z2VucmVncmFtIHRlc3Qgc2FsdCE:BKwf62KVkrwEGyyugqFZWERAZoVzqGVa49W2GOpoUJ8';
    expect(await passwordCheck(text)!('pleaseletmein')).toBe(true);
    for (const wrong of ['pleaseletmeIn', '', 'pleaseletmein ']) expect(await passwordCheck(text)!(wrong)).toBe(false);
  });

  it.each(['short', 'x'.repeat(257)])('is refused where it is too short or too long: %s', async (password) => {
    await expect(hashPassword(password)).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('is in no file that holds something else, or that others may write', async () => {
    const path = join(folder, 'other');
    const huge = `scrypt:N=8388608,r=99,p=3:${'a'.repeat(22)}:${'a'.repeat(43)}`;
    const weak = `scrypt:N=2,r=1,p=1:${'a'.repeat(22)}:${'a'.repeat(43)}`;
    for (const text of ['secret\n', '', huge, weak]) {
      writeFileSync(path, text, { mode: 0o600 });
      await expect(readPasswordFile(path)).rejects.toMatchObject({
        message: expect.stringContaining('genregram serve password') as string,
      });
    }
    if (process.platform !== 'win32') {
      chmodSync(path, 0o660);
      await expect(readPasswordFile(path)).rejects.toMatchObject({
        message: expect.stringContaining('chmod 600') as string,
      });
    }
    expect(await readPasswordFile(join(folder, 'none'))).toBeNull();
  });

  it('is read from a pipe, and asked for twice where somebody types', async () => {
    const silent = new PassThrough();
    const pipe = new PassThrough();
    pipe.end('from a pipe\nmore\n');
    expect(await askNewPassword(pipe, silent)).toBe('from a pipe');
    const empty = new PassThrough();
    empty.end();
    await expect(askNewPassword(empty, silent)).rejects.toMatchObject({ code: 'invalid-input' });
    for (const [second, expected] of [
      ['typed once', 'typed once'],
      ['otherwise', null],
    ] as const) {
      const shown = new PassThrough();
      const keys = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
      shown.on('data', (text: Buffer) => {
        if (text.toString() === 'New password: ') keys.write('typed once\r');
        if (text.toString() === 'Once more: ') keys.write(`${second}\r`);
      });
      const answer = askNewPassword(keys, shown);
      expect(await answer).toBe(expected);
      expect(String(shown.read() ?? '')).not.toContain('typed');
    }
  });
});

describe('sessions', () => {
  it('end when they are unused, when they are old, and by logging out, and say so', () => {
    let now = 0;
    const sessions = createSessions(() => now);
    const ended: string[] = [];
    const begin = (name: string) => {
      const secret = sessions.begin();
      sessions.find(secret)!.onEnd(() => ended.push(name));
      return secret;
    };
    const [unused, used, out] = [begin('unused'), begin('used'), begin('out')];
    expect(Buffer.from(unused, 'base64url')).toHaveLength(32);
    expect(sessions.find(`${unused}x`)).toBeNull();
    sessions.end(sessions.find(out)!);
    expect(sessions.find(out)).toBeNull();
    now = IDLE_MS - 1;
    expect(sessions.find(used)).not.toBeNull();
    now = IDLE_MS;
    sessions.sweep();
    expect(sessions.find(unused)).toBeNull();
    for (; now < LONGEST_MS; now += IDLE_MS / 2) expect(sessions.find(used)).not.toBeNull();
    now = LONGEST_MS;
    expect(sessions.find(used)).toBeNull();
    expect(ended).toEqual(['out', 'unused', 'used']);
  });

  it('are a hundred at most: the one unused for longest gives way', () => {
    let now = 0;
    const sessions = createSessions(() => now++);
    const secrets = Array.from({ length: 100 }, () => sessions.begin());
    sessions.find(secrets[0]!);
    sessions.begin();
    expect(secrets.filter((secret) => sessions.find(secret) === null)).toEqual([secrets[1]]);
  });
});

describe('guessing', () => {
  it('costs an address ever longer waits, up to a quarter of an hour', () => {
    let now = 0;
    const throttle = createThrottle(() => now);
    for (let i = 0; i < 5; i++) expect(throttle.attempt('a')).toBe(0);
    const waits: number[] = [];
    for (let i = 0; i < 12; i++) {
      const wait = throttle.attempt('a');
      waits.push(wait);
      now += wait;
      expect(throttle.attempt('a')).toBe(0);
    }
    expect(waits.slice(0, 4)).toEqual([2_000, 4_000, 8_000, 16_000]);
    expect(waits.at(-1)).toBe(15 * 60_000);
    expect(throttle.attempt('b')).toBe(0);
    expect(throttle.attempt('a')).toBeGreaterThan(0);
    now += 60 * 60_000;
    expect(throttle.attempt('a')).toBe(0);
  });

  it('is forgiven to who got in', () => {
    const throttle = createThrottle(() => 0);
    for (let i = 0; i < 20; i++) {
      expect(throttle.attempt('a')).toBe(0);
      throttle.succeeded('a');
    }
  });

  it('from many addresses is held up for all but those that got in before, and takes bounded memory', () => {
    let now = 0;
    const throttle = createThrottle(() => now);
    expect(throttle.attempt('home')).toBe(0);
    throttle.succeeded('home');
    const free = Array.from({ length: 5000 }, (_, i) => throttle.attempt(`bot ${i}`)).filter((wait) => wait === 0);
    expect(free).toHaveLength(50);
    expect(throttle.attempt('home')).toBe(0);
    expect(throttle.attempt('stranger')).toBeGreaterThan(0);
    now += 5_000;
    expect(throttle.attempt('stranger')).toBe(0);
    expect(throttle.attempt('another')).toBeGreaterThan(0);
  });
});

const requestOf = (headers: Record<string, string>, remoteAddress = '127.0.0.1'): IncomingMessage =>
  ({ headers, socket: { remoteAddress } }) as unknown as IncomingMessage;

describe('who asks', () => {
  const proxies = trustedProxies(['127.0.0.1', '172.16.0.0/12', 'fd00::/8']);
  const from = (remote: string, forwarded?: string): string =>
    clientAddress(requestOf(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }, remote), proxies);

  it('is who is at the other end, whatever X-Forwarded-For says', () => {
    expect(from('203.0.113.9', '10.0.0.1')).toBe('203.0.113.9');
    expect(from('::ffff:203.0.113.9')).toBe('203.0.113.9');
    expect(clientAddress(requestOf({ 'x-forwarded-for': '10.0.0.1' }), trustedProxies([]))).toBe('127.0.0.1');
  });

  it('is whom the last proxy names that is not trusted itself', () => {
    expect(from('127.0.0.1', '203.0.113.9')).toBe('203.0.113.9');
    expect(from('127.0.0.1', '1.2.3.4, 203.0.113.9, 172.17.0.2')).toBe('203.0.113.9');
    expect(from('127.0.0.1', '1.2.3.4, nonsense')).toBe('127.0.0.1');
    expect(from('127.0.0.1')).toBe('127.0.0.1');
    expect(from('fd00::1', '2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
  });

  it('is a network where it has one', () => {
    expect(from('2001:db8::7')).toBe(from('2001:0db8:0:0:ffff::1'));
    expect(from('2001:db8:0:1::7')).not.toBe(from('2001:db8::7'));
    expect(from('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
  });

  it.each(['proxy', '10.0.0.0/33', '10.0.0.0/x', ''])('is not told by %s', (text) => {
    expect(() => trustedProxies([text])).toThrow(/no address of a proxy/);
  });
});

describe('by what name', () => {
  const named = (options: Partial<NamesOptions>, host: string, origin?: string): boolean[] => {
    const names = createNames({ port: 4367, host: '127.0.0.1', allowHosts: [], publicUrl: null, ...options });
    const request = requestOf({ host, ...(origin === undefined ? {} : { origin }) });
    return [names.isForUs(request), names.isFromOurPage(request)];
  };
  const [yes, no] = [
    [true, true],
    [false, true],
  ];

  it('a server of this machine is called', () => {
    for (const host of ['127.0.0.1:4367', 'localhost:4367', 'LOCALHOST:4367', '[::1]:4367'])
      expect(named({}, host), host).toEqual(yes);
    for (const host of [
      '127.0.0.1',
      '127.0.0.1:1',
      'nas:4367',
      '192.168.1.5:4367',
      'localhost.evil:4367',
      '',
      'a b',
      '@',
    ])
      expect(named({}, host), host).toEqual(no);
  });

  it('one of all addresses is called: any address, and names that were given', () => {
    const all = { host: '0.0.0.0', allowHosts: ['music.lan', 'nas:8080'] };
    for (const host of [
      '192.168.1.5:4367',
      '10.1.2.3:80',
      '[2001:db8::1]:4367',
      'music.lan',
      'Music.lan:9',
      'nas:8080',
    ])
      expect(named(all, host), host).toEqual(yes);
    for (const host of [
      'nas',
      'nas:8081',
      'evil.example',
      'music.lan.evil.example',
      'x.music.lan',
      '192.168.1.5.evil.example',
      '[::1',
      '1.2.3.4:99999999',
    ])
      expect(named(all, host), host).toEqual(no);
    expect(named({ host: '192.168.1.5' }, '192.168.1.6:4367')).toEqual(no);
  });

  it('one behind a proxy is called, which hands its own name on or ours', () => {
    const behind = { publicUrl: new URL('https://music.example/genregram') };
    const origin = 'https://music.example';
    expect(named(behind, 'music.example', origin)).toEqual([true, true]);
    expect(named(behind, '127.0.0.1:4367', origin)).toEqual([true, true]);
    expect(named(behind, 'evil.example', origin)).toEqual([false, true]);
    for (const foreign of ['https://evil.example', 'http://evil.example', 'null', 'https://music.example:8443', ''])
      expect(named(behind, 'music.example', foreign), foreign).toEqual([true, false]);
  });
});

describe('the settings of a server', () => {
  const hash = join(folder, 'stored');
  const read = (flags: Partial<ServeFlags>, env: Record<string, string | undefined> = {}) =>
    readServeSettings({ host: '127.0.0.1', ...flags }, env, join(folder, 'out', 'main'));
  const env = (): Record<string, string> => ({ GENREGRAM_PASSWORD: PASSWORD });

  it('of this machine need nothing, and reach all of it', async () => {
    expect(await read({})).toMatchObject({ password: null, token: null, folders: null, port: 4367, anyPort: true });
    expect(await read({ port: 4000 })).toMatchObject({ port: 4000, anyPort: false });
  });

  it('leave no secret in the environment', async () => {
    const both: Record<string, string | undefined> = { ...env(), GENREGRAM_TOKEN: 'a'.repeat(40), PATH: '/bin' };
    const settings = await read({ host: '0.0.0.0', folder: [folder] }, both);
    expect(both).toEqual({ PATH: '/bin' });
    expect(settings.token).toBe('a'.repeat(40));
    expect(settings.password).not.toBeNull();
    expect(settings.anyPort).toBe(false);
  });

  it('take a stored password before that of the environment', async () => {
    await storePassword(hash, 'stored one');
    const { password } = await read({ passwordFile: hash, folder: [folder] }, env());
    expect(await password!('stored one')).toBe(true);
    await expect(read({ passwordFile: join(folder, 'gone') })).rejects.toMatchObject({ code: 'not-found' });
  });

  it.each<[string, Partial<ServeFlags>, Record<string, string>, RegExp]>([
    ['open without a password', { host: '0.0.0.0', folder: ['/'] }, {}, /genregram serve password/],
    ['behind a proxy without one', { publicUrl: 'https://a.example', folder: ['/'] }, {}, /genregram serve password/],
    ['open without folders', { host: '::' }, env(), /--folder \/music/],
    ['with a password and without folders', {}, env(), /--folder \/music/],
    ['with a token that can be guessed', {}, { GENREGRAM_TOKEN: 'short' }, /at least 32/],
    ['with a token that fits no cookie', {}, { GENREGRAM_TOKEN: `${'a'.repeat(40)}; Path=/` }, /letters, figures/],
    ['at no address', { host: 'music.example' }, {}, /no address/],
    ['by no name', { allowHost: ['http://music.lan/'] }, {}, /no name of a machine/],
    ['at no public address', { publicUrl: 'music.example' }, {}, /no address for browsers/],
    ['at one with a query', { publicUrl: 'https://a.example/?x' }, {}, /no address for browsers/],
    ['at one of another kind', { publicUrl: 'ftp://a.example/' }, {}, /no address for browsers/],
  ])('are refused %s', async (_, flags, given, words) => {
    await expect(read(flags, given)).rejects.toThrow(words);
  });
});
