import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { contentTypeOf } from '../shared/page';

export interface StaticFile {
  readonly path: string;
  readonly type: string;
}

/**
 * All files of a folder by their URL path, listed once at the start: a path that is not in the list does not exist,
 * whatever dots, encodings or links it is made of. Links and files of unknown type are not listed.
 */
export function listStaticFiles(folder: string): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  collect(folder, '/', files);
  const index = files.get('/index.html');
  if (index) files.set('/', index);
  return files;
}

function collect(folder: string, url: string, files: Map<string, StaticFile>): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const type = contentTypeOf(entry.name);
    if (entry.isDirectory()) collect(path, `${url}${entry.name}/`, files);
    else if (entry.isFile() && type) files.set(url + encodeURIComponent(entry.name), { path, type });
  }
}
