export { MyUnitPage } from './MyUnitPage';
