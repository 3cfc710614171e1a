export { SharedAccountsPage } from './SharedAccountsPage';
