import { BlockList, isIP } from 'node:net';
import type { IncomingMessage } from 'node:http';
import { UsageError } from '../shared/exit';

/** Reverse proxies whose word on the client's address is taken; of no others. */
export type Proxies = (address: string) => boolean;

/** @param given addresses, or networks such as 172.16.0.0/12. @throws UsageError where one is neither */
export function trustedProxies(given: readonly string[]): Proxies {
  const list = new BlockList();
  for (const text of given) {
    const [address = '', bits] = text.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    const most = family === 'ipv6' ? 128 : 32;
    if (isIP(address) === 0 || (bits !== undefined && (!/^\d{1,3}$/.test(bits) || Number(bits) > most)))
      throw new UsageError(
        `${text} is no address of a proxy. Give one such as 127.0.0.1, or a network such as 172.16.0.0/12.`,
      );
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address) => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/**
 * Whom a request is counted for: the one at the other end, or whom the last proxy that is not trusted itself names. Of `X-Forwarded-For`
 * only what trusted proxies wrote is believed, which is its end. An IPv6 user has a whole network to choose addresses from: its first 64
 * bits count.
 */
export function clientAddress(request: IncomingMessage, isTrusted: Proxies): string {
  let address = plain(request.socket.remoteAddress ?? '');
  const header = request.headers['x-forwarded-for'];
  const named = (Array.isArray(header) ? header.join(',') : (header ?? ''))
    .split(',')
    .map((text) => plain(text.trim()));
  while (isTrusted(address)) {
    const before = named.pop();
    if (before === undefined || isIP(before) === 0) break;
    address = before;
  }
  return isIP(address) === 6 ? `${network(address)}::/64` : address;
}

const plain = (text: string): string => text.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');

/** The first four of an IPv6 address' eight groups. */
function network(address: string): string {
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  return [...left, ...Array<string>(missing).fill('0'), ...right]
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':');
}
