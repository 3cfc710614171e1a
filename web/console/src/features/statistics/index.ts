import i18next from 'i18next';

// With the page: a part whose words came later would hide what was typed meanwhile.
void i18next.loadNamespaces(['statistics', 'requests', 'admin', 'dates']);

export { StatisticsPage } from './StatisticsPage';
