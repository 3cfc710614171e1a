export { PlaybackPage } from './PlaybackPage';
