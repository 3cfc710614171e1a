import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { exportWent, exportsKey } from './export-events';

const AT = { request_id: 'r', number: 1, state: 'ready', planned_bytes: 10, done_bytes: 4, failure: null, is_to_go: false, begun_us: null, taken_us: null } as const;

function shown() {
  const client = new QueryClient();
  client.setQueryData(exportsKey('r'), [{ number: 1, state: 'ready', purge_why: null, failure: null, planned_bytes: 10, done_bytes: 1, begun_us: null, taken_us: null }]);
  return client;
}

describe('a package that went on', () => {
  it('has its bytes put where they are shown', () => {
    const client = shown();
    exportWent(client, AT);
    expect(client.getQueryData(exportsKey('r'))).toMatchObject([{ done_bytes: 4 }]);
    expect(client.getQueryState(exportsKey('r'))?.isInvalidated).toBe(false);
  });

  it.each([{ begun_us: 5 }, { taken_us: 7 }, { is_to_go: true }, { state: 'failed' as const }])('is asked anew when it tells %o', (change) => {
    const client = shown();
    exportWent(client, { ...AT, ...change });
    expect(client.getQueryState(exportsKey('r'))?.isInvalidated).toBe(true);
  });
});
