import i18next from 'i18next';

// With the pages: a part whose words came later would hide what was typed meanwhile.
void i18next.loadNamespaces(['requests', 'exports', 'deliveries', 'papers', 'availability', 'playback', 'authority', 'admin', 'dates']);

export { NewRequestPage } from './NewRequestPage';
export { RequestPage } from './RequestPage';
export { RequestsPage } from './RequestsPage';
