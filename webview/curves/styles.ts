import { base } from '../shared/baseStyle';
import { comparisonStyle } from './comparison/styles';
import { notices } from '../shared/notices';
import { surfaces } from '../shared/surfaces';
import { tipStyle } from '../shared/tip';
import { chartsStyle } from './styles/charts';
import { controlsStyle } from './styles/controls';
import { pageStyle } from './styles/page';
import { tablesStyle } from './styles/tables';

export const styles = [
  base,
  surfaces,
  notices,
  tipStyle,
  pageStyle,
  controlsStyle,
  tablesStyle,
  chartsStyle,
  comparisonStyle,
];
