import { render } from 'lit';
import { hostPort, language, viewState } from '../shared/host';
import { panelRoot } from '../shared/panelRoot';
import { wordsFor } from '../shared/words';
import { App } from './app';
import { FocusFollower } from './focus';
import { screen } from './parts/screen';
import { styles } from './styles';

const root = panelRoot(styles);
const words = wordsFor(language);
const focus = new FocusFollower(root);
const app: App = new App(hostPort, viewState, () => {
  render(screen({ state: app.state, words, actions: app }), root);
  focus.follow(app.state.job);
});
void app.start();
