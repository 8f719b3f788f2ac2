import { join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  CONTENT_SECURITY_POLICY,
  contentType,
  rendererFile,
  START_PAGE,
} from '../../../src/main/hosts/electron/renderer-files';

const folder = join(sep, 'opt', 'genregram', 'renderer');

describe('the files behind app://genregram/', () => {
  it('are those of the window', () => {
    expect(rendererFile(folder, START_PAGE)).toBe(join(folder, 'index.html'));
    expect(rendererFile(folder, 'app://genregram/')).toBe(join(folder, 'index.html'));
    expect(rendererFile(folder, 'app://genregram/assets/index-a1%20b.js?v=1#x')).toBe(
      join(folder, 'assets', 'index-a1 b.js'),
    );
  });

  it.each([
    'app://genregram/..%2f..%2fetc/passwd',
    'app://genregram/assets/..%5c..%5csecret',
    'app://genregram/a%00.html',
    'app://genregram/%E0%A4%A',
    'app://elsewhere/index.html',
    'file:///etc/passwd',
    'https://genregram/index.html',
    'not a url',
  ])('are never %s', (url) => {
    expect(rendererFile(folder, url)).toBeNull();
  });

  it('never lie outside the folder, whatever is asked', () => {
    const piece = fc.oneof(fc.constantFrom('..', '.', '/', '%2f', '%2e', '\\', '%5c', '%00', 'x', '//'), fc.string());
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const file = rendererFile(folder, `app://genregram/${pieces.join('')}`);
        expect(file === null || file.startsWith(folder + sep)).toBe(true);
      }),
    );
  });

  it('have a type that a page may use, and no other', () => {
    expect(contentType('a/index.HTML')).toBe('text/html; charset=utf-8');
    expect(contentType('inter.woff2')).toBe('font/woff2');
    expect(contentType('mystery.exe')).toBe('application/octet-stream');
  });

  it('may load and run nothing from elsewhere', () => {
    expect(CONTENT_SECURITY_POLICY).toContain("default-src 'none'");
    expect(CONTENT_SECURITY_POLICY).toContain('media-src track://library; connect-src');
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/https?:|unsafe-eval|script-src[^;]*unsafe/);
  });
});
