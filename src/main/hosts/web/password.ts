import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';
import { CodedError } from '#shared/domain/failure';

/**
 * Passwords as scrypt hashes (RFC 7914). The parameters are those that OWASP's password storage cheat sheet gives for 32 MiB: N = 2^15,
 * r = 8, p = 3. More memory would be asked of a NAS at each login. They stand in the text, so that they can be raised later.
 */
const PARAMETERS = { N: 2 ** 15, r: 8, p: 3 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const FORM = /^scrypt:N=(\d{1,7}),r=(\d{1,2}),p=(\d{1,2}):([\w-]{22,86}):([\w-]{43})$/;
/** What a text may ask of the machine at most. */
const MOST_MEMORY = 256 * 1024 * 1024;

export const SHORTEST_PASSWORD = 8;
export const LONGEST_PASSWORD = 256;

const derive = promisify<string, Uint8Array, number, ScryptOptions, Buffer>(scrypt);
/** Unicode has several spellings of one character, and keyboards differ in which they type. */
const normal = (password: string): string => password.normalize('NFKC');

/** @throws CodedError `invalid-input` for a password that is too short or too long */
export async function hashPassword(password: string): Promise<string> {
  const { length } = normal(password);
  if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD)
    throw new CodedError(
      'invalid-input',
      `A password has ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters; this one has ${length}. Choose another.`,
    );
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(normal(password), salt, HASH_BYTES, withMemory(PARAMETERS));
  const { N, r, p } = PARAMETERS;
  return `scrypt:N=${N},r=${r},p=${p}:${salt.toString('base64url')}:${hash.toString('base64url')}`;
}

/** Tells whether a password is the one of a hash, in a time that does not depend on how far they agree. */
export type CheckPassword = (password: string) => Promise<boolean>;

/**
 * @param text as `hashPassword` made it
 * @returns null if it is no such text
 */
export function passwordCheck(text: string): CheckPassword | null {
  const [, n = '', r = '', p = '', salt = '', hash = ''] = FORM.exec(text) ?? [];
  const parameters = { N: Number(n), r: Number(r), p: Number(p) };
  if (!isSound(parameters)) return null;
  const expected = Buffer.from(hash, 'base64url');
  return async (password) => {
    if (password.length > LONGEST_PASSWORD * 4) return false;
    const given = await derive(normal(password), Buffer.from(salt, 'base64url'), HASH_BYTES, withMemory(parameters));
    return timingSafeEqual(given, expected);
  };
}

const isSound = ({ N, r, p }: typeof PARAMETERS): boolean =>
  N >= 2 ** 14 && Number.isInteger(Math.log2(N)) && r >= 1 && p >= 1 && 128 * N * r <= MOST_MEMORY;

/** Node's own limit is just below what these parameters take. */
const withMemory = (parameters: typeof PARAMETERS): ScryptOptions => ({
  ...parameters,
  maxmem: 2 * 128 * parameters.N * parameters.r,
});
