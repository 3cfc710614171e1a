export { WorkOrdersPage } from './WorkOrdersPage';
