/** What opens over the wall when it is asked for. */
import { onDemand } from '@/app/on-demand';

export const KeysDialog = onDemand(async () => (await import('./toolbar/KeysDialog')).KeysDialog);
export const AskHoldDialog = onDemand(async () => (await import('./tile/AskHoldDialog')).AskHoldDialog);
export const SaveViewDialog = onDemand(async () => (await import('./toolbar/SaveViewDialog')).SaveViewDialog);
export const TreeDrawer = onDemand(async () => (await import('./tree/TreeDrawer')).TreeDrawer);
