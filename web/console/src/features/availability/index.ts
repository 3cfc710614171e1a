export { AvailabilityMatrix } from './AvailabilityMatrix';
