import i18next from 'i18next';

// With the case: a part whose words came later would hide what was typed meanwhile.
void i18next.loadNamespaces(['exports', 'availability', 'playback', 'authority']);

export { OrderForm } from './OrderForm';
export { PackageSection } from './PackageSection';
export { amountOf, counted } from './stage';
