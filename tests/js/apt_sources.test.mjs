import assert from 'node:assert/strict';
import test from 'node:test';
import { mirrorsInList, mirrorsInSources } from '../../tools/setup/apt.mjs';

test('one-line sources: the suite decides, comments and other types do not count', () => {
  const text = `# deb http://old.example/debian bookworm main
deb http://mirror.example/debian bookworm main contrib
deb-src http://mirror.example/debian bookworm main
deb [arch=amd64 signed-by=/usr/share/keyrings/k.gpg] http://second.example/debian bookworm main
deb http://security.example/debian-security bookworm-security main`;
  assert.deepEqual(mirrorsInList(text, 'bookworm'), [
    { uri: 'http://mirror.example/debian', keyring: undefined },
    { uri: 'http://second.example/debian', keyring: '/usr/share/keyrings/k.gpg' },
  ]);
});

test('paragraph sources: several suites and mirrors, disabled ones left out', () => {
  const text = `Types: deb
URIs: http://mirror.example/debian http://second.example/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://security.example/debian-security
Suites: bookworm-security
Components: main

Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: bookworm
Components: main`;
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
  assert.deepEqual(mirrorsInSources(text, 'bookworm'), [
    { uri: 'http://mirror.example/debian', keyring },
    { uri: 'http://second.example/debian', keyring },
  ]);
});
