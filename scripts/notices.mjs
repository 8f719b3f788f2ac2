/** Who made what the app is built from, and on which terms: written to out/THIRD_PARTY_NOTICES.txt by a build, and packaged. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What packages hold in compiled form beside their own code, as their projects have it. */
const COMPILED = {
  '@wasm-audio-decoders/common': ['puff (zlib): Copyright (C) 2002-2013 Mark Adler (Zlib licence)'],
  '@wasm-audio-decoders/flac': [
    'libFLAC (BSD-3-Clause): Copyright (C) 2000-2009 Josh Coalson, 2011-2023 Xiph.Org Foundation',
    'libogg (BSD-3-Clause): Copyright (c) 2002, Xiph.Org Foundation',
  ],
  '@wasm-audio-decoders/ogg-vorbis': [
    'libogg (BSD-3-Clause): Copyright (c) 2002, Xiph.Org Foundation',
    'libvorbis (BSD-3-Clause): Copyright (c) 2002-2020 Xiph.Org Foundation',
  ],
  'opus-decoder': [
    'libopus (BSD-3-Clause): Copyright 2001-2023 Xiph.Org, Skype Limited, Octasic, Jean-Marc Valin, Timothy B. Terriberry, CSIRO, Gregory Maxwell, Mark Borgerding, Erik de Castro Lopo, Mozilla, Amazon',
  ],
  'mpg123-decoder': [
    'libmpg123 (LGPL-2.1): Copyright (c) 1995-2023 Michael Hipp and others, free software under the terms of the LGPL 2.1. It lies in a folder of its own (node_modules/mpg123-decoder) and may be replaced; its sources are at mpg123.org and in the package’s repository.',
  ],
};

/** The package that a module's path lies in, as a folder below the root; null for our own. */
export function packageFolder(path) {
  const match = /^.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(path.replace(/^.*\0/, ''));
  return match ? match[0].slice(match[0].indexOf('node_modules')).replaceAll('\\', '/') : null;
}

/** Packages that are installed for the app at work, and not for its building alone. */
function productionFolders() {
  const { packages } = JSON.parse(readText('package-lock.json'));
  return Object.keys(packages).filter(
    (folder) => folder !== '' && !packages[folder].dev && existsSync(join(root, folder)),
  );
}

const readText = (...parts) => readFileSync(join(root, ...parts), 'utf8').trim();
const nameOf = (person) => (typeof person === 'string' ? person : person?.name);

/** A package's own text of its licence, or the licence's standard text where it brings none. */
function licenceText(folder, licence, who) {
  const own = readdirSync(join(root, folder))
    .filter((name) => /^(licen[cs]e|copying|notice)/i.test(name))
    .sort();
  if (own.length > 0) return own.map((name) => readText(folder, name)).join('\n\n');
  const standard = `build/licences/${licence}.txt`;
  return existsSync(join(root, standard)) ? `Copyright (c) ${who}\n\n${readText(standard)}` : null;
}

function sectionOf(folder) {
  const { name, version, license, author, contributors, repository } = JSON.parse(readText(folder, 'package.json'));
  const where = typeof repository === 'string' ? repository : repository?.url;
  const who = nameOf(author) ?? contributors?.map(nameOf).join(', ') ?? `the authors of ${name}`;
  const text = licenceText(folder, license, who);
  if (text === null)
    throw new Error(`${name} brings no text of its licence (${license}): add build/licences/${license}.txt`);
  const compiled = (COMPILED[name] ?? []).map((line) => `Contains ${line}`);
  return [`${name} ${version} (${license})`, where, ...compiled, '', text]
    .filter((line) => line !== undefined)
    .join('\n');
}

/**
 * @param {Iterable<string>} modules paths of all that was bundled
 * @returns {string} a section for each package that is bundled, or shipped as it is, by name; and the licences that sections name
 */
export function notices(modules) {
  const folders = new Set(productionFolders());
  for (const path of modules) {
    const folder = packageFolder(path);
    if (folder !== null) folders.add(folder);
  }
  const own = 'node_modules/codec-parser';
  const sections = [...folders]
    .filter((folder) => folder !== own)
    .sort()
    .map(sectionOf);
  const terms = ['BSD-3-Clause', 'LGPL-2.1'].map(
    (name) => `The licence ${name}\n\n${readText(`build/licences/${name}.txt`)}`,
  );
  const head = 'Genregram is made with the work of others. It thanks them; their terms follow.';
  return [head, ...sections, ...terms].join(`\n\n${'-'.repeat(80)}\n\n`) + '\n';
}
