export { BreachesPage } from './BreachesPage';
