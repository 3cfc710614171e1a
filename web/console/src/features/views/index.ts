export { ViewsPage } from './ViewsPage';
