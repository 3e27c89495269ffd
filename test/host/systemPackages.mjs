// Debian packages that the harness needs beside npm's: a browser to show the workbench, and fonts so that screenshots have
// letters (DejaVu) and Chinese (WenQuanYi Micro Hei: 1.6 MB where Noto CJK takes 55 MB).
import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const FONTS = [
  { family: 'DejaVu Sans', package: 'fonts-dejavu-core' },
  { family: 'WenQuanYi Micro Hei', package: 'fonts-wqy-microhei' },
];

/** Path of a Chromium; installs what is missing through apt as root, else says what to install. */
export function ensureSystemPackages(log) {
  const missing = FONTS.filter(({ family }) => !hasFont(family)).map((font) => font.package);
  if (findChromium() === null) missing.unshift('chromium');
  if (missing.length > 0) install(missing, log);
  const chromium = findChromium();
  if (chromium === null) throw new Error(remedy(['chromium']));
  return chromium;
}

function findChromium() {
  const named = process.env.TUNEBOOK_CHROMIUM;
  if (named) return named;
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // not in this folder
      }
    }
  }
  return null;
}

function hasFont(family) {
  const listed = spawnSync('fc-list', ['--format', '%{family}\n'], { encoding: 'utf8' });
  // Without fontconfig nothing can be said: chromium's package brings it, so this is a machine that is not Debian's kin.
  return listed.error === undefined ? listed.stdout.includes(family) : process.platform !== 'linux';
}

function install(packages, log) {
  const apt = spawnSync('apt-get', ['--version']).error === undefined;
  if (!apt || process.getuid?.() !== 0) {
    if (packages.includes('chromium')) throw new Error(remedy(packages));
    log(`fonts missing, screenshots may lack letters: ${packages.join(', ')}`);
    return;
  }
  log(`apt-get install ${packages.join(' ')}`);
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  execFileSync('apt-get', ['update', '-q'], options);
  execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], options);
}

function remedy(packages) {
  return (
    `The tests in VS Code need ${packages.join(', ')}. Run: sudo apt-get install ${packages.join(' ')}\n` +
    'or name a Chromium with TUNEBOOK_CHROMIUM=/path/to/chromium.'
  );
}
