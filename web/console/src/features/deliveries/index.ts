import i18next from 'i18next';

// With the case: a part whose words came later would hide what was typed meanwhile.
void i18next.loadNamespaces(['deliveries', 'papers']);

export { DeliveryFacts } from './DeliveryFacts';
export { HandOverForm } from './HandOverForm';
export { PrepareForm } from './PrepareForm';
export { SignForm } from './SignForm';
