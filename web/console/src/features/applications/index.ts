import i18next from 'i18next';

// With the pages: a part whose words came later would hide what was typed meanwhile.
void i18next.loadNamespaces(['applications', 'requests', 'playback', 'authority', 'admin', 'dates']);

export { ApplicationsPage } from './ApplicationsPage';
