import i18next from 'i18next';

// With the pages: a part whose words came later would hide what was typed meanwhile.
void i18next.loadNamespaces(['holds', 'requests', 'deliveries', 'papers', 'availability', 'playback', 'authority', 'admin', 'dates']);

export { HoldPage } from './HoldPage';
export { HoldsPage } from './HoldsPage';
export { NewHoldPage } from './NewHoldPage';
