/** Whether the session that this page was opened with still stands. */
import { createStore } from '@/state/store';

/** `null` while it stands, else the code of how it ended. Pictures watch this and go dark first. */
export const sessionEnd = createStore<string | null>(null);

export const sessionGate = {
  end: (code: string) => sessionEnd.set(code),
  renew: () => sessionEnd.set(null),
};
