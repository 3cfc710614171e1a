import i18next from 'i18next';

// With the page: a part whose words came later would hide what was typed meanwhile.
void i18next.loadNamespaces(['letters', 'requests', 'playback', 'authority', 'admin', 'dates']);

export { LettersPage } from './LettersPage';
export { TasksPage } from './TasksPage';
